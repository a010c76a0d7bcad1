"""A provider as the user set it up: which protocol, where, and the settings that make its server understand us."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import LOCAL, ProviderId

if TYPE_CHECKING:
    from collections.abc import Mapping


class ProviderKind(Enum):
    """Which protocols a provider speaks."""

    NANOGPT = "nanogpt"
    NAGA = "naga"
    OPENAI = "openai"
    """Any server that speaks as OpenAI's images API does."""


class KeyPlace(Enum):
    """Where a provider's key is kept."""

    KEYRING = "keyring"
    SESSION = "session"
    FILE = "file"
    NONE = "none"


KIND_NAMES: Mapping[ProviderKind, str] = {
    ProviderKind.NANOGPT: "NanoGPT",
    ProviderKind.NAGA: "Naga",
    ProviderKind.OPENAI: "Own server",
}
KIND_URLS: Mapping[ProviderKind, str] = {
    ProviderKind.NANOGPT: "https://nano-gpt.com",
    ProviderKind.NAGA: "https://api.naga.ac/v1",
    ProviderKind.OPENAI: "",
}
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderProfile:
    """`url` is kept as it was typed; `wire/urls.py` makes one right address of it. `max_body_bytes` None: the rule of
    the kind counts. `plain_http` allowed: the key may travel unencrypted to another machine. What each setting means
    stands in the help page about providers."""

    id: ProviderId
    kind: ProviderKind
    url: str
    name: str = ""
    auth: str = "bearer"
    route: str = "auto"
    edits_path: str = "edits"
    body: str = "auto"
    image_field: str = "image[]"
    reference_form: str = "data-url"
    response_format: str = "auto"
    mask: str = "auto"
    plain_http: str = "refused"
    parallel: int = 2
    deadline_s: int = 300
    max_body_bytes: int | None = None

    @property
    def shown_name(self) -> str:
        """What people call it."""
        return self.name or (KIND_NAMES[self.kind] if self.kind is not ProviderKind.OPENAI else str(self.id))


CHOICES: Mapping[str, tuple[str, ...]] = {
    "auth": ("bearer", "x-api-key"),
    "route": ("auto", "edits", "images", "generations"),
    "edits_path": ("edits", "edit"),
    "body": ("auto", "multipart", "json"),
    "image_field": ("image[]", "images[]"),
    "reference_form": ("data-url", "object"),
    "response_format": ("auto", "url", "b64_json", "none"),
    "mask": ("auto", "alpha", "white", "both"),
    "plain_http": ("refused", "allowed"),
}
"""Settings that are one of some words, in the order in which they are shown."""
RANGES: Mapping[str, tuple[int, int]] = {
    "parallel": (1, 16),
    "deadline_s": (10, 3600),
    "max_body_bytes": (10_000, 2_000_000_000),
}
"""Settings that are whole numbers; the last one can be unset with `none`."""


def new_profile(name: str, kind: str, url: str | None = None) -> ProviderProfile:
    """A profile with what the kind starts with. Raises UsageError (bad-parameter) where the id or the kind is none, or
    where a server of one's own has no address."""
    kinds = ", ".join(each.value for each in ProviderKind)
    if _ID.fullmatch(name) is None or name == LOCAL:
        allowed = "small letters, digits, dots and hyphens, and not the name of the local engine"
        raise trouble("bad-parameter", name="The provider's id", value=name or "empty", allowed=allowed)
    if kind not in {each.value for each in ProviderKind}:
        raise trouble("bad-parameter", name="--kind", value=kind, allowed=kinds)
    found = ProviderKind(kind)
    address = (url or KIND_URLS[found]).strip()
    if not address:
        raise trouble("bad-parameter", name="--url", value="empty", allowed="the address of the server")
    field = "images[]" if found is ProviderKind.NAGA else "image[]"
    return ProviderProfile(id=ProviderId(name), kind=found, url=address, image_field=field)


def with_setting(profile: ProviderProfile, name: str, value: str) -> ProviderProfile:
    """The profile with one setting changed; `url` and `name` are settings too. Raises UsageError (bad-parameter)."""
    if name in ("url", "name"):
        if name == "url" and not value.strip():
            raise trouble("bad-parameter", name=name, value="empty", allowed="the address of the server")
        return replace(profile, **{name: value.strip()})
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise trouble("bad-parameter", name=name, value=value, allowed="one of " + ", ".join(CHOICES[name]))
        return replace(profile, **{name: value})
    if name in RANGES:
        return replace(profile, **{name: _number(name, value)})
    raise trouble("bad-parameter", name=name, value="set", allowed=", ".join((*CHOICES, *RANGES, "url", "name")))


def settings_of(profile: ProviderProfile) -> tuple[tuple[str, str | int | None], ...]:
    """All settings but id, kind, url and name, in the order in which they are shown."""
    return tuple((name, getattr(profile, name)) for name in (*CHOICES, *RANGES))


def _number(name: str, value: str) -> int | None:
    if name == "max_body_bytes" and value.lower() == "none":
        return None
    low, high = RANGES[name]
    number = int(value) if value.isascii() and value.isdigit() else -1
    if not low <= number <= high:
        allowed = f"a whole number from {low} to {high}"
        raise trouble("bad-parameter", name=name, value=value, allowed=allowed)
    return number
