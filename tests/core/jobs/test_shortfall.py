"""Answers that broke off after some of their pictures: those are kept, and the end says how many of how many."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.catalogue import problem
from studio.domain.ids import JobId
from studio.domain.job import JobEvent, JobState, OutputStored, ProviderSending, Queued, Submitting
from studio.domain.problems import OutcomeLost
from studio.jobs.shortfall import Came, shortfall
from tests.core.jobs.house import House, order
from tests.core.jobs.test_endings import earlier_run
from tests.core.jobs.test_paid import CENTS, FAR, Refuge, remote
from tests.fakes.provider import answer, lost

BROKE = problem("connection-lost", provider="Far", detail="ReadError")


def broken(request_id: str | None = None) -> OutcomeLost:
    error = OutcomeLost(BROKE)
    error.request_id = request_id
    return error


def test_nothing_that_came_changes_nothing() -> None:
    assert shortfall(BROKE, Came(pictures=0), 3) == BROKE


def test_what_is_said_in_full() -> None:
    said = shortfall(BROKE, Came(pictures=2), 3)
    assert said.sentence() == (
        "The connection to Far broke after the order was sent. 2 of 3 pictures came whole and can be found "
        "in the gallery. It may have been charged. Look at the provider's account before you run it again."
    )
    assert (said.title, said.detail) == ("Not all of it came", "ReadError")


def test_what_could_not_be_kept_is_said_too_and_its_cost_stays_open() -> None:
    elsewhere = [problem("kept-elsewhere", place=f"/tmp/{name}.png", reason="No room.") for name in "ab"]
    said = shortfall(BROKE, Came(pictures=1, unkept=elsewhere, unread=[]), 4)
    assert "1 of 4 pictures" in said.what
    assert "/tmp/a.png" in said.what
    assert "/tmp/b.png" in said.what
    assert (said.cost, said.button) == (BROKE.cost, elsewhere[0].button)


class TestRun:
    """The same in a run of a job."""

    @pytest.mark.parametrize("came", [1, 2])
    def test_a_cut_leaves_it_open_with_what_came(self, came: int) -> None:
        async def scene() -> None:
            provider = remote([*map(answer, range(came)), broken("r")])
            house = House(provider)
            job = await house.enqueue(FAR, count=3)
            ended = await house.end(job)
            assert (ended.state, ended.billed, ended.request_id) == (JobState.UNKNOWN, None, "r")
            assert ended.problem is not None
            assert ended.problem == shortfall(BROKE, Came(pictures=came), 3)
            assert [row.index for row in house.journal.rows.values()] == list(range(came))
            assert provider.submitted == [job]
            await house.until(lambda news: len([each for each in news.job.outputs if each.finished]) == came)
            provider.charges["r"] = CENTS
            await house.runner.look_again(job)
            known = (await house.until(lambda news: news.job.state is JobState.EXPIRED)).job
            assert (known.billed, known.cost, len(known.outputs), known.problem and known.problem.what) == (
                True, CENTS, came, ended.problem.what,
            )  # fmt: skip
            assert provider.submitted == [job]

        asyncio.run(scene())

    def test_where_all_came_its_bill_alone_is_open(self) -> None:
        async def scene() -> None:
            provider = remote([answer(0), answer(1), broken("r")])
            house = House(provider)
            job = await house.enqueue(FAR, count=2)
            ended = await house.end(job)
            assert (ended.state, ended.billed, len(ended.outputs)) == (JobState.UNKNOWN, None, 2)
            provider.charges["r"] = CENTS
            await house.runner.look_again(job)
            known = (await house.until(lambda news: news.job.state is JobState.SUCCEEDED)).job
            assert (known.cost, known.missing, known.problem, known.request_id) == (CENTS, 0, None, "r")
            assert provider.submitted == [job]

        asyncio.run(scene())

    def test_where_all_came_and_its_bill_is_told_nothing_is_open(self) -> None:
        async def scene() -> None:
            provider = remote([answer(0), answer(1), broken("r")])
            provider.charges["r"] = CENTS
            house = House(provider)
            ended = await house.end(await house.enqueue(FAR, count=2))
            assert (ended.state, ended.billed, ended.cost, ended.problem) == (JobState.SUCCEEDED, True, CENTS, None)

        asyncio.run(scene())

    def test_after_a_kill_what_is_stored_is_not_stored_again(self) -> None:
        async def scene() -> None:
            first = House(remote([answer(0), ProviderSending(), lost()]))
            job = await first.enqueue(FAR, count=3)
            (stored,) = (await first.end(job)).outputs
            life: list[JobEvent] = [Queued(request=order(FAR, 3)), Submitting(attempt=1), OutputStored(output=stored)]
            provider = remote()
            provider.replays = [[answer(0), answer(1), lost("r")]]
            house = House(provider, journal=earlier_run(("01", life)))
            house.blobs.kept |= first.blobs.kept
            await house.runner.resume()
            ended = await house.end(JobId("01"))
            assert (ended.state, [each.index for each in ended.outputs]) == (JobState.UNKNOWN, [0, 1])
            assert ended.problem is not None
            assert "2 of 3 pictures" in ended.problem.what
            assert house.journal.kinds(JobId("01")).count("OutputStored") == 2
            assert provider.submitted == []

        asyncio.run(scene())

    @pytest.mark.parametrize("how", ["close", "cancel"])
    def test_a_stop_while_the_answer_comes_keeps_what_came(self, how: str) -> None:
        async def scene() -> None:
            provider = remote([asyncio.Event()])
            provider.replays = [[answer(0), answer(1), lost("r")]]
            house = House(provider)
            job = await house.enqueue(FAR, count=3)
            await provider.reached.wait()
            await (house.runner.close() if how == "close" else house.runner.cancel(job))
            ended = await house.end(job)
            assert ended.state is (JobState.UNKNOWN if how == "close" else JobState.CANCELLED)
            assert (ended.billed, [row.index for row in house.journal.rows.values()]) == (None, [0, 1])
            assert (provider.submitted, provider.replayed, provider.cleared) == ([job], [job], [(job, how == "close")])
            assert how == "cancel" or (ended.problem is not None and "2 of 3 pictures" in ended.problem.what)

        asyncio.run(scene())

    def test_bytes_that_are_no_picture_stay_and_are_named(self) -> None:
        async def scene() -> None:
            house = House(remote([answer(0, b"broken"), broken()]))
            ended = await house.end(await house.enqueue(FAR, count=2))
            (blob,) = house.blobs.kept
            assert (ended.state, ended.problem) == (
                JobState.UNKNOWN,
                shortfall(BROKE, Came(pictures=0, unread=[blob]), 2),
            )
            assert ended.problem is not None
            assert blob in ended.problem.detail

        asyncio.run(scene())

    def test_a_full_disk_is_told_with_where_it_is(self) -> None:
        async def scene() -> None:
            refuge = Refuge()
            house = House(remote([answer(0), broken()]), refuge=refuge)
            house.blobs.full = True
            ended = await house.end(await house.enqueue(FAR, count=2))
            (name,) = refuge.kept
            assert (ended.state, ended.billed) == (JobState.UNKNOWN, None)
            assert ended.problem is not None
            assert BROKE.what in ended.problem.what
            assert name in ended.problem.what
            assert ended.problem.cost == BROKE.cost

        asyncio.run(scene())
