"""The queue as cards: one a job, newest first, with honest words for where it stands.

A card is made anew only when something on it changed; whoever shows them may skip those that are the same objects.
"""

from __future__ import annotations

import time
from bisect import insort
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.ids import LOCAL, output_id
from studio.domain.job import JobState, LookedAgain
from studio.domain.signal import Signal
from studio.jobs.fold import may_look_again
from studio.session.face.views import JobCard
from studio.session.phases import phase, waits_for_network
from studio.session.timing import Timing, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from studio.domain.capabilities import Price
    from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
    from studio.domain.job import Job, JobNews, ProviderProgress
    from studio.domain.pixels import Pixels
    from studio.domain.request import EditRequest

ENDED_SHOWN = 100
"""Cards of ended jobs that stay; those of jobs that may have been charged stay beside them until they are removed."""

MOVES_S = 0.1
"""How often progress is told, in seconds."""


@dataclass(slots=True, eq=False)
class _Known:
    job: Job
    progress: ProviderProgress | None = None
    thumbnail: Pixels | None = None
    line: tuple[int, int] | None = None
    """Its place in its provider's line, and how many wait behind it."""
    ranked: bool = False
    """Whether the line was looked at since it last began to wait."""
    reopened: float | None = None
    """When it was looked at again."""
    card: JobCard | None = None


