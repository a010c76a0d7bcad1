"""The counter of a window in this process: its gallery sees what other programs order, and strangers get nothing."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from studio.app.ground import resources
from studio.app.handover.counter import Counter
from studio.app.handover.courier import hand_files, left_by_the_window
from studio.app.handover.letters import fresh_number
from studio.app.handover.meeting import Broken, Line, call, listen, welcome
from studio.app.rooms import Rooms
from studio.cli.status import Status, status_of_end
from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Job, JobState, Output
from studio.domain.phrases import PAID
from studio.domain.problems import StorageError
from studio.domain.request import EditRequest
from studio.session.application import Studio
from studio.session.face.terminal import EditOrder, EndedNews, JobListing, OutputFile
from studio.session.terminal import Terminal
from studio.storage.announcement import announce, announced
from studio.storage.folders import Folders
from studio.storage.lock import acquire
from tests.fakes.terminal import FakeTerminalDesk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

PHOTO = Path(__file__).resolve().parents[2] / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
PATIENCE_S = 60
FAR = ProviderId("far")
IN_LIBRARY = OutputFile(
    id=OutputId("01-0"), path="/blobs/a", raw="/blobs/b", paste_mask=None, size=Size(width=1, height=1)
)


def on_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*arguments, **named), PATIENCE_S))

    return run


@asynccontextmanager
async def studio_with_counter(folder: Path, show: Callable[[Sequence[str]], None]) -> AsyncIterator[Studio]:
    """A window's session that holds the folder and takes orders."""
    folders = Folders.at(str(folder))
    folders.make()
    lock = acquire(folders.data, window=True)
    assert lock is not None
    rooms = await Rooms.open(folders, asyncio.get_running_loop().call_soon_threadsafe, resources())
    studio = Studio(rooms.window_world(), rooms.settings)
    await studio.start()
    world = rooms.terminal_world()
    counter = Counter(folders.data, world.offload, Terminal(world), show, studio.gallery.refresh)
    await counter.open()
    try:
        yield studio
    finally:
        await studio.shutdown()
        await rooms.end_jobs()
        await counter.close()
        await rooms.close()
        lock.release()


