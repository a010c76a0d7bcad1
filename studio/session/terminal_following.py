"""Jobs followed to their end, for a terminal that waits for them."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.ids import LOCAL
from studio.domain.job import JobState
from studio.jobs.settling import said_of
from studio.session.face.terminal import EndedNews, ProgressNews

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterable

    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews
    from studio.domain.problems import Problem
    from studio.domain.signal import Signal
    from studio.session.face.terminal import JobListing

GRACE = 60.0
"""Seconds that pictures of a job that was cancelled or failed get to be finished in."""


class Following:
    """Hears all news from its making on, so that nothing is missed between an order and the wait for its end."""

    def __init__(self) -> None:
        self._heard: asyncio.Queue[JobNews] = asyncio.Queue()

    @contextmanager
    def listening(self, news: Signal[JobNews]) -> Generator[Following, None, None]:
        """Hears while the block runs."""
        leave = news.connect(self._heard.put_nowait)
        try:
            yield self
        finally:
            leave()

    async def follow(self, jobs: Iterable[Job]) -> AsyncGenerator[ProgressNews | Job, None]:
        """Progress as it comes, and each job once, when it has ended and its pictures are finished."""
        waiting: dict[JobId, Job] = {job.id: job for job in jobs}
        for job in tuple(waiting.values()):
            # One that waits may have been let go a moment ago, and still tells what it waited for: only news counts.
            if job.state.is_final and _settled(job):
                yield waiting.pop(job.id)
        while waiting:
            news = await self._next(waiting)
            if news is None:
                break
            if news.job.id not in waiting:
                continue
            waiting[news.job.id] = news.job
            if news.progress is not None:
                yield ProgressNews(job=news.job.id, phase=news.progress.phase, fraction=news.progress.fraction)
            if _settled(news.job):
                yield waiting.pop(news.job.id)
        for job in waiting.values():
            yield job

    async def _next(self, waiting: dict[JobId, Job]) -> JobNews | None:
        """None where all have ended and nobody says more about their pictures."""
        ended = all(job.state.is_final for job in waiting.values())
        try:
            return await asyncio.wait_for(self._heard.get(), GRACE if ended else None)
        except TimeoutError:
            return None


def given_up(listing: JobListing) -> EndedNews:
    """The last word about a job that was cancelled and that nobody waits for any longer: where it has not ended, and
    is not free, nobody knows yet what it cost."""
    job = listing.job
    if job.state.is_final:
        return last_word(listing, job.state, said_of(job))
    left = None if job.request.provider == LOCAL else problem("cancelled-left", job=job.id)
    return last_word(listing, JobState.CANCELLED, left)


def last_word(listing: JobListing, state: JobState, told: Problem | None, unasked: int = 0) -> EndedNews:
    """A job as the journal has it, told as one that stands like this. `unasked` pictures were wanted, but more at a
    time than the model makes: of a success they are missing too."""
    job = listing.job
    succeeded = JobState.SUCCEEDED in (job.state, state)
    return EndedNews(
        job=job.id,
        state=state,
        outputs=listing.outputs,
        missing=job.missing + (unasked if succeeded else 0),
        cost=job.cost,
        request_id=job.request_id,
        revised_prompt=job.revised_prompt,
        problem=told,
    )


def _settled(job: Job) -> bool:
    """A success is told after its pictures are finished; other ends may come before that. One that waits for something
    is not waited for."""
    if not job.state.is_final:
        return job.state is JobState.QUEUED and job.problem is not None
    return job.state is JobState.SUCCEEDED or all(output.finished is not None for output in job.outputs)
