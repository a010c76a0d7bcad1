"""Rows of label and control, under headings, as all dialogs have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from studio.ui.widgets.combo import Choice
from studio.ui.widgets.labels import dim_label, smaller
from studio.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LABEL = 150


class Rows(QWidget):
    """A grid that is filled from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, LABEL)
        self._grid.setColumnStretch(1, 1)

    def add(self, label: str, control: QWidget, *, tall: bool = False) -> QLabel:
        """A control with its label; beside a `tall` one it stands at the first line."""
        row = self._grid.rowCount()
        words = dim_label(label, wrap=True)
        words.setBuddy(control)
        stretches = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
        align = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if tall:
            words.setContentsMargins(0, (26 - words.fontMetrics().height()) // 2, 0, 0)
        self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag(0))
        self._grid.addWidget(control, row, 1, align)
        return words

    def note(self, text: str) -> QLabel:
        """A sentence below the control before it."""
        label = dim_label(text, wrap=True)
        label.setFont(smaller(label.font()))
        self._grid.addWidget(label, self._grid.rowCount(), 1)
        return label

    def wide(self, widget: QWidget) -> None:
        """A widget over the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)


def choice(name: str, items: Sequence[tuple[object, str]], value: object, changed: Callable[[object], None]) -> Choice:
    """A drop-down of values and labels that tells the value that is taken."""
    box = Choice(name)
    for each, label in items:
        box.addItem(label, each)
    box.setCurrentIndex(max(0, box.findData(value)))
    box.activated.connect(lambda at: changed(box.itemData(at)))
    return box


def tick(text: str, value: bool, changed: Callable[[bool], None]) -> Tick:
    """A check box that says what it does itself."""
    box = Tick(text)
    box.setChecked(value)
    box.clicked.connect(changed)
    return box
