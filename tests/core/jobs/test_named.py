"""Pictures of which an answer that broke off tells the addresses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.ids import ProviderId
from studio.domain.job import JobState, ProviderNamed, ProviderSending, ResultAddress
from studio.domain.problems import ResultExpired
from tests.core.jobs.house import House
from tests.fakes.provider import FakeProvider, Step, answer, lost

if TYPE_CHECKING:
    from studio.domain.ids import JobId

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
