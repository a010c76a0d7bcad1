"""A job as the fold of its events: what may follow what, and what comes of it.

Pure functions. The journal stores the events, the runner adds them; both ask here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.job import (
    Answered,
    Cancelled,
    Expired,
    Failed,
    Job,
    JobEvent,
    JobState,
    LookedAgain,
    OutcomeUnknown,
    Output,
    OutputFinished,
    OutputStored,
    PutBack,
    Queued,
    Submitting,
    Succeeded,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.domain.ids import JobId

_ALIVE = frozenset((JobState.QUEUED, JobState.RUNNING))
_RUNNING = frozenset((JobState.RUNNING,))

_ALLOWED: Mapping[type[JobEvent], frozenset[JobState]] = {
    Queued: frozenset(),
    Submitting: _ALIVE,
    PutBack: _ALIVE,
    Answered: _RUNNING,
    LookedAgain: frozenset((JobState.UNKNOWN, JobState.EXPIRED, JobState.CANCELLED, JobState.SUCCEEDED)),
    OutputStored: _RUNNING,
    OutputFinished: frozenset(JobState) - {JobState.QUEUED},
    Succeeded: _RUNNING,
    Failed: _ALIVE,
    Cancelled: _ALIVE,
    OutcomeUnknown: _RUNNING,
    Expired: _RUNNING,
}
"""The states in which an event may come. Pasting an output may end after its job did."""


def start(job_id: JobId, at: float, event: Queued) -> Job:
    """The job that the first event makes. `at` is in seconds since 1970."""
    return Job(id=job_id, request=event.request, created=at, price=event.price)


def apply(job: Job, at: float, event: JobEvent) -> Job:
    """The job after one more event. Raises ValueError where the event may not come now."""
    if job.state not in _ALLOWED[type(event)]:
        raise ValueError(f"{type(event).__name__} may not come to job {job.id}, which is {job.state.value}")
    match event:
        case Submitting():
            return _submitted(job, at, event)
        case PutBack():
            return _put_back(job, event)
        case Answered():
            return _answered(job, event)
        case LookedAgain():
            return _reopened(job)
        case OutputStored():
            index = event.output.index
            left = tuple(each for each in job.results if each.index != index)
            return replace(job, outputs=_with_output(job, event.output), results=left)
        case OutputFinished():
            return _mended(replace(job, outputs=_with_finished(job, event)))
        case _:
            return _ended(job, at, event)


def fold(job_id: JobId, events: Iterable[tuple[float, JobEvent]]) -> Job:
    """The job that these events make, oldest first. Raises ValueError where they are no job's life."""
    rest = iter(events)
    at, first = next(rest, (0.0, None))
    if not isinstance(first, Queued):
        raise ValueError(f"the events of job {job_id} do not begin with Queued")
    job = start(job_id, at, first)
    for at, event in rest:
        job = apply(job, at, event)
    return job


def may_look_again(job: Job) -> bool:
    """Whether there may be something to fetch, or to learn, of a job that has ended."""
    asked = job.billed is None and job.request_id is not None
    match job.state:
        case JobState.UNKNOWN | JobState.CANCELLED:
            return asked or job.received or bool(job.results)
        case JobState.SUCCEEDED:
            return bool(job.results)
        case _:
            return False


def _submitted(job: Job, at: float, event: Submitting) -> Job:
    if job.answered:
        raise ValueError(f"job {job.id} was answered, so it is not sent again")
    if event.attempt != job.attempts + 1:
        raise ValueError(f"attempt {event.attempt} of job {job.id} follows attempt {job.attempts}")
    started = at if job.started is None else job.started
    return replace(job, state=JobState.RUNNING, started=started, attempts=event.attempt, problem=None)


def _put_back(job: Job, event: PutBack) -> Job:
    if job.answered or job.outputs:
        raise ValueError(f"job {job.id} was answered, so it cannot wait again")
    return replace(job, state=JobState.QUEUED, problem=event.problem)


def _answered(job: Job, event: Answered) -> Job:
    if job.answered:
        raise ValueError(f"job {job.id} was answered already")
    stored = {output.index for output in job.outputs}
    return replace(
        job,
        answered=True,
        billed=True,
        results=tuple(each for each in event.results if each.index not in stored),
        cost=event.cost,
        request_id=event.request_id,
        revised_prompt=event.revised_prompt,
    )


def _reopened(job: Job) -> Job:
    """Only what ended without all its pictures may go on."""
    if job.state is JobState.SUCCEEDED and not job.results:
        raise ValueError(f"job {job.id} has all its pictures")
    return replace(job, state=JobState.RUNNING, ended=None, problem=None, missing=0, received=False)


def _with_output(job: Job, output: Output) -> tuple[Output, ...]:
    if any(known.index == output.index for known in job.outputs):
        raise ValueError(f"output {output.index} of job {job.id} is there already")
    return tuple(sorted((*job.outputs, output), key=lambda each: each.index))


def _with_finished(job: Job, event: OutputFinished) -> tuple[Output, ...]:
    if not any(output.index == event.index and output.finished is None for output in job.outputs):
        raise ValueError(f"job {job.id} has no output {event.index} that waits to be finished")
    return tuple(
        replace(output, finished=event.finished, finished_size=event.size) if output.index == event.index else output
        for output in job.outputs
    )


def _mended(job: Job) -> Job:
    """A job that succeeded but for the pasting has no problem any more once all of it is pasted."""
    done = job.state is JobState.SUCCEEDED and all(output.finished for output in job.outputs)
    return replace(job, problem=None) if done else job


def _succeeded(job: Job, at: float, event: Succeeded) -> Job:
    return replace(
        job,
        state=JobState.SUCCEEDED,
        ended=at,
        missing=event.missing,
        cost=event.cost or job.cost,
        request_id=event.request_id or job.request_id,
        revised_prompt=event.revised_prompt or job.revised_prompt,
        problem=event.problem,
    )


def _ended(job: Job, at: float, event: JobEvent) -> Job:
    match event:
        case Succeeded():
            return _succeeded(job, at, event)
        case Failed():
            return replace(job, state=JobState.FAILED, ended=at, billed=False, problem=event.problem)
        case Cancelled():
            return replace(
                job,
                state=JobState.CANCELLED,
                ended=at,
                billed=event.billed,
                cost=event.cost or job.cost,
                request_id=event.request_id or job.request_id,
            )
        case OutcomeUnknown():
            return replace(
                job,
                state=JobState.UNKNOWN,
                ended=at,
                billed=True if job.answered else None,
                problem=event.problem,
                request_id=event.request_id or job.request_id,
                received=event.received,
            )
        case Expired():
            return replace(
                job,
                state=JobState.EXPIRED,
                ended=at,
                billed=True,
                problem=event.problem,
                request_id=event.request_id or job.request_id,
                cost=event.cost or job.cost,
            )
        case _:
            raise ValueError(f"{type(event).__name__} ends no job")
