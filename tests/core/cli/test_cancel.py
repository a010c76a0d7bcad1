"""`jobs cancel`: what a script may conclude from how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.cli.status import Status, status_of_cancel, status_of_end
from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.domain.ids import JobId, OutputId
from studio.domain.job import JobState
from studio.session.face.terminal import EndedNews, OutputFile

if TYPE_CHECKING:
    from studio.domain.problems import Problem

OUTPUT = OutputFile(id=OutputId("01-0"), path="o/1.png", raw="aa", paste_mask=None, size=Size(width=8, height=6))
LATE = problem("cancelled-late", provider="far")


@pytest.mark.parametrize(
    ("told", "outputs", "status"),
    [(None, (), Status.DONE), (LATE, (), Status.UNKNOWN), (LATE, (OUTPUT,), Status.DONE)],
    ids=["not sent", "sent", "sent, and its pictures came"],
)
def test_a_cancel_is_done_where_nothing_may_be_paid_for_twice(
    told: Problem | None, outputs: tuple[OutputFile, ...], status: Status
) -> None:
    ended = EndedNews(job=JobId("01"), state=JobState.CANCELLED, outputs=outputs, problem=told)
    assert status_of_cancel(ended) is status
    assert status_of_end(ended) is Status.CANCELLED


def test_a_job_that_ended_otherwise_has_the_status_of_that() -> None:
    for state in (JobState.SUCCEEDED, JobState.FAILED, JobState.UNKNOWN, JobState.EXPIRED):
        ended = EndedNews(job=JobId("01"), state=state)
        assert status_of_cancel(ended) is status_of_end(ended)
