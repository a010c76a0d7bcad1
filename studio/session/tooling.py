"""The tool in hand, the brush, and the object selection that may be running."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.geometry import Margins
from studio.domain.signal import Signal
from studio.session.face.views import Combine, Tool, ToolView

if TYPE_CHECKING:
    from studio.domain.pen import Brush
    from studio.domain.settings import Overlay

SIZES = (1.0, 5000.0)
HINTS = {
    Tool.SELECT: "Click an object. Shift adds, Alt takes away, Tab shows another guess.",
    Tool.EXTEND: "Drag the edges outwards, then press Extend.",
    Tool.MOVE: "Drag to move the active layer.",
}


class Tooling:
    """Holds the choice; `view` is what is shown. The mask's overlay hides by itself while a result is looked at."""

    def __init__(self, brush: Brush, overlay: Overlay) -> None:
        self.changed: Signal[ToolView] = Signal()
        self.tool = Tool.BRUSH
        self.brush = brush
        self.combine = Combine.REPLACE
        self._overlay = overlay
        self._shown = True
        self._hidden_by_result = False
        self._candidates = 0
        self._candidate = 0
        self._busy = False
        self.margins = Margins()

    def view(self) -> ToolView:
        """The tool bar's and the options bar's state."""
        return ToolView(
            tool=self.tool,
            brush=self.brush,
            overlay=self._overlay,
            overlay_shown=self._shown and not self._hidden_by_result,
            combine=self.combine,
            candidates=self._candidates,
            candidate=self._candidate,
            busy=self._busy,
            hint=HINTS.get(self.tool, ""),
            margins=self.margins,
        )

    def set_tool(self, tool: Tool) -> None:
        """Take a tool. Brush and eraser are one brush with two ends."""
        self.tool = tool
        if tool in (Tool.BRUSH, Tool.ERASER):
            self.brush = replace(self.brush, erases=tool is Tool.ERASER)
        if tool is not Tool.SELECT:
            self._candidates = self._candidate = 0
        self._tell()

    def set_brush(self, brush: Brush) -> None:
        """Size, hardness, opacity and the rest; held within what makes sense."""
        low, high = SIZES
        self.brush = replace(
            brush,
            size=min(max(brush.size, low), high),
            hardness=min(max(brush.hardness, 0.0), 1.0),
            opacity=min(max(brush.opacity, 0.01), 1.0),
        )
        if self.tool in (Tool.BRUSH, Tool.ERASER):
            self.tool = Tool.ERASER if brush.erases else Tool.BRUSH
        self._tell()

    def resize(self, factor: float) -> None:
        """A step of the size, one pixel at least."""
        size = self.brush.size
        step = max(1.0, abs(size * factor - size))
        self.set_brush(replace(self.brush, size=round(size + (step if factor > 1 else -step))))

    def harden(self, step: float) -> None:
        """A step of the hardness."""
        self.set_brush(replace(self.brush, hardness=round(self.brush.hardness + step, 2)))

    def swap(self) -> None:
        """The other end of the brush."""
        self.set_tool(Tool.BRUSH if self.tool is Tool.ERASER else Tool.ERASER)

    def set_combine(self, combine: Combine) -> None:
        """What rectangle and lasso do with the mask that is there."""
        self.combine = combine
        self._tell()

    def set_margins(self, margins: Margins) -> None:
        """How far the edges are pulled out."""
        self.margins = margins
        self._tell()

    def set_overlay(self, overlay: Overlay) -> None:
        """How the mask looks."""
        self._overlay = overlay
        self._tell()

    def show_overlay(self, *, shown: bool) -> None:
        """The user's own choice; it also ends the hiding for a result."""
        self._shown = shown
        self._hidden_by_result = False
        self._tell()

    @property
    def overlay_shown(self) -> bool:
        """Whether the mask is seen now."""
        return self._shown and not self._hidden_by_result

    def hide_for_result(self, *, hidden: bool) -> None:
        """A result is looked at, or no longer."""
        if hidden != self._hidden_by_result:
            self._hidden_by_result = hidden
            self._tell()

    def set_candidates(self, count: int, chosen: int) -> None:
        """How many guesses the object selection has, and which one is shown."""
        if (count, chosen) != (self._candidates, self._candidate):
            self._candidates, self._candidate = count, chosen
            self._tell()

    def set_busy(self, *, busy: bool) -> None:
        """An object is being looked for."""
        if busy != self._busy:
            self._busy = busy
            self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.view())
