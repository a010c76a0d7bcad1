"""Whether it is this machine that has no network, or somebody else who cannot be reached."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NAMES = ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "ENONET", "WSAENETUNREACH", "WSAEHOSTUNREACH", "WSAENETDOWN")
_AWAY = frozenset(getattr(errno, name, None) for name in _NAMES) - {None}
"""Systems do not know the same ones."""
_FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses of nobody (RFC 5737, RFC 3849), which are routed like any other."""


def is_no_network(causes: Iterable[BaseException], way_out: Callable[[], bool]) -> bool:
    """Whether these causes of one failure to connect say that nothing can leave this machine.

    A name that nobody knows says so only where there is no way out either: without one, no name server can be asked.
    """
    found = [cause for cause in causes if isinstance(cause, OSError) and cause.errno is not None]
    unnamed = [cause for cause in found if isinstance(cause, socket.gaierror)]
    if unnamed:
        return any(cause.errno == socket.EAI_AGAIN for cause in unnamed) or not way_out()
    return bool(found) and all(cause.errno in _AWAY for cause in found)


def has_way_out() -> bool:
    """Whether this machine would know where to send something for the world. Nothing is sent."""
    return any(_is_routed(family, address) for family, address in _FAR)


def _is_routed(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
    except OSError:
        return False
    return True
