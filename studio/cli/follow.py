"""Follows jobs to their end. An interruption cancels them first; only the second one leaves at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from studio.cli.status import Status, status_of_end, worst
from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.domain.problems import StudioError
from studio.session.face.terminal import EndedNews, RemarkNews

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Sequence
    from types import FrameType

    from studio.cli.speech import Speech
    from studio.domain.ids import JobId
    from studio.session.face.terminal import TerminalNews, WritingDesk

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Follower:
    """Tells the news of one verb and knows how it ended; `judged` gives the status of a job's end."""

    def __init__(
        self, desk: WritingDesk, speech: Speech, judged: Callable[[EndedNews], Status] = status_of_end
    ) -> None:
        self._desk = desk
        self._speech = speech
        self._judged = judged
        self._running: dict[JobId, None] = {}
        self._statuses: list[Status] = []
        self._cancelling: asyncio.Task[None] | None = None

    async def follow(self, news: AsyncIterator[TerminalNews]) -> Status:
        """Tell everything to the end. What is raised instead of told becomes an `ended` without a job."""
        telling = asyncio.ensure_future(self._tell(news))
        with _interruptions(lambda: self._interrupt(telling)):
            try:
                await telling
            except StudioError as error:
                self._hear(EndedNews(job=None, state=JobState.FAILED, problem=error.problem))
            except asyncio.CancelledError:
                await self._leave()
            if self._cancelling is not None:
                await self._cancelled(self._cancelling)
        return worst(self._statuses)

    @staticmethod
    async def _cancelled(cancelling: asyncio.Task[None]) -> None:
        """Wait for it; it was given up where nobody waits for the jobs any more."""
        await asyncio.wait((cancelling,))
        if not cancelling.cancelled():
            cancelling.result()

    async def _tell(self, news: AsyncIterator[TerminalNews]) -> None:
        async for each in news:
            self._hear(each)

    def _hear(self, news: TerminalNews) -> None:
        self._speech.news(news)
        if isinstance(news, EndedNews):
            self._statuses.append(self._judged(news))
            if news.job is not None:
                self._running.pop(news.job, None)
        elif not isinstance(news, RemarkNews):
            self._running[news.job] = None

    async def _leave(self) -> None:
        """Say how those stand that are not waited for; where that cannot be told, that it is not known."""
        if self._cancelling is not None:
            self._cancelling.cancel()
        jobs = tuple(self._running)
        try:
            ends = await self._desk.left(jobs) if jobs else [EndedNews(job=None, state=JobState.CANCELLED)]
        except StudioError:
            ends = [_unwatched(job) for job in jobs]
        for each in ends:
            self._hear(each)

    def _interrupt(self, telling: asyncio.Future[None]) -> None:
        if self._cancelling is None and self._running:
            self._cancelling = asyncio.ensure_future(self._cancel_all(tuple(self._running)))
        else:
            telling.cancel()

    async def _cancel_all(self, jobs: Sequence[JobId]) -> None:
        """All at once, and the latest first: none that waits may begin when one before it has ended."""
        await asyncio.gather(*(self._cancel(job) for job in reversed(jobs)))

    async def _cancel(self, job: JobId) -> None:
        with contextlib.suppress(StudioError):  # it ended meanwhile, and that was told
            async for _ in self._desk.cancel(job):
                pass


def _unwatched(job: JobId) -> EndedNews:
    return EndedNews(job=job, state=JobState.CANCELLED, problem=problem("cancelled-left", job=job))


@contextlib.contextmanager
def _interruptions(told: Callable[[], None]) -> Generator[None, None, None]:
    """Calls `told` on the loop for each interruption while the block runs."""
    loop = asyncio.get_running_loop()

    def handle(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(told)

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number in _SIGNALS:
        try:
            loop.add_signal_handler(number, told)
        except NotImplementedError:  # Windows
            signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
