"""Lines over a picture in two tones, so that one of them is seen on any ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from studio.domain.geometry import Rect
    from studio.ui.canvas.look import Look

DASH = 5.0
"""Length of a dash and of its gap in view pixels."""


def width(ratio: float) -> int:
    """A view pixel's line in whole device pixels."""
    return max(1, round(ratio))


def under(look: Look, ratio: float) -> QPen:
    """The dark tone: unbroken, below."""
    dark = QColor(look.dark)
    dark.setAlphaF(0.7)
    return _pen(dark, width(ratio))


def over(look: Look, ratio: float, offset: float = 0.0) -> QPen:
    """The light tone: dashes above it. `offset` (device pixels) says how far along the line the pen begins."""
    thick = width(ratio)
    pen = _pen(look.light, thick)
    dash = DASH * ratio / thick
    pen.setDashPattern([dash, dash])
    pen.setDashOffset(offset / thick % (2 * dash))
    return pen


def _pen(colour: QColor, thick: int) -> QPen:
    pen = QPen(colour, thick)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def dashed_rect(painter: QPainter, rect: Rect, look: Look, ratio: float) -> None:
    """A rectangle's inner edge in both tones (device pixels)."""
    thick = width(ratio)
    box = QRectF(rect.x, rect.y, rect.width, rect.height).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    for pen in (under(look, ratio), over(look, ratio)):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def label_font(ratio: float) -> QFont:
    """The window's font, a little smaller, for painting in device pixels."""
    font = QFont(QGuiApplication.font())
    size = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * 96 / 72
    font.setPixelSize(max(11, round(max(11.0, size * 0.92) * ratio)))
    return font


def label_size(text: str, ratio: float) -> tuple[int, int]:
    """Width and height of a label's plate in device pixels."""
    metrics = QFontMetricsF(label_font(ratio))
    return round(metrics.horizontalAdvance(text) + 16 * ratio), round(metrics.height() + 4 * ratio)


def label(painter: QPainter, text: str, at: tuple[int, int], look: Look, ratio: float) -> None:
    """Text on a dark plate with its corner at `at` (device pixels)."""
    wide, high = label_size(text, ratio)
    plate = QRectF(at[0], at[1], wide, high)
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.plate)
    painter.drawRoundedRect(plate, 3 * ratio, 3 * ratio)
    painter.setFont(label_font(ratio))
    painter.setPen(look.ink)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
