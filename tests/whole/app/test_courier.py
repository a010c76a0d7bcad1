"""Courier and counter on a real socket, before a desk that answers as the tests want."""

from __future__ import annotations

import asyncio
import functools
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from studio.app.handover.counter import Counter
from studio.app.handover.courier import Courier, lock_or_line
from studio.app.handover.meeting import Line
from studio.domain.capabilities import Price
from studio.domain.catalogue import problem, trouble
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Job, JobState
from studio.domain.problems import StudioError
from studio.domain.request import EditRequest
from studio.session.face.terminal import (
    EditOrder,
    EndedNews,
    JobListing,
    OutputFile,
    ProgressNews,
    QueuedNews,
    RemarkNews,
)
from studio.storage.lock import acquire
from studio.workers.decoding import Decoder
from studio.workers.offload import PoolOffload, Threads
from tests.fakes.terminal import FakeTerminalDesk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from studio.session.face.terminal import TerminalDesk, TerminalNews

PATIENCE_S = 20
JOB = JobId("01")
OUTPUT = OutputFile(id=OutputId("01-0"), path="/out/1.png", raw="/raw", paste_mask=None, size=Size(width=8, height=6))
NEWS: list[TerminalNews] = [
    QueuedNews(job=JOB, price=Price(amount="0.04")),
    ProgressNews(job=JOB, phase="Filling", fraction=0.25),
    ProgressNews(job=JOB, phase="Pasting", fraction=None),
    EndedNews(
        job=JOB,
        state=JobState.UNKNOWN,
        outputs=(OUTPUT,),
        missing=2,
        cost=Price(amount="0.03", currency="EUR", estimate=True),
        request_id="r",
        revised_prompt="ß\n",
        problem=problem("outcome-unknown", detail="why"),
    ),
]


def on_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*arguments, **named), PATIENCE_S))

    return run


class Pair:
    """A counter with its desk, and a courier before it."""

    def __init__(self, folder: Path, counter: Counter, desk: FakeTerminalDesk, courier: Courier) -> None:
        self.folder = folder
        self.counter = counter
        self.desk = desk
        self.courier = courier


@asynccontextmanager
async def pair(folder: Path, desk: FakeTerminalDesk) -> AsyncIterator[Pair]:
    """On a data folder that is held as by a window."""
    lock = acquire(folder, window=True)
    assert lock is not None
    threads, decoder = Threads(), Decoder()
    counter = Counter(folder, PoolOffload(threads, decoder), desk, lambda _files: None, lambda: None)
    await counter.open()

    async def reach() -> Line:
        met = await lock_or_line(folder)
        assert isinstance(met, Line)
        return met

    @asynccontextmanager
    async def look() -> AsyncIterator[TerminalDesk]:
        yield desk

    try:
        yield Pair(folder, counter, desk, Courier(await reach(), reach, look))
    finally:
        await counter.close()
        decoder.close()
        threads.close()
        lock.release()


async def heard(news: AsyncIterator[TerminalNews]) -> list[TerminalNews]:
    return [each async for each in news]


@on_a_loop
async def test_orders_and_news_arrive_as_they_were_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    desk = FakeTerminalDesk()
    told = [RemarkNews(text="a.png has 16 bits a channel."), *NEWS]
    desk.script = [*told]
    order = EditOrder(
        prompt="remove\n“this”",
        images=("a.png", "/b/c.png", "https://example.org/d.png"),
        mask="../m.png",
        count=2,
        seed=0,
        parameters=(("left", "4"), ("left", "5")),
        output="out",
        large=True,
    )
    async with pair(tmp_path, desk) as both:
        assert await heard(both.courier.edit(order)) == told
        assert await heard(both.courier.run("key")) == told
        assert await heard(both.courier.resume()) == told
        await both.courier.trash(["1", "2"])
        await both.courier.restore(["3"])
    (name, sent), *rest = desk.calls
    assert name == "edit"
    assert isinstance(sent, EditOrder)
    assert sent.images == (str(tmp_path / "a.png"), "/b/c.png", "https://example.org/d.png")
    assert (sent.mask, sent.output) == (str(tmp_path.parent / "m.png"), str(tmp_path / "out"))
    assert (sent.prompt, sent.count, sent.seed, sent.parameters) == (order.prompt, 2, 0, order.parameters)
    assert (sent.large, sent.wait, sent.key_file, sent.model) == (True, True, None, None)
    assert rest == [("run", str(tmp_path / "key")), ("resume", None), ("trash", ("1", "2")), ("restore", ("3",))]


