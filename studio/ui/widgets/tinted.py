"""A sentence in the colour of what it says, with a sign before it, so that the colour is never alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.labels import smaller

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

SIGN, GAP = 14, 6


class Tinted(QLabel):
    """`tone` is the name of a token: text, dim, good, warn, bad, link. Wraps; asks for the height of its words."""

    def __init__(self, text: str = "", *, tone: str = "dim", icon: str = "", small: bool = True) -> None:
        super().__init__(text)
        self._tone, self._icon = tone, icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if small:
            self.setFont(smaller(self.font()))

    def say(self, text: str, *, tone: str = "dim", icon: str = "") -> None:
        """Another sentence; the same once more changes nothing."""
        if (text, tone, icon) == (self.text(), self._tone, self._icon):
            return
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._lead()), 10_000)
        return max(SIGN, self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()) + 2

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, SIGN + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        ink = QColor(getattr(tokens, self._tone))
        painter = QPainter(self)
        painter.setPen(ink)
        lead, mirrored = self._lead(), self.isRightToLeft()
        trails = bool(self.alignment() & Qt.AlignmentFlag.AlignTrailing)
        across = Qt.AlignmentFlag.AlignTrailing if trails else Qt.AlignmentFlag.AlignLeading
        flags = across | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(0, 1, -lead, 0) if mirrored else self.rect().adjusted(lead, 1, 0, 0)
        words = painter.boundingRect(room, flags, self.text())
        if self._icon:
            left = words.right() + 1 + GAP if mirrored else words.left() - SIGN - GAP
            at = QRect(left, 1, SIGN, self.fontMetrics().lineSpacing())
            icons.paint(painter, self._icon, at, SIGN, ink)
        painter.drawText(room, flags, self.text())

    def _lead(self) -> int:
        return SIGN + GAP if self._icon else 0
