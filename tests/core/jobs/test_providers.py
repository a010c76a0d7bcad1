"""Providers that come, change and go while jobs wait and run."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import ProviderId
from studio.domain.job import JobState, ProviderDone
from studio.domain.problems import ProviderError
from tests.core.jobs.house import House, order
from tests.fakes.provider import FakeProvider, Step, answer

THERE = ProviderId("there")


def remote(*scripts: list[Step]) -> FakeProvider:
    return FakeProvider(*scripts, name=THERE, local=False)


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
        left = await house.runner.job(second)
        assert left is not None
        assert left.state is JobState.QUEUED
        await house.runner.set_providers([remote([answer(0), ProviderDone()])])
        assert [each.id for each in await house.runner.run()] == [second]
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
        waiting = [await house.runner.job(each) for each in (second, third)]
        assert [each.state for each in waiting if each is not None] == [JobState.QUEUED, JobState.QUEUED]
        assert provider.submitted == [first]
        await house.runner.run()
        assert [(await house.end(each)).state for each in (second, third)] == [JobState.SUCCEEDED] * 2

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
