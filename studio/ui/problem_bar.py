"""A bar for a problem: it stays until it is closed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studio.ui.spoken import spoken
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.ground import INSIDE, Ground, lay
from studio.ui.widgets.labels import dim_label, heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.plate import Plate, raised
from studio.ui.words import clock, moment

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPaintEvent

    from studio.domain.problems import Problem

AGAIN, HALF_A_DAY = "generate.run", 43_200
LONGEST_MS = 2**31 - 1
"""As long as a timer of Qt's can wait: 24 days."""


class ProblemBar(QWidget):
    """What happened, what it cost, what now; the button that repairs it, and the details to copy."""

    asked = Signal(str)
    closed = Signal()
    resized = Signal()

    _fitted = 0
    """The width that its height is for; 0 where that is to be counted out."""

    def __init__(self, problem: Problem, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem = problem
        self.count = 1
        self._plate = Plate(raised)
        self._title = heading("")
        self._text = dim_label(wrap=True)
        self._details: QPlainTextEdit | None = None
        self._button: Button | None = None
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.timeout.connect(self._ready)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._fill_foot()
        close = icon_button("x", tr("Close"), size=24)
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._column = QVBoxLayout(lay(_Warning("raised"), self))
        set_margins(self._column, 44 - INSIDE, 8 - INSIDE, 8 - INSIDE, 12 - INSIDE)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self._text)
        if self._foot.count() > 1:
            self._column.addSpacing(4)
        self._column.addLayout(self._foot)
        self._show_text()

    def count_up(self, problem: Problem) -> None:
        """The same kind once more."""
        self.problem, self.count = problem, self.count + 1
        self._show_text()
        self._wait()

    def fit(self, width: int) -> None:
        """Take a width, and the height that the words need at it. Asked for with each thing that is laid out around it,
        and counted out where something of it has changed."""
        if width == self._fitted:
            return
        self._fitted = width
        self._column.activate()
        self.resize(width, self._column.totalHeightForWidth(width - 2 * INSIDE) + 2 * INSIDE)

    def leave(self) -> None:
        """Go."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        self._fitted = 0
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._plate.paint(self, event.region())

    def _fill_foot(self) -> None:
        if self.problem.button and self.problem.action:
            self._button = Button(tr(self.problem.button), look=Look.ACCENT)
            self._button.clicked.connect(self._act)
            self._foot.addWidget(self._button)
            self._wait()
        if self.problem.detail:
            fold = Button(tr("Details"), icon="chevron-down", look=Look.EDGED)
            fold.icon_size = 14
            fold.clicked.connect(self._unfold)
            self._foot.addWidget(fold)
        self._foot.addStretch(1)

    def _wait(self) -> None:
        """Where the provider said when it may be asked again, the button says so, and cannot be pressed before."""
        wait, button = self.problem.wait, self._button
        if button is None or not wait or self.problem.action != AGAIN:
            return
        then = time.time() + wait
        at = clock(then) if wait < HALF_A_DAY else moment(then)
        words = tr("{button} at {time}", button=tr(self.problem.button), time=at)
        button.setText(words)
        button.setAccessibleName(words)
        button.setEnabled(False)
        self._until.start(min(round(wait * 1000), LONGEST_MS))

    def _ready(self) -> None:
        if self._button is not None:
            self._button.setText(tr(self.problem.button))
            self._button.setAccessibleName(self._button.text())
            self._button.setEnabled(True)

    def _show_text(self) -> None:
        times = f"  ×{self.count}" if self.count > 1 else ""
        words = spoken(self.problem)
        self._title.setText(words.title + times)
        self._text.setText(words.sentence())
        self._fitted = 0
        self.setAccessibleName(f"{words.title}. {words.sentence()}")

    def _act(self) -> None:
        self.asked.emit(self.problem.action)
        self.leave()

    def _unfold(self) -> None:
        if self._details is not None:
            self._details.setVisible(not self._details.isVisible())
        else:
            self._details = QPlainTextEdit(self.problem.detail)
            self._details.setObjectName("details")
            self._details.setReadOnly(True)
            self._details.setAccessibleName(tr("Details"))
            self._details.setFixedHeight(96)
            self._column.addWidget(self._details)
            self._details.show()
            copy = Button(tr("Copy"), icon="copy", look=Look.EDGED)
            copy.icon_size = 14
            copy.clicked.connect(self._copy)
            self._foot.insertWidget(self._foot.count() - 1, copy)
        self._fitted = 0
        self.resized.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.problem.code}\n{self.problem.sentence()}\n{self.problem.detail}")


class _Warning(Ground):
    """With the sign of a problem at its corner."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        x = self.width() - 34 + INSIDE if self.isRightToLeft() else 14 - INSIDE
        at = QRect(x, 10 - INSIDE, 20, 20)
        icons.paint(QPainter(self), "triangle-alert", at, 20, QColor(tokens_of(self).warn))
