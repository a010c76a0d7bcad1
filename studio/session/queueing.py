"""What is done with the queue as a whole: the running job cancelled, waiting ones sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import JobState
from studio.session.face.views import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.cards import Cards
    from studio.session.ports import Jobs
    from studio.session.tasks import Tasks


class Queue:
    """Nothing that may cost is sent without a click."""

    def __init__(self, jobs: Jobs, cards: Cards, tasks: Tasks, notice: Callable[[Notice], None]) -> None:
        self._jobs = jobs
        self._cards = cards
        self._tasks = tasks
        self._notice = notice

    def cancel_active(self) -> None:
        """Stop the job that runs, else the one that waits longest."""
        active = self._cards.active()
        if active is not None:
            self._tasks.spawn(self._jobs.cancel(active))

    def send_waiting(self) -> None:
        """Let jobs go that wait from an earlier time, or behind a key that was refused: a click for all of them."""
        self._tasks.spawn(self._send_waiting())

    async def _send_waiting(self) -> None:
        if not await self._jobs.run():
            self._notice(Notice(text="No job waits to be sent."))

    async def start(self) -> None:
        """Run was pressed for those that are free. Of the others it is said that they wait."""
        await self._jobs.run(free_only=True)
        waiting = sum(job.state is JobState.QUEUED for job in await self._jobs.jobs())
        if waiting:
            words = "1 job waits" if waiting == 1 else f"{waiting} jobs wait"
            text = f"{words} from an earlier time. Nothing is sent without your word."
            self._notice(Notice(text=text, action="generate.send-waiting", button="Send"))
