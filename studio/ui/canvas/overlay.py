"""Tints the mask into cells: a pattern of constant width on the screen, as strong as the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from studio.domain.geometry import Rect
from studio.domain.settings import Overlay
from studio.ui.canvas.cells import Placed, qrect
from studio.ui.canvas.picture import level_of, smooth, source_rect, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.look import Look
    from studio.ui.canvas.picture import Source
    from studio.ui.canvas.transform import ViewTransform

NOTHING = Rect(x=0, y=0, width=0, height=0)
_FULL = b"\xff" * 65536
PERIOD = 16
"""Width of a stripe and its gap, along a row, in view pixels."""
DEPTH = 0.55
STRONGER = 1.2
GLINT = 0.5
"""The second tone is darker and a little stronger than the tint, with a light line at its edge: where picture and tint
are alike, these two are what is seen. `tests/gui/canvas/test_overlay.py` measures it for six colours of mask."""


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
        return [] if wanted.is_empty else self.source(wanted, level_of(view, hasty=self.hasty))

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[Placed]) -> None:
        """Pattern where there is mask, nothing elsewhere."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(qrect(rect), Qt.GlobalColor.transparent)
        seen = NOTHING
        for each in tiles:
            seen = seen.united(each.target)
            self._alpha(painter, view, each)
        # One fill for all tiles: Qt's cost is more by the rectangle than by the pixel.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(qrect(seen.intersected(rect)), self._pattern(view.ratio))

    def _alpha(self, painter: QPainter, view: ViewTransform, placed: Placed) -> None:
        """A tile's strength alone, as black of that alpha."""
        if _is_full(placed.tile):
            painter.fillRect(qrect(placed.target), self.look.dark)
            return
        mixed = not self.hasty and smooth(view, placed.tile.level)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, mixed)
        # Qt scales and blends four-byte pixels several times faster than alpha alone.
        alpha = wrap(placed.tile.pixels, QImage.Format.Format_Alpha8)
        image = alpha.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        painter.drawImage(QRectF(qrect(placed.target)), image, source_rect(placed.tile))

    def _pattern(self, ratio: float) -> QBrush:
        key = (self.look.masks[self.overlay.colour].rgba(), self.overlay, ratio)
        if self._brush is None or self._brush[0] != key:
            self._brush = key, pattern_brush(self.look, self.overlay, ratio)
        return self._brush[1]


def _is_full(tile: PaintTile) -> bool:
    """Whether all of it is masked, as most of a large mask's tiles are."""
    data = tile.pixels.data
    return data[0] == 255 and bytes(data) == _FULL[: data.nbytes]


def pattern_brush(look: Look, overlay: Overlay, ratio: float) -> QBrush:
    """The overlay's brush: two tones of the colour in stripes or squares, or one in plain."""
    period = max(4, round(PERIOD * ratio))
    colour = look.masks[overlay.colour]
    base, deep = QColor(colour), deeper(colour)
    base.setAlphaF(overlay.opacity)
    deep.setAlphaF(min(1.0, overlay.opacity * STRONGER))
    image = QImage(period, period, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(base)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    glint = QColor(look.light)
    glint.setAlphaF(GLINT * min(1.0, overlay.opacity * 2))
    if overlay.pattern == "stripe":
        _stripes(painter, period, deep, 0.36 * period / 2**0.5, 0.0)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        _stripes(painter, period, glint, max(1.0, ratio), 0.22 * period)
    elif overlay.pattern == "checker":
        half = period / 2
        for corner in (0.0, half):
            painter.fillRect(QRectF(corner, corner, half, half), deep)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for corner in (0.0, half):
            painter.fillRect(QRectF(half - corner, corner, half, max(1.0, round(ratio))), glint)
    painter.end()
    return QBrush(image)


def _stripes(painter: QPainter, period: int, colour: QColor, width: float, shift: float) -> None:
    """A diagonal through the tile that goes on in its neighbours."""
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    for start in (shift - period, shift, shift + period, shift + 2 * period):
        painter.drawLine(QPointF(start - period, 2 * period), QPointF(start + 2 * period, -period))


def deeper(colour: QColor) -> QColor:
    """The pattern's second tone."""
    keep = 1 - DEPTH
    return QColor.fromRgbF(colour.redF() * keep, colour.greenF() * keep, colour.blueF() * keep)
