"""What the painted controls share: plain and crisp rounded boxes, focus rings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion


def fill(painter: QPainter, rect: QRect, colour: str | QColor) -> None:
    """A plain rectangle. Not QPainter.fillRect: that takes gradients as well, and its first call makes the class of
    their 180 presets, which costs the first frame more than a millisecond."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(rect)


def box(
    painter: QPainter, rect: QRect, radius: float, fill: str | QColor | None = None, edge: str | QColor | None = None
) -> None:
    """A rounded rectangle with an edge of one logical pixel that lies inside of the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), 1) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.5 if edge is not None else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, rect: QRect, radius: float, colour: str) -> None:
    """Two pixels of the accent just inside of the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


def parts_of(region: QRegion) -> list[QRect]:
    """Its rectangles. What is painted into one of them after the other, each time clipped to it, Qt copies at once;
    clipped to several it shares the rows out among threads of its own and waits for them, for long on a busy
    machine."""
    return list(region)  # pyright: ignore[reportArgumentType, reportUnknownVariableType]  the stub forgets it
