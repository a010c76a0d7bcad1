"""There is no memory to look at a picture that came: it may be one all the same."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.job import JobState, ProviderDone
from tests.core.jobs.house import House
from tests.core.jobs.test_paid import CENTS, FAR, named, remote
from tests.fakes.provider import FakeProvider, Step, answer, lost

ALWAYS = 1000


def test_for_a_moment_it_is_looked_at_once_more() -> None:
    async def scene() -> None:
        house = House(remote([answer(0), ProviderDone()]))
        house.check.short = 1
        ended = await house.end(await house.enqueue(FAR))
        assert (ended.state, len(ended.outputs), ended.problem) == (JobState.SUCCEEDED, 1, None)

    asyncio.run(scene())


@pytest.mark.parametrize(
    "come", [[answer(0), answer(1), ProviderDone()], [named(0, 1)], [answer(0), answer(1), lost("r")]]
)
def test_it_says_where_the_bytes_are_and_another_look_takes_them(come: list[Step]) -> None:
    async def scene() -> None:
        provider = remote(come)
        provider.charges = {"r": CENTS}
        house = House(provider)
        house.check.short = ALWAYS
        job = await house.enqueue(FAR, count=2)
        ended = await house.end(job)
        assert (ended.state, ended.received, provider.cleared) == (JobState.UNKNOWN, True, [])
        assert ended.problem is not None
        assert ended.problem.code == "kept-elsewhere"
        for blob in house.blobs.kept:
            assert blob in ended.problem.detail, "it stays in the library"
        house.check.short = 0
        provider.replays = [come]
        await house.runner.look_again(job)
        kept = (await house.until(lambda news: news.job.state is JobState.SUCCEEDED)).job
        assert (len(kept.outputs), kept.problem, provider.submitted) == (2, None, [job])
        await house.runner.close()
        assert provider.cleared == [(job, False)]

    asyncio.run(scene())


def test_after_days_nobody_looks_any_more() -> None:
    async def scene() -> None:
        house = House(remote([answer(0), ProviderDone()]))
        house.check.short = ALWAYS
        job = await house.enqueue(FAR)
        await house.end(job)
        await house.runner.close()
        later = remote()
        later.replays = [[answer(0), ProviderDone()]]
        next_house = House(later, journal=house.journal)
        next_house.check.short = ALWAYS
        next_house.clock.pass_by(8 * 24 * 3600.0)
        await next_house.runner.resume()
        ended = await next_house.end(job)
        await next_house.runner.close()
        assert (ended.state, ended.received, later.cleared) == (JobState.UNKNOWN, False, [(job, True)])

    asyncio.run(scene())


def test_a_close_leaves_it_for_the_next_start() -> None:
    async def scene() -> None:
        provider = remote([asyncio.Event()])
        provider.replays = [[answer(0), lost("r")]]
        house = House(provider)
        house.check.short = ALWAYS
        job = await house.enqueue(FAR)
        await provider.reached.wait()
        await house.runner.close()
        assert (house.journal.kinds(job), provider.cleared) == (["Queued", "Submitting"], [])

    asyncio.run(scene())


def test_what_is_free_is_made_again() -> None:
    async def scene() -> None:
        house = House(FakeProvider([answer(0), ProviderDone()]))
        house.check.short = ALWAYS
        ended = await house.end(await house.enqueue())
        assert (ended.state, ended.problem and ended.problem.code) == (JobState.FAILED, "result-unreadable")

    asyncio.run(scene())
