"""An answer that names three pictures, cut within the third address: those before are fetched and in the gallery, what
it cost stays open, and nothing is sent again. The same whether the connection broke or the program ended."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import pytest

from studio.domain.job import JobState
from studio.playground.faults import End, Fault, Place, cut, refuse
from studio.storage.spool import DiskSpool
from tests.whole.providers.driven import driven
from tests.whole.providers.house import orders
from tests.whole.providers.rig import LINK, Desk, rig

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from studio.domain.ids import JobId
    from studio.domain.job import Job
    from studio.playground.exchange import Given
    from studio.playground.world import World
    from tests.whole.providers.rig import Rig

COUNT = 3
SILENT = replace(refuse(404), method="GET", path="/usage/requests/", times=None)
"""What the request was charged is not told."""
GONE = replace(refuse(404), method="GET", path="/results/", times=None)


LENGTH = 2000
"""Bytes that come: two addresses, and a part of the text before the third."""


def padded(given: Given, _: World) -> Given:
    """The answer with a long text between the second address and the third."""
    body = cast("dict[str, list[dict[str, str]]]", json.loads(given.body))
    first, second, third = body["data"]
    items = [first, second, {"revised_prompt": "x" * LENGTH, **third}]
    return replace(given, body=json.dumps({"data": items}).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an order: the job, and of which of its pictures the gallery has one."""

    job: Job
    gallery: list[int]
    sent: int
    fetched: int


def _outcome(job: Job, desk: Desk, it: Rig) -> Outcome:
    return Outcome(
        job=job,
        gallery=sorted(row.index for row in desk.journal.rows.values()),
        sent=len(orders(it.playground)),
        fetched=sum("/results/" in each.path for each in it.playground.requests),
    )


async def _ordered(it: Rig, end: End, *others: Fault) -> JobId:
    it.playground.faults.add(replace(cut(Place.BODY, end, LENGTH), change=padded), SILENT, *others)
    return await it.order(count=COUNT)


async def _next_start(it: Rig, job: JobId, left: str = "incoming") -> Outcome:
    """The next program on what is on the disk."""
    it.found.spool = DiskSpool(it.found.folder / left, it.found.folder / "unread")
    desk = Desk()
    desk.journal.events = {key: list(life) for key, life in it.desk.journal.events.items()}
    desk.journal.rows.update(it.desk.journal.rows)
    assert not desk.ends(job)
    await desk.runner.set_providers([it.found.provider()])
    await desk.runner.resume()
    ended = await desk.end(job)
    await desk.runner.close()
    return _outcome(ended, desk, it)


async def broken() -> Outcome:
    async with rig("nanogpt", LINK) as it:
        return _outcome(await it.desk.end(await _ordered(it, End.RESET)), it.desk, it)


async def killed() -> Outcome:
    async with rig("nanogpt", LINK) as it:
        job = await _ordered(it, End.STALL)
        # On this clock a second is over when nothing happens any more.
        await asyncio.sleep(1)
        shutil.copytree(it.found.folder / "incoming", it.found.folder / "left")
        return await _next_start(it, job, "left")


async def closed() -> Outcome:
    async with rig("nanogpt", LINK) as it:
        job = await _ordered(it, End.STALL)
        await asyncio.sleep(1)
        await it.desk.runner.close()
        return await _next_start(it, job)


@pytest.mark.parametrize("life", [broken, killed, closed])
def test_whole_addresses_of_a_cut_answer_are_fetched(life: Callable[[], Coroutine[None, None, Outcome]]) -> None:
    found = driven(life())
    assert (found.gallery, found.sent, found.fetched) == ([0, 1], 1, 2)
    assert (found.job.state, found.job.billed) == (JobState.UNKNOWN, None)
    assert found.job.problem is not None
    assert "2 of 3 pictures came whole" in found.job.problem.what


def test_where_they_are_gone_the_rest_is_said_as_ever() -> None:
    async def run() -> Outcome:
        async with rig("nanogpt", LINK) as it:
            return _outcome(await it.desk.end(await _ordered(it, End.RESET, GONE)), it.desk, it)

    found = driven(run())
    assert (found.gallery, found.sent, found.job.state) == ([], 1, JobState.UNKNOWN)
    assert found.job.problem is not None
    assert found.job.problem.what == "The connection to NanoGPT broke after the order was sent."


def test_a_cancel_fetches_none() -> None:
    async def run() -> Outcome:
        async with rig("nanogpt", LINK) as it:
            job = await _ordered(it, End.STALL)
            await asyncio.sleep(1)
            await it.desk.runner.cancel(job)
            return _outcome(await it.desk.end(job), it.desk, it)

    found = driven(run())
    assert (found.gallery, found.sent, found.fetched, found.job.state) == ([], 1, 0, JobState.CANCELLED)
