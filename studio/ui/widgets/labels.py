"""Labels: headings by weight, secondary text dimmed, lines between sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def heading(text: str) -> QLabel:
    """A heading: the same size, more weight."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def dim_label(text: str = "", *, wrap: bool = False, small: bool = False) -> QLabel:
    """Secondary text."""
    label = QLabel(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setWordWrap(wrap)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if small:
        label.setFont(smaller(label.font()))
    return label


def smaller(font: QFont) -> QFont:
    """One step down, never under 11 pixels."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(11, font.pixelSize() - 1))
    else:
        small.setPointSizeF(max(8.25, font.pointSizeF() - 0.75))
    return small


class Line(QWidget):
    """A line of one pixel between sections."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(1)

    def sizeHint(self) -> QSize:
        return QSize(10, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), self.rect(), tokens_of(self).line)


class Elided(QLabel):
    """One line that is cut with an ellipsis where it is too long; the whole text is its tool tip then."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def text(self) -> str:
        return self._words

    def setText(self, text: str) -> None:
        """Kept here: the label's own has the whole window laid out for each word, which here changes no size."""
        if text == self._words:
            return
        self._words = text
        self.setAccessibleName(text)
        if self.sizePolicy().horizontalPolicy() is not QSizePolicy.Policy.Ignored:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # A letter may reach over its width; what reaches over the room is cut.
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        self.setToolTip(self.text() if shown != self.text() else "")
