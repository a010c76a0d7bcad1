"""Keys: what is one, and the header that carries it. A key never stands in any text of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.secret import Secret

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

_LONGEST = 4096
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
"""What web pages leave around a text that is copied from them."""


def key_header(profile: ProviderProfile, key: Secret) -> tuple[str, str]:
    """Name and value of the one header that carries the key."""
    if profile.auth == "x-api-key":
        return ("x-api-key", key.reveal())
    return ("Authorization", f"Bearer {key.reveal()}")


def clean_key(text: str) -> Secret:
    """The key in what was pasted. Raises UsageError (bad-key) for what cannot stand in a header."""
    key = text.strip().strip(_INVISIBLE).strip()
    first, _, rest = key.partition(" ")
    if first.lower() == "bearer":
        key = rest.lstrip()
    found = _flaw(key)
    if found:
        raise trouble("bad-key", found=found)
    return Secret(key)


def _flaw(key: str) -> str:
    if not key:
        return "nothing"
    if "\n" in key or "\r" in key:
        return "a line break"
    if any(letter.isspace() for letter in key):
        return "a space"
    if not key.isascii():
        return "a letter that is not plain"
    if not key.isprintable():
        return "a control character"
    return f"more than {_LONGEST} characters" if len(key) > _LONGEST else ""