@on_a_loop
async def test_what_the_desk_raises_is_raised_here(tmp_path: Path) -> None:
    desk = FakeTerminalDesk()
    async with pair(tmp_path, desk) as both:
        with pytest.raises(StudioError, match="unknown-job"):
            await heard(both.courier.cancel("stranger"))
        desk.refusal = trouble("unknown-picture", id="x")
        with pytest.raises(StudioError, match="unknown-picture"):
            await both.courier.trash(["x"])
        desk.script = [NEWS[0], ZeroDivisionError("oh")]
        with pytest.raises(StudioError, match="bug") as caught:
            await heard(both.courier.edit(EditOrder()))
        assert "ZeroDivisionError" in caught.value.problem.detail


class SlowDesk(FakeTerminalDesk):
    """Takes an order, and makes it a job once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.may = asyncio.Event()
        self.ended = asyncio.Event()

    async def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]:
        self.asked.set()
        await self.may.wait()
        yield NEWS[0]
        async for news in self._after_interruption():
            yield news
        self.ended.set()


@on_a_loop
async def test_an_order_that_is_interrupted_before_it_is_a_job_is_cancelled_as_one(tmp_path: Path) -> None:
    desk = SlowDesk()
    async with pair(tmp_path, desk) as both:
        listening = asyncio.ensure_future(heard(both.courier.edit(EditOrder())))
        await desk.asked.wait()
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        desk.may.set()
        await desk.ended.wait()
    assert desk.cancelled == {JOB}


@on_a_loop
async def test_orders_that_are_withdrawn_are_cancelled_at_once_and_the_latest_first(tmp_path: Path) -> None:
    waiting, asked, desk = JobId("02"), asyncio.Event(), FakeTerminalDesk()
    desk.script = [QueuedNews(job=JOB, price=None), QueuedNews(job=waiting, price=None), asked.set]
    desk.slow = {JOB}
    async with pair(tmp_path, desk) as both:
        listening = asyncio.ensure_future(heard(both.courier.run()))
        await asked.wait()
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await desk.cancelling.wait()
    assert [call for call in desk.calls if call[0] == "cancel"] == [("cancel", waiting), ("cancel", JOB)]


@on_a_loop
async def test_what_is_left_to_the_window_is_told_as_the_journal_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.app.handover.courier.LAST_WORDS_S", 0.1)
    desk = FakeTerminalDesk()
    job = Job(id=JOB, request=EditRequest(provider=ProviderId("far"), model=ModelId("paint")), created=1.0)
    async with pair(tmp_path, desk) as both:
        assert await heard(both.courier.run()) == []
        desk.job_rows = [JobListing(job=replace(job, state=JobState.RUNNING), outputs=())]
        (told,) = await both.courier.left([JOB])
        assert (told.state, told.problem) == (JobState.CANCELLED, problem("cancelled-left", job=JOB))
        looking = asyncio.ensure_future(both.courier.left([JOB]))
        await asyncio.sleep(0)
        desk.job_rows = [JobListing(job=replace(job, state=JobState.CANCELLED), outputs=())]
        (told,) = await looking
        assert (told.state, told.problem) == (JobState.CANCELLED, None)


@on_a_loop
async def test_a_window_that_closes_midway_leaves_the_journal_to_say_it(tmp_path: Path) -> None:
    desk = SlowDesk()
    request = EditRequest(provider=LOCAL, model=ModelId("paint"))
    desk.job_rows = [
        JobListing(job=Job(id=JOB, request=request, created=1.0, state=JobState.QUEUED), outputs=(OUTPUT,))
    ]
    async with pair(tmp_path, desk) as both:
        listening = asyncio.ensure_future(heard(both.courier.edit(EditOrder())))
        await desk.asked.wait()
        desk.may.set()
        await both.counter.close()
        queued, ended = await listening
    assert queued == NEWS[0]
    assert isinstance(ended, EndedNews)
    assert (ended.job, ended.state, ended.outputs) == (JOB, JobState.QUEUED, (OUTPUT,))
    assert ended.problem == problem("window-gone")


@on_a_loop
async def test_a_window_that_closes_before_there_is_a_job_is_said(tmp_path: Path) -> None:
    desk = SlowDesk()
    async with pair(tmp_path, desk) as both:
        listening = asyncio.ensure_future(heard(both.courier.edit(EditOrder())))
        await desk.asked.wait()
        await both.counter.close()
        with pytest.raises(StudioError, match="window-gone"):
            await listening
