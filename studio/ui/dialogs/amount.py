"""Asks for a number of pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import heading
from studio.ui.widgets.numbers import NumberField, SliderField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST = 500


class AmountDialog(QDialog):
    """`verb` is what its button says; `taken` tells the pixels."""

    taken = Signal(float)

    def __init__(self, title: str, verb: str, start: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.field = NumberField(title, low=1, high=MOST, suffix=" px")
        slider = SliderField("", self.field, curve=2.0, width=180)
        slider.set_value(start)
        go, leave = Button(verb, look=Look.ACCENT), Button(tr("Cancel"), look=Look.EDGED)
        go.clicked.connect(self._take)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(heading(title))
        column.addWidget(slider)
        column.addLayout(foot)
        self.field.lineEdit().returnPressed.connect(self._take)
        self.field.setFocus()
        self.field.selectAll()

    def _take(self) -> None:
        self.field.interpretText()
        self.taken.emit(self.field.value())
        self.accept()
