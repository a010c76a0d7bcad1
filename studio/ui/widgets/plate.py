"""The plates of what lies over the picture, kept as pictures: the canvas below repaints often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QRegion
    from PySide6.QtWidgets import QWidget

    from studio.ui.theme.tokens import Tokens


class Plate:
    """`draw` is given a size in view pixels, a pixel ratio and the colours, and called where one of them is new, or the
    state that it is painted for."""

    def __init__(self, draw: Callable[[QSize, float, Tokens], QPixmap]) -> None:
        self._draw = draw
        self._picture = QPixmap()
        self._of: tuple[object, ...] | None = None

    def paint(self, widget: QWidget, region: QRegion, *state: object) -> None:
        """In a widget's paint event, below all else: as much of it as the event asks for."""
        tokens = tokens_of(widget)
        wanted = widget.size(), widget.devicePixelRatioF(), id(tokens), *state
        if wanted != self._of:
            self._of = wanted
            self._picture = self._draw(widget.size(), widget.devicePixelRatioF(), tokens)
        painter = QPainter(widget)
        for part in parts_of(region):
            painter.setClipRect(part)
            painter.drawPixmap(0, 0, self._picture)
        painter.end()


def clear(size: QSize, ratio: float) -> QPixmap:
    """A picture of so many view pixels with nothing in it, still in device pixels."""
    picture = QPixmap(size * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def raised(size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
    """A box with round corners and an edge."""
    picture = clear(size, ratio)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    box(painter, QRect(0, 0, size.width(), size.height()), 10, tokens.raised, tokens.edge)
    painter.end()
    return picture
