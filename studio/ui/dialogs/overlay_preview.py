"""Shows how a mask will look, on light, dark, red and grey ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.domain.settings import Overlay
from studio.ui.theme.tokens import OUTLINE_DARK, OUTLINE_LIGHT, OVERLAYS, SAMPLES
from studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

CELL = 8


class OverlayPreview(QWidget):
    """Repaints at once when something of the overlay is changed."""

    def __init__(self) -> None:
        super().__init__()
        self.overlay = Overlay()
        self.setAccessibleName(tr("How the mask looks"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_overlay(self, overlay: Overlay) -> None:
        """Show this one."""
        self.overlay = overlay
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / len(SAMPLES)
        for at, colour in enumerate(SAMPLES):
            part = QRect(round(at * wide), 0, round(wide) + 1, self.height())
            painter.fillRect(part, QColor(colour))
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().toRectF().adjusted(18, 14, -18, -14), 22, 22)
        painter.setOpacity(self.overlay.opacity)
        painter.fillPath(shape, self._ink())
        painter.setOpacity(1.0)
        if self.overlay.outline:
            painter.setPen(QPen(QColor(OUTLINE_DARK), 1))
            painter.drawPath(shape)
            dashed = QPen(QColor(OUTLINE_LIGHT), 1)
            dashed.setDashPattern([4, 4])
            painter.setPen(dashed)
            painter.drawPath(shape)

    def _ink(self) -> QBrush:
        colour = QColor(OVERLAYS[self.overlay.colour])
        if self.overlay.pattern == "plain":
            return QBrush(colour)
        tile = QPixmap(2 * CELL, 2 * CELL)
        tile.fill(colour)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.overlay.pattern == "checker":
            painter.fillRect(0, 0, CELL, CELL, colour.darker(170))
            painter.fillRect(CELL, CELL, CELL, CELL, colour.darker(170))
        else:
            painter.setPen(QPen(colour.darker(170), CELL / 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
            for shift in (-2 * CELL, 0, 2 * CELL):
                painter.drawLine(shift, 2 * CELL, shift + 2 * CELL, 0)
        painter.end()
        return QBrush(tile)
