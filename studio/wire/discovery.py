"""The free questions about models."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.domain.profile import ProviderKind
from studio.wire.body import asking
from studio.wire.urls import address, listed_address

if TYPE_CHECKING:
    from studio.domain.ids import ModelId
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message


def models_messages(profile: ProviderProfile) -> tuple[Message, ...]:
    """The lists that make up the catalogue. NanoGPT has two: what each model takes, and what it costs."""
    if profile.kind is ProviderKind.NANOGPT:
        return asking(address(profile, "/api/v1/images/models")), asking(address(profile, "/api/v1/image-models"))
    return (asking(address(profile, "/v1/models")),)


def endpoints_path(model: ModelId) -> str:
    """Where NanoGPT tells of one model, for a record that does not say it itself. Ids may hold slashes, colons and
    spaces; they stay one segment."""
    return f"/api/v1/images/models/{quote(str(model), safe='')}/endpoints"


def endpoints_message(profile: ProviderProfile, path: str) -> Message:
    """The question at a path that a record names. Raises UsageError (bad-parameter) where it leads elsewhere."""
    return asking(listed_address(profile, path))
