"""A small turning ring: something goes on, and nobody can tell how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from studio.ui.theme.palette import tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

AFTER = 0.5
"""Seconds of waiting before there is a sign: what is shorter would only flicker."""
TURN = 1.2
"""Seconds of a whole turn."""
EDGE, WIDTH = 12, 1.8


class BusySign(QWidget):
    """Has no clock of its own: whoever owns it beats the time with `beat`. It keeps its room while it is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._since: float | None = None
        self._now = 0.0

    def wait(self, since: float | None) -> None:
        """Something goes on since then (seconds); None, and nothing does."""
        if since != self._since:
            self._since, self._now = since, self._now if since is None else max(self._now, since)
            self.update()

    def beat(self, now: float) -> None:
        """It is so late."""
        shown = self.is_on
        self._now = now
        if self.is_on != shown or (self.is_on and self._moves()):
            self.update()

    @property
    def is_on(self) -> bool:
        """Whether it is seen."""
        return self._since is not None and self._now - self._since >= AFTER

    def sizeHint(self) -> QSize:
        return QSize(EDGE, EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_on:
            return
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(QColor(tokens.edge), WIDTH))
        painter.setOpacity(0.5)
        painter.drawEllipse(ring)
        painter.setOpacity(1.0)
        painter.setPen(QPen(QColor(tokens.link), WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        turned = self._now % TURN / TURN if self._moves() else 0.0
        painter.drawArc(ring, round(16 * (90 - 360 * turned)), -16 * 100)

    def _moves(self) -> bool:
        """Not where the system wants no motion."""
        return self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
