"""A progress bar of four pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QProgressBar

from studio.ui.theme.palette import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

PARTS = 1000


class ThinBar(QProgressBar):
    """Shows a real fraction alone; where there is none it is hidden by whoever owns it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(4)
        self.setRange(0, PARTS)

    def show_fraction(self, fraction: float) -> None:
        """0 to 1. Painted with the next frame: Qt's own paints at once with each value, and with it all that waits in
        the window."""
        value = round(fraction * PARTS)
        if value != self.value():
            self.setUpdatesEnabled(False)
            self.setValue(value)
            self.setUpdatesEnabled(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        wide = self.width() * max(0, self.value()) / PARTS
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.edge))
        painter.drawRoundedRect(QRectF(0, 1, self.width(), 2), 1, 1)
        painter.setBrush(QColor(tokens.link))
        left = self.width() - wide if self.isRightToLeft() else 0
        painter.drawRoundedRect(QRectF(left, 0, wide, 4), 2, 2)
