"""Where a picture may be fetched from. A server names the address, so it is believed no more than a stranger.

Only https, and plain http to the profile's own host and port alone. No address of this machine, of the house, or of
any special kind, however it is written, but for the profile's own host and port, which the user typed. A name is
looked up once and what was looked at is what is connected to, so that a second answer cannot lead elsewhere; behind a
proxy, which looks names up itself, the name alone is judged.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from studio.providers.addresses import is_disguised, is_loopback, is_public, is_public_name, literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_PORTS = {"https": 443, "http": 80}
_FORBIDDEN = frozenset("\\ \t\r\n\0")


class AddressRefused(Exception):
    """An address that is not to be opened. `host` is what may be shown of it."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


class NameUnknown(Exception):
    """A name that cannot be looked up now."""


class Resolver(Protocol):
    """Looks a name up."""

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """The addresses of a name, as text, best first. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that may be opened. `own`: it is the profile's host and port. The host has no brackets."""

    url: str
    scheme: str
    host: str
    port: int
    own: bool = False


async def resolve(host: str, port: int) -> Sequence[str]:
    """The system's own look-up. Matches `Resolver`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def target_of(url: str, origin: str) -> Target:
    """What an address names, judged by its spelling. `origin` is the profile's (scheme, host and port).

    Raises AddressRefused.
    """
    target = _parsed(url)
    own = _parsed(origin)
    if _same_machine(target, own):
        if target.scheme == "http" and own.scheme != "http":
            raise AddressRefused(target.host, "plain http")
        return Target(url=url, scheme=target.scheme, host=target.host, port=target.port, own=True)
    if target.scheme != "https":
        raise AddressRefused(target.host, "plain http")
    _check_host(target.host)
    return target


async def pinned(target: Target, resolver: Resolver) -> tuple[str, ...]:
    """The addresses to connect to, all of them looked at; none for the profile's own machine, which needs no look.

    Raises AddressRefused where a single one is not public, NameUnknown.
    """
    if target.own:
        return ()
    if literal(target.host) is not None:
        return (target.host,)
    try:
        found = await resolver(target.host, target.port)
    except (OSError, UnicodeError) as error:
        raise NameUnknown(target.host) from error
    for text in found:
        address = literal(text)
        if address is None or not is_public(address):
            raise AddressRefused(target.host, f"it leads to {text}")
    if not found:
        raise NameUnknown(target.host)
    return tuple(found)


def shown_host(url: str) -> str:
    """The host of an address, for a sentence."""
    try:
        return (urlsplit(url).hostname or "no host")[:253]
    except ValueError:
        return "no host"


def _check_host(host: str) -> None:
    if is_disguised(host):
        raise AddressRefused(host, "a number in disguise")
    address = literal(host)
    if address is not None and not is_public(address):
        raise AddressRefused(host, "not a public address")
    if address is None and not is_public_name(host):
        raise AddressRefused(host, "not a public name")


def _parsed(url: str) -> Target:
    if _FORBIDDEN.intersection(url):
        raise AddressRefused(shown_host(url), "characters that no address has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressRefused("no host", str(error)) from error
    if parts.scheme not in _PORTS:
        raise AddressRefused(host or parts.scheme or "no host", "neither https nor http")
    if not host:
        raise AddressRefused("no host", "no host")
    if "@" in parts.netloc:
        raise AddressRefused(host, "a name or password in the address")
    return Target(url=url, scheme=parts.scheme, host=host, port=_PORTS[parts.scheme] if port is None else port)


def _same_machine(one: Target, other: Target) -> bool:
    """The same host and port; the names of this machine are one."""
    if one.port != other.port:
        return False
    return one.host == other.host or (is_loopback(one.host) and is_loopback(other.host))
