"""What is asked for while the journal is busy with something else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState, ProviderDone
from tests.core.jobs.house import House, order
from tests.fakes.provider import FakeProvider, answer

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from studio.domain.ids import JobId


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
    def test_a_job_that_is_being_taken_up_is_never_sent(self, first: str, caplog: pytest.LogCaptureFixture) -> None:
        async def scene() -> None:
            provider = FakeProvider()
            house = House(provider)
            job = await held(house)
            calls = [house.runner.run(), house.runner.cancel(job)]
            await busy(house, *(calls if first == "run" else reversed(calls)))
            assert (await house.end(job)).state is JobState.CANCELLED
            await house.runner.close()
            assert (house.journal.kinds(job), provider.submitted) == (["Queued", "Cancelled"], [])
            assert caplog.text == ""

        asyncio.run(scene())

    def test_twice_is_once(self) -> None:
        async def scene() -> None:
            house = House(FakeProvider())
            job = await held(house)
            await busy(house, house.runner.cancel(job), house.runner.cancel(job))
            assert house.journal.kinds(job) == ["Queued", "Cancelled"]

        asyncio.run(scene())
