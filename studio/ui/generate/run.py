"""The Run button with its price, and below it how long, why not, or what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.translate import tr
from studio.ui.widgets.buttons import COMMAND, Button, Look
from studio.ui.widgets.labels import Elided, smaller
from studio.ui.words import cost, foremost

if TYPE_CHECKING:
    from studio.domain.ids import JobId
    from studio.session.face.views import FormView, JobCard
    from studio.ui.actions import Actions
    from studio.ui.widgets.problem import ProblemBox


class RunSection(QWidget):
    """Stays pressable while it says why not: then a press shows the reason as a notice of the session."""

    cancelled = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._job: JobId | None = None
        self._problem: ProblemBox | None = None
        self.button = Button(tr("Run"), icon="sparkles", look=Look.ACCENT)
        self.button.height_hint, self.button.icon_size = 40, 18
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(actions["generate.run"].trigger)
        self.button.setToolTip(actions.tip("generate.run"))
        self.button.setProperty(COMMAND, "generate.run")
        self._caption = QLabel()
        self._caption.setWordWrap(True)
        self._caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._caption.setFont(smaller(self._caption.font()))
        self._phase = Elided()
        self._phase.setFont(smaller(self._phase.font()))
        self._cancel = Button(tr("Cancel"), look=Look.EDGED)
        self._cancel.height_hint = 24
        self._cancel.clicked.connect(self._cancel_job)
        running = QWidget()
        row = QHBoxLayout(running)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._phase, 1)
        row.addWidget(self._cancel)
        self._foot = QStackedWidget()
        self._foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot.setFixedHeight(max(26, 2 * self._caption.fontMetrics().lineSpacing()))
        self._foot.addWidget(self._caption)
        self._foot.addWidget(running)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.button)
        column.addWidget(self._foot)

    def show_state(self, view: FormView) -> None:
        """Price on the button; below it the time it takes, or why it cannot run."""
        if view.problem is not None or self._problem is not None:
            self.problem.show_problem(view.problem)
        run = view.run
        self.button.setText(tr("Run · {price}", price=cost(run.price, free=run.free)))
        self.button.dimmed = not run.enabled
        why = run.reason if not run.enabled and view.problem is None else ""
        self.button.setAccessibleName(self.button.text())
        self.button.setAccessibleDescription(why)
        self.button.update()
        key = self._actions.key("generate.run")
        said = " · ".join(part for part in (run.duration, key) if part)
        self._caption.setText(why or said)

    @property
    def problem(self) -> ProblemBox:
        """Where a problem of the form is told; made when there is the first."""
        if self._problem is None:
            from studio.ui.widgets.problem import ProblemBox  # no part of the first frame

            self._problem = ProblemBox()
            self._problem.asked.connect(self._actions.asked)
            self._column.insertWidget(0, self._problem)
        return self._problem

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """While a job runs, its phase and Cancel take the place of the caption."""
        live = [card for card in cards if not card.state.is_final]
        first = foremost(cards)
        self._job = None if first is None else first.job
        if first is not None:
            more = tr(" · {count} more waiting", count=len(live) - 1) if len(live) > 1 else ""
            self._phase.setText(f"{first.phase}{more}")
            self._cancel.setAccessibleName(tr("Cancel {title}", title=first.title))
        self._foot.setCurrentIndex(0 if first is None else 1)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self.cancelled.emit(self._job)
