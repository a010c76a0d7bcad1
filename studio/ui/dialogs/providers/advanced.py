"""The settings of a provider's profile that make its server understand us: each with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.profile import CHOICES, RANGES
from studio.ui.dialogs.form import Rows
from studio.ui.dialogs.providers.words import SETTINGS, VALUES
from studio.ui.translate import tr
from studio.ui.widgets.combo import Choice
from studio.ui.widgets.numbers import NumberField

if TYPE_CHECKING:
    from studio.session.face.providers import ProviderRow

MEGABYTE = 1_000_000
LARGEST = "max_body_bytes"


class Advanced(QWidget):
    """Tells `changed` with a setting's name and its value as text."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.choices = {name: self._choice(name) for name in CHOICES}
        self.numbers = {name: self._number(name) for name in RANGES}
        rows = Rows()
        for name, (label, sentence) in SETTINGS.items():
            rows.add(tr(label), self.choices.get(name) or self.numbers[name])
            rows.note(tr(sentence))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)

    def show_row(self, row: ProviderRow) -> None:
        """Show its settings; a field that is being typed in is left alone."""
        for name, value in row.settings:
            if name in self.choices:
                self.choices[name].setCurrentIndex(self.choices[name].findData(value))
            elif name in self.numbers and not self.numbers[name].lineEdit().isModified():
                field = self.numbers[name]
                field.blockSignals(True)
                field.setValue(_shown(name, value))
                field.blockSignals(False)

    def _choice(self, name: str) -> Choice:
        box = Choice(tr(SETTINGS[name][0]))
        for value in CHOICES[name]:
            box.addItem(tr(VALUES.get(value, value)), value)
        box.activated.connect(lambda at: self.changed.emit(name, box.itemData(at)))
        return box

    def _number(self, name: str) -> NumberField:
        label, (low, high) = tr(SETTINGS[name][0]), RANGES[name]
        if name == LARGEST:
            field = NumberField(label, low=0, high=high / MEGABYTE, suffix=" MB", decimals=2)
            field.setSpecialValueText(tr("own limit"))
        else:
            field = NumberField(label, low=low, high=high, suffix=" s" if name == "deadline_s" else "")
        field.setMinimumWidth(110)
        field.valueChanged.connect(lambda value: self.changed.emit(name, _written(name, value)))
        return field


def _shown(name: str, value: str) -> float:
    number = float(value) if value else 0.0
    return number / MEGABYTE if name == LARGEST else number


def _written(name: str, value: float) -> str:
    if name != LARGEST:
        return str(round(value))
    return "none" if value == 0 else str(max(RANGES[LARGEST][0], round(value * MEGABYTE)))
