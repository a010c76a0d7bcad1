"""A problem out of the catalogue, in place: what happened, did it cost, what now, and the button that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.spoken import spoken
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import dim_label, heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.domain.problems import Problem


class ProblemBox(QWidget):
    """Tells `asked` with the command of its button."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._problem: Problem | None = None
        self._title = heading("")
        self._title.setWordWrap(True)
        self._text = dim_label(wrap=True)
        self._button = Button(look=Look.EDGED)
        self._button.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self._button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        set_margins(column, 34, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(row)

    def show_problem(self, problem: Problem | None) -> None:
        """Show it, or hide where there is none."""
        if problem == self._problem:
            return
        self._problem = problem
        self.setVisible(problem is not None)
        if problem is None:
            return
        words = spoken(problem)
        self._title.setText(words.title)
        self._text.setText(words.sentence())
        self._button.setText(tr(problem.button) if problem.button else "")
        self._button.setAccessibleName(self._button.text())
        self._button.setVisible(bool(problem.button and problem.action))
        self.setAccessibleName(words.sentence())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 6, tokens.raised, tokens.warn)
        icons.paint(painter, "triangle-alert", QRect(8, 8, 20, 20), 18, QColor(tokens.warn))

    def _ask(self) -> None:
        if self._problem is not None and self._problem.action:
            self.asked.emit(self._problem.action)
