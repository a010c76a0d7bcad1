"""Jobs that wait: for the network, for a key, for a limit, for their turn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ProviderId
from studio.domain.job import JobState, ProviderDone, Queued
from studio.domain.problems import Offline, Problem, ProviderError
from tests.core.jobs.house import House, order
from tests.core.jobs.test_endings import earlier_run
from tests.fakes.provider import FakeProvider, Step, answer

if TYPE_CHECKING:
    from studio.domain.job import Job

FAR = ProviderId("far")
WHOLE: list[Step] = [answer(0), ProviderDone()]


def remote(*scripts: list[Step]) -> FakeProvider:
    return FakeProvider(*scripts, name=FAR, local=False)


def offline() -> Offline:
    return Offline(problem("offline", provider="Far"))


class Limit:
    """Refuses while it has a problem. Reads the spending until `read` is set."""

    def __init__(self, held: Problem | None) -> None:
        self.held = held
        self.asked: list[JobId] = []
        self.reached = asyncio.Event()
        self.read = asyncio.Event()
        self.read.set()

    async def refusal(self, job: Job) -> Problem | None:
        self.asked.append(job.id)
        self.reached.set()
        await self.read.wait()
        return self.held


class TestNetwork:
    """Nothing left, as there is no network."""

    def test_the_order_waits_and_goes_by_itself(self) -> None:
        async def scene() -> None:
            provider = remote([offline()], WHOLE)
            house = House(provider, patient=True)
            job = await house.enqueue(FAR)
            await provider.offline.wait()
            waiting = await house.journal.job(job)
            assert waiting is not None
            assert (waiting.state, waiting.problem and waiting.problem.code) == (JobState.QUEUED, "offline")
            provider.network.set()
            ended = await house.end(job)
            assert (ended.state, ended.attempts, ended.problem) == (JobState.SUCCEEDED, 2, None)
            assert house.journal.kinds(job)[:4] == ["Queued", "Submitting", "PutBack", "Submitting"]

        asyncio.run(scene())

    def test_a_cancel_while_it_waits_costs_nothing(self) -> None:
        async def scene() -> None:
            provider = remote([offline()])
            house = House(provider, patient=True)
            job = await house.enqueue(FAR)
            await provider.offline.wait()
            await house.runner.cancel(job)
            ended = await house.end(job)
            assert (ended.state, ended.billed, provider.submitted) == (JobState.CANCELLED, False, [job])

        asyncio.run(scene())

    def test_a_pause_holds_it_when_the_network_is_back(self) -> None:
        async def scene() -> None:
            provider = remote([offline()], WHOLE)
            house = House(provider, patient=True)
            job = await house.enqueue(FAR)
            await provider.offline.wait()
            await house.runner.pause()
            provider.network.set()
            for _ in range(20):
                await asyncio.sleep(0)
            assert (provider.submitted, house.journal.kinds(job)[-1]) == ([job], "PutBack")
            await house.runner.go_on()
            assert (await house.end(job)).state is JobState.SUCCEEDED

        asyncio.run(scene())

    @pytest.mark.parametrize("how", ["cancel", "close"])
    def test_a_stop_while_it_is_held_costs_nothing(self, how: str) -> None:
        async def scene() -> None:
            provider = remote([offline()])
            house = House(provider, patient=True)
            job = await house.enqueue(FAR)
            await provider.offline.wait()
            await house.runner.pause()
            provider.network.set()
            await asyncio.sleep(0)
            await (house.runner.cancel(job) if how == "cancel" else house.runner.close())
            await house.runner.close()
            assert house.journal.kinds(job)[2:] == (["PutBack", "Cancelled"] if how == "cancel" else ["PutBack"])
            assert provider.submitted == [job]

        asyncio.run(scene())

    def test_a_close_while_it_waits_leaves_it_queued(self) -> None:
        async def scene() -> None:
            provider = remote([offline()])
            house = House(provider, patient=True)
            job = await house.enqueue(FAR)
            await provider.offline.wait()
            await house.runner.close()
            assert house.journal.kinds(job)[-1] == "PutBack"

        asyncio.run(scene())

    def test_where_nobody_can_wait_it_fails(self) -> None:
        async def scene() -> None:
            house = House(remote([offline()]))
            ended = await house.end(await house.enqueue(FAR))
            assert (ended.state, ended.problem and ended.problem.code) == (JobState.FAILED, "offline")

        asyncio.run(scene())


class TestKey:
    """A key that was for an earlier run alone."""

    @pytest.mark.parametrize("code", ["key-missing", "keyring-unavailable", "keyring-locked", "keyring-slow"])
    def test_a_job_from_an_earlier_time_waits_for_its_key_and_says_so(self, code: str) -> None:
        async def scene() -> None:
            missing = ProviderError(problem(code, provider="Far", seconds="5"))
            provider = remote([missing], WHOLE)
            house = House(provider, journal=earlier_run(("01", [Queued(request=order(FAR))])))
            await house.runner.run()
            held = await house.until(lambda news: type(news.event).__name__ == "PutBack")
            assert (held.job.state, held.job.problem and held.job.problem.code) == (JobState.QUEUED, code)
            while await house.runner.order():
                await asyncio.wait([asyncio.create_task(house.runner.resumed())])
            await house.runner.run()
            assert (await house.end(JobId("01"))).state is JobState.SUCCEEDED

        asyncio.run(scene())

    @pytest.mark.parametrize("code", ["key-missing", "keyring-locked"])
    def test_an_order_without_a_key_fails_at_once_and_those_behind_it_wait(self, code: str) -> None:
        async def scene() -> None:
            provider = remote([ProviderError(problem(code, provider="Far"))])
            house = House(provider)
            first, second = await house.enqueue(FAR), await house.enqueue(FAR)
            assert (await house.end(first)).state is JobState.FAILED
            held = await house.until(lambda news: type(news.event).__name__ == "PutBack")
            assert (held.job.id, held.job.problem and held.job.problem.code) == (second, code)
            assert provider.submitted == [first]

        asyncio.run(scene())


class TestLimit:
    """What may be spent is asked right before an order leaves."""

    def test_an_order_over_the_limit_never_leaves_and_stays(self) -> None:
        async def scene() -> None:
            limit = Limit(problem("key-missing", provider="Far"))
            provider = remote(WHOLE)
            house = House(provider, allowance=limit)
            job = await house.enqueue(FAR)
            held = await house.until(lambda news: type(news.event).__name__ == "PutBack")
            assert (held.job.state, provider.submitted, limit.asked) == (JobState.QUEUED, [], [job])
            limit.held = None
            while not await house.runner.run():
                await asyncio.wait([asyncio.create_task(house.runner.resumed())])
            assert (await house.end(job)).state is JobState.SUCCEEDED

        asyncio.run(scene())

    @pytest.mark.parametrize("held", [problem("key-missing", provider="Far"), None])
    def test_a_cancel_while_the_spending_is_read_is_a_cancel(self, held: Problem | None) -> None:
        async def scene() -> None:
            limit = Limit(held)
            limit.read.clear()
            provider = remote()
            house = House(provider, allowance=limit)
            job = await house.enqueue(FAR)
            await limit.reached.wait()
            await house.runner.cancel(job)
            limit.read.set()
            ended = await house.end(job)
            assert (ended.state, ended.billed, provider.submitted) == (JobState.CANCELLED, False, [])
            assert house.journal.kinds(job) == ["Queued", "Cancelled"]

        asyncio.run(scene())

    def test_a_cancel_while_it_is_put_back_is_a_cancel(self) -> None:
        async def scene() -> None:
            limit = Limit(problem("key-missing", provider="Far"))
            limit.read.clear()
            house = House(remote(), allowance=limit)
            job = await house.enqueue(FAR)
            await limit.reached.wait()
            house.journal.gate = asyncio.Event()
            limit.read.set()
            await asyncio.sleep(0)
            await house.runner.cancel(job)
            house.journal.gate.set()
            assert (await house.end(job)).state is JobState.CANCELLED
            assert house.journal.kinds(job) == ["Queued", "PutBack", "Cancelled"]

        asyncio.run(scene())


class TestTurn:
    """The order in which they go."""

    def test_a_pause_begins_nothing_and_stops_nothing(self) -> None:
        async def scene() -> None:
            gate = asyncio.Event()
            provider = remote([gate, *WHOLE], WHOLE)
            house = House(provider)
            first = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.pause()
            second = await house.enqueue(FAR)
            gate.set()
            assert (await house.end(first)).state is JobState.SUCCEEDED
            assert (provider.submitted, await house.runner.order()) == ([first], [second])
            await house.runner.go_on()
            assert (await house.end(second)).state is JobState.SUCCEEDED

        asyncio.run(scene())

    @pytest.mark.parametrize(("offset", "then"), [(-1, [0, 2, 1]), (-9, [2, 0, 1]), (1, [0, 1, 2])])
    def test_the_last_one_is_moved(self, offset: int, then: list[int]) -> None:
        async def scene() -> None:
            gate = asyncio.Event()
            provider = remote([gate, *WHOLE], WHOLE, WHOLE, WHOLE)
            house = House(provider)
            first = await house.enqueue(FAR)
            await provider.reached.wait()
            jobs = [await house.enqueue(FAR) for _ in range(3)]
            await house.runner.move(jobs[2], offset)
            await house.runner.move(first, 1)
            expected = [jobs[index] for index in then]
            assert await house.runner.order() == expected
            gate.set()
            for job in jobs:
                await house.end(job)
            assert provider.submitted == [first, *expected]

        asyncio.run(scene())
