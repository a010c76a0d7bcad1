"""The queue as cards: one a job, newest first, with honest words for where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.ids import LOCAL, output_id
from studio.domain.job import JobState
from studio.domain.signal import Signal
from studio.session.face.views import JobCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
    from studio.domain.job import Job, JobNews, ProviderProgress
    from studio.domain.pixels import Pixels

CARDS_SHOWN = 100

STATE_WORDS = {
    JobState.QUEUED: "Waiting in the queue",
    JobState.RUNNING: "Starting",
    JobState.SUCCEEDED: "Done",
    JobState.FAILED: "Failed",
    JobState.CANCELLED: "Cancelled",
    JobState.UNKNOWN: "May have been charged",
    JobState.EXPIRED: "Expired",
}


@dataclass(slots=True)
class _Known:
    job: Job
    progress: ProviderProgress | None = None
    thumbnail: Pixels | None = None


class Cards:
    """Follows the news of the runner. Names come from the callables, since catalogues can change."""

    def __init__(self, name_model: Callable[[ModelId], str], name_provider: Callable[[ProviderId], str]) -> None:
        self.changed: Signal[tuple[JobCard, ...]] = Signal()
        self.wanted_thumbnail: Signal[tuple[JobId, BlobId]] = Signal()
        self._name_model = name_model
        self._name_provider = name_provider
        self._known: dict[JobId, _Known] = {}
        self._hidden: set[JobId] = set()

    def load(self, jobs: Iterable[Job]) -> None:
        """What the journal knows, at start. Ended jobs of earlier runs come too, so that nothing seems lost."""
        for job in jobs:
            self._known.setdefault(job.id, _Known(job))
            self._want_thumbnail(job)
        self._tell()

    def hear(self, news: JobNews) -> None:
        """A job moved."""
        known = self._known.get(news.job.id)
        if known is None:
            known = self._known[news.job.id] = _Known(news.job)
            self._want_thumbnail(news.job)
        known.job = news.job
        if news.progress is not None:
            known.progress = _forward(known.progress, news.progress)
        if news.job.state.is_final:
            known.progress = None
        self._tell()

    def _want_thumbnail(self, job: Job) -> None:
        blob = job.request.base
        if blob is not None:
            self.wanted_thumbnail.emit((job.id, blob))

    def set_thumbnail(self, job: JobId, picture: Pixels) -> None:
        """The small picture of what was sent."""
        if job in self._known:
            self._known[job].thumbnail = picture
            self._tell()

    def hide(self, job: JobId) -> None:
        """Take an ended job's card away; its pictures and its journal stay."""
        known = self._known.get(job)
        if known is not None and known.job.state.is_final:
            self._hidden.add(job)
            self._tell()

    def job(self, job: JobId) -> Job | None:
        """What is known of a job."""
        known = self._known.get(job)
        return known.job if known else None

    def phase(self, job: JobId) -> str:
        """Where a job stands, in the words of its card; nothing of one that is not known."""
        known = self._known.get(job)
        return _phase(known) if known else ""

    def refused(self, action: str) -> Job | None:
        """The newest job whose problem offers this command, where its provider was given no other since."""
        newest: dict[ProviderId, Job] = {}
        for job in sorted((each.job for each in self._known.values()), key=lambda job: (job.created, job.id)):
            newest[job.request.provider] = job
        jobs = [job for job in newest.values() if job.problem is not None and job.problem.action == action]
        return max(jobs, key=lambda job: (job.created, job.id), default=None)

    def active(self) -> JobId | None:
        """The job that runs, else the oldest one that waits."""
        alive = [each.job for each in self._known.values() if not each.job.state.is_final]
        running = [job for job in alive if job.state is JobState.RUNNING]
        chosen = running or sorted(alive, key=lambda job: job.created)
        return chosen[0].id if chosen else None

    def view(self) -> tuple[JobCard, ...]:
        """The cards, newest first."""
        shown = [each for each in self._known.values() if each.job.id not in self._hidden]
        shown.sort(key=lambda each: (each.job.created, each.job.id), reverse=True)
        return tuple(self._card(each) for each in shown[:CARDS_SHOWN])

    def _card(self, known: _Known) -> JobCard:
        job, progress = known.job, known.progress
        running = job.state is JobState.RUNNING and progress is not None
        return JobCard(
            job=job.id,
            title=job.request.prompt or self._name_model(job.request.model),
            model=self._name_model(job.request.model),
            provider=self._name_provider(job.request.provider),
            state=job.state,
            phase=_phase(known),
            fraction=progress.fraction if running and progress else None,
            created=job.created,
            started=job.started,
            ended=job.ended,
            price=job.price,
            cost=job.cost,
            free=job.request.provider == LOCAL,
            problem=job.problem,
            outputs=tuple(output_id(job.id, output.index) for output in job.outputs),
            thumbnail=known.thumbnail,
        )

    def _tell(self) -> None:
        self.changed.emit(self.view())


def _forward(before: ProviderProgress | None, now: ProviderProgress) -> ProviderProgress:
    """Progress never goes back within a phase. All that show a job take it from its card as it is."""
    if before is None or before.phase != now.phase or before.fraction is None:
        return now
    return replace(now, fraction=max(before.fraction, now.fraction or 0.0))


def _phase(known: _Known) -> str:
    running = known.job.state is JobState.RUNNING and known.progress is not None
    return known.progress.phase if running and known.progress else STATE_WORDS[known.job.state]
