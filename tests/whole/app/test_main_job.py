"""The main job in the real session: real files, the real engine in its process, a real library; only no window."""

from __future__ import annotations

import asyncio
import functools
import io
import os
import signal
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from studio.app.ground import resources
from studio.app.rooms import Rooms
from studio.domain.geometry import Rect
from studio.domain.job import JobState
from studio.domain.pen import Brush, PenSample
from studio.session.application import Studio
from studio.session.face.views import ExportOptions, Notice, Tool
from studio.session.performing import Performer
from studio.storage.folders import Folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from studio.domain.signal import Signal

PATIENCE_S = 60
STROKE = [(900.0 + 12 * step, 1500.0 + 5 * step) for step in range(40)]


@asynccontextmanager
async def studio_at(folder: Path) -> AsyncIterator[tuple[Studio, Rooms]]:
    folders = Folders.at(str(folder))
    folders.make()
    rooms = await Rooms.open(folders, asyncio.get_running_loop().call_soon_threadsafe, resources())
    studio = Studio(rooms.window_world(), rooms.settings)
    await studio.start()
    try:
        yield studio, rooms
    finally:
        await studio.shutdown()
        await rooms.close()


def on_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        asyncio.run(test(*arguments, **named))

    return run


async def until(signal_of: Signal[Any], true: Callable[[], bool]) -> None:
    """Wait until something holds, looking again at each news of the signal."""
    changed = asyncio.Event()
    unlink = signal_of.connect(lambda _news: changed.set())
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not true():
                await changed.wait()
                changed.clear()
    finally:
        unlink()


async def open_and_paint(studio: Studio) -> None:
    studio.document.open_sample()
    await until(studio.document_changed, lambda: studio.document_view() is not None)
    studio.set_brush(Brush(size=160.0, hardness=0.9, pressure_size=False))
    samples = [PenSample(x=x, y=y) for x, y in STROKE]
    studio.canvas.begin(samples[0])
    studio.canvas.move(samples[1:])
    studio.canvas.end()
    await until(studio.form_changed, lambda: studio.form_view().run.enabled)


def staged(studio: Studio) -> bool:
    view = studio.staging_view()
    return view is not None and not view.running and view.can_apply


@on_a_loop
async def test_a_stroke_is_filled_applied_undone_and_exported_with_nothing_changed_outside(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, rooms):
        await open_and_paint(studio)
        studio.form.set_count(2)
        await until(studio.form_changed, lambda: studio.form_view().frame is not None)
        frame = studio.form_view().frame
        studio.perform("generate.run")
        await until(studio.staging_changed, lambda: staged(studio))
        view = studio.staging_view()
        assert view is not None
        assert len(view.variations) == 2
        assert "nothing changed outside the mask" in view.note
        studio.perform("staging.apply")
        document = studio.document_view()
        assert document is not None
        assert [row.title for row in document.history][-1] == "Remove and fill"
        assert len(document.layers) == 2

        told: list[Notice] = []
        studio.noticed.connect(told.append)
        studio.document.export(str(tmp_path / "out.png"), ExportOptions())
        await until(studio.noticed, lambda: any(each.path for each in told))
        studio.document.save(str(tmp_path / "project"))
        await until(studio.document_changed, lambda: not (studio.document_view() or document).dirty)

        job = (await rooms.window_world().jobs.jobs())[0]
        assert job.state is JobState.SUCCEEDED
        assert job.request.placement is not None
        assert job.request.placement.box == frame
        before = np.asarray(Image.open(resources() / "sample" / "friends.jpg").convert("RGB"))
        after = np.asarray(Image.open(tmp_path / "out.png").convert("RGB"))
        changed = (before != after).any(axis=2)
        assert changed.any()
        assert not (changed & ~await _pasted(rooms, job.request, before.shape[:2])).any()

        studio.perform("edit.undo")
        again = studio.document_view()
        assert again is not None
        assert len(again.layers) == 1
        await until(studio.gallery_changed, lambda: len(studio.gallery_view().rows) == 2)


@on_a_loop
async def test_a_rough_picture_is_shown_before_the_first_result(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _):
        await open_and_paint(studio)
        rough: list[bool] = []
        studio.staging_changed.connect(
            lambda view: rough.extend(row.preview for row in view.variations) if view else None
        )
        studio.perform("generate.run")
        await until(studio.staging_changed, lambda: staged(studio))
        assert (rough[0], rough[-1]) == (True, False)


