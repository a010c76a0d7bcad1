"""A box that floats over the picture: round corners, and the only shadow in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.theme.tokens import SHADOW
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

RADIUS = 10
REACH = 12
"""Room for the shadow on each side, part of the widget."""


class Floating(QWidget):
    """Leave `REACH` free in its layout's margins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        inner = self.rect().adjusted(REACH, REACH, -REACH, -REACH)
        shadow(painter, QRectF(inner), RADIUS)
        box(painter, inner, RADIUS, tokens.panel, tokens.line)


def shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A soft shadow around a rounded box, a little lower than it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(SHADOW)
    for ring in range(REACH, 0, -1):
        shade.setAlphaF(0.045 * (1 - ring / (REACH + 1)) + 0.004)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-ring, -ring + 2, ring, ring), radius + ring, radius + ring)
