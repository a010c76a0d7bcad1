"""What the canvas tells its view."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.settings import Overlay
from studio.imaging import dabs
from studio.imaging.masks import rectangle
from studio.session.canvas import Canvas
from studio.session.editing import Editing
from studio.session.editor import Editor
from studio.session.selecting import ObjectSelection
from studio.session.tasks import Tasks
from studio.session.tooling import Tooling
from tests.fakes.offload import AtOnce, Held, NoSelector

if TYPE_CHECKING:
    import pytest

    from studio.document.state import DocumentState
    from studio.imaging.arrays import Bytes
    from studio.imaging.dabs import StampKey

SIZE = Size(width=300, height=200)
WHOLE = Rect.of_size(SIZE)


def _photo(grey: int = 90) -> DocumentState:
    data = memoryview(bytes((grey, grey, grey, 255)) * SIZE.area)
    return new_document(Pixels(size=SIZE, stride=SIZE.width * 4, format=PixelFormat.BGRA, data=data), "Photo")


def canvas_of(editor: Editor, tooling: Tooling, tasks: Tasks, pool: AtOnce | None = None) -> Canvas:
    offload = pool or AtOnce()
    selection = ObjectSelection(editor, tooling, offload, NoSelector(), tasks)
    return Canvas(Editing(editor, offload, tasks), tooling, offload, tasks, selection)


def _covers(told: list[Changes], kind: Touched) -> bool:
    return any(kind in each.touched and each.rect.united(WHOLE) == each.rect for each in told)


def test_no_mask_of_the_old_document_stays_where_the_new_one_has_the_same_size() -> None:
    async def story() -> None:
        editor, tasks = Editor(), Tasks(lambda trouble: None)
        tooling = Tooling(Brush(), Overlay())
        canvas = canvas_of(editor, tooling, tasks)
        editor.replaced.connect(lambda _: canvas.forget())
        editor.changed.connect(lambda changes: canvas.mask_moved(changes.rect))
        state = _photo()
        editor.open(with_mask(state, rectangle(SIZE, Rect(x=20, y=20, width=50, height=50))), "a")
        canvas.show(editor.state)
        await tasks.settle()
        assert canvas.mask(WHOLE, 0)
        told: list[Changes] = []
        canvas.changed.connect(told.append)
        editor.open(_photo(), "b")
        assert not canvas.mask(WHOLE, 0)
        assert _covers(told, Touched.MASK)
        assert _covers(told, Touched.OUTLINE)
        await tasks.settle()
        assert not canvas.mask(WHOLE, 0)
        await tasks.close()

    asyncio.run(story())


def test_a_large_brush_is_ready_when_the_pen_comes_down(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[StampKey] = []
    draw = dabs._draw

    def counted(key: StampKey) -> Bytes:
        drawn.append(key)
        return draw(key)

    monkeypatch.setattr(dabs, "_draw", counted)

    async def story() -> None:
        editor, tasks = Editor(), Tasks(lambda trouble: None)
        tooling = Tooling(Brush(), Overlay())
        canvas = canvas_of(editor, tooling, tasks)
        editor.open(_photo(), "a")
        for size in (300.0, 500.0, 700.0):
            tooling.set_brush(Brush(size=size, opacity=0.5))
        await tasks.settle()
        assert {key.diameter for key in drawn} == {700.0}
        drawn.clear()
        canvas.begin(PenSample(x=100, y=80))
        canvas.move([PenSample(x=100.5 + step, y=80.5) for step in range(60)])
        canvas.end()
        assert canvas.mask(WHOLE, 0)
        assert drawn == []
        await tasks.close()

    asyncio.run(story())


def test_a_document_that_is_composited_when_another_is_opened_is_never_shown() -> None:
    async def story() -> None:
        editor, tasks, pool = Editor(), Tasks(lambda trouble: None), Held()
        canvas = canvas_of(editor, Tooling(Brush(), Overlay()), tasks, pool)
        pool.hold()
        canvas.show(_photo())
        for _ in range(3):
            await asyncio.sleep(0)
        canvas.forget()
        canvas.show(_photo(200))
        pool.step()
        for _ in range(3):
            await asyncio.sleep(0)
        assert canvas.picture(WHOLE, 0) == ()
        pool.let_go()
        await tasks.settle()
        (left, _) = canvas.picture(WHOLE, 0)
        assert left.pixels.data[0] == 200
        await tasks.close()

    asyncio.run(story())
