"""What can go wrong with any request, by name: the connection's faults, and the server's."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.playground.faults import End, Place, cut, drip, false_length, page, redirect, refuse, too_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from studio.playground.faults import Fault

PAST = "Wed, 21 Oct 2015 07:28:00 GMT"
SERVERS: Mapping[str, Fault] = {
    "reset before headers": cut(Place.START),
    "reset within headers": cut(Place.HEADERS),
    "reset within body": cut(Place.BODY),
    "stall within body": cut(Place.BODY, End.STALL),
    "a byte a second": drip(1, 1.0),
    "shorter than told": false_length(10),
    "longer than told": false_length(-10),
    "log-in page": page(200, "Log in", billed=True),
    "wrong types": refuse(200, {"data": {"url": 5}, "usd_balance": [], "models": 7}, billed=True),
    "nothing in it": refuse(200, {"created": 1}, billed=True),
    "no number": refuse(200, '{"created": NaN, "data": [{"url": NaN, "id": NaN}], "usd_balance": NaN}', billed=True),
    "eleven megabytes": refuse(200, '{"data": "' + "x" * 11_000_000 + '"}', billed=True),
    "sent elsewhere": redirect("http://elsewhere.example/x"),
    "429, back in -1": too_many("-1"),
    "429, back in 10^9": too_many("1000000000"),
    "429, back in the past": too_many(PAST),
}
CONNECTIONS = ("refused", "name unknown", "connect stall", "bad certificate")
NAMES = (*CONNECTIONS, *SERVERS)
"""Fifteen kinds; what is wrong with JSON, and with a time to come back, in several ways."""


def fault(name: str, method: str, path: str) -> Fault:
    """The server's fault for every such request."""
    return replace(SERVERS[name], method=method, path=path, times=None)


@contextmanager
def nameless(patch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    """Looking a name up fails with this number of the resolver; addresses are no names."""
    whole = socket.getaddrinfo

    def looked_up(host: str | bytes | None, *more: object, **others: object) -> object:
        if isinstance(host, str) and host.endswith(".example"):
            raise socket.gaierror(number, "told by the test")
        return whole(host, *more, **others)  # type: ignore[arg-type]  # handed on as it came

    with patch.context() as within:
        within.setattr(socket, "getaddrinfo", looked_up)
        yield