async def program(folder: Path, *words: str) -> tuple[int | None, list[dict[str, Any]]]:
    """The status of `overpaint` in a process of its own, and the objects that it printed."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "studio", "--data-dir", str(folder), "--json", *words),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    output, _ = await started.communicate()
    return started.returncode, [json.loads(line) for line in output.splitlines()]


@on_a_loop
async def test_queue_and_gallery_show_what_another_program_orders(tmp_path: Path) -> None:
    async with studio_with_counter(tmp_path, lambda _files: None) as studio:
        phases: list[tuple[JobState, str]] = []
        studio.jobs_changed.connect(lambda cards: phases.extend((card.state, card.phase) for card in cards))
        words = ("edit", "--image", str(PHOTO), "--model", "extend", "--set", "left=16")
        status, said = await program(tmp_path, *words)
        assert status == 0
        output = said[-1]["outputs"][0]["id"]
        while [row.id for row in studio.gallery_view().rows] != [output]:
            await asyncio.wait_for(next_of(studio.gallery_changed), PATIENCE_S)
        assert [card.state for card in studio.job_cards()] == [JobState.SUCCEEDED]
        assert (JobState.QUEUED, "Waiting in the queue") in phases
        assert JobState.RUNNING in {state for state, _phase in phases}
        assert await program(tmp_path, "gallery", "trash", output) == (0, [])
        while studio.gallery_view().rows:
            await asyncio.wait_for(next_of(studio.gallery_changed), PATIENCE_S)


async def next_of(signal: Any) -> None:
    heard = asyncio.Event()
    leave = signal.connect(lambda _news: heard.set())
    await heard.wait()
    leave()


@on_a_loop
async def test_files_of_a_second_start_arrive_with_their_whole_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PHOTO.parent)
    shown: list[Sequence[str]] = []
    async with studio_with_counter(tmp_path, shown.append):
        assert await program(tmp_path, PHOTO.name, "gone.png") == (0, [])
        assert await program(tmp_path) == (0, [])
    assert shown == [(str(PHOTO), str(PHOTO.parent / "gone.png")), ()]


@on_a_loop
async def test_who_does_not_know_the_secret_is_refused(tmp_path: Path) -> None:
    async with studio_with_counter(tmp_path, lambda _files: None):
        place = announced(tmp_path)
        assert place is not None
        with pytest.raises(Broken):
            await call(replace(place, secret=fresh_number()))
        (await call(place)).hang_up()


@on_a_loop
async def test_a_stranger_in_the_windows_place_hears_no_order(tmp_path: Path) -> None:
    arrived: asyncio.Queue[Line] = asyncio.Queue()
    server, place = await listen(tmp_path, "", arrived.put_nowait)
    with pytest.raises(Broken):
        await asyncio.gather(call(replace(place, secret="ours")), served(arrived))
    server.close()


async def served(arrived: asyncio.Queue[Line]) -> None:
    line = await arrived.get()
    with pytest.raises(Broken):
        await welcome(line, "theirs")
    line.hang_up()


@on_a_loop
async def test_a_holder_that_is_no_window_is_said_at_once(tmp_path: Path) -> None:
    folders = Folders.at(str(tmp_path))
    folders.make()
    lock = acquire(folders.data)
    assert lock is not None
    # What a window that was killed left behind is not believed.
    server, place = await listen(tmp_path, "secret", lambda line: line.hang_up())
    announce(tmp_path, place)
    with pytest.raises(StorageError, match="data-in-use"):
        await hand_files(tmp_path, ["a.png"])
    server.close()
    lock.release()
    again = await hand_files(tmp_path, ["a.png"])
    assert again is not None
    again.release()


def job_of(provider: ProviderId, state: JobState, *finished: bool, billed: bool | None = None) -> Job:
    """One of one picture, with an output for each of `finished`."""
    size, blob = Size(width=1, height=1), BlobId("a" * 64)
    outputs = tuple(
        Output(index=index, raw=blob, media_type="image/png", size=size, finished=blob if each else None)
        for index, each in enumerate(finished)
    )
    request = EditRequest(provider=provider, model=ModelId("paint"))
    return Job(id=JobId("01"), request=request, created=1.0, state=state, billed=billed, outputs=outputs)


def left(desk: FakeTerminalDesk, job: Job, order: EditOrder | None = None) -> EndedNews:
    """What is told of a job whose window ended."""
    listing = JobListing(job=job, outputs=tuple(IN_LIBRARY for _ in job.outputs))
    return asyncio.run(left_by_the_window(desk, listing, order))


@pytest.mark.parametrize(
    ("job", "ends", "status"),
    [
        (job_of(LOCAL, JobState.RUNNING), (JobState.FAILED, "interrupted"), Status.FAILED),
        (job_of(FAR, JobState.RUNNING), (JobState.UNKNOWN, "outcome-unknown"), Status.UNKNOWN),
        (job_of(LOCAL, JobState.QUEUED), (JobState.QUEUED, "window-gone"), Status.FAILED),
        (job_of(FAR, JobState.SUCCEEDED, True), (JobState.SUCCEEDED, None), Status.DONE),
        (job_of(FAR, JobState.RUNNING, True), (JobState.SUCCEEDED, None), Status.DONE),
        (job_of(FAR, JobState.RUNNING, False), (JobState.FAILED, "window-gone"), Status.UNKNOWN),
        (job_of(LOCAL, JobState.RUNNING, False), (JobState.FAILED, "window-gone"), Status.FAILED),
    ],
)
def test_the_journal_says_how_a_job_ended_whose_window_ended(
    job: Job, ends: tuple[JobState, str | None], status: Status
) -> None:
    told = left(FakeTerminalDesk(), job)
    assert (told.state, told.problem and told.problem.code) == ends
    assert status_of_end(told) is status
    assert (told.problem is not None and told.problem.cost == PAID) is (job.outputs != () and status is Status.UNKNOWN)


def test_the_journal_says_that_a_cancelled_job_had_been_sent() -> None:
    told = left(FakeTerminalDesk(), job_of(FAR, JobState.CANCELLED))
    assert told.problem is not None
    assert (told.state, told.problem.code) == (JobState.CANCELLED, "cancelled-late")


def test_pictures_that_the_window_had_finished_are_written_where_they_were_wanted() -> None:
    desk, job, order = FakeTerminalDesk(), job_of(FAR, JobState.RUNNING, True), EditOrder(output="out", count=2)
    desk.handed = (replace(IN_LIBRARY, path="out/1.png"),)
    told = left(desk, job, order)
    assert (told.state, told.outputs, told.missing) == (JobState.SUCCEEDED, desk.handed, 1)
    assert desk.calls == [("hand_out", job.id, order)]
    # Where that fails they are in the library all the same.
    desk.refusal = trouble("disk-full", place="out")
    told = left(desk, job, order)
    assert told.problem is not None
    assert (told.state, told.outputs, told.problem.code) == (JobState.FAILED, (IN_LIBRARY,), "disk-full")


@pytest.mark.parametrize("order", [None, EditOrder(), EditOrder(output="out")])
def test_nothing_is_written_where_no_folder_was_named_or_not_all_is_finished(order: EditOrder | None) -> None:
    desk = FakeTerminalDesk()
    for job in (job_of(FAR, JobState.RUNNING, False), job_of(FAR, JobState.QUEUED)):
        left(desk, job, order)
    if order is None or order.output is None:
        left(desk, job_of(FAR, JobState.SUCCEEDED, True), order)
    assert desk.calls == []
