"""Tints the mask into cells: a pattern of constant width on the screen, as strong as the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from studio.domain.geometry import Rect
from studio.domain.settings import Overlay
from studio.ui.canvas.cells import qrect
from studio.ui.canvas.picture import smooth, source_rect, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.look import Look
    from studio.ui.canvas.picture import Source
    from studio.ui.canvas.transform import ViewTransform

PERIOD = 12
"""Width of a stripe and its gap, along a row, in view pixels."""
DEPTH = 0.42
"""How much darker the second tone of the pattern is: what is seen where picture and tint are alike."""


class MaskPainter:
    """Fills the cells of the mask. Colour, opacity and pattern are `overlay`'s."""

    opaque = False

    def __init__(self, source: Source, look: Look) -> None:
        self.source = source
        self.look = look
        self.hasty = False
        self.overlay = Overlay()
        self._brush: tuple[tuple[object, ...], QBrush] | None = None

    def fetch(self, view: ViewTransform, rect: Rect) -> Sequence[PaintTile]:
        """The mask's tiles there; empty ones are left out."""
        wanted = view.document_rect(rect).intersected(Rect.of_size(view.document))
        return [] if wanted.is_empty else self.source(wanted, view.level)

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[PaintTile]) -> bool:
        """Pattern where there is mask, nothing elsewhere."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(qrect(rect), Qt.GlobalColor.transparent)
        seen = False
        brush = self._pattern(view.ratio)
        for tile in tiles:
            target = view.device_rect(tile.box)
            part = target.intersected(rect)
            if part.is_empty:
                continue
            seen = True
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(qrect(part), brush)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
            mixed = not self.hasty and smooth(view, tile.level)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, mixed)
            image = wrap(tile.pixels, QImage.Format.Format_Alpha8)
            painter.drawImage(QRectF(qrect(target)), image, source_rect(tile))
        return seen

    def _pattern(self, ratio: float) -> QBrush:
        colour = self.look.masks[self.overlay.colour]
        key = (colour.rgba(), self.overlay, ratio)
        if self._brush is None or self._brush[0] != key:
            self._brush = key, pattern_brush(colour, self.overlay, ratio)
        return self._brush[1]


def pattern_brush(colour: QColor, overlay: Overlay, ratio: float) -> QBrush:
    """The overlay's brush: two tones of the colour in stripes or squares, or one in plain."""
    period = max(4, round(PERIOD * ratio))
    base, deep = QColor(colour), deeper(colour)
    base.setAlphaF(overlay.opacity)
    deep.setAlphaF(min(1.0, overlay.opacity * 1.15))
    image = QImage(period, period, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(base)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    if overlay.pattern == "stripe":
        painter.setPen(QPen(deep, period / 2 / 2**0.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for shift in (-period, 0, period):
            painter.drawLine(QPointF(shift - period, 2 * period), QPointF(shift + 2 * period, -period))
    elif overlay.pattern == "checker":
        painter.fillRect(QRectF(0, 0, period / 2, period / 2), deep)
        painter.fillRect(QRectF(period / 2, period / 2, period / 2, period / 2), deep)
    painter.end()
    return QBrush(image)


def deeper(colour: QColor) -> QColor:
    """The pattern's second tone."""
    keep = 1 - DEPTH
    return QColor.fromRgbF(colour.redF() * keep, colour.greenF() * keep, colour.blueF() * keep)
