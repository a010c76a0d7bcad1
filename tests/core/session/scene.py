"""A document in the session's own parts, with a pool that can be held, real files and a real recovery folder."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.settings import Overlay
from studio.imaging.arrays import view
from studio.imaging.masks import combine, rectangle
from studio.imaging.pyramid import levels_of
from studio.imaging.tiles import read_all
from studio.session.canvas import Canvas
from studio.session.desks import DocumentDesk
from studio.session.documents import Documents
from studio.session.editing import Editing
from studio.session.editor import Editor
from studio.session.face.views import Combine, Tool
from studio.session.layering import Layering
from studio.session.selecting import ObjectSelection
from studio.session.tasks import Tasks
from studio.session.tooling import Tooling
from studio.storage.blobs import BlobStore
from studio.storage.recovery import RecoveryStore
from studio.storage.user_files import UserFiles
from tests.fakes.offload import Held, NoSelector

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from studio.document.state import DocumentState
    from studio.domain.problems import Problem
    from studio.imaging.arrays import Bytes
    from studio.imaging.tiles import Raster
    from studio.session.face.views import Notice

    Play = Callable[[Callable[["Scene"], Coroutine[None, None, None]]], None]

SIZE = Size(width=700, height=300)
LEFT, RIGHT = Rect(x=20, y=20, width=60, height=60), Rect(x=500, y=20, width=60, height=60)


def photo(size: Size = SIZE) -> DocumentState:
    data = memoryview(bytes((90, 90, 90, 255)) * size.area)
    return new_document(Pixels(size=size, stride=size.width * 4, format=PixelFormat.BGRA, data=data), "Photo")


class Scene:
    """A document, the parts that change it, and a pool that can be held."""

    def __init__(self, folder: Path) -> None:
        self.told: list[Problem] = []
        self.notices: list[Notice] = []
        self.editor, self.tasks, self.pool = Editor(), Tasks(self.told.append), Held()
        tooling = self.tooling = Tooling(Brush(size=30, pressure_size=False), Overlay())
        self.editing = Editing(self.editor, self.pool, self.tasks)
        selection = ObjectSelection(self.editor, tooling, self.pool, NoSelector(), self.tasks)
        self.canvas = Canvas(self.editing, tooling, self.pool, self.tasks, selection)
        blobs = BlobStore(folder / "blobs")
        self.files = UserFiles(blobs=blobs, sample=folder / "sample.png", handed_out=folder / "out")
        self.recovery = RecoveryStore(folder / "recovery")
        self.documents = Documents(
            editing=self.editing,
            offload=self.pool,
            files=self.files,
            recovery=self.recovery,
            tasks=self.tasks,
            notice=self.notices.append,
            busy=lambda _: None,
            jobs=tuple,
        )
        self.layering = Layering(self.editing, self.pool, self.files, self.tasks)
        self.desk = DocumentDesk(self.documents, self.layering, self.editing, self.canvas, lambda _: None)
        self.editor.changed.connect(lambda changes: self.canvas.mask_moved(changes.rect))
        self.editor.replaced.connect(lambda _: self.canvas.forget())
        self.editor.open(photo(), "Photo")

    @property
    def state(self) -> DocumentState:
        assert self.editor.state is not None
        return self.editor.state

    def steps(self) -> list[str]:
        assert self.editor.document is not None
        return [step.title for step in self.editor.document.history.steps]

    def add(self, box: Rect) -> None:
        """A box more on the mask, worked out in the pool."""
        shape = rectangle(SIZE, box)
        self.editing.edit_in_pool("Add", lambda state: with_mask(state, combine(state.mask, shape, "add")))

    def press(self, box: Rect, tool: Tool = Tool.BRUSH) -> None:
        """The pen goes down in a corner of the box and moves to the other."""
        self.tooling.set_tool(tool)
        self.tooling.set_combine(Combine.ADD)
        self.canvas.begin(PenSample(x=box.x, y=box.y))
        self.canvas.move([PenSample(x=box.right, y=box.bottom)])

    def draw(self, box: Rect, tool: Tool = Tool.BRUSH) -> None:
        self.press(box, tool)
        self.canvas.end()

    def masked(self, box: Rect, state: DocumentState | None = None) -> bool:
        """Whether the middle of the box is."""
        return bool(view(read_all((state or self.state).mask))[box.y + box.height // 2, box.x + box.width // 2])

    async def busy(self) -> None:
        """Until as much as can be is under way."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def come_to(self, work: str) -> None:
        """Let the held pool go on, piece by piece, until this work waits in it."""
        self.pool.asked.clear()
        await self.busy()
        while work not in self.pool.asked:
            self.pool.step()
            await self.busy()

    async def rest(self) -> None:
        """Until all is done; then what is shown is what the document holds."""
        self.pool.let_go()
        await self.tasks.settle()
        mask = self.state.mask
        for level, raster in enumerate((mask, *levels_of(mask))):
            assert np.array_equal(shown(self.canvas, level, raster), view(read_all(raster))), level


def shown(canvas: Canvas, level: int, like: Raster) -> Bytes:
    seen = np.zeros((like.size.height, like.size.width), np.uint8)
    for tile in canvas.mask(Rect.of_size(SIZE), level):
        x, y = tile.box.x >> level, tile.box.y >> level
        size = tile.pixels.size
        seen[y : y + size.height, x : x + size.width] = view(tile.pixels)
    return seen
