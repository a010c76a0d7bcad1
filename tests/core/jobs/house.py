"""A runner in a world of fakes, for the tests of this room."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.ids import LOCAL, JobId, ModelId, ProviderId
from studio.domain.request import EditRequest
from studio.jobs.ports import World
from studio.jobs.runner import Runner
from tests.fakes.journal import MemoryBlobs, MemoryJournal, TickingClock
from tests.fakes.provider import ByteCheck, EchoFinisher, FakeProvider

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.job import Job, JobNews, JobState
    from studio.jobs.ports import Allowance, Refuge

PATIENCE_S = 10


def order(provider: str = LOCAL, count: int = 1) -> EditRequest:
    """A request that fits the fake provider."""
    return EditRequest(provider=ProviderId(provider), model=ModelId("paint"), count=count)


class House:
    """The runner, its world, and the news it told. `until` waits for news."""

    def __init__(
        self,
        *providers: FakeProvider,
        journal: MemoryJournal | None = None,
        allowance: Allowance | None = None,
        refuge: Refuge | None = None,
        patient: bool = False,
    ) -> None:
        self.clock = TickingClock()
        self.journal = journal or MemoryJournal(self.clock)
        self.blobs = MemoryBlobs()
        self.check = ByteCheck()
        self.finisher = EchoFinisher(self.blobs)
        self.news: list[JobNews] = []
        self.told_and_written: list[tuple[str, str]] = []
        self._told = asyncio.Event()
        self.world = World(
            journal=self.journal,
            blobs=self.blobs,
            check=self.check,
            finisher=self.finisher,
            clock=self.clock,
            allowance=allowance,
            refuge=refuge,
        )
        self.runner = Runner(providers, self.world, self.hear, patient=patient)

    def hear(self, news: JobNews) -> None:
        self.news.append(news)
        if news.event is not None:
            self.told_and_written.append((type(news.event).__name__, self.journal.kinds(news.job.id)[-1]))
        self._told.set()

    async def until(self, seen: Callable[[JobNews], bool]) -> JobNews:
        """The first news, past or to come, that this holds for."""

        async def wait() -> JobNews:
            while True:
                self._told.clear()
                for news in self.news:
                    if seen(news):
                        return news
                await self._told.wait()

        return await asyncio.wait_for(wait(), PATIENCE_S)

    async def end(self, job: JobId) -> Job:
        """The job once it has ended."""
        return (await self.until(lambda news: news.job.id == job and news.job.state.is_final)).job

    async def enqueue(self, provider: str = LOCAL, count: int = 1) -> JobId:
        """A new order's job id."""
        return (await self.runner.enqueue(order(provider, count), None)).id

    def states(self) -> dict[JobId, JobState]:
        """Each job's state by the last news of it."""
        return {news.job.id: news.job.state for news in self.news}
