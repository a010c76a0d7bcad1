"""What marks the tool's place: the brush's real footprint, the keyboard's crosshair, and Qt's cursors elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from studio.domain.geometry import Rect
from studio.session.face.tools import Tool
from studio.ui.canvas import lines
from studio.ui.theme import icons

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.canvas.look import Look
    from studio.ui.canvas.transform import ViewTransform

NOTHING = Rect(x=0, y=0, width=0, height=0)
SMALL = 4.0
"""Below so many view pixels of diameter the ring alone is lost: a crosshair joins it."""
ARM = 7
"""Length of a crosshair's arm in view pixels."""

CURSORS = {
    Tool.MOVE: Qt.CursorShape.SizeAllCursor,
    Tool.HAND: Qt.CursorShape.OpenHandCursor,
    Tool.BRUSH: Qt.CursorShape.BlankCursor,
    Tool.ERASER: Qt.CursorShape.BlankCursor,
    Tool.SELECT: Qt.CursorShape.PointingHandCursor,
    Tool.RECTANGLE: Qt.CursorShape.CrossCursor,
    Tool.LASSO: Qt.CursorShape.CrossCursor,
    Tool.EXTEND: Qt.CursorShape.ArrowCursor,
}


def cursor_of(tool: Tool, look: Look, ratio: float) -> QCursor:
    """The cursor of a tool: one of Qt's, or for zooming the magnifier of the tool bar with a light edge."""
    if tool is not Tool.ZOOM:
        return QCursor(CURSORS[tool])
    edge = round(24 * ratio)
    drawn = QPixmap(edge, edge)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawPixmap(round(2 * ratio) + x, round(2 * ratio) + y, _magnifier(look.light, ratio))
    painter.drawPixmap(round(2 * ratio), round(2 * ratio), _magnifier(look.dark, ratio))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return QCursor(drawn, 11, 11)


def _magnifier(colour: QColor, ratio: float) -> QPixmap:
    drawn = QPixmap(icons.pixmap("zoom-in", 20, colour, ratio))
    drawn.setDevicePixelRatio(1.0)
    return drawn


class BrushMark:
    """A ring with the brush's diameter at full pressure: light, with dark on both sides of it."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self.at: tuple[float, float] | None = None
        """Document space; None hides it."""
        self.diameter = 0.0
        """Document pixels."""
        self.crosshair = False
        """Also show the crosshair: the keyboard moves it."""

    def area(self, view: ViewTransform) -> Rect:
        """Ring and crosshair."""
        if self.at is None or view.document.is_empty:
            return NOTHING
        x, y = view.to_device(*self.at)
        reach = int(max(self.diameter * view.zoom / 2, ARM * view.ratio) + 2 * lines.width(view.ratio)) + 2
        return Rect(x=int(x) - reach, y=int(y) - reach, width=2 * reach + 1, height=2 * reach + 1)

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """The light line lies on the footprint's edge."""
        if self.at is None:
            return
        centre = QPointF(*view.to_device(*self.at))
        radius = self.diameter * view.zoom / 2
        thick = lines.width(view.ratio)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, pen_width in ((self._look().dark, 3.5 * thick), (self._look().light, 1.5 * thick)):
            painter.setPen(QPen(colour, pen_width))
            painter.drawEllipse(centre, radius, radius)
        if self.crosshair or 2 * radius < SMALL * view.ratio:
            self._crosshair(painter, centre, view.ratio)

    def _crosshair(self, painter: QPainter, centre: QPointF, ratio: float) -> None:
        painter.setRenderHint(painter.RenderHint.Antialiasing, on=False)
        thick, arm, gap = lines.width(ratio), round(ARM * ratio), round(2 * ratio)
        x, y = round(centre.x()), round(centre.y())
        arms = (
            (x - arm, y, arm - gap, thick),
            (x + gap + 1, y, arm - gap, thick),
            (x, y - arm, thick, arm - gap),
            (x, y + gap + 1, thick, arm - gap),
        )
        for arm_rect in arms:
            painter.fillRect(QRectF(*arm_rect).adjusted(-thick, -thick, thick, thick), self._look().dark)
        for arm_rect in arms:
            painter.fillRect(QRectF(*arm_rect), self._look().light)
