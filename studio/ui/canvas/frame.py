"""The frame that will be sent, and the mark that a result is only a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.geometry import Rect
from studio.ui.canvas import lines
from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from studio.ui.canvas.look import Look
    from studio.ui.canvas.transform import ViewTransform

NOTHING = Rect(x=0, y=0, width=0, height=0)
GAP = 4
"""View pixels between frame and label."""


class FrameMark:
    """The part of the picture that Run would send, its size said above it."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self._frame: Rect | None = None
        self._label = ""
        self.shown = True

    def show(self, frame: Rect | None, label: str) -> None:
        """Draw this one (document space) from now on."""
        self._frame = frame
        self._label = label

    def area(self, view: ViewTransform) -> Rect:
        """Frame and label."""
        if self._frame is None or not self.shown or view.document.is_empty:
            return NOTHING
        return view.device_rect(self._frame).grown(1).united(self._plate(view))

    def plate(self, view: ViewTransform) -> Rect:
        """Where the label lies (device pixels); empty while there is none to see."""
        return self._plate(view) if self.shown and not view.document.is_empty else NOTHING

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """Dashes in two tones, and the label's plate."""
        if self._frame is None:
            return
        lines.dashed_rect(painter, view.device_rect(self._frame), self._look(), view.ratio)
        plate = self._plate(view)
        if not plate.is_empty:
            lines.label(painter, self._label, (plate.x, plate.y), self._look(), view.ratio)

    def _plate(self, view: ViewTransform) -> Rect:
        """Above the frame's corner; below its upper edge where there is no room above."""
        if self._frame is None or not self._label:
            return NOTHING
        box = view.device_rect(self._frame)
        wide, high = lines.label_size(self._label, view.ratio)
        gap = round(GAP * view.ratio)
        left = min(max(box.x, gap), max(gap, view.view.width - wide - gap))
        top = box.y - high - gap
        if top < gap:
            top = max(box.y, 0) + gap
        return Rect(x=left, y=top, width=wide, height=high)


class PreviewMark:
    """Says at the picture's corner that what is shown is no part of it yet: a rough preview, or a result that waits."""

    def __init__(self, look: Callable[[], Look], taken: Callable[[ViewTransform], Rect]) -> None:
        """`taken` is where another label lies (device pixels): this one goes below it."""
        self._look = look
        self._taken = taken
        self.shown = False
        self.rough = False

    @property
    def text(self) -> str:
        """What the label says."""
        return tr("Rough preview") if self.rough else tr("Not applied yet")

    def area(self, view: ViewTransform) -> Rect:
        """The label's plate."""
        if not self.shown or view.document.is_empty:
            return NOTHING
        seen = view.picture.intersected(Rect.of_size(view.view))
        wide, high = lines.label_size(self.text, view.ratio)
        gap = round(8 * view.ratio)
        place = Rect(x=seen.right - wide - gap, y=seen.y + gap, width=wide, height=high)
        taken = self._taken(view)
        if place.intersected(taken).is_empty:
            return place
        return Rect(x=place.x, y=taken.bottom + gap, width=wide, height=high)

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """The label."""
        area = self.area(view)
        lines.label(painter, self.text, (area.x, area.y), self._look(), view.ratio)
