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
from studio.domain.ids import LOCAL, JobId, ModelId, ProviderId
from studio.domain.job import Job, JobState
from studio.domain.problems import StorageError
from studio.domain.request import EditRequest
from studio.session.application import Studio
from studio.session.face.terminal import JobListing
from studio.session.terminal import Terminal
from studio.storage.announcement import announce, announced
from studio.storage.folders import Folders
from studio.storage.lock import acquire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Sequence

PHOTO = Path(__file__).resolve().parents[2] / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
PATIENCE_S = 60


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


@pytest.mark.parametrize(
    ("provider", "state", "files", "ends"),
    [
        (LOCAL, JobState.RUNNING, False, (JobState.FAILED, "interrupted")),
        (ProviderId("far"), JobState.RUNNING, False, (JobState.UNKNOWN, "outcome-unknown")),
        (LOCAL, JobState.QUEUED, False, (JobState.QUEUED, "window-gone")),
        (LOCAL, JobState.SUCCEEDED, False, (JobState.SUCCEEDED, None)),
        (LOCAL, JobState.SUCCEEDED, True, (JobState.FAILED, "window-gone")),
    ],
)
def test_the_journal_says_how_a_job_ended_whose_window_ended(
    provider: ProviderId, state: JobState, files: bool, ends: tuple[JobState, str | None]
) -> None:
    request = EditRequest(provider=provider, model=ModelId("paint"))
    job = Job(id=JobId("01"), request=request, created=1.0, state=state)
    told = left_by_the_window(JobListing(job=job, outputs=()), files=files)
    assert (told.state, told.problem and told.problem.code) == ends


def test_the_journal_says_that_a_cancelled_job_had_been_sent() -> None:
    request = EditRequest(provider=ProviderId("far"), model=ModelId("paint"))
    job = Job(id=JobId("01"), request=request, created=1.0, state=JobState.CANCELLED, billed=None)
    told = left_by_the_window(JobListing(job=job, outputs=()), files=False)
    assert told.problem is not None
    assert (told.state, told.problem.code) == (JobState.CANCELLED, "cancelled-late")
