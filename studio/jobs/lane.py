"""The queue before one provider: first come, first served, so many at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from studio.domain.ids import JobId
    from studio.domain.problems import Problem
    from studio.jobs.run import Run


class Lane:
    """Runs that wait and runs that go on, for one provider. All of it happens on the runner's loop."""

    def __init__(self, parallel: int) -> None:
        self._parallel = parallel
        self._waiting: deque[Run] = deque()
        self._running: dict[JobId, Run] = {}
        self._unsettled: set[JobId] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: set[str] = set()
        self._open = True

    def add(self, run: Run) -> None:
        """Queue a run; it goes as soon as there is room."""
        self._waiting.append(run)
        self._advance()

    def find(self, job: JobId) -> Run | None:
        """The run of this job, waiting or going on."""
        return next((run for run in (*self._running.values(), *self._waiting) if run.job.id == job), None)

    def holds(self, job: JobId) -> bool:
        """Whether a run of this job waits or goes on, or what it brought is still being pasted."""
        return job in self._unsettled or self.find(job) is not None

    def resize(self, parallel: int) -> None:
        """Let so many run at a time from now on; those that run already go on."""
        self._parallel = parallel
        self._advance()

    def hold(self, reason: str) -> None:
        """Begin nothing more; what runs goes on. Held for several reasons, it goes on when all are gone."""
        self._held.add(reason)

    def release(self, reason: str) -> None:
        """This reason is gone."""
        self._held.discard(reason)
        self._advance()

    def waiting(self) -> list[JobId]:
        """The jobs that wait, in the order in which they will go."""
        return [run.job.id for run in self._waiting]

    def move(self, run: Run, offset: int) -> None:
        """Let a waiting run go so many places later, or earlier where `offset` is negative."""
        if run in self._waiting:
            place = self._waiting.index(run)
            self._waiting.remove(run)
            self._waiting.insert(max(0, min(len(self._waiting), place + offset)), run)

    async def idle(self) -> None:
        """Wait until nothing runs and nothing that may go waits."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def clear(self) -> list[Run]:
        """The runs that waited, taken out of the lane. Whoever waits for them has to hear what becomes of them."""
        waiting = list(self._waiting)
        self._waiting.clear()
        return waiting

    def put_back(self, runs: Iterable[Run], told: Problem) -> None:
        """Let runs that wait nowhere write down, beside the others, that they stay queued and why."""
        for run in runs:
            run.put_back(told)
            self._start(run)

    def skip(self, run: Run) -> None:
        """Let a waiting run go at once, beside the others: it was cancelled, so it only writes that down."""
        if run in self._waiting:
            self._waiting.remove(run)
            self._start(run)

    async def close(self) -> None:
        """End what runs, oldest first; what waits stays in the journal as queued."""
        self._open = False
        self._waiting.clear()
        for run in self._running.values():
            run.interrupt()
        await self.idle()

    def _advance(self) -> None:
        while self._open and not self._held and self._waiting and len(self._running) < self._parallel:
            run = self._waiting.popleft()
            self._start(run)

    def _start(self, run: Run) -> None:
        self._running[run.job.id] = run
        task = asyncio.create_task(self._go(run), name=f"job {run.job.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go(self, run: Run) -> None:
        self._unsettled.add(run.job.id)
        try:
            await self._gone(run)
            await run.settle()
        finally:
            self._unsettled.discard(run.job.id)

    async def _gone(self, run: Run) -> None:
        try:
            await run.go()
            await self._keep_back(run)
        finally:
            del self._running[run.job.id]
            self._advance()

    async def _keep_back(self, refused: Run) -> None:
        """Of those that wait, let those wait on that would fail of what this one failed of. Nothing begins while that
        is looked up."""
        told, reason = refused.stops_others, f"the key of job {refused.job.id} is looked for"
        if told is None or not self._waiting:
            return
        self.hold(reason)
        try:
            # Those that wait know where the provider is now; the one that was refused may be of another time.
            provider = self._waiting[0].provider
            alike = await provider.sharing(refused.key, self.waiting())
            self.put_back(self._taken(alike), told)
        finally:
            self.release(reason)

    def _taken(self, jobs: Collection[JobId]) -> list[Run]:
        """The runs of these jobs that wait, taken out of the lane."""
        taken = [run for run in self._waiting if run.job.id in jobs]
        self._waiting = deque(run for run in self._waiting if run not in taken)
        return taken
