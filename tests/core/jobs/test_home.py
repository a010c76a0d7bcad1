"""The runner on the worker's loop as the home loop sees it."""

from __future__ import annotations

import asyncio
import threading

import pytest

from studio.domain.ids import JobId
from studio.domain.job import JobNews, JobState, ProviderDone, Queued, Submitting
from studio.domain.problems import UsageError
from studio.domain.signal import Signal
from studio.jobs.home import HomeJobs, teller
from studio.jobs.runner import Runner
from studio.workers.loop import WorkerLoop
from tests.core.jobs.house import PATIENCE_S, House, order
from tests.fakes.provider import FakeProvider, answer


def test_calls_go_there_and_news_comes_home() -> None:
    worker = WorkerLoop()
    heard: list[tuple[JobState, bool]] = []
    home = threading.get_ident()

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        news: Signal[JobNews] = Signal()
        ended = asyncio.Event()

        def hear(told: JobNews) -> None:
            heard.append((told.job.state, threading.get_ident() == home))
            if told.job.state.is_final:
                ended.set()

        news.connect(hear)
        tell = teller(loop.call_soon_threadsafe, news)
        provider = FakeProvider([answer(0), ProviderDone()])
        runner = Runner([provider], House(provider).world, tell)
        jobs = HomeJobs(runner, worker.carry, news)
        assert [info.id for info in jobs.providers()] == ["local"]
        held = await jobs.enqueue(order(), None, held=True)
        assert [job.id for job in await jobs.run()] == [held.id]
        await asyncio.wait_for(ended.wait(), PATIENCE_S)
        found = await jobs.job(held.id)
        assert found
        assert [job.id for job in await jobs.jobs()] == [found.id]
        assert (found.state, await jobs.resume(), len(await jobs.models())) == (JobState.SUCCEEDED, (), 1)
        with pytest.raises(UsageError, match="unknown-job"):
            await jobs.cancel(JobId("nobody"))
        await worker.carry(runner.close())

    asyncio.run(scene())
    worker.stop()
    assert [state.value for state, _ in heard] == ["queued", "running", "running", "running", "succeeded"]
    assert all(at_home for _, at_home in heard)


def test_what_an_earlier_run_left_is_told_once() -> None:
    worker = WorkerLoop()

    async def scene() -> list[list[JobId]]:
        provider = FakeProvider()
        house = House(provider)
        for event in (Queued(request=order()), Submitting(attempt=1)):
            await house.journal.append(JobId("01"), event)
        jobs = HomeJobs(Runner([provider], house.world, lambda _: None), worker.carry, Signal())
        await jobs.settle()
        return [[job.id for job in await jobs.resume()] for _ in range(2)]

    assert asyncio.run(scene()) == [["01"], []]
    worker.stop()


def test_orders_of_one_who_looks_on_are_named_and_those_of_others_are_not() -> None:
    worker = WorkerLoop()
    told: list[JobId] = []

    async def scene() -> JobId:
        provider = FakeProvider(*[[answer(0), ProviderDone()] for _ in range(2)])
        runner = Runner([provider], House(provider).world, lambda _: None)
        jobs = HomeJobs(runner, worker.carry, Signal())
        await jobs.enqueue(order(), None)
        watched = await jobs.watched(told.append).enqueue(order(), None)
        await worker.carry(runner.close())
        return watched.id

    assert [asyncio.run(scene())] == told
    worker.stop()


def test_the_worker_ends_what_still_runs() -> None:
    worker = WorkerLoop()
    ends: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ends.append("ended")

    async def start() -> asyncio.Task[None]:
        task = asyncio.create_task(forever())
        await asyncio.sleep(0)
        return task

    assert worker.wait(start(), timeout=PATIENCE_S)
    worker.stop()
    assert ends == ["ended"]
