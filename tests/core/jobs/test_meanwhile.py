"""What is asked for while the journal is busy with something else."""

from __future__ import annotations

import asyncio
import io
import logging
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import Job, JobState, ProviderDone
from tests.core.jobs.house import House, order
from tests.core.jobs.test_paid import CENTS, FAR, named, remote
from tests.fakes.provider import FakeProvider, answer, lost

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from studio.domain.ids import JobId


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Warnings and worse. By a handler of our own: the core ring runs without pytest's, which costs each test."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


async def busy(house: House, *calls: Coroutine[None, None, object]) -> list[object]:
    """What the calls give, made one right after the other while the journal is busy."""
    house.journal.gate = asyncio.Event()
    made = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0)
    house.journal.gate.set()
    return list(await asyncio.gather(*made))


async def held(house: House) -> JobId:
    return (await house.runner.enqueue(order(), None, held=True)).id


def test_a_close_before_the_first_byte_leaves_the_order_in_the_queue() -> None:
    async def scene() -> None:
        provider = FakeProvider(local=False)
        house = House(provider)
        await held(house)
        (job,) = await house.runner.run()
        await busy(house, house.runner.close())
        assert (house.journal.kinds(job.id), provider.submitted) == (["Queued", "Submitting", "PutBack"], [])
        later = FakeProvider([answer(0), ProviderDone()], local=False)
        next_house = House(later, journal=house.journal)
        assert await next_house.runner.resume() == []
        await next_house.runner.run()
        assert (await next_house.end(job.id)).state is JobState.SUCCEEDED
        assert later.submitted == [job.id]

    asyncio.run(scene())


class TestCancel:
    """It ends a job, whatever is being done with it."""

    @pytest.mark.parametrize("first", ["run", "cancel"])
    def test_a_job_that_is_being_taken_up_is_never_sent(self, first: str, logged: io.StringIO) -> None:
        async def scene() -> None:
            provider = FakeProvider()
            house = House(provider)
            job = await held(house)
            calls = [house.runner.run(), house.runner.cancel(job)]
            await busy(house, *(calls if first == "run" else reversed(calls)))
            assert (await house.end(job)).state is JobState.CANCELLED
            await house.runner.close()
            assert (house.journal.kinds(job), provider.submitted) == (["Queued", "Cancelled"], [])
            assert logged.getvalue() == ""

        asyncio.run(scene())

    def test_twice_is_once(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider())
            job = await held(house)
            await busy(house, house.runner.cancel(job), house.runner.cancel(job))
            assert house.journal.kinds(job) == ["Queued", "Cancelled"]

        asyncio.run(scene())


class TestRemovedProvider:
    """It is removed while an order to it is written down."""

    def test_what_was_written_down_is_said_to_wait(self) -> None:
        async def scene() -> None:
            house = House(remote())
            waiting, _ = await busy(house, house.runner.enqueue(order(FAR), None), house.runner.set_providers([]))
            assert isinstance(waiting, Job)
            assert (waiting.state, house.journal.kinds(waiting.id)) == (JobState.QUEUED, ["Queued", "PutBack"])
            told = house.news[-1].job.problem
            assert told is not None
            assert told.code == "unknown-provider"
            later = remote([answer(0), ProviderDone()])
            await house.runner.set_providers([later])
            await house.runner.run()
            assert (await house.end(waiting.id)).state is JobState.SUCCEEDED
            assert later.submitted == [waiting.id]

        asyncio.run(scene())

    def test_a_look_goes_on_with_the_one_it_began_with(self) -> None:
        async def scene() -> None:
            provider = remote([lost("r")])
            house = House(provider)
            job = await house.enqueue(FAR)
            await house.end(job)
            looking = asyncio.create_task(house.runner.look_again(job))
            house.journal.gate = asyncio.Event()
            house.journal.gate.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            assert (house.journal.kinds(job)[-1], looking.done()) == ("LookedAgain", False), "it was not heard of yet"
            await house.runner.set_providers([])
            await looking
            await house.runner.resumed()
            assert house.journal.kinds(job)[-1] == "OutcomeUnknown"

        asyncio.run(scene())


class TestLookAgain:
    """It is one look at a time."""

    def test_twice_is_once(self) -> None:
        async def scene() -> None:
            provider = remote([lost("r")])
            house = House(provider)
            job = await house.enqueue(FAR)
            await house.end(job)
            provider.charges = {"r": CENTS}
            provider.replays = [[lost("r")]]
            assert await busy(house, house.runner.look_again(job), house.runner.look_again(job)) == [None, None]
            await house.until(lambda news: news.job.state is JobState.EXPIRED)
            assert house.journal.kinds(job).count("LookedAgain") == 1

        asyncio.run(scene())

    def test_what_is_still_pasted_is_under_way(self, logged: io.StringIO) -> None:
        async def scene() -> None:
            provider = remote([named(0, 1)])
            provider.fetches = [[answer(0), asyncio.Event()], [answer(1)]]
            house = House(provider)
            house.finisher.gate = asyncio.Event()
            job = await house.enqueue(FAR, count=2)
            await provider.reached.wait()
            await house.until(lambda news: bool(news.job.outputs))
            await house.runner.cancel(job)
            await house.end(job)
            await house.runner.look_again(job)
            assert "LookedAgain" not in house.journal.kinds(job)
            house.finisher.gate.set()
            await house.until(lambda news: bool(news.job.outputs and news.job.outputs[0].finished))
            while "LookedAgain" not in house.journal.kinds(job):
                await asyncio.sleep(0)
                await house.runner.look_again(job)
            kept = (await house.until(lambda news: news.job.state is JobState.SUCCEEDED)).job
            assert [each.finished is not None for each in kept.outputs] == [True, True]
            assert "ERROR" not in logged.getvalue()

        asyncio.run(scene())
