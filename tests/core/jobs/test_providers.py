"""Providers that come, change and go while jobs wait and run."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ProviderId
from studio.domain.job import JobState, ProviderDone, PutBack
from studio.domain.problems import ProviderError
from tests.core.jobs.house import House, order
from tests.fakes.provider import FakeProvider, Step, answer

THERE = ProviderId("there")


def remote(*scripts: list[Step]) -> FakeProvider:
    return FakeProvider(*scripts, name=THERE, local=False)


async def put_back(house: House, job: JobId) -> str:
    """Why it waits again, once that is told."""
    told = (await house.until(lambda news: news.job.id == job and isinstance(news.event, PutBack))).job
    assert (told.state, house.journal.kinds(job)) == (JobState.QUEUED, ["Queued", "PutBack"])
    return told.problem.code if told.problem is not None else ""


async def let_go(house: House, *jobs: JobId) -> None:
    """These and no others, once nothing holds them any more."""
    gone: set[JobId] = set()
    while len(gone) < len(jobs):
        gone |= {job.id for job in await house.runner.run()}
        await asyncio.sleep(0)
    assert gone == set(jobs)


def test_a_running_job_goes_on_and_a_waiting_one_takes_the_new_provider() -> None:
    async def scene() -> None:
        gate = asyncio.Event()
        old, new = remote([gate, answer(0), ProviderDone()]), remote([answer(0), ProviderDone()])
        house = House(old)
        first, second = await house.enqueue(THERE), await house.enqueue(THERE)
        await old.reached.wait()
        await house.runner.set_providers([new])
        gate.set()
        ends = [await house.end(first), await house.end(second)]
        assert [each.state for each in ends] == [JobState.SUCCEEDED, JobState.SUCCEEDED]
        assert (old.submitted, new.submitted) == ([first], [second])

    asyncio.run(scene())


def test_a_waiting_job_of_a_provider_that_is_gone_stays_queued() -> None:
    async def scene() -> None:
        gate = asyncio.Event()
        old = remote([gate, answer(0), ProviderDone()])
        house = House(old)
        first, second = await house.enqueue(THERE), await house.enqueue(THERE)
        await old.reached.wait()
        await house.runner.set_providers([])
        gate.set()
        assert (await house.end(first)).state is JobState.SUCCEEDED
        assert await put_back(house, second) == "unknown-provider"
        await house.runner.set_providers([remote([answer(0), ProviderDone()])])
        await let_go(house, second)
        assert (await house.end(second)).state is JobState.SUCCEEDED

    asyncio.run(scene())


def test_more_run_at_a_time_as_soon_as_they_may() -> None:
    async def scene() -> None:
        gate = asyncio.Event()
        slow = remote(*[[gate, answer(0), ProviderDone()] for _ in range(3)])
        house = House(slow)
        jobs = [await house.enqueue(THERE) for _ in range(3)]
        await slow.reached.wait()
        assert slow.submitted == jobs[:1]
        slow.reached.clear()
        await house.runner.set_providers([slow], {THERE: 2})
        await slow.reached.wait()
        assert slow.submitted == jobs[:2]
        gate.set()
        for job in jobs:
            await house.end(job)

    asyncio.run(scene())


@pytest.mark.parametrize("code", ["no-balance", "key-refused"])
def test_edge_24_a_used_up_balance_or_a_bad_key_holds_those_behind(code: str) -> None:
    async def scene() -> None:
        refused = ProviderError(problem(code, provider="There"))
        provider = remote([refused], [answer(0), ProviderDone()], [answer(0), ProviderDone()])
        house = House(provider)
        first, second, third = [await house.enqueue(THERE) for _ in range(3)]
        assert (await house.end(first)).state is JobState.FAILED
        assert [await put_back(house, each) for each in (second, third)] == [code, code]
        assert provider.submitted == [first]
        await let_go(house, second, third)
        assert [(await house.end(each)).state for each in (second, third)] == [JobState.SUCCEEDED] * 2

    asyncio.run(scene())


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_one_that_is_held_back_is_cancelled_or_left_as_any_other(how: str) -> None:
    async def scene() -> None:
        provider = remote([ProviderError(problem("no-balance", provider="There"))])
        house = House(provider)
        first, second = await house.enqueue(THERE), await house.enqueue(THERE)
        await house.end(first)
        await (house.runner.cancel(second) if how == "cancel" else house.runner.close())
        await house.runner.close()
        assert house.journal.kinds(second)[-1] in (("Cancelled",) if how == "cancel" else ("Queued", "PutBack"))
        assert provider.submitted == [first]

    asyncio.run(scene())


def test_another_refusal_holds_nobody() -> None:
    async def scene() -> None:
        refused = ProviderError(problem("content-refused", provider="There"))
        house = House(remote([refused], [answer(0), ProviderDone()]))
        first, second = await house.enqueue(THERE), await house.enqueue(THERE)
        assert (await house.end(first)).state is JobState.FAILED
        assert (await house.end(second)).state is JobState.SUCCEEDED

    asyncio.run(scene())


def test_an_order_to_a_provider_that_came_later_is_taken() -> None:
    async def scene() -> None:
        house = House()
        await house.runner.set_providers([remote([answer(0), ProviderDone()])])
        job = (await house.runner.enqueue(order(THERE), None)).id
        assert (await house.end(job)).state is JobState.SUCCEEDED

    asyncio.run(scene())
