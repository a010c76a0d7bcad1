"""The page of the settings about money: what was spent today and this month, and the limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.dialogs.costs_words import live_words, open_words, spent_words, used_words
from studio.ui.dialogs.form import Rows, tick
from studio.ui.spoken import spoken
from studio.ui.translate import tr
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import Line, dim_label, heading
from studio.ui.widgets.tinted import Tinted

if TYPE_CHECKING:
    from studio.domain.spending import Spent
    from studio.session.face.costs import CostsView
    from studio.session.face.desk import Desk

_AMOUNT = re.compile(r"\d{1,7}(?:[.,]\d{1,6})?")


class CostsPage(QWidget):
    """Limits take effect at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._face = desk, desk.costs
        self.table = SpentTable()
        self.live = Tinted(icon="hourglass")
        self.trouble = Tinted(tone="warn", icon="triangle-alert", small=False)
        currency = desk.settings().limits.currency
        self.fields = {
            "click": AmountField(tr("Limit for one run"), currency),
            "day": AmountField(tr("Limit for a day"), currency),
            "month": AmountField(tr("Limit for a month"), currency),
        }
        self.used = {name: dim_label(small=True) for name in ("day", "month")}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(tr("Spent")))
        for part in (self.trouble, self.table, self.live):
            column.addWidget(part)
        free = tr("The local engine is free and the playground takes play money: neither counts.")
        column.addWidget(dim_label(free, wrap=True, small=True))
        column.addSpacing(4)
        column.addWidget(Line())
        column.addSpacing(4)
        column.addWidget(heading(tr("Limits")))
        column.addWidget(dim_label(tr("What would pass a limit is not sent. An empty field sets none."), wrap=True))
        column.addWidget(self._limits())
        self._face.changed.connect(self.show_costs)
        self.destroyed.connect(lambda: self._face.changed.disconnect(self.show_costs))
        self.show_costs(self._face.view())
        self.look()

    def look(self) -> None:
        """Have it counted anew: a day may have ended since."""
        self._face.look()

    def show_costs(self, view: CostsView) -> None:
        """Show what was counted."""
        self.trouble.setVisible(view.problem is not None)
        if view.problem is not None:
            self.trouble.say(spoken(view.problem).sentence(), tone="warn", icon="triangle-alert")
        self.table.setVisible(view.problem is None)
        self.table.show_costs(view)
        live = "" if view.today is None else live_words(view.today)
        self.live.setVisible(bool(live))
        self.live.say(live, icon="hourglass")
        currency = self._desk.settings().limits.currency
        self.used["day"].setText(used_words(view.today, currency))
        self.used["month"].setText(used_words(view.month, currency))

    def _limits(self) -> Rows:
        rows, limits = Rows(), self._desk.settings().limits
        labels = (("click", tr("For one run")), ("day", tr("For a day")), ("month", tr("For a month")))
        for name, label in labels:
            field = self.fields[name]
            field.show_amount(getattr(limits, name))
            field.taken.connect(lambda amount, name=name: self._set(**{name: amount}))
            rows.add(label, _beside(field, self.used.get(name)))
        unknown = tick(
            tr("Send orders whose price is not known"), limits.unknown_prices, lambda on: self._set(unknown_prices=on)
        )
        self.unknown = unknown
        rows.add("", unknown)
        rows.note(tr("Where a limit is set and this is off, such orders are stopped: no limit can hold them."))
        return rows

    def _set(self, **changes: object) -> None:
        settings = self._desk.settings()
        limits = replace(settings.limits, **changes)  # pyright: ignore[reportArgumentType]  fields by name
        self._desk.change_settings(replace(settings, limits=limits))


class SpentTable(QWidget):
    """Providers below each other, today and this month beside each other; below them all together."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for at, stretch in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(at, stretch)
        self._shown: CostsView | None = None

    def show_costs(self, view: CostsView) -> None:
        """Nothing is laid out anew where nothing changed."""
        if view == self._shown:
            return
        self._shown = view
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._row(0, dim_label(""), dim_label(tr("Today")), dim_label(tr("This month")))
        if view.today is None or view.month is None:
            self._row(1, dim_label(tr("Counting…")), QLabel(), QLabel())
            return
        for at, row in enumerate(view.rows, 1):
            self._row(at, _plain(row.name), _cell(row.today, row.name), _cell(row.month, row.name))
        if len(view.rows) != 1:
            together = tr("All providers")
            name = heading(together) if view.rows else _plain(together)
            self._row(len(view.rows) + 1, name, _cell(view.today, together), _cell(view.month, together))

    def _row(self, row: int, *cells: QWidget) -> None:
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)


class AmountField(QWidget):
    """An amount of money, or nothing. `taken` tells it as decimal text once it was typed."""

    taken = Signal(str)

    def __init__(self, name: str, currency: str) -> None:
        super().__init__()
        self.field = Field(name, hint=tr("no limit"))
        self.field.setFixedWidth(96)
        self.field.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.field.editingFinished.connect(self._take)
        self.wrong = Tinted(tone="warn", icon="triangle-alert")
        self.wrong.setFixedWidth(200)
        self.wrong.hide()
        self._kept = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(dim_label(currency))
        row.addWidget(self.wrong, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_amount(self, amount: str) -> None:
        """Without telling."""
        self._kept = amount
        self.field.setText(amount)
        self._judge(amount)

    def _take(self) -> None:
        typed = self.field.text().strip().removeprefix("$").strip()
        if not self._judge(typed):
            return
        amount = typed.replace(",", ".")
        self.field.setText(amount)
        if amount != self._kept:
            self._kept = amount
            self.taken.emit(amount)

    def _judge(self, typed: str) -> bool:
        good = not typed or _AMOUNT.fullmatch(typed) is not None
        self.wrong.setVisible(not good)
        self.wrong.say("" if good else tr("Type an amount like 5 or 0.50."), tone="warn", icon="triangle-alert")
        return good


def _beside(field: AmountField, used: QLabel | None) -> QWidget:
    """The field, and what of the limit is used."""
    line = QWidget()
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(field)
    row.addStretch(1)
    if used is not None:
        row.addWidget(used)
    return line


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _cell(spent: Spent, whose: str) -> QWidget:
    """The amount, and below it what is not known."""
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    amount, rest = _plain(spent_words(spent)), open_words(spent)
    amount.setAccessibleName(f"{whose}: {amount.text()}")
    column.addWidget(amount)
    if rest:
        column.addWidget(dim_label(rest, wrap=True, small=True))
    return cell
