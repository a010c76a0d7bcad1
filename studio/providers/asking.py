"""A profile's own requests: the key travels with those to its origin, and with no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.providers.calls import Call
from studio.wire.auth import clean_key, key_header
from studio.wire.urls import origin

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.domain.secret import Secret
    from studio.wire.messages import Message


def key_for(profile: ProviderProfile, message: Message, key: Secret | None) -> tuple[str, str] | None:
    """The header with the key for a request; None where it goes elsewhere, or where there is no key."""
    if key is None or not message.url.startswith(f"{origin(profile)}/"):
        return None
    return key_header(profile, key)


def needed_key(profile: ProviderProfile, key: Secret | None) -> Secret | None:
    """The key of a paid order. A server of one's own may want none. Raises UsageError: key-missing, bad-key for one
    that cannot stand in a header."""
    if key is None and profile.kind is not ProviderKind.OPENAI:
        raise trouble("key-missing", provider=profile.shown_name)
    return None if key is None else clean_key(key.reveal())


def free_call(profile: ProviderProfile, message: Message, key: Secret | None) -> Call:
    """A question that costs nothing. Raises UsageError (bad-key)."""
    header = None if key is None else key_for(profile, message, clean_key(key.reveal()))
    return Call(message=message, provider=profile.shown_name, key=header)
