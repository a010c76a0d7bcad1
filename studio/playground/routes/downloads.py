"""GET of a finished picture by its signed address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.playground.exchange import Given

if TYPE_CHECKING:
    from studio.playground.exchange import Asked
    from studio.playground.world import World

_CREDENTIALS = ("authorization", "x-api-key", "cookie")


def answer(asked: Asked, world: World) -> Given:
    """The bytes. A request that carries a credential is refused, as signed addresses of real storages do."""
    xml = (("content-type", "application/xml"),)
    if any(asked.header(name) is not None for name in _CREDENTIALS):
        return Given(status=400, headers=xml, body=b"<Error><Code>InvalidArgument</Code></Error>")
    found = world.results.get(asked.path)
    if isinstance(found, int):
        return Given(status=found, headers=xml, body=b"<Error><Code>AccessDenied</Code></Error>")
    return Given(headers=(("content-type", found[1]),), body=found[0])
