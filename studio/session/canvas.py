"""What the canvas paints, and the gestures that it hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from studio.document.masked import with_mask
from studio.document.stroke import BrushTool, LassoTool, RectangleTool
from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect
from studio.domain.signal import Signal
from studio.imaging.dabs import Stamps
from studio.imaging.masks import outline
from studio.imaging.tiles import TILE
from studio.session.face.views import MaskOutline, Tool
from studio.session.maskdisplay import MaskDisplay
from studio.session.projection import Projection, project

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.document.state import DocumentState
    from studio.document.stroke import StrokeTool
    from studio.domain.geometry import Point, Size
    from studio.domain.ids import LayerId
    from studio.domain.pen import Brush, PenSample
    from studio.imaging.tiles import Raster
    from studio.session.editing import Editing
    from studio.session.face.views import Combine, PaintTile, ToolView
    from studio.session.ports import Offload
    from studio.session.selecting import ObjectSelection
    from studio.session.tasks import Tasks
    from studio.session.tooling import Tooling

TITLES = {
    Tool.BRUSH: "Brush mask",
    Tool.ERASER: "Erase mask",
    Tool.RECTANGLE: "Rectangle mask",
    Tool.LASSO: "Lasso mask",
}

Wish: TypeAlias = "tuple[DocumentState, LayerId | None]"


class Projector:
    """Keeps one projection up to date in the worker pool; the newest wish counts, older ones are dropped."""

    def __init__(self, offload: Offload, tasks: Tasks, tell: Callable[[Rect], None]) -> None:
        self._offload = offload
        self._tasks = tasks
        self._tell = tell
        self._wish: Wish | None = None
        self._working = False
        self._cleared = 0
        self.projection: Projection | None = None

    def show(self, state: DocumentState | None, without: LayerId | None = None) -> None:
        """Show this state as soon as it is composited; None shows nothing at once."""
        if state is None:
            self._wish = None
            self.projection = None
            self._cleared += 1
            return
        self._wish = (state, without)
        if not self._working:
            self._working = True
            self._tasks.spawn(self._work())

    async def _work(self) -> None:
        try:
            while (wish := self._wish) is not None:
                before, cleared = self.projection, self._cleared
                made = await self._offload.compute(project, wish[0], before, wish[1])
                if cleared != self._cleared:
                    continue  # of a document that is not open any more
                if self._wish is wish:
                    self._wish = None
                self.projection = made
                self._tell(_repaint(before, made))
        finally:
            self._working = False


def _repaint(before: Projection | None, after: Projection) -> Rect:
    if before is None or before.size != after.size:
        return after.state.box
    old, new = before.levels[0].screen, after.levels[0].screen
    changed = Rect(x=0, y=0, width=0, height=0)
    for key in old.keys() | new.keys():
        if old.get(key) is not new.get(key):
            column, row = key
            changed = changed.united(Rect(x=column * TILE, y=row * TILE, width=TILE, height=TILE))
    return changed.intersected(after.state.box)


class Canvas:
    """Implements `CanvasFace`."""

    def __init__(
        self, editing: Editing, tooling: Tooling, offload: Offload, tasks: Tasks, selection: ObjectSelection
    ) -> None:
        self.changed: Signal[Changes] = Signal()
        self.stroke_began: Signal[None] = Signal()
        self._editor = editing.editor
        self._editing = editing
        self._tooling = tooling
        self._offload = offload
        self._tasks = tasks
        self._selection = selection
        self._shown = Projector(offload, tasks, self._tell_picture)
        self._original = Projector(offload, tasks, self._tell_picture)
        self._mask = MaskDisplay()
        self._stroke: StrokeTool | None = None
        self._behind = False
        self._stroke_tool = Tool.BRUSH
        self._stamps = Stamps()
        self._brush = tooling.brush
        self._drawn: Brush | None = None
        self._drawing = False
        self._outline = MaskOutline()
        self._outlined: object = None
        self._told: Size | None = None
        tooling.changed.connect(self._follow)

    def _follow(self, view: ToolView) -> None:
        """The stamps of a large brush are drawn while it is taken in hand."""
        self._brush = view.brush
        if self._brush != self._drawn and not self._drawing:
            self._drawing = True
            self._tasks.spawn(self._draw_stamps())

    async def _draw_stamps(self) -> None:
        """The newest brush counts; those that a slider went past in the meantime are left out."""
        try:
            while self._brush != self._drawn:
                brush = self._drawn = self._brush
                work = self._stamps.lacking(brush)
                if work is not None:
                    self._stamps.take(await self._offload.compute(work))
        finally:
            self._drawing = False

    def _tell_picture(self, rect: Rect) -> None:
        self._tell_size()
        self.changed.emit(Changes(rect=rect, touched=Touched.PIXELS))

    def _tell_size(self) -> None:
        """A view places everything by the size, so it hears of a new one before anything else."""
        size = self.size()
        if size != self._told:
            self._told = size
            box = Rect.of_size(size) if size else Rect(x=0, y=0, width=0, height=0)
            self.changed.emit(Changes(rect=box, touched=Touched.EVERYTHING))

    def show(self, state: DocumentState | None) -> None:
        """The picture to be shown: the document, or the document with a result laid over it."""
        self._shown.show(state)
        self._tell_size()

    def show_original(self, state: DocumentState | None, without: LayerId | None = None) -> None:
        """What a result is compared with; None when nothing is compared."""
        self._original.show(state, without)

    def size(self) -> Size | None:
        """The shown picture's size, the document's own until the first projection is ready."""
        if self._shown.projection is not None:
            return self._shown.projection.size
        return self._editor.state.size if self._editor.state else None

    def picture(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Tiles of the shown picture."""
        return self._shown.projection.tiles(rect, level) if self._shown.projection else ()

    def original(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Tiles of what it is compared with; the shown picture until that is ready."""
        chosen = self._original.projection or self._shown.projection
        return chosen.tiles(rect, level) if chosen else ()

    def mask(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Tiles of the mask, the running stroke included."""
        return self._mask.tiles(rect, level)

    def outline(self) -> MaskOutline:
        """The mask's outline as last computed."""
        return self._outline

    def mask_moved(self, rect: Rect) -> None:
        """The document's mask changed in this rectangle, by whatever way."""
        state = self._editor.state
        if state is None:
            return
        if self._stroke is not None:
            self._lay_stroke_over(self._stroke, state)
            return
        rect, self._behind = state.box if self._behind else rect, False
        if self._mask.follow(state.mask):
            self.changed.emit(Changes(rect=rect, touched=Touched.MASK))
        else:
            self._tasks.spawn(self._reduce_mask(state.mask))
        if state.mask is not self._outlined:
            self._outlined = state.mask
            self._tasks.spawn(self._draw_outline(state.mask))

    def _lay_stroke_over(self, stroke: StrokeTool, state: DocumentState) -> None:
        """An edit that was asked for before the pen came down is done: the stroke goes on over what it left. What that
        looks like elsewhere is shown with the stroke's end."""
        self._behind = True
        if stroke.mask.size == state.size:
            stroke.mask = state.mask
        else:
            self.cancel()

    def _catch_up(self) -> None:
        """Show what could not be shown while a stroke ran."""
        state = self._editor.state
        if self._behind and state is not None:
            self.mask_moved(state.box)

    async def _reduce_mask(self, mask: Raster) -> None:
        levels = await self._offload.compute(self._mask.reduced(mask))
        if self._stroke is not None:
            self._behind = True
        elif self._is_current(mask):
            self.changed.emit(Changes(rect=self._mask.take(mask, levels), touched=Touched.MASK))

    async def _draw_outline(self, mask: Raster) -> None:
        rings = await self._offload.compute(outline, mask)
        if self._is_current(mask):
            self._outline = MaskOutline(rings=rings)
            self.changed.emit(Changes(rect=Rect.of_size(mask.size), touched=Touched.OUTLINE))

    def _is_current(self, mask: Raster) -> bool:
        return self._editor.state is not None and self._editor.state.mask is mask

    def forget(self) -> None:
        """Another document: nothing of the old one is shown any more."""
        self._stroke = None
        self._behind = False
        self._mask.clear()
        self._outline = MaskOutline()
        self._outlined = None
        self._shown.show(None)
        self._original.show(None)
        if self._told is not None:
            # A document of the same size comes without news of its size, and an empty mask has no tile to repaint.
            self.changed.emit(Changes(rect=Rect.of_size(self._told), touched=Touched.MASK | Touched.OUTLINE))

    def begin(self, sample: PenSample) -> None:
        """The pen goes down; the first dab is there when this returns."""
        state = self._editor.state
        tool = self._tool(state) if state else None
        if tool is None:
            return
        self.cancel()
        self._selection.forget()
        self._stroke, self._stroke_tool = tool, self._tooling.tool
        self.stroke_began.emit(None)
        self._dirty(tool, tool.begin(sample))

    def _tool(self, state: DocumentState) -> StrokeTool | None:
        match self._tooling.tool:
            case Tool.BRUSH | Tool.ERASER:
                return BrushTool(state.mask, self._tooling.brush, self._stamps)
            case Tool.RECTANGLE:
                return RectangleTool(state.mask, self._tooling.combine.value)
            case Tool.LASSO:
                return LassoTool(state.mask, self._tooling.combine.value)
            case _:
                return None

    def move(self, samples: Sequence[PenSample]) -> None:
        """The pen moves."""
        if self._stroke is not None:
            self._dirty(self._stroke, self._stroke.motion(samples))

    def end(self) -> None:
        """One stroke, one step. Shapes are joined with the mask in the pool: they can be as large as the picture."""
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        title = TITLES[self._stroke_tool]
        if isinstance(stroke, BrushTool):
            self._editing.now(lambda: self._finish(stroke, title))
        else:
            self._restore(stroke.cancel())
            self._catch_up()
            self._editing.edit_in_pool(title, lambda state: _with_stroke(state, stroke))

    def _finish(self, stroke: StrokeTool, title: str) -> None:
        state = self._editor.state
        if state is None:
            return
        self._editor.push(title, _with_stroke(state, stroke))
        self._catch_up()

    def cancel(self) -> None:
        """It never happened."""
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self._restore(stroke.cancel())
            self._catch_up()

    def shape(self) -> Sequence[PenSample]:
        """The corners of the running rectangle or lasso."""
        return self._stroke.shape() if self._stroke else ()

    @property
    def stroking(self) -> bool:
        """Whether a stroke or shape is being drawn."""
        return self._stroke is not None

    def _dirty(self, stroke: StrokeTool, rect: Rect) -> None:
        state = self._editor.state
        if state is not None and isinstance(stroke, BrushTool):
            self._mask.paint(state.mask, rect, stroke.tile)
        self.changed.emit(Changes(rect=rect, touched=Touched.MASK))

    def _restore(self, rect: Rect) -> None:
        """Show the document's own mask again where a stroke or shape was drawn."""
        state = self._editor.state
        if state is not None:
            self._mask.paint(state.mask, rect, lambda column, row: state.mask.tiles.get((column, row)))
        self.changed.emit(Changes(rect=rect, touched=Touched.MASK))

    def click(self, at: Point, combine: Combine) -> None:
        """Select the object there."""
        self._selection.click(at, combine)

    def cycle(self, step: int) -> None:
        """Another guess at it."""
        self._selection.cycle(step)


def _with_stroke(state: DocumentState, stroke: StrokeTool) -> DocumentState:
    """Over the mask as it is now, whatever it was when the pen came down."""
    if stroke.mask.size != state.size:
        return state
    stroke.mask = state.mask
    return with_mask(state, stroke.end())
