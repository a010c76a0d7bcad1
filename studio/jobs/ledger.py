"""Writes events down, then tells of them: nobody hears of what is not on the disk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from studio.domain.job import Job, JobEvent, JobNews, OutputFinished, OutputStored, ProviderPreview, ProviderProgress
from studio.domain.problems import StorageError
from studio.jobs.fold import apply

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId
    from studio.jobs.ports import Clock, Journal

log = logging.getLogger(__name__)


class Ledger:
    """The journal with news. `post` is called on the runner's loop, once for each event and each transient news."""

    def __init__(self, journal: Journal, clock: Clock, post: Callable[[JobNews], None]) -> None:
        self._journal = journal
        self._clock = clock
        self._post = post
        self._latest: dict[JobId, Job] = {}

    async def record(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        """Journal an event and tell of it. Raises StorageError; then nothing is told."""
        after = await self._journal.append(job, event, gallery)
        self._latest[job] = after
        self._post(JobNews(job=after, event=event, outputs_ready=_ready(event)))
        return after

    async def conclude(self, job: Job, event: JobEvent) -> None:
        """Journal a job's end and tell of it; told even where the disk refuses, as someone waits for the end.

        A job whose end could not be written is found running, or queued, at the next start.
        """
        try:
            await self.record(job.id, event)
        except StorageError as error:
            log.error("the end of job %s could not be written: %s", job.id, error)
            after = apply(self._latest.get(job.id, job), self._clock.now(), event)
            self._post(JobNews(job=after, event=event))

    def tell(self, job: Job, news: ProviderProgress | ProviderPreview) -> None:
        """Pass on what is not kept, beside the job as it stands now."""
        latest = self._latest.get(job.id, job)
        if isinstance(news, ProviderProgress):
            self._post(JobNews(job=latest, progress=news))
        else:
            self._post(JobNews(job=latest, preview=news))

    def forget(self, job: JobId) -> None:
        """Nothing more comes from a job."""
        self._latest.pop(job, None)


def _ready(event: JobEvent) -> tuple[int, ...]:
    match event:
        case OutputStored():
            return (event.output.index,)
        case OutputFinished():
            return (event.index,)
        case _:
            return ()
