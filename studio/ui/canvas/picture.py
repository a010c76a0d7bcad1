"""Paints the picture into cells: surround, shadow, checkerboard under transparency, tiles, pixel grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from studio.domain.geometry import Rect
from studio.domain.pixels import PixelFormat, Pixels
from studio.ui.canvas.cells import Placed, qrect
from studio.ui.canvas.transform import MAX_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.look import Look
    from studio.ui.canvas.transform import ViewTransform

    Source = Callable[[Rect, int], Sequence[PaintTile]]

NEAREST_FROM = 2.0
GRID_FROM = 8.0
SHADOW = 10
CHECK = 8
"""Edge of a square of the checkerboard in view pixels."""

_FORMATS = {
    PixelFormat.BGRA: QImage.Format.Format_ARGB32,
    PixelFormat.BGRA_PREMULTIPLIED: QImage.Format.Format_ARGB32_Premultiplied,
    PixelFormat.BGRX: QImage.Format.Format_RGB32,
}


def wrap(pixels: Pixels, gray: QImage.Format = QImage.Format.Format_Grayscale8) -> QImage:
    """The pixels as an image, without a copy; the image holds on to their memory."""
    form = _FORMATS.get(pixels.format, gray)
    return QImage(pixels.data, pixels.size.width, pixels.size.height, pixels.stride, form)


def source_rect(tile: PaintTile) -> QRectF:
    """The part of a tile's image that fills its box: less than whole pixels at the picture's end."""
    step = 1 << tile.level
    return QRectF(
        0,
        0,
        min(tile.pixels.size.width, tile.box.width / step),
        min(tile.pixels.size.height, tile.box.height / step),
    )


def level_of(view: ViewTransform, *, hasty: bool) -> int:
    """The pyramid level to paint from; a coarser one while zoom changes quickly, as memory is what takes the time."""
    return min(MAX_LEVEL, view.level + 1) if hasty and view.zoom < 1.0 else view.level


def smooth(view: ViewTransform, level: int) -> bool:
    """Whether pixels are mixed at this zoom: not where they are shown as they are, nor where each is to be seen."""
    return view.zoom < NEAREST_FROM and abs(view.zoom * (1 << level) - 1.0) > 1e-9


class PicturePainter:
    """Fills the cells of a picture; `source` is asked for tiles. `hasty` leaves out smoothing while zoom changes."""

    opaque = True

    def __init__(self, source: Source, look: Look) -> None:
        self.source = source
        self.look = look
        self.hasty = False

    def fetch(self, view: ViewTransform, rect: Rect) -> Sequence[PaintTile]:
        """The tiles that the rectangle shows, with the neighbours that smoothing mixes in."""
        wanted = view.document_rect(rect).intersected(Rect.of_size(view.document))
        return [] if wanted.is_empty else self.source(wanted, level_of(view, hasty=self.hasty))

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[Placed]) -> None:
        """Surround and all."""
        picture = view.picture
        if not picture.contains(rect):
            self._surround(painter, view, rect)
        elif not tiles:
            painter.fillRect(qrect(rect), self.look.surround)
        for each in tiles:
            self._tile(painter, view, each.target, each.tile)
        if view.zoom >= GRID_FROM:
            self._grid(painter, view, rect.intersected(picture))

    def _surround(self, painter: QPainter, view: ViewTransform, rect: Rect) -> None:
        painter.fillRect(qrect(rect), self.look.surround)
        if not view.picture.grown(SHADOW * 2).intersected(rect).is_empty:
            reach = round(SHADOW * view.ratio)
            for ring in range(reach, 0, -1):
                shade = QColor(self.look.edge)
                shade.setAlphaF(0.16 * (1 - ring / reach) ** 2)
                painter.setPen(QPen(shade, 1))
                painter.drawRect(qrect(view.picture.grown(ring)).adjusted(0, 0, -1, -1))
            painter.setPen(QPen(self.look.edge, 1))
            painter.drawRect(qrect(view.picture.grown(1)).adjusted(0, 0, -1, -1))

    def _tile(self, painter: QPainter, view: ViewTransform, target: Rect, tile: PaintTile) -> None:
        mixed = not self.hasty and smooth(view, tile.level)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, mixed)
        if tile.pixels.format is PixelFormat.BGRX:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        else:
            self._checkerboard(painter, view, target)
        painter.drawImage(QRectF(qrect(target)), wrap(tile.pixels), source_rect(tile))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _checkerboard(self, painter: QPainter, view: ViewTransform, target: Rect) -> None:
        painter.setBrushOrigin(QPoint(0, 0))
        painter.fillRect(qrect(target), checkerboard(self.look, max(1, round(CHECK * view.ratio))))

    def _grid(self, painter: QPainter, view: ViewTransform, rect: Rect) -> None:
        if rect.is_empty:
            return
        line = QColor(self.look.dark)
        line.setAlphaF(0.18)
        painter.setPen(QPen(line, 1))
        shown = view.document_rect(rect)
        for column in range(shown.x, shown.right + 1):
            x = view.device_rect(Rect(x=column, y=0, width=0, height=0)).x
            painter.drawLine(x, rect.y, x, rect.bottom - 1)
        for row in range(shown.y, shown.bottom + 1):
            y = view.device_rect(Rect(x=0, y=row, width=0, height=0)).y
            painter.drawLine(rect.x, y, rect.right - 1, y)


def checkerboard(look: Look, edge: int) -> QBrush:
    """A brush of two greys in squares of this edge."""
    image = QImage(2 * edge, 2 * edge, QImage.Format.Format_RGB32)
    image.fill(look.check_light)
    painter = QPainter(image)
    painter.fillRect(edge, 0, edge, edge, look.check_dark)
    painter.fillRect(0, edge, edge, edge, look.check_dark)
    painter.end()
    return QBrush(image)
