"""Pictures fetched from where an answer says they are.

Fetching is free, so it is tried again; the order that made them never is. Nobody but the profile's own origin gets a
key, not even where the two are one, and what comes is judged by its bytes. While a place cannot be reached it is waited
for, with one knock for all; what can be reached and fails is asked three times.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from studio.domain.catalogue import problem
from studio.domain.problems import Offline, OutcomeLost, ProviderError, ResultExpired
from studio.providers.calls import PICTURES_CAP, Call, Told, Unreached, Watch, untold
from studio.providers.guard import AddressRefused, NameUnknown, pinned, shown_host, target_of
from studio.providers.receiving import has_end
from studio.providers.retries import LONGEST_S, TRIES, backoff
from studio.wire.messages import Message
from studio.wire.times import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.providers.budget import Budget
    from studio.providers.http import Http
    from studio.providers.outages import Outages
    from studio.wire.messages import Answer

log = logging.getLogger(__name__)

HOPS = 5
AT_A_TIME = 4
"""Pictures of a provider that are fetched side by side; those that wait for a network are not counted."""
_MOVED = frozenset((301, 302, 303, 307, 308))
_GONE = frozenset((403, 404, 410))
_PASSING = frozenset((408, 425, 429))


def _nobody() -> None:
    """For those who do not want to hear it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture to fetch. `origin` is the profile's, which alone may be in this house; `seconds` is for one try, and
    after `until` (of the timer) nothing more is tried. `waiting` hears that there is no network."""

    url: str
    origin: str
    provider: str
    seconds: float
    until: float
    told: Told = field(default=untold)
    watch: Watch | None = None
    waiting: Callable[[], None] = _nobody


class _Again(Exception):
    """It did not come this time. `data` is what came instead of a whole picture; `wait` the seconds that were asked
    for."""

    def __init__(self, reason: str, data: bytes = b"", wait: float = 0.0) -> None:
        super().__init__(reason)
        self.data = data
        self.wait = wait


class _Unreached(Exception):
    """Its place cannot be reached now. `url` is that place's."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(reason)
        self.url = url


class Downloads:
    """Fetches pictures of one provider over the one HTTP client."""

    def __init__(self, http: Http, outages: Outages, budget: Budget) -> None:
        self._http = http
        self._timer = http.world.timer
        self._outages = outages
        self._budget = budget
        self._turns = asyncio.Semaphore(AT_A_TIME)

    async def fetch(self, wanted: Wanted) -> bytes:
        """The bytes at an address. Where they are no whole picture after all tries, they are handed on as they are:
        they were paid for.

        Raises ResultExpired where its host says that it is no longer there, OutcomeLost where it cannot be fetched or
        must not be.
        """
        tries, reason, data = 0, "no time was left", b""
        while self._timer.now() < wanted.until:
            try:
                return await self._in_turn(wanted)
            except _Unreached as error:
                tries, reason = 0, str(error)
                if not await self._back(error.url, wanted):
                    break
            except _Again as error:
                tries, reason, data = tries + 1, str(error), error.data or data
                log.info("a picture of %s did not come (try %d): %s", wanted.provider, tries, error)
                if tries == TRIES or not await self._may_go_again(tries, error.wait, wanted):
                    break
        if data:
            return data
        raise _not_fetched(wanted, reason)

    async def _in_turn(self, wanted: Wanted) -> bytes:
        try:
            async with self._turns:
                if self._outages.is_down(wanted.url, wanted.origin):
                    raise _Unreached("it could not be reached", wanted.url)
                return await self._tried(wanted)
        except AddressRefused as error:
            told = problem("result-address", provider=wanted.provider, host=error.host, detail=error.reason)
            raise OutcomeLost(told) from error

    async def _back(self, url: str, wanted: Wanted) -> bool:
        """Whether its place can be reached again, in time."""
        wanted.waiting()
        log.info("a picture of %s waits for %s", wanted.provider, shown_host(url))
        try:
            return await self._outages.over(url, wanted.origin, wanted.until)
        except AddressRefused:
            return False

    async def _may_go_again(self, tries: int, asked: float, wanted: Wanted) -> bool:
        """Wait for the next try; False where that is not to be."""
        pause = max(asked, backoff(tries, self._http.world.chance()))
        if asked > LONGEST_S or self._timer.now() + pause >= wanted.until:
            return False
        await self._timer.pause(pause)
        return await self._budget.turn(wanted.until)

    async def _tried(self, wanted: Wanted) -> bytes:
        answer = await self._followed(wanted)
        if answer.status in _GONE:
            told = problem(
                "results-gone",
                provider=wanted.provider,
                host=shown_host(wanted.url),
                detail=f"HTTP {answer.status}",
            )
            raise ResultExpired(told)
        if answer.status in _PASSING or answer.status >= 500:
            raise _Again(f"HTTP {answer.status}", wait=retry_after(answer) or 0.0)
        if answer.status != 200:
            raise _not_fetched(wanted, f"HTTP {answer.status}")
        if not has_end(answer.body):
            raise _Again(f"{len(answer.body)} bytes that are no whole picture", answer.body)
        return answer.body

    async def _followed(self, wanted: Wanted) -> Answer:
        """The answer at the end of at most so many redirects, each address judged anew."""
        url = wanted.url
        for _ in range(HOPS + 1):
            answer = await self._asked(url, wanted)
            location = answer.header("location")
            if answer.status not in _MOVED or not location:
                return answer
            url = _joined(url, location)
        raise AddressRefused(shown_host(url), f"more than {HOPS} redirects")

    async def _asked(self, url: str, wanted: Wanted) -> Answer:
        target = target_of(url, wanted.origin)
        try:
            # A proxy looks names up itself; what is found here would say nothing of where it goes.
            pins = () if self._http.is_proxied(url) else await pinned(target, self._http.world.resolver)
            call = Call(
                message=Message(method="GET", url=url, headers=(("Accept", "image/*"),)),
                provider=wanted.provider,
                cap=PICTURES_CAP,
                seconds=min(wanted.seconds, max(1.0, wanted.until - self._timer.now())),
                pins=pins,
                told=wanted.told,
                watch=wanted.watch,
            )
            answer = await self._http.exchange(call)
        except (NameUnknown, Offline, Unreached) as error:
            raise _Unreached(str(error), url) from error
        except ProviderError as error:
            raise _Again(str(error)) from error
        self._outages.reached(url, wanted.origin)
        return answer


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise AddressRefused("no host", str(error)) from error


def _not_fetched(wanted: Wanted, detail: str) -> OutcomeLost:
    told = problem("result-not-fetched", provider=wanted.provider, host=shown_host(wanted.url), detail=detail)
    return OutcomeLost(told)
