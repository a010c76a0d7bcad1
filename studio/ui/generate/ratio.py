"""A size or a ratio as a small outline of its proportions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.theme.palette import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_PAIR = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*[xX*:×]\s*(\d{1,5}(?:\.\d+)?)\s*")
EDGE = 22
MOST = 8
"""A side that is so many times the other is drawn no longer than this."""


def ratio_of(words: object) -> float | None:
    """Width to height of a size (1024x1536) or a ratio (16:9); None for other words."""
    found = _PAIR.fullmatch(str(words)) if words is not None else None
    if found is None:
        return None
    width, height = float(found.group(1)), float(found.group(2))
    return width / height if width and height else None


def size_words(value: str) -> str:
    """A size as people write it: 1024 × 1536. Other words stay as they are."""
    found = _PAIR.fullmatch(value)
    return value if found is None or ":" in value else f"{found.group(1)} × {found.group(2)}"


def ratio_icon(words: object, owner: QWidget) -> QIcon:
    """For a list of sizes; empty for words that are no ratio, so that the texts stay in line."""
    scale = owner.devicePixelRatioF()
    drawn = QPixmap(QSize(round(EDGE * scale), round(EDGE * scale)))
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    ratio = ratio_of(words)
    if ratio is not None:
        painter = QPainter(drawn)
        _outline(painter, QRectF(0, 0, EDGE, EDGE), ratio, QColor(tokens_of(owner).dim))
        painter.end()
    return QIcon(drawn)


class RatioPreview(QWidget):
    """Beside the words of a size; empty where they are no ratio."""

    def __init__(self) -> None:
        super().__init__()
        self._ratio: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(EDGE, EDGE)
        self.hide()

    @property
    def ratio(self) -> float | None:
        """What is shown."""
        return self._ratio

    def show_words(self, words: object) -> None:
        """Draw the proportions of these."""
        self._ratio = ratio_of(words)
        self.setVisible(self._ratio is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ratio is not None:
            _outline(QPainter(self), QRectF(self.rect()), self._ratio, QColor(tokens_of(self).text))


def _outline(painter: QPainter, room: QRectF, ratio: float, ink: QColor) -> None:
    ratio = min(max(ratio, 1 / MOST), MOST)
    edge = room.width() - 4
    wide, high = (edge, edge / ratio) if ratio >= 1 else (edge * ratio, edge)
    box = QRectF(0, 0, max(3.0, wide), max(3.0, high))
    box.moveCenter(room.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 1.5, 1.5)
