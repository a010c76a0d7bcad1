"""What may follow what in a job's life, tried as a state machine against a second, simpler telling of it."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId
from studio.domain.job import (
    Answered,
    Cancelled,
    Expired,
    Failed,
    JobEvent,
    JobState,
    LookedAgain,
    OutcomeUnknown,
    Output,
    OutputFinished,
    OutputStored,
    PutBack,
    Queued,
    ResultAddress,
    Submitting,
    Succeeded,
)
from studio.domain.request import EditRequest
from studio.jobs.fold import apply, fold, start

JOB = JobId("0001")
REQUEST = EditRequest(provider=LOCAL, model=ModelId("remove"), count=3)
SIZE = Size(width=4, height=3)


def stored(index: int) -> OutputStored:
    return OutputStored(output=Output(index=index, raw=BlobId(f"raw{index}"), media_type="image/png", size=SIZE))


def finished(index: int) -> OutputFinished:
    return OutputFinished(index=index, finished=BlobId(f"finished{index}"), size=SIZE)


ENDINGS: dict[JobState, JobEvent] = {
    JobState.SUCCEEDED: Succeeded(missing=1),
    JobState.FAILED: Failed(problem=problem("engine-died")),
    JobState.CANCELLED: Cancelled(),
    JobState.UNKNOWN: OutcomeUnknown(problem=problem("engine-died")),
    JobState.EXPIRED: Expired(problem=problem("results-gone", provider="X", host="far")),
}
NAMED: tuple[int, ...] = (0, 2)
"""The pictures that an answer only names."""
ANSWERED = Answered(results=tuple(ResultAddress(index=index, url=f"https://far/{index}") for index in NAMED))


class JobLife(RuleBasedStateMachine):
    """Walks through legal and illegal events; `expected` is the state by a plain table."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0
        self.events: list[tuple[float, JobEvent]] = [(self.at, Queued(request=REQUEST))]
        self.job = start(JOB, self.at, Queued(request=REQUEST))
        self.expected = JobState.QUEUED
        self.stored: set[int] = set()
        self.finished: set[int] = set()
        self.left: set[int] = set()
        self.answered = False

    def add(self, event: JobEvent, *, legal: bool) -> None:
        self.at += 1
        if not legal:
            with pytest.raises(ValueError, match=JOB):
                apply(self.job, self.at, event)
            return
        self.job = apply(self.job, self.at, event)
        self.events.append((self.at, event))

    @rule(skipped=st.integers(0, 1))
    def submit(self, skipped: int) -> None:
        alive = self.expected in (JobState.QUEUED, JobState.RUNNING)
        legal = alive and not skipped and not self.answered
        self.add(Submitting(attempt=self.job.attempts + 1 + skipped), legal=legal)
        if legal:
            self.expected = JobState.RUNNING

    @rule(index=st.integers(0, 3))
    def store(self, index: int) -> None:
        legal = self.expected is JobState.RUNNING and index not in self.stored
        self.add(stored(index), legal=legal)
        if legal:
            self.stored.add(index)
            self.left.discard(index)

    @rule(index=st.integers(0, 3))
    def finish(self, index: int) -> None:
        legal = index in self.stored and index not in self.finished
        self.add(finished(index), legal=legal)
        if legal:
            self.finished.add(index)

    @rule()
    def put_back(self) -> None:
        fresh = not self.answered and not self.stored
        legal = self.expected in (JobState.QUEUED, JobState.RUNNING) and fresh
        self.add(PutBack(problem=problem("offline", provider="Far")), legal=legal)
        if legal:
            self.expected = JobState.QUEUED

    @rule()
    def answer(self) -> None:
        legal = self.expected is JobState.RUNNING and not self.answered
        self.add(ANSWERED, legal=legal)
        if legal:
            self.answered, self.left = True, set(NAMED) - self.stored

    @rule()
    def look_again(self) -> None:
        open_ends = (JobState.UNKNOWN, JobState.EXPIRED, JobState.CANCELLED)
        legal = self.expected in open_ends or (self.expected is JobState.SUCCEEDED and bool(self.left))
        self.add(LookedAgain(), legal=legal)
        if legal:
            self.expected = JobState.RUNNING

    @rule(state=st.sampled_from(sorted(ENDINGS, key=lambda each: each.value)))
    def end(self, state: JobState) -> None:
        before_it_runs = state in (JobState.FAILED, JobState.CANCELLED)
        legal = self.expected is JobState.RUNNING or (self.expected is JobState.QUEUED and before_it_runs)
        self.add(ENDINGS[state], legal=legal)
        if legal:
            self.expected = state

    @rule()
    def queue_again(self) -> None:
        self.add(Queued(request=REQUEST), legal=False)

    @invariant()
    def agrees(self) -> None:
        assert self.job.state is self.expected
        assert [output.index for output in self.job.outputs] == sorted(self.stored)
        assert {output.index for output in self.job.outputs if output.finished} == self.finished
        assert {result.index for result in self.job.results} == self.left
        assert self.job.answered is self.answered
        assert (self.job.ended is not None) == self.expected.is_final
        assert fold(JOB, self.events) == self.job


JobLife.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestJobLife = JobLife.TestCase


def test_a_whole_life() -> None:
    job = fold(
        JOB,
        [
            (1.0, Queued(request=REQUEST)),
            (2.0, Submitting(attempt=1)),
            (3.0, stored(1)),
            (3.5, stored(0)),
            (4.0, Succeeded(missing=1, request_id="r")),
            (5.0, finished(1)),
        ],
    )
    assert (job.created, job.started, job.ended) == (1.0, 2.0, 4.0)
    assert job.state is JobState.SUCCEEDED
    assert [(output.index, output.finished) for output in job.outputs] == [(0, None), (1, "finished1")]
    assert (job.missing, job.request_id, job.problem) == (1, "r", None)


def test_a_late_pasting_mends_the_job() -> None:
    events: list[tuple[float, JobEvent]] = [
        (1.0, Queued(request=REQUEST)),
        (2.0, Submitting(attempt=1)),
        (3.0, stored(0)),
        (4.0, stored(1)),
        (5.0, finished(0)),
        (6.0, Succeeded(problem=problem("disk-full", place="/there"))),
    ]
    job = fold(JOB, events)
    assert job.problem is not None
    assert apply(job, 7.0, finished(1)).problem is None


def test_an_unknown_outcome_may_have_been_billed() -> None:
    job = fold(JOB, [(1, Queued(request=REQUEST)), (2, Submitting(attempt=1)), (3, ENDINGS[JobState.UNKNOWN])])
    assert job.billed is None
    assert job.problem == problem("engine-died")


@pytest.mark.parametrize("events", [[], [(1.0, Submitting(attempt=1))]])
def test_a_life_begins_with_queued(events: list[tuple[float, JobEvent]]) -> None:
    with pytest.raises(ValueError, match="begin with Queued"):
        fold(JOB, events)
