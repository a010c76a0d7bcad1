"""The free questions about a key and what it was charged."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.domain.profile import ProviderKind
from studio.wire.body import asking
from studio.wire.urls import address

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message


def balance_message(profile: ProviderProfile) -> Message | None:
    """What is left. Naga answers only keys of another kind, so a refusal says nothing about this one. None: this
    provider cannot be asked."""
    if profile.kind is ProviderKind.NANOGPT:
        return asking(address(profile, "/api/check-balance"), "POST")
    if profile.kind is ProviderKind.NAGA:
        return asking(address(profile, "/v1/account/balance"))
    return None


def usage_message(profile: ProviderProfile, request_id: str) -> Message | None:
    """What one request was charged, for a day after it. None: this provider cannot be asked."""
    if profile.kind is not ProviderKind.NANOGPT:
        return None
    return asking(address(profile, f"/api/v1/usage/requests/{quote(request_id, safe='')}"))
