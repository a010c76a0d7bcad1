"""The Run button with its price, above it what to know before, and below it how long, why not, or what runs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.translate import tr
from studio.ui.widgets.buttons import COMMAND, Button, Look, icon_button
from studio.ui.widgets.labels import Elided, dim_label, smaller
from studio.ui.widgets.tinted import Tinted
from studio.ui.words import balance, cost, foremost, money, phase, span

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from studio.domain.capabilities import Price
    from studio.domain.ids import JobId
    from studio.session.face.views import FormView, JobCard, RunView
    from studio.ui.actions import Actions
    from studio.ui.widgets.problem import ProblemBox


WIDEST_BALANCE = 150
"""Pixels; longer words wrap."""


class RunSection(QWidget):
    """Stays pressable while it says why not: then a press shows the reason as a notice of the session."""

    cancelled = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._job: JobId | None = None
        self._problem: ProblemBox | None = None
        self._notes: list[Tinted] = []
        self.button = Button(tr("Run"), icon="sparkles", look=Look.ACCENT)
        self.button.height_hint, self.button.icon_size = 40, 18
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(actions["generate.run"].trigger)
        self.button.setToolTip(actions.tip("generate.run"))
        self.button.setProperty(COMMAND, "generate.run")
        self._caption = dim_label(wrap=True, small=True)
        self._balance = Tinted()
        self._balance.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self._balance.hide()
        self._phase = Elided()
        self._phase.setFont(smaller(self._phase.font()))
        self._cancel = Button(tr("Cancel"), look=Look.EDGED)
        self._cancel.height_hint = 24
        self._cancel.clicked.connect(self._cancel_job)
        self._foot = QStackedWidget()
        self._foot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._foot.addWidget(_line(self._caption, self._balance, space=10))
        self._foot.addWidget(_line(self._phase, self._cancel))
        self.costs = icon_button("coins", tr("Costs today and this month"), size=24)
        self.costs.icon_size = 16
        self.costs.clicked.connect(actions["costs.open"].trigger)
        self.costs.hide()
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._foot, 1)
        foot.addWidget(self.costs, 0, Qt.AlignmentFlag.AlignTop)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.button)
        column.addLayout(foot)

    def wanted_height(self, width: int) -> int:
        """What all of it takes at this width."""
        return self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()

    def show_state(self, view: FormView) -> None:
        """Price on the button; below it what raised it and the time it takes, or why it cannot run."""
        if view.problem is not None or self._problem is not None:
            self.problem.show_problem(view.problem)
        run = view.run
        self.button.setText(tr("Run · {price}", price=cost(run.price, free=run.free)))
        if self.button.dimmed == run.enabled:
            self.button.dimmed = not run.enabled
            self.button.update()
        why = tr(run.reason) if not run.enabled and view.problem is None else ""
        self.button.setAccessibleName(self.button.text())
        self.button.setAccessibleDescription(why)
        key = self._actions.key("generate.run")
        said = "\u00a0· ".join(part for part in (raised(view), _time(run), "" if view.balance else key) if part)
        self._caption.setText(why or said.replace(" × ", "\u00a0×\u00a0"))
        self.costs.setVisible(any(not each.local for each in view.providers))
        self._show_balance(view, shown=not why)
        self._fit()
        self._show_notes(view.notes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Two lines below the button, or as many as the words need: the same while a job runs and after it."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        room -= 0 if self.costs.isHidden() else self.costs.width() + 6
        beside = 0 if self._balance.isHidden() else self._balance.width() + 10
        words = self._caption.heightForWidth(max(60, room - beside))
        told = 0 if self._balance.isHidden() else self._balance.heightForWidth(self._balance.width())
        tall = max(26, 2 * self._caption.fontMetrics().lineSpacing(), words, told)
        if tall != self._foot.height():
            self._foot.setFixedHeight(tall)

    def _show_balance(self, view: FormView, *, shown: bool) -> None:
        self._balance.setVisible(shown and view.balance is not None)
        if view.balance is None:
            return
        words = tr("Balance {amount}", amount=balance(view.balance))
        enough = covers(view.balance, view.run.price)
        wide = self._balance.fontMetrics().horizontalAdvance(words) + (4 if enough else 26)
        self._balance.setFixedWidth(min(wide, WIDEST_BALANCE))
        self._balance.setToolTip("")
        if enough:
            self._balance.say(words)
        else:
            self._balance.say(words, tone="warn", icon="triangle-alert")
            self._balance.setToolTip(tr("The balance does not cover this run."))

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        while len(self._notes) < len(notes):
            self._notes.append(Tinted())
            self._column.insertWidget(len(self._notes) - 1, self._notes[-1])
        for label, text in itertools.zip_longest(self._notes, notes):
            label.setVisible(text is not None)
            if text is not None and label.text() != tr(text):
                label.say(tr(text), icon="info")

    @property
    def problem(self) -> ProblemBox:
        """Where a problem of the form is told; made when there is the first."""
        if self._problem is None:
            from studio.ui.widgets.problem import ProblemBox  # no part of the first frame

            self._problem = ProblemBox()
            self._problem.asked.connect(self._actions.asked)
            self._column.insertWidget(self._column.indexOf(self.button), self._problem)
        return self._problem

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """While a job runs, its phase and Cancel take the place of the caption."""
        live = [card for card in cards if not card.state.is_final]
        first = foremost(cards)
        self._job = None if first is None else first.job
        if first is not None:
            more = tr(" · {count} more waiting", count=len(live) - 1) if len(live) > 1 else ""
            self._phase.setText(f"{phase(first)}{more}")
            self._cancel.setAccessibleName(tr("Cancel {title}", title=first.title))
        self._foot.setCurrentIndex(0 if first is None else 1)

    def _cancel_job(self) -> None:
        if self._job is not None:
            self.cancelled.emit(self._job)


def _line(words: QWidget, beside: QWidget, *, space: int = 6) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(space)
    row.addWidget(words, 1)
    row.addWidget(beside)
    return line


def _time(run: RunView) -> str:
    return tr("about {range}", range=span(*run.expected)) if run.expected is not None else run.duration


def raised(view: FormView) -> str:
    """What makes the price what it is: how many pictures at how much, and the size where that counts."""
    if view.model is None or view.run.price is None or view.run.free:
        return ""
    from studio.domain.pricing import quote  # for paid models alone
    from studio.ui.generate.ratio import size_words  # as above

    found = quote(view.model, view.values, view.count)
    if found is None:
        return ""
    size = size_words(found.size)
    if found.count == 1:
        return size
    many = f"{found.count} × {money(found.each)}"
    return f"{many} ({size})" if size else many


def covers(balance: Price, price: Price | None) -> bool:
    """Whether the account has enough; where that cannot be told, it has."""
    if price is None or price.currency != balance.currency:
        return True
    try:
        return float(balance.amount) >= float(price.amount)
    except ValueError:
        return True
