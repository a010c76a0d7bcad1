"""The runner as the session sees it, without a runner: orders are kept, the test tells what becomes of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.ids import JobId
from studio.domain.job import JobNews, Queued
from studio.domain.signal import Signal
from tests.fakes.journal import MemoryJournal, TickingClock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.job import Job, JobEvent, ProviderPreview
    from studio.domain.request import EditRequest


class MemoryJobs:
    """Matches `session.ports.Jobs`. Until `slow` is set, no order is accepted."""

    def __init__(self, models: Sequence[Model] = (), providers: Sequence[ProviderInfo] = ()) -> None:
        self.news: Signal[JobNews] = Signal()
        self.orders: list[Job] = []
        self.slow: asyncio.Event | None = None
        self.offered, self.set_up = tuple(models), tuple(providers)
        self._journal = MemoryJournal(TickingClock())

    async def enqueue(self, request: EditRequest, price: Price | None) -> Job:
        await asyncio.sleep(0)
        if self.slow is not None:
            await self.slow.wait()
        job = await self.tell(JobId(f"{len(self.orders) + 1:04}"), Queued(request=request, price=price))
        self.orders.append(job)
        return job

    async def tell(self, job: JobId, *events: JobEvent) -> Job:
        """This happened to a job; how it stands after that."""
        for event in events:
            moved = await self._journal.append(job, event)
            self.news.emit(JobNews(job=moved, event=event))
        found = await self.job(job)
        assert found is not None
        return found

    async def preview(self, job: JobId, preview: ProviderPreview) -> None:
        """A rough picture of a job came."""
        found = await self.job(job)
        assert found is not None
        self.news.emit(JobNews(job=found, preview=preview))

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        return ()

    async def cancel(self, job: JobId) -> None: ...
    async def pause(self) -> None: ...
    async def go_on(self) -> None: ...
    async def order(self) -> Sequence[JobId]:
        return ()

    async def move(self, job: JobId, offset: int) -> None: ...
    async def look_again(self, job: JobId) -> None: ...
    async def jobs(self) -> Sequence[Job]:
        return await self._journal.jobs()

    async def job(self, job: JobId) -> Job | None:
        return await self._journal.job(job)

    async def models(self) -> Sequence[Model]:
        return self.offered

    def providers(self) -> Sequence[ProviderInfo]:
        return self.set_up
