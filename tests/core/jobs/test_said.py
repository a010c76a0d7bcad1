"""What is said of a job that ended as was wished."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Job, JobState
from studio.domain.request import EditRequest
from studio.jobs.settling import said_of

REQUEST = EditRequest(provider=ProviderId("far"), model=ModelId("paint"))
JOB = Job(id=JobId("01"), request=REQUEST, created=1.0, state=JobState.CANCELLED)


@pytest.mark.parametrize(
    ("billed", "cost", "words"),
    [
        (None, None, "It may have been charged."),
        (True, None, "It was charged."),
        (True, Price(amount="0.0400"), "It was charged 0.04 USD."),
    ],
)
def test_a_cancel_after_the_order_was_sent_tells_the_charge(
    billed: bool | None, cost: Price | None, words: str
) -> None:
    said = said_of(replace(JOB, billed=billed, cost=cost))
    assert said is not None
    assert (said.code, said.cost) == ("cancelled-late", words)
    assert said.what == "The order had left for far before it was cancelled."


def test_nothing_is_said_of_a_cancel_before_that() -> None:
    assert said_of(replace(JOB, billed=False)) is None


def test_any_other_end_says_what_was_written_down() -> None:
    lost = problem("outcome-unknown")
    assert said_of(replace(JOB, state=JobState.UNKNOWN, billed=None, problem=lost)) == lost
    assert said_of(replace(JOB, state=JobState.SUCCEEDED, billed=True)) is None
