"""A box that floats over the picture: round corners, and the only shadow in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
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

        self._plate = QPixmap()
        self._shown: tuple[object, ...] = ()
        self._small = QPixmap()
        self._look: tuple[object, ...] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._plated(tokens_of(self))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._plate)
        painter.end()

    def _plated(self, tokens: Tokens) -> None:
        """Kept as a picture: the shadow is many soft rings, and the canvas below repaints often. So is the small one
        that it is stretched of: the plate changes its size with each word in it, and Qt paints the rings on several
        threads, for which the window would wait."""
        ratio = self.devicePixelRatioF()
        look = (ratio, tokens.panel, tokens.line)
        if look != self._look:
            self._look = look
            self._small = _drawn(QSize(_SMALL, _SMALL), ratio, tokens)
        if (look, self.size()) == self._shown:
            return
        self._shown = (look, self.size())
        if min(self.width(), self.height()) < _SMALL:
            self._plate = _drawn(self.size(), ratio, tokens)
        else:
            self._plate = _stretched(self._small, self.size(), ratio)


def _drawn(size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
    plate = _blank(size, ratio)
    plate.setDevicePixelRatio(ratio)
    painter = QPainter(plate)
    inner = QRect(QPoint(), size).adjusted(REACH, REACH, -REACH, -REACH)
    shadow(painter, QRectF(inner), RADIUS)
    box(painter, inner, RADIUS, tokens.panel, tokens.line)
    painter.end()
    return plate


def _blank(size: QSize, ratio: float) -> QPixmap:
    plate = QPixmap(size * ratio)
    plate.fill(Qt.GlobalColor.transparent)
    return plate


def _stretched(small: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """A plate made of a small one that is cut at its corners and drawn out between them."""
    plate, corner = _blank(size, ratio), int(_CORNER * ratio)
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
