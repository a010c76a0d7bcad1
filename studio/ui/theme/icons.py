"""Lucide's icons, tinted and drawn at device pixels. Qt's own pixmap cache keeps what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from studio.ui import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QSize


def pixmap(name: str, size: int, colour: QColor, ratio: float) -> QPixmap:
    """The icon `size` logical pixels large in one colour, sharp at the device pixel ratio; empty where unknown."""
    key = f"icon {name} {size} {colour.rgba()} {ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = _draw(name, round(size * ratio), colour)
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def paint(painter: QPainter, name: str, at: QRect, size: int, colour: QColor) -> None:
    """The icon in the middle of a box (logical pixels). The painter is one of a widget, neither scaled nor turned."""
    ratio = painter.deviceTransform().m11()
    corner = at.topLeft() + _centred(at.size(), size)
    painter.drawPixmap(corner, pixmap(name, size, colour, ratio))


def _centred(room: QSize, size: int) -> QPoint:
    return QRect(0, 0, room.width(), room.height()).center() - QRect(0, 0, size, size).center()


def _draw(name: str, edge: int, colour: QColor) -> QPixmap:
    drawn = QPixmap(edge, edge)
    drawn.fill(Qt.GlobalColor.transparent)
    try:
        with open(resources.path("icons", f"{name}.svg"), "rb") as file:
            text = file.read()
    except OSError:
        return drawn
    renderer = QSvgRenderer(QByteArray(text.replace(b"currentColor", colour.name().encode())))
    painter = QPainter(drawn)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return drawn
