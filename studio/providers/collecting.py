"""The pictures of a good answer: those that it holds, and those that it names, fetched at once."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.job import ProviderDone, ProviderNamed, ProviderOutput, ProviderProgress, ResultAddress
from studio.domain.pixels import EncodedImage
from studio.domain.problems import ProviderError, ResultExpired
from studio.providers.calls import untold
from studio.providers.downloads import Downloads, Wanted
from studio.providers.echoes import without_named_key
from studio.providers.pace import Pace
from studio.providers.receiving import has_end, head_of, is_cut, whole_items
from studio.wire.messages import Address, Picture
from studio.wire.sniffing import media_type
from studio.wire.times import server_time
from studio.wire.urls import origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.ids import JobId
    from studio.domain.job import ProviderEvent
    from studio.domain.profile import ProviderProfile
    from studio.domain.secret import Secret
    from studio.providers.ports import Pool, Receiving, Spool, Timer
    from studio.wire.messages import Answer, Reply

log = logging.getLogger(__name__)

LIFE_S = 3600.0
"""Seconds that an address is there where its provider does not say: of those that tell, none says less."""
WAITING = ProviderProgress(phase="Waiting for the network")
UNKNOWN = "application/octet-stream"
_UNMEASURED = Size(width=0, height=0)
"""How large a picture is, is for the decoder to say."""


class Collecting:
    """Tells a provider's pictures as they come. Fetching has the profile's deadline for itself: what was paid for is
    not given up because its making took long."""

    def __init__(self, profile: ProviderProfile, downloads: Downloads, timer: Timer, pool: Pool, spool: Spool) -> None:
        self._profile = profile
        self._downloads = downloads
        self._timer = timer
        self._pool = pool
        self._spool = spool
        self._learnt: dict[JobId, float] = {}
        self._fresh: set[JobId] = set()
        self._begun = timer.now()
        self._looking = asyncio.Lock()

    def learnt(self, job: JobId) -> None:
        """The answer to its order came just now, so that nothing of its pictures can have come before."""
        self._learnt[job] = self._timer.now()
        self._fresh.add(job)

    def came(
        self, job: JobId, answer: Answer, reply: Reply, seed: int | None, tell: Callable[[ProviderEvent], None]
    ) -> ProviderDone:
        """Tell the pictures that an answer holds; what it says besides, with the addresses of the others."""
        for item in reply.items:
            if isinstance(item, Picture):
                tell(_output(item.index, item.data, seed))
        sent = server_time(answer)
        expires = None if sent is None else sent + LIFE_S
        return ProviderDone(
            cost=reply.cost,
            request_id=reply.request_id,
            revised_prompt=reply.revised_prompt,
            results=_named(reply.items, expires),
        )

    async def saved(
        self, answer: Answer | None, key: Secret | None, seed: int | None, tell: Callable[[ProviderEvent], None]
    ) -> None:
        """Tell the pictures that came whole in an answer that did not, and the addresses of others but those that name
        the key; it is unpacked as far as it came."""
        items = await self._pool.compute(whole_items, answer, self._profile)
        for item in items:
            if isinstance(item, Picture):
                tell(_output(item.index, item.data, seed))
        sent = None if answer is None else server_time(answer)
        named = _named(without_named_key(items, key), None if sent is None else sent + LIFE_S)
        if named:
            tell(ProviderNamed(results=named))

    async def fetch(
        self, job: JobId, results: Sequence[ResultAddress], seed: int | None, tell: Callable[[ProviderEvent], None],
        *, patient: bool,
    ) -> None:  # fmt: skip
        """Tell every picture that can be had. Raises ResultExpired, OutcomeLost where one cannot."""
        until = self._until(job, patient=patient)
        pace = Pace(tell) if len(results) == 1 else untold

        async def fetched(item: ResultAddress) -> ProviderError | None:
            wanted = Wanted(
                url=item.url,
                origin=origin(self._profile),
                provider=self._profile.shown_name,
                seconds=self._profile.deadline_s,
                until=until,
                told=pace,
                watch=_Kept(self._spool, job, item.index),
                waiting=lambda: tell(WAITING),
            )
            try:
                # One after another, so that whoever is here first is first at the downloads, whatever a thread takes.
                async with self._looking:
                    had = await self._had(job, item.index)
                data = had or await self._downloads.fetch(wanted)
            except ProviderError as error:
                log.warning("picture %d of %s: %s", item.index, self._profile.id, error)
                return error
            tell(_output(item.index, data, seed))
            return None

        try:
            errors = [error for error in await asyncio.gather(*map(fetched, results)) if error is not None]
        finally:
            self._fresh.discard(job)
        if errors:
            raise _worst(errors)

    def settled(self, job: JobId) -> None:
        """Nothing more is fetched of this job now."""
        self._learnt.pop(job, None)
        self._fresh.discard(job)

    def _until(self, job: JobId, *, patient: bool) -> float:
        """When it is given up, on a clock that nobody sets: an address that was known before this program began may
        live as long again, and its host alone knows better."""
        soon = self._timer.now() + self._profile.deadline_s
        return max(soon, self._learnt.get(job, self._begun) + LIFE_S) if patient else soon

    async def _had(self, job: JobId, index: int) -> bytes | None:
        """A picture that had come whole when the program died, or when no disk had room for it."""
        if job in self._fresh:
            return None
        raw = await self._pool.compute(self._spool.read, job, index)
        if raw is None or is_cut(raw) or raw.header("content-encoding") not in (None, "identity"):
            return None
        return raw.body if has_end(raw.body) else None


class _Kept:
    """Matches `calls.Watch`: a picture is written down as it comes."""

    def __init__(self, spool: Spool, job: JobId, index: int) -> None:
        self._spool = spool
        self._job = job
        self._index = index

    async def leaving(self) -> None:
        """It has no body."""

    def answered(self, answer: Answer) -> Receiving | None:
        """Only what may be the picture."""
        return self._spool.begin(self._job, self._index, head_of(answer)) if answer.status == 200 else None


def _named(items: Sequence[Picture | Address], expires: float | None) -> tuple[ResultAddress, ...]:
    return tuple(
        ResultAddress(index=item.index, url=item.url, expires=expires) for item in items if isinstance(item, Address)
    )


def _output(index: int, data: bytes, seed: int | None) -> ProviderOutput:
    image = EncodedImage(data=data, media_type=media_type(data) or UNKNOWN, size=_UNMEASURED)
    return ProviderOutput(index=index, image=image, seed=seed)


def _worst(errors: Sequence[ProviderError]) -> ProviderError:
    """What is told where one did not come: that it is gone, which no other try will mend, before anything else."""
    return next((each for each in errors if isinstance(each, ResultExpired)), errors[0])
