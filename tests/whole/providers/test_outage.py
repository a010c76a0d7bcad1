"""No network: nothing is lost while it is away, nothing is stormed, and nobody's clock decides anything."""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId
from studio.domain.job import Answered, JobState, Queued, ResultAddress, Submitting
from studio.domain.problems import Offline, ProviderError
from studio.playground.faults import End, Place, cut, refuse
from studio.providers.calls import Unreached
from studio.providers.offline import has_way_out
from tests.whole.providers import faults
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders, picture, told
from tests.whole.providers.rig import EDIT, LINK, rig

if TYPE_CHECKING:
    from studio.domain.job import Job
    from tests.whole.providers.rig import Rig

MINUTE = 60.0
OUTAGE_S = 55 * MINUTE
PENDING = 100


async def left(it: Rig, number: int, *, expires: float | None) -> list[JobId]:
    """Jobs that were answered before the program died, each with one picture to fetch."""
    jobs: list[JobId] = []
    for index in range(number):
        path = it.playground.results.keep(picture(index % 5), "image/png")
        job = JobId(f"18bcfe56be8e4f{index:05x}")
        request = it.found.request("hidream")
        await it.desk.journal.append(job, Queued(request=request))
        await it.desk.journal.append(job, Submitting(attempt=1))
        address = ResultAddress(index=0, url=it.door.url + path, expires=expires)
        await it.desk.journal.append(job, Answered(results=(address,), request_id=f"req_{index}"))
        jobs.append(job)
    return jobs


