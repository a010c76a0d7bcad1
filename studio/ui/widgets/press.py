"""What is pressed acts on what the fields show.

A field hands on what was typed on Enter or when the focus leaves it, not with each key. Our buttons and the commands
leave the focus where it is, so that the canvas keeps its keys; so they have what was typed handed on themselves, before
they act. Otherwise Run would send, and have paid for, other values than those that are seen.
"""

from __future__ import annotations

from PySide6 import QtWidgets
from PySide6.QtWidgets import QAbstractButton, QApplication


def take_typed() -> None:
    """Have the field with the focus hand on what was typed into it, as if the focus left it. Nothing happens where that
    was done already."""
    field = QApplication.focusWidget()
    if isinstance(field, QtWidgets.QAbstractSpinBox):
        field.interpretText()
    elif isinstance(field, QtWidgets.QLineEdit) and field.isModified() and field.hasAcceptableInput():
        field.editingFinished.emit()
        field.setModified(False)


class Press(QAbstractButton):
    """A button of ours, however it looks. Whatever presses it, mouse, key or a screen reader, comes by its next state
    before anybody is told."""

    def nextCheckState(self) -> None:
        take_typed()
        super().nextCheckState()
