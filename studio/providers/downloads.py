"""Pictures fetched from where an answer says they are.

Fetching is free, so it is tried again; the order that made them never is. Nobody but the profile's own origin gets a
key, not even where the two are one, and what comes is judged by its bytes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from studio.domain.catalogue import problem
from studio.domain.problems import OutcomeLost, ProviderError, ResultExpired
from studio.providers.calls import PICTURES_CAP, Call, Told, untold
from studio.providers.guard import AddressRefused, NameUnknown, pinned, shown_host, target_of
from studio.providers.retries import TRIES, backoff
from studio.wire.messages import Message
from studio.wire.sniffing import media_type

if TYPE_CHECKING:
    from studio.providers.http import Http
    from studio.wire.messages import Answer

log = logging.getLogger(__name__)

HOPS = 5
_MOVED = frozenset((301, 302, 303, 307, 308))
_GONE = frozenset((403, 404, 410))
_PASSING = frozenset((408, 425, 429))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture to fetch. `origin` is the profile's, which alone may be in this house; `seconds` is for all tries."""

    url: str
    origin: str
    provider: str
    seconds: float
    told: Told = field(default=untold)


class _Again(Exception):
    """It did not come this time. `data` is what came instead of a whole picture."""

    def __init__(self, reason: str, data: bytes = b"") -> None:
        super().__init__(reason)
        self.data = data


class Downloads:
    """Fetches pictures over the one HTTP client."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._timer = http.world.timer

    async def fetch(self, wanted: Wanted) -> bytes:
        """The bytes at an address. Where they are no whole picture after all tries, they are handed on as they are:
        they were paid for.

        Raises ResultExpired where it is no longer there, OutcomeLost where it cannot be fetched or must not be.
        """
        until = self._timer.now() + wanted.seconds
        last = _Again("no time was left")
        for tries in range(1, TRIES + 1):
            try:
                return await self._tried(wanted, until)
            except _Again as error:
                last = error
                log.info("a picture of %s did not come (try %d): %s", wanted.provider, tries, error)
            pause = backoff(tries, self._http.world.chance())
            if tries == TRIES or self._timer.now() + pause >= until:
                break
            await self._timer.pause(pause)
        if last.data:
            return last.data
        raise _not_fetched(wanted, str(last))

    async def _tried(self, wanted: Wanted, until: float) -> bytes:
        try:
            answer = await self._followed(wanted, until)
        except AddressRefused as error:
            raise OutcomeLost(problem("result-address", host=error.host, detail=error.reason)) from error
        except (ProviderError, NameUnknown) as error:
            raise _Again(str(error)) from error
        if answer.status in _GONE:
            raise ResultExpired(problem("results-gone", host=shown_host(wanted.url), detail=f"HTTP {answer.status}"))
        if answer.status in _PASSING or answer.status >= 500:
            raise _Again(f"HTTP {answer.status}")
        if answer.status != 200:
            raise _not_fetched(wanted, f"HTTP {answer.status}")
        if not looks_whole(answer.body):
            raise _Again(f"{len(answer.body)} bytes that are no whole picture", answer.body)
        return answer.body

    async def _followed(self, wanted: Wanted, until: float) -> Answer:
        """The answer at the end of at most so many redirects, each address judged anew."""
        url = wanted.url
        for _ in range(HOPS + 1):
            answer = await self._asked(url, wanted, until)
            location = answer.header("location")
            if answer.status not in _MOVED or not location:
                return answer
            url = _joined(url, location)
        raise AddressRefused(shown_host(url), f"more than {HOPS} redirects")

    async def _asked(self, url: str, wanted: Wanted, until: float) -> Answer:
        target = target_of(url, wanted.origin)
        # A proxy looks names up itself; what is found here would say nothing of where it goes.
        pins = () if self._http.is_proxied(url) else await pinned(target, self._http.world.resolver)
        call = Call(
            message=Message(method="GET", url=url, headers=(("Accept", "image/*"),)),
            provider=wanted.provider,
            cap=PICTURES_CAP,
            seconds=max(1.0, until - self._timer.now()),
            pins=pins,
            told=wanted.told,
        )
        return await self._http.exchange(call)


def looks_whole(data: bytes) -> bool:
    """Whether bytes are a picture that has its end. Cheap, so that it can be fetched again at once; the decoder has the
    last word."""
    kind = media_type(data)
    if kind == "image/png":
        return data.find(b"IEND", max(0, len(data) - 4096)) >= 0
    if kind == "image/jpeg":
        return data.rfind(b"\xff\xd9") > len(data) // 2
    if kind == "image/webp":
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    if kind == "image/gif":
        return data.rstrip(b"\0").endswith(b";")
    return kind is not None


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise AddressRefused("no host", str(error)) from error


def _not_fetched(wanted: Wanted, detail: str) -> OutcomeLost:
    return OutcomeLost(problem("result-not-fetched", host=shown_host(wanted.url), detail=detail))