@pytest.mark.parametrize("wrong_s", [0, 24 * 3600, -24 * 3600], ids=["right", "a day ahead", "a day behind"])
def test_a_hundred_pictures_outlive_an_outage_of_55_minutes(wrong_s: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = time.time()
    monkeypatch.setattr(time, "time", lambda: made + wrong_s)

    async def run() -> tuple[list[Job], list[int], float]:
        async with rig("nanogpt", LINK, patient=True) as it:
            it.playground.results.lifetime_s = 10 * 24 * 3600
            jobs = await left(it, PENDING, expires=made + 60 * MINUTE)
            loop = asyncio.get_running_loop()
            begun = loop.time()
            it.door.shut()
            knocks = Knocks(it)
            loop.call_later(OUTAGE_S, lambda: knocks.end())
            await it.desk.runner.resume()
            ended = [await it.desk.end(job) for job in jobs]
            await knocks.close()
            return ended, knocks.by_minute(begun), loop.time() - begun

    ended, by_minute, seconds = driven(run())
    assert [job.state for job in ended] == [JobState.SUCCEEDED] * PENDING
    assert OUTAGE_S <= seconds <= 60 * MINUTE
    # All jobs together: the first four that are let in try, then one knocks for all.
    print("BY", by_minute)
    assert sum(by_minute) >= OUTAGE_S / 31
    assert max(by_minute[1:]) <= 4
    assert by_minute[0] <= 10


class Knocks:
    """Counts who comes to a shut door, by letting them in and out again at once; then lets everyone in."""

    def __init__(self, it: Rig) -> None:
        self._it = it
        self._loop = asyncio.get_running_loop()
        self._times: list[float] = []
        self._whole = self._loop.sock_connect
        self._loop.sock_connect = self._counted  # type: ignore[method-assign]  # every connection begins here
        self._opening: asyncio.Task[None] | None = None

    async def _counted(self, sock: socket.socket, address: object) -> None:
        self._times.append(self._loop.time())
        await self._whole(sock, address)  # type: ignore[arg-type]  # handed on as it came

    def end(self) -> None:
        self._opening = self._loop.create_task(self._it.door.open())
        self._loop.sock_connect = self._whole  # type: ignore[method-assign]  # put back as it was

    async def close(self) -> None:
        assert self._opening is not None
        await self._opening

    def by_minute(self, begun: float) -> list[int]:
        minutes = [int((at - begun) // MINUTE) for at in self._times]
        return [minutes.count(minute) for minute in range(max(minutes, default=0) + 1)]


def test_one_job_in_a_dead_network_asks_seldom() -> None:
    async def run() -> tuple[list[int], list[str]]:
        async with rig("nanogpt", LINK, patient=True) as it:
            job = (await left(it, 1, expires=None))[0]
            it.door.shut()
            knocks = Knocks(it)
            begun = asyncio.get_running_loop().time()
            await it.desk.runner.resume()
            ended = await it.desk.end(job)
            assert (ended.state, ended.billed) == (JobState.UNKNOWN, True)
            assert ended.results
            phases = [news.progress.phase for news in it.desk.news if news.progress is not None]
            assert asyncio.get_running_loop().time() - begun <= 60 * MINUTE + 1
            knocks.end()
            await knocks.close()
            return knocks.by_minute(begun), phases

    by_minute, phases = driven(run())
    print("BY", by_minute)
    assert by_minute[0] <= 6
    assert max(by_minute[1:]) <= 2
    assert "Waiting for the network" in phases


def test_a_place_that_cannot_be_reached_holds_up_no_other() -> None:
    async def run() -> tuple[Job, float]:
        async with rig("nanogpt", LINK, patient=True) as it:
            gone = await left(it, 40, expires=None)
            for job in gone:
                events = it.desk.journal.events[job]
                at, answered = events[-1]
                assert isinstance(answered, Answered)
                elsewhere = (ResultAddress(index=0, url="https://pictures.example/a.png"),)
                events[-1] = (at, replace(answered, results=elsewhere))
            path = it.playground.results.keep(picture(1), "image/png")
            last = JobId("28bcfe56be8e4f00000")
            address = ResultAddress(index=0, url=it.door.url + path)
            await it.desk.journal.append(last, Queued(request=it.found.request("hidream")))
            await it.desk.journal.append(last, Submitting(attempt=1))
            await it.desk.journal.append(last, Answered(results=(address,)))
            begun = asyncio.get_running_loop().time()
            await it.desk.runner.resume()
            return await it.desk.end(last), asyncio.get_running_loop().time() - begun

    job, seconds = driven(run())
    assert job.state is JobState.SUCCEEDED
    assert seconds <= 10


def test_a_runner_that_is_not_patient_gives_up_at_the_deadline() -> None:
    async def run() -> tuple[Job, float]:
        async with rig("nanogpt", LINK) as it:
            (job,) = await left(it, 1, expires=None)
            it.door.shut()
            begun = asyncio.get_running_loop().time()
            await it.desk.runner.resume()
            ended = await it.desk.end(job)
            return ended, asyncio.get_running_loop().time() - begun

    ended, seconds = driven(run())
    assert (ended.state, ended.billed) == (JobState.UNKNOWN, True)
    assert seconds <= int(LINK["deadline_s"]) + 1


@pytest.mark.parametrize("number", [socket.EAI_AGAIN, socket.EAI_NONAME])
def test_an_order_waits_for_a_network_and_goes_by_itself(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no name is known, that is the network only where there is no way out."""

    async def run() -> tuple[Job, list[str], int]:
        async with rig("nanogpt", EDIT, at="https://name.example", patient=True) as it:
            it.found.names.way_out = False
            job = await it.order()
            await it.desk.until(lambda news: news.job.id == job and news.job.problem is not None)
            await asyncio.sleep(10 * MINUTE)
            waiting = await it.desk.journal.job(job)
            assert waiting is not None
            await it.desk.runner.cancel(job)
            await it.desk.end(job)
            return waiting, it.desk.journal.kinds(job), len(it.playground.requests)

    with faults.nameless(monkeypatch, number):
        waiting, kinds, came = driven(run())
    assert (waiting.state, waiting.billed) == (JobState.QUEUED, False)
    assert waiting.problem is not None
    assert (waiting.problem.code, waiting.problem.cost) == ("offline", "Nothing was sent.")
    assert "NanoGPT" in waiting.problem.what
    assert kinds == ["Queued", "Submitting", "PutBack", "Cancelled"]
    assert came == 0


def test_a_name_that_nobody_knows_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> Job:
        async with rig("nanogpt", EDIT, at="https://name.example", patient=True) as it:
            return await it.run()

    with faults.nameless(monkeypatch, socket.EAI_NONAME):
        job = driven(run())
    assert job.problem is not None
    assert (job.state, job.problem.code) == (JobState.FAILED, "unreachable")


def test_online_ends_with_the_first_connection_and_asks_nothing() -> None:
    async def run() -> tuple[float, int, int]:
        async with rig("nanogpt", EDIT) as it:
            loop = asyncio.get_running_loop()
            it.door.shut()
            begun = loop.time()
            waiting = [asyncio.create_task(it.provider.online()) for _ in range(5)]
            await asyncio.sleep(10 * MINUTE)
            assert not any(task.done() for task in waiting)
            await it.door.open()
            await asyncio.gather(*waiting)
            return loop.time() - begun, it.door.entered, len(it.playground.requests)

    seconds, entered, asked = driven(run())
    assert 10 * MINUTE <= seconds <= 10 * MINUTE + 31
    assert (entered, asked) == (1, 0)


def test_a_provider_that_fails_is_not_stormed_by_all_of_its_jobs_together() -> None:
    async def run() -> tuple[int, float]:
        async with rig("nanogpt", LINK) as it:
            it.playground.faults.add(replace(refuse(503), method="GET", path="/results/", times=None))
            jobs = await left(it, 40, expires=None)
            begun = asyncio.get_running_loop().time()
            await it.desk.runner.resume()
            for job in jobs:
                await it.desk.end(job)
            return len(it.playground.requests), asyncio.get_running_loop().time() - begun

    asked, seconds = driven(run())
    # Each is tried once; what is tried again comes out of one budget: ten, and ten a minute.
    assert asked <= 40 + 10 + seconds / 6 + 1


def test_a_picture_whose_connection_breaks_once_is_fetched_again() -> None:
    async def run() -> tuple[Job, int]:
        async with rig("nanogpt", LINK) as it:
            it.playground.faults.add(replace(cut(Place.BODY, End.RESET), method="GET", path="/results/"))
            return await it.run(), len(orders(it.playground))

    job, sent = driven(run())
    assert (job.state, sent) == (JobState.SUCCEEDED, 1)


def test_offline_and_unreachable_are_two_things() -> None:
    """What never reached anyone is free, and only one of them is worth waiting for."""

    async def run() -> ProviderError:
        async with rig("nanogpt", EDIT) as it:
            it.door.shut()
            request = it.found.request("gpt-image-1", images=1)
            with pytest.raises(ProviderError) as caught:
                await told(it.provider.submit(JobId("one"), request))
            return caught.value

    error = driven(run())
    assert isinstance(error, Unreached)
    assert not isinstance(error, Offline)


def test_a_way_out_is_looked_for_without_sending() -> None:
    """Nothing can be said of the machine that this runs on but that it answers at once."""
    begun = time.perf_counter()
    assert has_way_out() in (True, False)
    assert time.perf_counter() - begun < 0.5