class Cards:
    """Follows the news of the runner. Names and prices come from the callables, since catalogues can change."""

    def __init__(
        self,
        name_model: Callable[[ModelId], str],
        name_provider: Callable[[ProviderId], str],
        price: Callable[[EditRequest], Price | None] = lambda _: None,
        clock: Callable[[], float] = time.time,
        later: Callable[[float, Callable[[], None]], object] = lambda _, work: work(),
    ) -> None:
        """`clock` tells seconds since 1970, `later` calls a function in so many seconds."""
        self.changed: Signal[tuple[JobCard, ...]] = Signal()
        self.wanted_thumbnail: Signal[tuple[JobId, BlobId]] = Signal()
        self.came_back: Signal[JobId] = Signal()
        """A card that was removed is there again: somebody had its job looked at again."""
        self.timing = Timing()
        self._name_model = name_model
        self._name_provider = name_provider
        self._price = price
        self._clock = clock
        self._later = later
        self._due = False
        self._known: dict[JobId, _Known] = {}
        self._rows: list[_Known] = []
        self._removed: dict[JobId, JobState] = {}
        self._paused = False

    def leave_out(self, removed: Mapping[JobId, JobState]) -> None:
        """What `hide` removed in earlier runs, before `load`. Such a job may be looked at again at a start: its card is
        there meanwhile, and stays where the job ends in another way than before."""
        self._removed.update(removed)

    def load(self, jobs: Iterable[Job]) -> None:
        """What the journal knows, at start, newest first. Ended jobs of earlier runs come too, so that nothing seems
        lost."""
        added = [self._add(job) for job in jobs if job.id not in self._known]
        for known in added:
            self.timing.learn(known.job, earlier=True)
        self._trim()
        kept = {id(known) for known in self._rows}
        for known in added:
            if id(known) in kept:
                self._want_thumbnail(known.job)
        self._tell()

    def hear(self, news: JobNews) -> None:
        """A job moved."""
        known = self._known.get(news.job.id)
        if known is None:
            known = self._add(news.job)
            self._want_thumbnail(news.job)
        ended = news.job.state.is_final and not known.job.state.is_final
        if known.job.state.is_final and not news.job.state.is_final and known not in self._rows:
            self._bring_back(known)
        known.job, known.card = news.job, None
        if news.event is not None:
            known.ranked = False
        if isinstance(news.event, LookedAgain):
            known.reopened = self._clock()
        if news.progress is not None:
            known.progress = _forward(known.progress, news.progress)
        if news.job.state is not JobState.RUNNING:
            known.progress = None
        if ended:
            known.line = None
            self._ended(known)
        if news.event is None and news.progress is not None:
            self._tell_soon()
        else:
            self._tell()

    def _add(self, job: Job) -> _Known:
        known = self._known[job.id] = _Known(job)
        if not self._is_removed(job):
            insort(self._rows, known, key=_age)
        return known

    def _is_removed(self, job: Job) -> bool:
        return job.state.is_final and self._removed.get(job.id) is job.state

    def _bring_back(self, known: _Known) -> None:
        insort(self._rows, known, key=_age)
        if self._removed.pop(known.job.id, None) is not None:
            self.came_back.emit(known.job.id)

    def _ended(self, known: _Known) -> None:
        if self._is_removed(known.job):
            self._rows.remove(known)
        if known.reopened is None:
            self.timing.learn(known.job)
        self._trim()

    def _trim(self) -> None:
        """Forget the cards of the oldest ended jobs; the jobs themselves stay known."""
        spare = sum(_may_go(each.job) for each in self._rows) - ENDED_SHOWN
        if spare > 0:
            oldest = [each for each in self._rows if _may_go(each.job)][:spare]
            gone = {id(each) for each in oldest}
            self._rows = [each for each in self._rows if id(each) not in gone]

    def _want_thumbnail(self, job: Job) -> None:
        blob = job.request.base
        if blob is not None:
            self.wanted_thumbnail.emit((job.id, blob))

    def set_thumbnail(self, job: JobId, picture: Pixels) -> None:
        """The small picture of what was sent."""
        known = self._known.get(job)
        if known is not None:
            known.thumbnail, known.card = picture, None
            self._tell()

    def line_up(self, order: Sequence[JobId], *, settled: bool = True) -> None:
        """In which order the waiting jobs will go, provider by provider. `settled`: nothing moved since that was asked,
        so a waiting job that is not in it waits for the user."""
        lines = _lines([self._known[job] for job in order if job in self._known])
        for known in self._rows:
            line = lines.get(known.job.id)
            if line != known.line or (settled and not known.ranked):
                known.line, known.card = line, None
            known.ranked |= settled
        self._tell()

    def set_paused(self, *, paused: bool) -> None:
        """Whether nothing more begins for now."""
        self._paused = paused
        self.refresh(JobState.QUEUED)

    def refresh(self, *states: JobState) -> None:
        """Names or prices are others now: make the cards of these states anew; all where none is named."""
        for known in self._rows:
            if not states or known.job.state in states:
                known.card = None
        self._tell()

    def hide(self, jobs: Iterable[JobId]) -> dict[JobId, JobState]:
        """Take the cards of ended jobs away; their pictures and their journal stay. Those jobs, as they stand."""
        wanted = set(jobs)
        gone = {each.job.id: each.job.state for each in self._rows if each.job.id in wanted and each.job.state.is_final}
        self._rows = [each for each in self._rows if each.job.id not in gone]
        self._removed.update(gone)
        self._tell()
        return gone

    def job(self, job: JobId) -> Job | None:
        """What is known of a job."""
        known = self._known.get(job)
        return known.job if known else None

    def phase(self, job: JobId) -> str:
        """Where a job stands, in the words of its card; nothing of one that is not known."""
        known = self._known.get(job)
        return self._phase(known) if known else ""

    def refused(self, action: str) -> Job | None:
        """The newest job whose problem offers this command, where its provider was given no other since."""
        newest: dict[ProviderId, Job] = {}
        for job in sorted((each.job for each in self._known.values()), key=lambda job: (job.created, job.id)):
            newest[job.request.provider] = job
        jobs = [job for job in newest.values() if job.problem is not None and job.problem.action == action]
        return max(jobs, key=lambda job: (job.created, job.id), default=None)

    def live(self) -> tuple[JobId, ...]:
        """The jobs that run or wait, oldest first."""
        return tuple(each.job.id for each in self._rows if not each.job.state.is_final)

    def active(self) -> JobId | None:
        """The job that runs, else the oldest one that waits."""
        alive = [each.job for each in self._rows if not each.job.state.is_final]
        running = [job for job in alive if job.state is JobState.RUNNING]
        chosen = running or alive
        return chosen[0].id if chosen else None

    def view(self) -> tuple[JobCard, ...]:
        """The cards, newest first."""
        return tuple(each.card or self._made(each) for each in reversed(self._rows))

    def _made(self, known: _Known) -> JobCard:
        known.card = self._card(known)
        return known.card

    def _card(self, known: _Known) -> JobCard:
        job, progress = known.job, known.progress
        free = job.request.provider == LOCAL
        place, behind = known.line or (None, 0)
        return JobCard(
            job=job.id,
            title=job.request.prompt or self._name_model(job.request.model),
            model=self._name_model(job.request.model),
            provider=self._name_provider(job.request.provider),
            state=job.state,
            phase=self._phase(known),
            fraction=progress.fraction if progress is not None else None,
            created=job.created,
            started=job.started if known.reopened is None else known.reopened,
            ended=job.ended,
            price=job.price,
            cost=job.cost,
            free=free,
            problem=job.problem,
            outputs=tuple(output_id(job.id, output.index) for output in job.outputs),
            thumbnail=known.thumbnail,
            place=place,
            behind=behind,
            held=job.state is JobState.QUEUED and not self._in_line(known) and not waits_for_network(job),
            sent=job.attempts > 0 and job.state is not JobState.QUEUED and not free,
            billed=job.billed,
            can_look=may_look_again(job),
            again=self._price(job.request) if job.state.is_final and not free else None,
            expected=self._expected(known),
        )

    def _expected(self, known: _Known) -> tuple[float, float] | None:
        told = not known.job.state.is_final and known.reopened is None
        return self.timing.expected(kind_of(known.job.request)) if told else None

    def _phase(self, known: _Known) -> str:
        return phase(known.job, known.progress, paused=self._paused, in_line=self._in_line(known))

    def _in_line(self, known: _Known) -> bool:
        return known.line is not None or not known.ranked

    def _tell_soon(self) -> None:
        """How far jobs are is told of all of them at once: eight that come at a time are no more work than one."""
        if not self._due:
            self._due = True
            self._later(MOVES_S, self._tell_due)

    def _tell_due(self) -> None:
        if self._due:
            self._tell()

    def _tell(self) -> None:
        self._due = False
        self.changed.emit(self.view())


def _lines(waiting: Sequence[_Known]) -> Mapping[JobId, tuple[int, int]]:
    """Each job's place in its provider's line, and how many are behind it."""
    many = Counter(each.job.request.provider for each in waiting)
    places: Counter[ProviderId] = Counter()
    lines: dict[JobId, tuple[int, int]] = {}
    for each in waiting:
        provider = each.job.request.provider
        places[provider] += 1
        lines[each.job.id] = (places[provider], many[provider] - places[provider])
    return lines


def _age(known: _Known) -> tuple[float, JobId]:
    return known.job.created, known.job.id


def _may_go(job: Job) -> bool:
    return job.state.is_final and job.state is not JobState.UNKNOWN


def _forward(before: ProviderProgress | None, now: ProviderProgress) -> ProviderProgress:
    """Progress never goes back within a phase. All that show a job take it from its card as it is."""
    if before is None or before.phase != now.phase or before.fraction is None:
        return now
    return replace(now, fraction=max(before.fraction, now.fraction or 0.0))
