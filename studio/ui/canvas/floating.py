"""A box that floats over the picture: round corners, and the only shadow in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.theme.tokens import SHADOW
from studio.ui.widgets.paint import box
from studio.ui.widgets.plate import Plate, clear

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.ui.theme.tokens import Tokens

RADIUS = 10
REACH = 12
"""Room for the shadow on each side, part of the widget."""
_CORNER = REACH + RADIUS + 3
"""Further in than this the shadow is the same all along a side: it lies 2 lower than the box."""
_SMALL = 2 * _CORNER + 2
"""The side of the plate of which the others are stretched; whole at a quarter more, a half more and so on."""


class Floating(QWidget):
    """Leave `REACH` free in its layout's margins."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._plate = Plate(self._drawn)
        self._small = QPixmap()
        self._small_of: tuple[float, int] | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        self._plate.paint(self, event.region())

    def _drawn(self, size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
        """Stretched of a small one that is kept too: the shadow is many soft rings, which Qt paints on several threads
        and waits for them, and the plate changes its size with each word in it."""
        if min(size.width(), size.height()) < _SMALL:
            return _whole(size, ratio, tokens)
        if self._small_of != (ratio, id(tokens)):
            self._small_of = ratio, id(tokens)
            self._small = _whole(QSize(_SMALL, _SMALL), ratio, tokens)
        return _stretched(self._small, size, ratio)


def _whole(size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
    plate = clear(size, ratio)
    plate.setDevicePixelRatio(ratio)
    painter = QPainter(plate)
    inner = QRect(QPoint(), size).adjusted(REACH, REACH, -REACH, -REACH)
    shadow(painter, QRectF(inner), RADIUS)
    box(painter, inner, RADIUS, tokens.panel, tokens.line)
    painter.end()
    return plate


def _stretched(small: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """A plate made of a small one that is cut at its corners and drawn out between them."""
    plate, corner = clear(size, ratio), int(_CORNER * ratio)
    painter = QPainter(plate)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    across = zip(_thirds(small.width(), corner), _thirds(plate.width(), corner), strict=True)
    down = list(zip(_thirds(small.height(), corner), _thirds(plate.height(), corner), strict=True))
    for (x, width), (to_x, to_width) in across:
        for (y, height), (to_y, to_height) in down:
            painter.drawPixmap(QRect(to_x, to_y, to_width, to_height), small, QRect(x, y, width, height))
    painter.end()
    plate.setDevicePixelRatio(ratio)
    return plate


def _thirds(length: int, corner: int) -> tuple[tuple[int, int], ...]:
    """Where each part begins, and how long it is, in device pixels."""
    return (0, corner), (corner, length - 2 * corner), (length - corner, corner)


def shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """A soft shadow around a rounded box, a little lower than it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shade = QColor(SHADOW)
    for ring in range(REACH, 0, -1):
        shade.setAlphaF(0.045 * (1 - ring / (REACH + 1)) + 0.004)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect.adjusted(-ring, -ring + 2, ring, ring), radius + ring, radius + ring)
