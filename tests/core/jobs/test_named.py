"""Pictures of which an answer that broke off tells the addresses."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ProviderId
from studio.domain.job import (
    JobEvent,
    JobState,
    OutcomeUnknown,
    ProviderNamed,
    ProviderSending,
    Queued,
    ResultAddress,
    Submitting,
)
from studio.domain.problems import ResultExpired
from studio.jobs.fold import may_look_again
from tests.core.jobs.house import House, order
from tests.core.jobs.test_endings import earlier_run
from tests.core.jobs.test_paid import CENTS
from tests.fakes.provider import FakeProvider, Step, answer, lost

FAR = ProviderId("far")
NAMED = ProviderNamed(results=tuple(ResultAddress(index=each, url=f"https://far/{each}") for each in (0, 1)))


def remote(*steps: Step) -> FakeProvider:
    return FakeProvider([ProviderSending(request_id="r"), *steps], name=FAR, local=False)


async def fetching() -> tuple[FakeProvider, House, JobId]:
    """A job whose answer broke off: one of the pictures that it named is here, the other is waited for."""
    provider = remote(NAMED, lost())
    provider.fetches = [[answer(0), asyncio.Event()]]
    house = House(provider)
    job = await house.enqueue(FAR, count=2)
    await provider.reached.wait()
    return provider, house, job


def test_they_are_fetched_once_and_what_it_cost_stays_open() -> None:
    async def scene() -> None:
        provider = remote(answer(0), NAMED, lost())
        house = House(provider)
        job = await house.enqueue(FAR, count=3)
        ended = await house.end(job)
        assert (provider.submitted, provider.fetched) == ([job], [(job, (1,))])
        assert (ended.state, ended.billed, [each.index for each in ended.outputs]) == (JobState.UNKNOWN, None, [0, 1])
        assert ended.problem is not None
        assert "2 of 3 pictures came whole" in ended.problem.what
        assert "Answered" not in house.journal.kinds(job), "nobody knows what else was in it"

    asyncio.run(scene())


def test_where_they_do_not_come_it_is_told_as_ever() -> None:
    async def scene() -> None:
        for gone in (lost(), ResultExpired(problem("results-gone", provider="X", host="far"))):
            provider = remote(NAMED, lost("r"))
            provider.fetches = [[answer(1), gone]]
            house = House(provider)
            ended = await house.end(await house.enqueue(FAR, count=2))
            assert (ended.state, ended.request_id, len(ended.outputs)) == (JobState.UNKNOWN, "r", 1)
            assert ended.problem is not None
            assert ended.problem.code == "outcome-unknown"

    asyncio.run(scene())


def test_another_look_fetches_what_did_not_come() -> None:
    async def scene() -> None:
        provider = remote(NAMED, lost("r"))
        provider.fetches = [[answer(1), lost()]]
        house = House(provider)
        job = await house.enqueue(FAR, count=2)
        assert len((await house.end(job)).outputs) == 1
        assert provider.cleared == [], "the addresses are in what was received alone"
        provider.replays = [[NAMED, lost("r")]]
        await house.runner.look_again(job)
        await house.until(lambda news: len(news.job.outputs) == 2 and news.job.state is JobState.UNKNOWN)
        await house.runner.close()
        assert (provider.submitted, provider.fetched) == ([job], [(job, (0, 1)), (job, (0,))])
        assert provider.cleared == [(job, True)]

    asyncio.run(scene())


@pytest.mark.parametrize("request_id", ["r", None])
def test_the_next_start_fetches_what_did_not_come_even_where_the_charge_is_told(request_id: str | None) -> None:
    async def scene() -> None:
        provider = FakeProvider([ProviderSending(request_id=request_id), NAMED, lost()], name=FAR, local=False)
        provider.fetches = [[lost()]]
        provider.charges = {"r": CENTS}
        house = House(provider)
        job = await house.enqueue(FAR, count=3)
        ended = await house.end(job)
        assert (ended.state, ended.received, may_look_again(ended)) == (JobState.UNKNOWN, True, True)
        assert provider.cleared == []
        later = FakeProvider(name=FAR, local=False)
        later.charges = provider.charges
        later.replays = [[NAMED, lost(request_id)]]
        next_house = House(later, journal=house.journal)
        await next_house.runner.resume()
        settled = await next_house.end(job)
        await next_house.runner.close()
        assert (later.submitted, later.fetched, len(settled.outputs)) == ([], [(job, (0, 1))], 2)
        assert settled.state is (JobState.UNKNOWN if request_id is None else JobState.EXPIRED)
        assert (settled.cost, settled.received) == (None if request_id is None else CENTS, False)
        assert [each for each, _ in later.cleared] == [job]

    asyncio.run(scene())


def test_one_that_is_gone_for_good_does_not_take_the_others_along() -> None:
    async def scene() -> None:
        gone = ResultExpired(problem("results-gone", provider="X", host="far"))
        provider = remote(NAMED, lost())
        provider.fetches = [[gone], [gone], [lost()], [gone], [gone], [gone]]
        provider.charges = {"r": CENTS}
        house = House(provider)
        job = await house.enqueue(FAR, count=2)
        ended = await house.end(job)
        assert (ended.state, ended.received) == (JobState.UNKNOWN, True)
        assert provider.fetched == [(job, (0, 1)), (job, (0,)), (job, (1,))]
        provider.replays = [[NAMED, lost("r")]]
        await house.runner.look_again(job)
        settled = (await house.until(lambda news: news.job.state is JobState.EXPIRED)).job
        await house.runner.close()
        assert (settled.cost, settled.received, provider.submitted) == (CENTS, False, [job])
        assert provider.cleared == [(job, False)]

    asyncio.run(scene())


def test_what_is_no_picture_is_not_fetched_again_and_again() -> None:
    async def scene() -> None:
        provider = remote(NAMED, lost())
        provider.fetches = [[answer(0), answer(1, b"broken")]]
        house = House(provider)
        ended = await house.end(await house.enqueue(FAR, count=2))
        assert (ended.state, ended.received) == (JobState.UNKNOWN, False)

    asyncio.run(scene())


def test_after_days_a_last_look_ends_it() -> None:
    async def scene() -> None:
        provider = FakeProvider(name=FAR, local=False)
        provider.replays = [[NAMED, lost()]]
        provider.fetches = [[lost()]]
        cut = OutcomeUnknown(problem=problem("outcome-unknown"), received=True)
        life: list[JobEvent] = [Queued(request=order(FAR, 2)), Submitting(attempt=1), cut]
        house = House(provider, journal=earlier_run(("01", life)))
        house.clock.pass_by(8 * 24 * 3600.0)
        await house.runner.resume()
        ended = await house.end(JobId("01"))
        await house.runner.close()
        assert (ended.state, ended.received, provider.fetched) == (JobState.UNKNOWN, False, [("01", (0, 1))])
        assert provider.cleared == [("01", True)]
        assert not may_look_again(ended)

    asyncio.run(scene())


def test_a_cancel_meanwhile_is_a_cancel() -> None:
    async def scene() -> None:
        _, house, job = await fetching()
        await house.runner.cancel(job)
        ended = await house.end(job)
        assert (ended.state, ended.billed, len(ended.outputs)) == (JobState.CANCELLED, None, 1)

    asyncio.run(scene())


def test_a_close_leaves_them_to_the_next_start_which_has_them_named_again() -> None:
    async def scene() -> None:
        provider, house, job = await fetching()
        await house.runner.close()
        assert house.journal.kinds(job)[:3] == ["Queued", "Submitting", "OutputStored"]
        assert not {"OutcomeUnknown", "Failed"} & set(house.journal.kinds(job))
        assert provider.cleared == []
        later = FakeProvider(name=FAR, local=False)
        later.replays = [[answer(0), NAMED, lost()]]
        next_house = House(later, journal=house.journal)
        await next_house.runner.resume()
        ended = await next_house.end(job)
        assert (later.submitted, later.fetched) == ([], [(job, (1,))])
        assert (ended.state, [each.index for each in ended.outputs]) == (JobState.UNKNOWN, [0, 1])

    asyncio.run(scene())


def test_a_close_while_the_answer_comes_leaves_them_too() -> None:
    async def scene() -> None:
        provider = remote(asyncio.Event())
        provider.replays = [[answer(0), NAMED, lost()]]
        house = House(provider)
        job = await house.enqueue(FAR, count=2)
        await provider.reached.wait()
        await house.runner.close()
        assert house.journal.kinds(job)[:3] == ["Queued", "Submitting", "OutputStored"]
        assert "OutcomeUnknown" not in house.journal.kinds(job)

    asyncio.run(scene())
