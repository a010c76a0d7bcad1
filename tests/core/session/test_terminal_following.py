"""Jobs followed to their end by a terminal."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Job, JobNews, JobState, Output, ProviderProgress
from studio.domain.request import EditRequest
from studio.domain.signal import Signal
from studio.session.face.terminal import JobListing, OutputFile, ProgressNews
from studio.session.terminal_following import Following, given_up

SIZE = Size(width=4, height=3)
JOB = Job(
    id=JobId("1"), request=EditRequest(provider=LOCAL, model=ModelId("remove")), created=0.0, state=JobState.RUNNING
)
OUTPUT = Output(index=0, raw=BlobId("a" * 64), media_type="image/png", size=SIZE)


async def _followed(*told: JobNews, job: Job = JOB) -> list[ProgressNews | Job]:
    """What is said of the job, given this news before anyone waits for it."""
    news: Signal[JobNews] = Signal()
    with Following().listening(news) as following:
        for each in told:
            news.emit(each)
        return [said async for said in following.follow([job])]


def test_news_from_before_the_wait_is_not_lost() -> None:
    done = replace(JOB, state=JobState.SUCCEEDED)
    progress = JobNews(job=JOB, progress=ProviderProgress(phase="Filling", fraction=0.5))
    said = asyncio.run(_followed(progress, JobNews(job=done)))
    assert said == [ProgressNews(job=JOB.id, phase="Filling", fraction=0.5), done]


def test_the_end_of_a_cancelled_job_waits_for_its_pictures() -> None:
    cancelled = replace(JOB, state=JobState.CANCELLED, outputs=(OUTPUT,))
    finished = replace(cancelled, outputs=(replace(OUTPUT, finished=BlobId("b" * 64), finished_size=SIZE),))
    assert asyncio.run(_followed(JobNews(job=cancelled), JobNews(job=finished))) == [finished]


def test_a_success_whose_picture_could_not_be_finished_is_not_waited_for() -> None:
    done = replace(JOB, state=JobState.SUCCEEDED, outputs=(OUTPUT,))
    assert asyncio.run(_followed(JobNews(job=done))) == [done]


def test_one_that_was_let_go_again_is_waited_for_though_it_tells_what_it_waited_for() -> None:
    held = replace(JOB, state=JobState.QUEUED, problem=problem("limit-reached", run="", reason=""))
    done = replace(JOB, state=JobState.SUCCEEDED)
    assert asyncio.run(_followed(JobNews(job=JOB), JobNews(job=done), job=held)) == [done]
    assert asyncio.run(_followed(JobNews(job=held), job=held)) == [held]


def test_other_jobs_are_passed_over() -> None:
    other = replace(JOB, id=JobId("2"), state=JobState.SUCCEEDED)
    done = replace(JOB, state=JobState.FAILED)
    assert asyncio.run(_followed(JobNews(job=other), JobNews(job=done))) == [done]


FILE = OutputFile(id=OutputId("1-0"), path="p", raw="r", paste_mask=None, size=SIZE)


@pytest.mark.parametrize(
    ("provider", "state", "billed", "code"),
    [
        (LOCAL, JobState.RUNNING, False, ""),
        (LOCAL, JobState.CANCELLED, False, ""),
        (ProviderId("far"), JobState.QUEUED, False, "cancelled-left"),
        (ProviderId("far"), JobState.RUNNING, False, "cancelled-left"),
        (ProviderId("far"), JobState.CANCELLED, False, ""),
        (ProviderId("far"), JobState.CANCELLED, None, "cancelled-late"),
    ],
)
def test_of_one_that_is_not_waited_for_any_longer_what_is_known_is_said(
    provider: ProviderId, state: JobState, *, billed: bool | None, code: str
) -> None:
    request = EditRequest(provider=provider, model=ModelId("paint"))
    said = given_up(JobListing(job=replace(JOB, request=request, state=state, billed=billed), outputs=(FILE,)))
    assert (said.job, said.state, said.outputs) == (JOB.id, JobState.CANCELLED, (FILE,))
    assert ("" if said.problem is None else said.problem.code) == code
    assert said.problem is None or said.problem.cost == "It may have been charged."


def test_one_that_had_come_to_its_end_is_told_as_that() -> None:
    listing = JobListing(job=replace(JOB, state=JobState.SUCCEEDED), outputs=())
    assert (given_up(listing).state, given_up(listing).problem) == (JobState.SUCCEEDED, None)


def test_nobody_listens_afterwards() -> None:
    news: Signal[JobNews] = Signal()
    following = Following()
    with following.listening(news):
        pass
    news.emit(JobNews(job=replace(JOB, state=JobState.SUCCEEDED)))

    async def first() -> ProgressNews | Job:
        return await anext(following.follow([JOB]))

    async def nothing_comes() -> bool:
        waiting = asyncio.ensure_future(first())
        done, _ = await asyncio.wait((waiting,), timeout=0)
        waiting.cancel()
        return not done

    assert asyncio.run(nothing_comes())
