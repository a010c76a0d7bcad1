"""Providers that come, change and go while jobs wait and run."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ProviderId
from studio.domain.job import JobState, ProviderDone, PutBack
from studio.domain.problems import ProviderError
from studio.domain.secret import Secret
from tests.core.jobs.house import House, order
from tests.fakes.provider import FakeProvider, Step, answer

THERE = ProviderId("there")
STORED, LENT = Secret("sk-stored"), Secret("sk-lent")


def remote(*scripts: list[Step]) -> FakeProvider:
    return FakeProvider(*scripts, name=THERE, local=False)


def refusal(code: str) -> ProviderError:
    return ProviderError(problem(code, provider="There"))


def keyed(code: str, *, answers: int) -> FakeProvider:
    """It refuses the first order, and makes so many after it."""
    provider = remote([refusal(code)], *[[answer(0), ProviderDone()] for _ in range(answers)])
    provider.stored = STORED
    return provider


async def three(house: House, provider: FakeProvider, lent: dict[int, Secret]) -> list[JobId]:
    """Three orders in a row; those of `lent` have a key of their own."""
    jobs: list[JobId] = []

    def named(job: JobId) -> None:
        if len(jobs) in lent:
            provider.lent[job] = lent[len(jobs)]

    while len(jobs) < 3:
        jobs.append((await house.runner.enqueue(order(THERE), None, named=named)).id)
    return jobs


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


@pytest.mark.parametrize("code", ["no-balance", "key-refused", "key-wanted"])
def test_edge_24_a_used_up_balance_or_a_bad_key_holds_those_behind(code: str) -> None:
    async def scene() -> None:
        provider = remote([refusal(code)], [answer(0), ProviderDone()], [answer(0), ProviderDone()])
        house = House(provider)
        first, second, third = [await house.enqueue(THERE) for _ in range(3)]
        assert (await house.end(first)).state is JobState.FAILED
        assert [await put_back(house, each) for each in (second, third)] == [code, code]
        assert provider.submitted == [first]
        await let_go(house, second, third)
        assert [(await house.end(each)).state for each in (second, third)] == [JobState.SUCCEEDED] * 2

    asyncio.run(scene())


class TestOwnKeys:
    """Jobs that were lent a key of their own, behind one that is refused, and beside it."""

    @pytest.mark.parametrize("code", ["no-balance", "key-refused"])
    def test_a_stored_key_that_is_refused_holds_none_that_has_its_own(self, code: str) -> None:
        async def scene() -> None:
            provider = keyed(code, answers=1)
            house = House(provider)
            first, lent, third = await three(house, provider, {1: LENT})
            assert (await house.end(first)).state is JobState.FAILED
            assert (await house.end(lent)).state is JobState.SUCCEEDED
            assert await put_back(house, third) == code
            assert provider.submitted == [first, lent]

        asyncio.run(scene())

    @pytest.mark.parametrize("code", ["no-balance", "key-refused"])
    def test_a_lent_key_that_is_refused_holds_none_of_the_stored_one(self, code: str) -> None:
        async def scene() -> None:
            provider = keyed(code, answers=1)
            house = House(provider)
            first, stored, alike = await three(house, provider, {0: LENT, 2: Secret(LENT.reveal())})
            assert (await house.end(first)).state is JobState.FAILED
            assert (await house.end(stored)).state is JobState.SUCCEEDED
            assert await put_back(house, alike) == code
            assert provider.submitted == [first, stored]

        asyncio.run(scene())

    def test_one_that_was_lent_a_key_goes_where_others_have_none(self) -> None:
        async def scene() -> None:
            provider = keyed("key-missing", answers=1)
            provider.stored = None
            house = House(provider)
            first, lent, third = await three(house, provider, {1: LENT})
            assert (await house.end(lent)).state is JobState.SUCCEEDED
            assert await put_back(house, third) == "key-missing"
            assert provider.submitted == [first, lent]

        asyncio.run(scene())

    def test_a_key_that_came_meanwhile_lets_them_go(self) -> None:
        async def scene() -> None:
            gate = asyncio.Event()
            provider = remote([gate, refusal("key-refused")], [answer(0), ProviderDone()], [answer(0), ProviderDone()])
            provider.stored = STORED
            house = House(provider)
            jobs = await three(house, provider, {})
            await provider.reached.wait()
            provider.stored = Secret("sk-new")
            gate.set()
            ends = [(await house.end(job)).state for job in jobs]
            assert ends == [JobState.FAILED, JobState.SUCCEEDED, JobState.SUCCEEDED]

        asyncio.run(scene())

    def test_nothing_begins_while_the_keys_are_looked_up(self) -> None:
        async def scene() -> None:
            gate, provider = asyncio.Event(), keyed("key-refused", answers=2)
            provider.scripts.insert(0, [gate, answer(0), ProviderDone()])
            provider.keyring = asyncio.Event()
            house = House(provider)
            await house.runner.set_providers([provider], {THERE: 2})
            beside, first, waiting, moved = [await house.enqueue(THERE) for _ in range(4)]
            await provider.looked_up.wait()
            gate.set()
            assert (await house.end(beside)).state is JobState.SUCCEEDED
            await house.runner.cancel(moved)
            assert (await house.end(moved)).state is JobState.CANCELLED
            late = await house.enqueue(THERE)
            assert provider.submitted == [beside, first]
            provider.keyring.set()
            assert await put_back(house, waiting) == "key-refused"
            assert (await house.end(late)).state is JobState.SUCCEEDED, "it was ordered after the refusal"
            assert provider.submitted == [beside, first, late]

        asyncio.run(scene())

    def test_a_close_meanwhile_leaves_them_queued(self) -> None:
        async def scene() -> None:
            provider = keyed("key-refused", answers=0)
            provider.keyring = asyncio.Event()
            house = House(provider)
            first, second, third = await three(house, provider, {})
            await provider.looked_up.wait()
            closing = asyncio.ensure_future(house.runner.close())
            await asyncio.sleep(0)
            provider.keyring.set()
            await closing
            assert provider.submitted == [first]
            assert [house.journal.kinds(job) for job in (second, third)] == [["Queued"], ["Queued"]]

        asyncio.run(scene())


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_one_that_is_held_back_is_cancelled_or_left_as_any_other(how: str) -> None:
    async def scene() -> None:
        provider = remote([refusal("no-balance")])
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
        house = House(remote([refusal("content-refused")], [answer(0), ProviderDone()]))
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
