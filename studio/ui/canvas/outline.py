"""The mask's outline and the running shape."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF, QTransform

from studio.domain.geometry import Rect
from studio.session.face.tools import Tool
from studio.ui.canvas import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from studio.domain.geometry import Point
    from studio.domain.pen import PenSample
    from studio.session.face.views import MaskOutline
    from studio.ui.canvas.look import Look
    from studio.ui.canvas.transform import ViewTransform

CHUNK = 96
"""Points of an outline that are drawn in one go; what lies outside the dirty rectangle is left out."""
NOTHING = Rect(x=0, y=0, width=0, height=0)


@dataclass(frozen=True, slots=True)
class _Chunk:
    line: QPolygonF
    box: QRectF
    before: float
    """Length of the ring up to here in document pixels, so that dashes go on."""


class OutlineMark:
    """The mask's outline as dashes in two tones."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self._outline: MaskOutline | None = None
        self._chunks: list[_Chunk] = []
        self._box = QRectF()
        self.shown = True

    def show(self, outline: MaskOutline) -> bool:
        """Draw this one from now on; tells whether it is another one."""
        if outline is self._outline:
            return False
        self._outline = outline
        self._chunks = [chunk for ring in outline.rings for chunk in _chunks(ring)]
        self._box = QRectF()
        for chunk in self._chunks:
            self._box = self._box.united(chunk.box)
        return True

    def area(self, view: ViewTransform) -> Rect:
        """Around all rings."""
        if not self.shown or not self._chunks:
            return NOTHING
        return _device_box(view, self._box).grown(lines.width(view.ratio) + 1)

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """The chunks that touch the dirty rectangle."""
        seen = dirty.grown(2 * lines.width(view.ratio) + 2)
        painter.setWorldTransform(
            QTransform(view.zoom, 0, 0, view.zoom, view.x, view.y) * painter.worldTransform(), combine=False
        )
        for chunk in self._chunks:
            if _device_box(view, chunk.box).grown(1).intersected(seen).is_empty:
                continue
            painter.setPen(lines.under(self._look(), view.ratio))
            painter.drawPolyline(chunk.line)
            painter.setPen(lines.over(self._look(), view.ratio, chunk.before * view.zoom))
            painter.drawPolyline(chunk.line)


class ShapeMark:
    """The rectangle or lasso that is being drawn."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self._corners: Sequence[PenSample] = ()
        self._tool = Tool.RECTANGLE

    def show(self, corners: Sequence[PenSample], tool: Tool) -> None:
        """Draw this from now on; no corners, nothing to draw."""
        self._corners = corners
        self._tool = tool

    def area(self, view: ViewTransform) -> Rect:
        """Around the shape."""
        if len(self._corners) < 2:
            return NOTHING
        return _device_box(view, self._polygon().boundingRect()).grown(lines.width(view.ratio) + 2)

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """Both tones."""
        line = QTransform(view.zoom, 0, 0, view.zoom, view.x, view.y).map(self._polygon())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (lines.under(self._look(), view.ratio), lines.over(self._look(), view.ratio)):
            painter.setPen(pen)
            painter.drawPolygon(line)

    def _polygon(self) -> QPolygonF:
        points = [QPointF(each.x, each.y) for each in self._corners]
        if self._tool is Tool.RECTANGLE:
            return QPolygonF(QRectF(points[0], points[-1]).normalized())
        return QPolygonF(points)


def _chunks(ring: tuple[Point, ...]) -> list[_Chunk]:
    if len(ring) < 2:
        return []
    points = [QPointF(each.x, each.y) for each in (*ring, ring[0])]
    chunks: list[_Chunk] = []
    length = 0.0
    for start in range(0, len(points) - 1, CHUNK):
        part = points[start : start + CHUNK + 1]
        line = QPolygonF(part)
        chunks.append(_Chunk(line, line.boundingRect(), length))
        for one, two in itertools.pairwise(part):
            length += ((two.x() - one.x()) ** 2 + (two.y() - one.y()) ** 2) ** 0.5
    return chunks


def _device_box(view: ViewTransform, box: QRectF) -> Rect:
    left, top = view.to_device(box.left(), box.top())
    right, bottom = view.to_device(box.right(), box.bottom())
    return Rect.from_edges(int(left) - 1, int(top) - 1, int(right) + 2, int(bottom) + 2)
