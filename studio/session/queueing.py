"""What is done with the queue: waiting jobs sent, moved and held back, jobs cancelled and looked at again, cards of
ended jobs removed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.job import JobState
from studio.domain.pricing import money_words, sum_of
from studio.domain.signal import Signal
from studio.session.face.views import Notice, QueueView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews
    from studio.session.cards import Cards
    from studio.session.ports import Jobs, RemovedCards
    from studio.session.tasks import Tasks

AT_ONCE = 400
"""Jobs whose cards are made in one go at the start."""


class Queue:
    """Nothing that may cost is sent without a click."""

    def __init__(
        self, jobs: Jobs, cards: Cards, removed: RemovedCards, tasks: Tasks, notice: Callable[[Notice], None]
    ) -> None:
        self._jobs = jobs
        self._cards = cards
        self._removed = removed
        self._tasks = tasks
        self._notice = notice
        self._paused = False
        self._asking = False
        self._stale = False
        self._unwritten: dict[JobId, JobState | None] = {}
        self.changed: Signal[QueueView] = Signal()
        cards.came_back.connect(lambda job: self._write({job: None}))

    def view(self) -> QueueView:
        """The queue as a whole."""
        return QueueView(paused=self._paused)

    def hear(self, news: JobNews) -> None:
        """A job came, went or left the line: the others have other places now."""
        if news.event is not None:
            self._ask_order()

    def cancel_active(self) -> None:
        """Stop the job that runs, else the one that waits longest."""
        active = self._cards.active()
        if active is not None:
            self.cancel(active)

    def cancel_all(self) -> None:
        """Stop all that run and wait; those that wait first, so that none of them begins meanwhile."""
        for job in reversed(self._cards.live()):
            self.cancel(job)

    def cancel(self, job: JobId) -> None:
        """Stop it in whatever phase it is."""
        self._tasks.spawn(self._jobs.cancel(job))

    def pause(self) -> None:
        """Begin nothing more until `go_on`; what runs goes on."""
        self._tasks.spawn(self._set_paused(paused=True))

    def go_on(self) -> None:
        """Begin jobs again."""
        self._tasks.spawn(self._set_paused(paused=False))

    async def _set_paused(self, *, paused: bool) -> None:
        await (self._jobs.pause() if paused else self._jobs.go_on())
        self._paused = paused
        self._cards.set_paused(paused=paused)
        self.changed.emit(self.view())

    def move(self, job: JobId, offset: int) -> None:
        """Let a waiting job go later, or earlier where `offset` is negative."""
        self._tasks.spawn(self._move(job, offset))

    async def _move(self, job: JobId, offset: int) -> None:
        await self._jobs.move(job, offset)
        self._ask_order()

    def look_again(self, job: JobId) -> None:
        """Fetch what an ended job still lacks, and ask what it was charged."""
        self._tasks.spawn(self._jobs.look_again(job))

    def remove_cards(self, jobs: Sequence[JobId]) -> None:
        """Take the cards of ended jobs away for good; nothing else of the jobs goes."""
        self._write(self._cards.hide(jobs))

    def _write(self, cards: Mapping[JobId, JobState | None]) -> None:
        self._unwritten.update(cards)
        if cards:
            self._tasks.spawn(self.write_down())

    async def write_down(self) -> None:
        """Let what was removed be on the disk. Raises StorageError."""
        while written := dict(self._unwritten):
            await self._removed.mark_removed(written)
            for job, state in written.items():
                if self._unwritten.get(job) is state:
                    self._unwritten.pop(job, None)

    def send_waiting(self) -> None:
        """Let jobs go that wait from an earlier time, or behind a key that was refused: a click for all of them."""
        self._tasks.spawn(self._send_waiting())

    async def _send_waiting(self) -> None:
        sent = await self._jobs.run()
        self._ask_order()
        if not sent:
            self._notice(Notice(text="No job waits to be sent."))

    async def load(self) -> None:
        """Show the jobs of earlier times, so many at a time that the window is not held up."""
        self._cards.leave_out(await self._removed.removed_cards())
        jobs = await self._jobs.jobs()
        for at in range(0, len(jobs), AT_ONCE):
            self._cards.load(jobs[at : at + AT_ONCE])
            await asyncio.sleep(0)

    async def start(self) -> None:
        """Run was pressed for those that are free. Of the others it is said that they wait."""
        await self._jobs.run(free_only=True)
        waiting = [job for job in await self._jobs.jobs() if job.state is JobState.QUEUED]
        self._ask_order()
        if waiting:
            self._notice(_waiting(waiting))

    def _ask_order(self) -> None:
        """One question at a time; what changes meanwhile is asked for after it."""
        self._stale = True
        if not self._asking:
            self._asking = True
            self._tasks.spawn(self._follow_order())

    async def _follow_order(self) -> None:
        try:
            while self._stale:
                self._stale = False
                order = await self._jobs.order()
                self._cards.line_up(order, settled=not self._stale)
        finally:
            self._asking = False


UNKNOWN, ABOUT, EXACT = (
    (
        "1 job waits from an earlier time; its price is not known. Nothing is sent without your word.",
        "{count} jobs wait from an earlier time; their price is not known. Nothing is sent without your word.",
    ),
    (
        "1 job waits from an earlier time; about {price}. Nothing is sent without your word.",
        "{count} jobs wait from an earlier time; about {price}. Nothing is sent without your word.",
    ),
    (
        "1 job waits from an earlier time; {price}. Nothing is sent without your word.",
        "{count} jobs wait from an earlier time; {price}. Nothing is sent without your word.",
    ),
)
"""What is said of one job that waits, and of more, by what was said of their price when they were ordered."""


def _waiting(jobs: Sequence[Job]) -> Notice:
    price = sum_of(job.price for job in jobs)
    one, more = UNKNOWN if price is None else ABOUT if price.estimate else EXACT
    facts = {"count": len(jobs), "price": "" if price is None else money_words(price)}
    text = one if len(jobs) == 1 else more
    return Notice(text=text, facts=facts, action="generate.send-waiting", button="Send")