async def _pasted(rooms: Rooms, request: Any, shape: tuple[int, ...]) -> Any:
    mask = np.asarray(Image.open(io.BytesIO(await rooms.window_world().blobs.get(request.paste_mask))).convert("L"))
    box = request.placement.box
    whole = np.zeros(shape, bool)
    whole[box.y : box.bottom, box.x : box.right] = mask > 0
    return whole


@on_a_loop
async def test_a_shape_that_was_closed_right_before_run_is_in_the_order(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, rooms):
        told: list[Notice] = []
        studio.noticed.connect(told.append)
        studio.document.open_sample()
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        studio.set_tool(Tool.RECTANGLE)
        studio.canvas.begin(PenSample(x=100, y=100))
        studio.canvas.move([PenSample(x=200, y=180)])
        studio.canvas.end()
        studio.perform("generate.run")
        studio.perform("edit.undo")
        await until(studio.jobs_changed, lambda: bool(studio.job_cards()))
        (job,) = await rooms.window_world().jobs.jobs()
        assert job.request.mask is not None
        mask = Image.open(io.BytesIO(await rooms.window_world().blobs.get(job.request.mask)))
        box, placement = Rect(x=100, y=100, width=100, height=80), job.request.placement
        assert placement is not None
        assert placement.box.contains(box)
        assert mask.convert("L").getextrema() == (0, 255)
        assert told == []
        assert studio.editor.state is not None
        assert not studio.editor.state.mask.tiles
        studio.perform("generate.cancel")


@on_a_loop
async def test_an_engine_that_is_killed_fails_its_job_in_a_sentence_and_the_next_job_runs(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
        studio.form.set_count(4)
        studio.perform("generate.run")
        await until(studio.jobs_changed, lambda: any(card.phase == "Filling" for card in studio.job_cards()))
        assert engines()
        for each in engines():
            os.kill(each, signal.SIGKILL)
        await until(studio.jobs_changed, lambda: studio.job_cards()[0].state is JobState.FAILED)
        problem = studio.job_cards()[0].problem
        assert problem is not None
        assert problem.code == "engine-died"
        assert "Nothing was charged" in problem.cost
        studio.form.set_count(1)
        studio.perform("generate.run")
        await until(studio.staging_changed, lambda: staged(studio))
        assert studio.job_cards()[0].state is JobState.SUCCEEDED


def engines() -> list[int]:
    """The engine processes that this process started, by their command lines."""
    found: list[int] = []
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read()
            with open(f"/proc/{name}/stat", "rb") as file:
                parent = int(file.read().rsplit(b")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if b"engine_child" in words and parent == os.getpid():
            found.append(int(name))
    return found


@on_a_loop
async def test_every_command_of_the_table_is_done_by_the_session_or_the_window(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        assert Performer(studio).unmapped() == frozenset()


@on_a_loop
async def test_words_that_no_engine_reads_are_refused_in_place_and_nothing_is_queued(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
        studio.form.set_prompt("a red balloon over the fence")
        studio.perform("generate.run")
        await until(studio.form_changed, lambda: studio.form_view().problem is not None)
        problem = studio.form_view().problem
        assert problem is not None
        assert "does not read prompts" in problem.what
        assert studio.job_cards() == ()


@pytest.fixture
def tmp_picture(tmp_path: Path) -> Path:
    path = tmp_path / "broken.jpg"
    whole = (resources() / "sample" / "friends.jpg").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


@on_a_loop
async def test_a_damaged_picture_is_one_sentence_and_the_open_document_stays(tmp_path: Path, tmp_picture: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
        told: list[Notice] = []
        studio.noticed.connect(told.append)
        studio.document.open([str(tmp_picture)])
        await until(studio.noticed, lambda: bool(told))
        assert told[0].problem is not None
        assert told[0].problem.code in {"image-truncated", "not-an-image"}
        document = studio.document_view()
        assert document is not None
        assert document.title == "friends.jpg"


@on_a_loop
async def test_what_was_painted_is_offered_after_a_crash(tmp_path: Path) -> None:
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        await open_and_paint(studio)
    async with studio_at(tmp_path / "data") as (studio, _rooms):
        offered = studio.document.recovered()
        assert len(offered) == 1
        studio.document.recover(offered[0].key)
        await until(studio.document_changed, lambda: studio.document_view() is not None)
        document = studio.document_view()
        assert document is not None
        assert document.dirty
        await until(studio.document_changed, lambda: (studio.document_view() or document).masked > 0.001)
