"""Lucide's icons, tinted and drawn at device pixels. Qt's own pixmap cache keeps what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from studio.ui import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint


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
    """The icon in the middle of a box (logical pixels)."""
    ratio = painter.device().devicePixelRatio()
    corner = at.topLeft() + _centred(at.size(), size)
    painter.drawPixmap(corner, pixmap(name, size, colour, ratio))


def icon(name: str) -> QIcon:
    """The icon for menus and lists, in the text colour of the palette at the moment it is drawn."""
    return QIcon(_Engine(name)) if name else QIcon()


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


class _Engine(QIconEngine):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        return _Engine(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        edge = min(rect.width(), rect.height())
        paint(painter, self._name, rect, edge, _colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return pixmap(self._name, min(size.width(), size.height()), _colour(mode), scale)


def _colour(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    if mode is QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.Text)
