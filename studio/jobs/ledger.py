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
    from studio.jobs.ports import World

log = logging.getLogger(__name__)


class Ledger:
    """The journal with news. `post` is called on the runner's loop, once for each event and each transient news."""

    def __init__(self, world: World, post: Callable[[JobNews], None]) -> None:
        self._journal = world.journal
        self._clock = world.clock
        self._steps = world.steps
        self._post = post
        self._latest: dict[JobId, Job] = {}

    def latest(self, job: Job) -> Job:
        """The job as it stands now, by what was written down of it since."""
        return self._latest.get(job.id, job)

    async def record(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        """Journal an event and tell of it. Raises StorageError; then nothing is told."""
        name = type(event).__name__
        self._steps(f"before {name}")
        after = await self._journal.append(job, event, gallery)
        self._steps(f"after {name}")
        self._latest[job] = after
        self._post(JobNews(job=after, event=event, outputs_ready=_ready(event)))
        return after

    async def conclude(self, job: Job, event: JobEvent) -> bool:
        """Journal a job's end and tell of it; told even where the disk refuses, as someone waits for the end. Whether
        it was written.

        A job whose end could not be written is found running, or queued, at the next start.
        """
        try:
            await self.record(job.id, event)
        except StorageError as error:
            log.error("the end of job %s could not be written: %s", job.id, error)
            after = apply(self.latest(job), self._clock.now(), event)
            self._post(JobNews(job=after, event=event))
            return False
        return True

    def tell(self, job: Job, news: ProviderProgress | ProviderPreview) -> None:
        """Pass on what is not kept, beside the job as it stands now."""
        latest = self.latest(job)
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
