"""One right address of whatever base a user pasted."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from studio.domain.problems import StudioError
    from studio.domain.profile import ProviderProfile

DIRECT_HOST = "api.nano-gpt.com"
"""NanoGPT without the proxy that caps bodies; its paths all begin with /api."""
_PASTED = (
    ("images", "edits"),
    ("images", "edit"),
    ("images", "generations"),
    ("images", "models"),
    ("images",),
    ("image-models",),
    ("models",),
    ("check-balance",),
    ("chat", "completions"),
)
_VERSION = re.compile(r"v\d+[a-z0-9]*")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
_PORTS = {"https": 443, "http": 80}
_SAFE = "%:@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    origin: str
    segments: tuple[str, ...]


def origin(profile: ProviderProfile) -> str:
    """Scheme, host and, where it is not the scheme's own, port: `https://nano-gpt.com`. Raises UsageError
    (bad-parameter, insecure-address)."""
    return _base(profile).origin


def host(profile: ProviderProfile) -> str:
    """The host alone, small letters, no port. Raises as `origin` does."""
    return urlsplit(origin(profile)).hostname or ""


def address(profile: ProviderProfile, path: str) -> str:
    """The whole address of a path that begins with /v1 or /api, encoded already. Raises UsageError (bad-parameter,
    insecure-address: plain http to another machine that the profile does not allow)."""
    base = _base(profile)
    if profile.kind is ProviderKind.NANOGPT:
        if path.startswith("/v1/") and host(profile) == DIRECT_HOST:
            path = "/api" + path
        return _joined(base.origin, base.segments, path)
    if base.segments and _VERSION.fullmatch(base.segments[-1]):
        path = path.removeprefix("/v1")
    return _joined(base.origin, base.segments, path)


def listed_address(profile: ProviderProfile, path: str) -> str:
    """The address of a path that the server's own catalogue names. It never leads off the profile's origin: raises
    UsageError (bad-parameter) where it would."""
    base = _base(profile)
    rest = path.removeprefix(base.origin) if path.startswith(base.origin + "/") else path
    if not rest.startswith("/") or rest.startswith("//") or "\\" in rest or "#" in rest:
        allowed = f"a path at {base.origin}"
        raise trouble("bad-parameter", name="An address in the catalogue", value=path, allowed=allowed)
    rest = quote(rest, safe=_SAFE + "/?")
    prefix = "".join(f"/{segment}" for segment in base.segments)
    return base.origin + rest if prefix and rest.startswith(prefix + "/") else base.origin + prefix + rest


def is_loopback(name: str) -> bool:
    """Whether a host is this machine. A name that merely resolves to it does not count: next time it may not."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _joined(origin: str, segments: tuple[str, ...], path: str) -> str:
    return origin + "".join(f"/{segment}" for segment in segments) + path


def _base(profile: ProviderProfile) -> _Base:
    parts = _split(profile.url)
    name = _host_of(parts, profile.url)
    if parts.scheme == "http" and profile.plain_http != "allowed" and not is_loopback(name):
        raise trouble("insecure-address", url=f"http://{name}")
    shown = f"[{name}]" if ":" in name else name
    port = _port_of(parts, profile.url)
    origin = f"{parts.scheme}://{shown}" + ("" if port in (None, _PORTS[parts.scheme]) else f":{port}")
    segments = tuple(quote(each, safe=_SAFE) for each in parts.path.split("/") if each)
    if {".", ".."} & set(segments):
        raise _unfit(profile.url)
    return _Base(origin=origin, segments=_trimmed(segments, profile.kind))


def _split(url: str) -> SplitResult:
    text = url.strip()
    # What splits addresses drops line breaks in silence, and readers differ on what a backslash is.
    if not text.isprintable() or "\\" in text:
        raise _unfit(url)
    try:
        parts = urlsplit(text if "://" in text else _schemed(text))
    except ValueError:
        raise _unfit(url) from None
    if parts.scheme not in _PORTS or parts.username is not None or parts.query or parts.fragment:
        raise _unfit(url)
    return parts


def _schemed(text: str) -> str:
    """https, unless it is this machine, where hardly any server has a certificate."""
    return ("http://" if is_loopback(urlsplit(f"//{text}").hostname or "") else "https://") + text


def _host_of(parts: SplitResult, url: str) -> str:
    name = parts.hostname or ""
    try:
        if ":" in name:
            return str(ipaddress.IPv6Address(name))
        ascii_name = name.encode("idna").decode("ascii")
    except ValueError:
        raise _unfit(url) from None
    if not _HOST.fullmatch(ascii_name):
        raise _unfit(url)
    return ascii_name


def _port_of(parts: SplitResult, url: str) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise _unfit(url) from None


def _trimmed(segments: tuple[str, ...], kind: ProviderKind) -> tuple[str, ...]:
    """Without the end of an endpoint's address, and for NanoGPT without the version: its paths bring theirs."""
    ends = next((end for end in _PASTED if segments[-len(end) :] == end), ())
    kept = segments[: len(segments) - len(ends)]
    if kind is not ProviderKind.NANOGPT:
        return kept
    if kept and _VERSION.fullmatch(kept[-1]):
        kept = kept[:-1]
    return kept[:-1] if kept and kept[-1] == "api" else kept


def _unfit(url: str) -> StudioError:
    # What stands before an @ may be a password.
    shown = url.rpartition("@")[2].strip()
    return trouble("bad-parameter", name="The address", value=shown or "empty", allowed="the form https://host/v1")
