"""A stop right after the answer was received, before anything was made of it."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import trouble
from studio.domain.ids import JobId
from studio.domain.job import Answered, JobEvent, JobState, ProviderDone, ProviderSending, Queued, Submitting
from tests.core.jobs.house import House, order
from tests.core.jobs.test_endings import earlier_run
from tests.core.jobs.test_paid import CENTS, FAR, Refuge, named, remote
from tests.fakes.provider import Step, answer, lost


class Asked:
    """Takes nothing and waits for a folder, until nobody answers any more."""

    def __init__(self) -> None:
        self.wanted = asyncio.Event()
        self.given_up = asyncio.Event()

    async def keep(self, name: str, data: bytes) -> str:
        self.wanted.set()
        await self.given_up.wait()
        raise trouble("nowhere-to-keep", places="memory")


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


class TestBill:
    """The program ends while a provider is asked what was charged."""

    def test_a_cancel_says_that_it_may_have_been_charged_and_waits_no_longer(self) -> None:
        async def scene() -> None:
            provider = remote([ProviderSending(request_id="r"), asyncio.Event()])
            provider.books = asyncio.Event()
            house = House(provider)
            job = await house.enqueue(FAR)
            await provider.reached.wait()
            await house.runner.cancel(job)
            await provider.asked.wait()
            await house.runner.close()
            ended = await house.end(job)
            assert (ended.state, ended.billed, ended.request_id) == (JobState.CANCELLED, None, "r")

        asyncio.run(scene())

    def test_a_success_is_not_asked_for_again_so_its_cost_is_waited_for(self) -> None:
        async def scene() -> None:
            provider = remote([answer(0), ProviderDone(request_id="r")])
            provider.books, provider.charges = asyncio.Event(), {"r": CENTS}
            house = House(provider)
            job = await house.enqueue(FAR)
            await provider.asked.wait()
            closing = asyncio.create_task(house.runner.close())
            await asyncio.sleep(0)
            provider.books.set()
            await closing
            ended = await house.end(job)
            assert (ended.state, ended.cost) == (JobState.SUCCEEDED, CENTS)

        asyncio.run(scene())


class TestNoRoom:
    """No folder takes a picture that came: what was received is the only copy."""

    def test_a_close_leaves_it_for_a_start_with_room(self) -> None:
        async def scene() -> None:
            refuge = Refuge()
            refuge.full = True
            provider = remote([answer(0), answer(1), named(2), asyncio.Event()])
            house = House(provider, refuge=refuge)
            house.blobs.full = True
            job = await house.enqueue(FAR, count=3)
            await provider.reached.wait()
            provider.replays = [[answer(0), answer(1), named(2)]]
            await house.runner.close()
            assert (house.journal.kinds(job)[-1], provider.cleared) == ("Answered", [])
            later = remote()
            later.replays = [[answer(0), answer(1), named(2)]]
            next_house = House(later, journal=house.journal)
            await next_house.runner.resume()
            ended = await next_house.end(job)
            assert (ended.state, [each.index for each in ended.outputs]) == (JobState.SUCCEEDED, [0, 1, 2])
            assert (later.submitted, later.cleared) == ([], [(job, False)])

        asyncio.run(scene())

    def test_a_close_while_a_folder_is_asked_for_leaves_it_too(self) -> None:
        async def scene() -> None:
            refuge = Asked()
            provider = remote([answer(0), ProviderDone()])
            house = House(provider, refuge=refuge)
            house.blobs.full = True
            job = await house.enqueue(FAR)
            await refuge.wanted.wait()
            closing = asyncio.create_task(house.runner.close())
            await asyncio.sleep(0)
            refuge.given_up.set()
            await closing
            assert (house.journal.kinds(job)[-1], provider.cleared) == ("Answered", [])

        asyncio.run(scene())

    @pytest.mark.parametrize("come", [[answer(0), ProviderDone(cost=CENTS)], [named(0)], [answer(0), lost("r")]])
    def test_another_look_takes_it_once_there_is_room(self, come: list[Step]) -> None:
        async def scene() -> None:
            refuge = Refuge()
            refuge.full = True
            provider = remote(come)
            provider.charges = {"r": CENTS}
            house = House(provider, refuge=refuge)
            house.blobs.full = True
            job = await house.enqueue(FAR)
            ended = await house.end(job)
            assert (ended.state, ended.problem and ended.problem.code) == (JobState.UNKNOWN, "nowhere-to-keep")
            assert provider.cleared == []
            house.blobs.full = False
            provider.replays = [come]
            await house.runner.look_again(job)
            kept = (await house.until(lambda news: news.job.state is JobState.SUCCEEDED)).job
            await house.runner.close()
            assert (kept.cost, len(kept.outputs), kept.received) == (CENTS, 1, False)
            assert (provider.submitted, provider.cleared) == ([job], [(job, False)])

        asyncio.run(scene())

    def test_the_next_start_takes_it_however_late_that_is(self) -> None:
        async def scene() -> None:
            house = House(remote([answer(0), ProviderDone()]))
            house.blobs.full = True
            job = await house.enqueue(FAR)
            await house.end(job)
            await house.runner.close()
            later = remote()
            later.replays = [[answer(0), ProviderDone()]]
            next_house = House(later, journal=house.journal)
            next_house.clock.pass_by(30 * 24 * 3600.0)
            await next_house.runner.resume()
            ended = await next_house.end(job)
            assert (ended.state, len(ended.outputs), later.submitted) == (JobState.SUCCEEDED, 1, [])

        asyncio.run(scene())

    def test_what_was_received_and_is_gone_leaves_it_open(self) -> None:
        async def scene() -> None:
            life: list[JobEvent] = [Queued(request=order(FAR)), Submitting(attempt=1), Answered(cost=CENTS)]
            provider = remote()
            house = House(provider, journal=earlier_run(("01", life)))
            await house.runner.resume()
            ended = await house.end(JobId("01"))
            assert (ended.state, ended.billed, provider.submitted) == (JobState.UNKNOWN, True, [])

        asyncio.run(scene())
