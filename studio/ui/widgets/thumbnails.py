"""Pixels of the session as pictures of the toolkit, and how they are shown cropped in a round box."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap, QPixmapCache

from studio.domain.pixels import PixelFormat, Pixels
from studio.ui.theme.tokens import CHECKS
from studio.ui.widgets.paint import box, fill

SQUARE = 6
"""Edge of a square of the checkerboard in view pixels."""
_BAND = 30
"""Rows of the screen that are painted at a time. From 96 pieces of rows on Qt shares what is scaled or has soft edges
out among several threads and waits for them, and on a busy machine for long."""

_FORMATS = {
    PixelFormat.BGRA: QImage.Format.Format_ARGB32,
    PixelFormat.BGRA_PREMULTIPLIED: QImage.Format.Format_ARGB32_Premultiplied,
    PixelFormat.BGRX: QImage.Format.Format_RGB32,
    PixelFormat.GRAY: QImage.Format.Format_Grayscale8,
}


def pixmap_of(pixels: Pixels) -> QPixmap:
    """A thumbnail's pixels as a pixmap of their own."""
    size = pixels.size
    image = QImage(pixels.data, size.width, size.height, pixels.stride, _FORMATS[pixels.format])
    return QPixmap.fromImage(image.copy())


def thumbnail(painter: QPainter, rect: QRect, picture: QPixmap | None, radius: float, empty: str) -> None:
    """A picture that fills the rectangle, cropped to its middle, with round corners; a plain box without one. Under one
    with holes lie the squares that stand for nothing, as on the canvas. What was painted is kept for the next time."""
    if picture is None or picture.isNull():
        box(painter, rect, radius, empty)
        return
    ratio = painter.device().devicePixelRatioF()
    if not ratio.is_integer():  # it may lie on parts of the screen's pixels
        _cut_out(painter, rect, picture, radius, rect.height())
        return
    key = f"thumbnail {picture.cacheKey()} {rect.width()} {rect.height()} {radius} {ratio}"
    kept = QPixmap()
    if not QPixmapCache.find(key, kept):
        kept = QPixmap(rect.size() * ratio)
        kept.setDevicePixelRatio(ratio)
        kept.fill(Qt.GlobalColor.transparent)
        on_it = QPainter(kept)
        # Only where bands end between two rows of the screen: elsewhere there would be seams.
        _cut_out(on_it, QRect(QPoint(), rect.size()), picture, radius, max(4, int(_BAND / ratio)))
        on_it.end()
        QPixmapCache.insert(key, kept)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)  # one rectangle: see `parts_of`
    painter.drawPixmap(rect.topLeft(), kept)
    painter.restore()


def _cut_out(painter: QPainter, rect: QRect, picture: QPixmap, radius: float, rows: int) -> None:
    """So many rows at a time."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    source = cropped(picture, rect)
    for top in range(rect.top(), rect.bottom() + 1, rows):
        painter.save()
        painter.setClipRect(QRect(rect.left(), top, rect.width(), min(rows, rect.bottom() + 1 - top)))
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        if picture.hasAlphaChannel():
            _squares(painter, rect)
        painter.drawPixmap(QRectF(rect), picture, source)
        painter.restore()


def _squares(painter: QPainter, rect: QRect) -> None:
    fill(painter, rect, CHECKS[0])
    for y in range(0, rect.height(), SQUARE):
        for x in range(SQUARE * (y // SQUARE % 2), rect.width(), 2 * SQUARE):
            fill(painter, QRect(rect.x() + x, rect.y() + y, SQUARE, SQUARE), CHECKS[1])


def cropped(picture: QPixmap, rect: QRect) -> QRectF:
    """The middle part of a picture that has the rectangle's proportions (picture's device pixels)."""
    wide, high = picture.width(), picture.height()
    scale = min(wide / max(1, rect.width()), high / max(1, rect.height()))
    width, height = rect.width() * scale, rect.height() * scale
    return QRectF((wide - width) / 2, (high - height) / 2, width, height)
