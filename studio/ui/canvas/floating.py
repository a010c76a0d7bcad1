"""A box that floats over the picture: round corners, and the only shadow in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.theme.tokens import SHADOW
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.ui.theme.tokens import Tokens

RADIUS = 10
REACH = 12
"""Room for the shadow on each side, part of the widget."""


class Floating(QWidget):
    """Leave `REACH` free in its layout's margins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

        self._plate = QPixmap()
        self._drawn: tuple[object, ...] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        wanted = (self.size(), self.devicePixelRatioF(), tokens.panel, tokens.line)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw_plate(tokens)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._plate)
        painter.end()

    def _draw_plate(self, tokens: Tokens) -> None:
        """Kept as a picture: the shadow is many soft rings, and the canvas below repaints often."""
        ratio = self.devicePixelRatioF()
        self._plate = QPixmap(self.size() * ratio)
        self._plate.setDevicePixelRatio(ratio)
        self._plate.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._plate)
        inner = self.rect().adjusted(REACH, REACH, -REACH, -REACH)
        shadow(painter, QRectF(inner), RADIUS)
        box(painter, inner, RADIUS, tokens.panel, tokens.line)
        painter.end()


def shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A soft shadow around a rounded box, a little lower than it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(SHADOW)
    for ring in range(REACH, 0, -1):
        shade.setAlphaF(0.045 * (1 - ring / (REACH + 1)) + 0.004)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-ring, -ring + 2, ring, ring), radius + ring, radius + ring)
