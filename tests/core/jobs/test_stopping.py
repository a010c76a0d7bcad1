"""A stop right after the answer was received, before anything was made of it."""

from __future__ import annotations

import asyncio

from studio.domain.catalogue import trouble
from studio.domain.job import Answered, JobState
from tests.core.jobs.house import House
from tests.core.jobs.test_paid import CENTS, FAR, named, remote
from tests.fakes.provider import answer


class TestWholeAnswer:
    """It is on the disk, and still to be read."""

    def test_a_close_while_the_whole_answer_is_read_leaves_it_for_the_next_start(self) -> None:
        async def scene() -> None:
            provider = remote([asyncio.Event()])
            provider.replays = [[answer(0), named(1, request_id="r")]]
            house = House(provider)
            job = await house.enqueue(FAR, count=2)
            await provider.reached.wait()
            await house.runner.close()
            kinds = house.journal.kinds(job)
            assert {"OutputStored", "Answered"} < set(kinds)
            assert "OutcomeUnknown" not in kinds
            assert provider.cleared == []
            later = remote()
            next_house = House(later, journal=house.journal)
            await next_house.runner.resume()
            ended = await next_house.end(job)
            assert (ended.state, ended.cost, len(ended.outputs)) == (JobState.SUCCEEDED, CENTS, 2)
            assert (later.submitted, later.fetched) == ([], [(job, (1,))])

        asyncio.run(scene())

    def test_a_close_while_the_disk_takes_no_note_of_the_answer_leaves_it_too(self) -> None:
        async def scene() -> None:
            provider = remote([asyncio.Event()])
            provider.replays = [[named(0)]]
            house = House(provider)
            house.journal.refuse[Answered] = trouble("disk-full", place="here")
            job = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.close()
            assert (house.journal.kinds(job), provider.cleared) == (["Queued", "Submitting"], [])

        asyncio.run(scene())

    def test_a_cancel_while_the_whole_answer_is_read_says_that_it_was_charged(self) -> None:
        async def scene() -> None:
            provider = remote([asyncio.Event()])
            provider.replays = [[named(0)]]
            house = House(provider)
            job = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.cancel(job)
            ended = await house.end(job)
            assert (ended.state, ended.billed, ended.cost) == (JobState.CANCELLED, True, CENTS)
            await house.runner.look_again(job)
            await house.until(lambda news: news.job.state is JobState.SUCCEEDED)

        asyncio.run(scene())
