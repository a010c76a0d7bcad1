"""Waiting for a place that cannot be reached: one knocks for all, ever more seldom, and nothing is asked.

A knock is a connection that is closed at once. Behind a proxy it is the proxy that is knocked at, as nothing else can
be reached from here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.providers.calls import CONNECT_S
from studio.providers.guard import AddressRefused, NameUnknown, pinned, target_of
from studio.providers.proxies import proxy_machine
from studio.providers.timing import DeadlinePassed, within

if TYPE_CHECKING:
    from studio.providers.guard import Resolver
    from studio.providers.ports import Timer
    from studio.providers.surroundings import Surroundings

log = logging.getLogger(__name__)

FIRST_S = 2.0
LONGEST_S = 30.0
"""Seconds between two knocks: doubled from the first to this."""


@dataclass(slots=True)
class _Outage:
    """`waiting`: how many wait for the knock that goes on."""

    knocks: int = 0
    waiting: int = 0
    knock: asyncio.Task[bool] | None = field(default=None)


class Outages:
    """Places that could not be reached, by host and port. Used on one loop. How often was knocked at one is forgotten
    when it answers, so that one that opens and never answers is knocked at seldom too."""

    def __init__(self, world: Surroundings) -> None:
        self._timer: Timer = world.timer
        self._resolver: Resolver = world.resolver
        self._down: dict[tuple[str, int], _Outage] = {}

    def is_down(self, url: str, origin: str) -> bool:
        """Whether someone waits for the place of this address already. Raises AddressRefused."""
        place = target_of(url, origin)
        outage = self._down.get((place.host, place.port))
        return outage is not None and outage.waiting > 0

    def reached(self, url: str, origin: str) -> None:
        """It answered."""
        place = target_of(url, origin)
        self._down.pop((place.host, place.port), None)

    async def over(self, url: str, origin: str, until: float) -> bool:
        """Wait until the place of this address can be reached; False where it cannot until this time of the timer.
        `origin` is the profile's, which alone may be in this house. Raises AddressRefused."""
        place = target_of(url, origin)
        outage = self._down.setdefault((place.host, place.port), _Outage())
        while (left := until - self._timer.now()) > 0:
            try:
                if await within(self._timer, left, self._knocked(outage, url, origin)):
                    return True
            except DeadlinePassed:
                break
        return False

    async def _knocked(self, outage: _Outage, url: str, origin: str) -> bool:
        """What the next knock finds, whoever knocks. It ends when nobody waits for it any more."""
        if outage.knock is None or outage.knock.done():
            outage.knock = asyncio.create_task(self._knock(outage, url, origin))
        knock = outage.knock
        outage.waiting += 1
        try:
            return await asyncio.shield(knock)
        finally:
            outage.waiting -= 1
            if not outage.waiting:
                knock.cancel()

    async def _knock(self, outage: _Outage, url: str, origin: str) -> bool:
        await self._timer.pause(min(LONGEST_S, FIRST_S * 2**outage.knocks))
        outage.knocks = min(outage.knocks + 1, 10)
        target = target_of(url, origin)
        through = proxy_machine(target.scheme, target.host)
        try:
            if through is not None:
                return await self._opens(*through)
            for host in await pinned(target, self._resolver) or (target.host,):
                if await self._opens(host, target.port):
                    return True
        except (NameUnknown, AddressRefused) as error:
            log.debug("%s cannot be reached yet: %s", target.host, error)
        return False

    async def _opens(self, host: str, port: int) -> bool:
        try:
            _, writer = await within(self._timer, CONNECT_S, asyncio.open_connection(host, port))
        except (OSError, DeadlinePassed) as error:
            log.debug("%s cannot be reached yet: %s", host, error)
            return False
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True
