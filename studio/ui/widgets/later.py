"""A panel that is made when it is first seen, so that the first frame does not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.widgets.labels import Line, dim_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from studio.session.face.desk import Desk


class Later(QWidget):
    """Stands where the panel will be, with a sentence of what it is for. `make` makes the panel: once there is a
    desk and it is seen, or when `made` is asked for."""

    def __init__(self, make: Callable[[], QWidget], words: str) -> None:
        super().__init__()
        self._make = make
        self._made: QWidget | None = None
        self._desk: Desk | None = None
        self._words = dim_label(words, wrap=True)
        self._words.setContentsMargins(14, 12, 14, 12)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._line = Line()
        self._column.addWidget(self._line)
        self._column.addWidget(self._words)
        self._column.addStretch(1)

    def attach(self, desk: Desk) -> None:
        """Hand the desk on, now or when there is someone to take it."""
        self._desk = desk
        if self._made is not None:
            _attach(self._made, desk)
        elif self.isVisible():
            self.made()

    def made(self) -> QWidget:
        """The panel itself."""
        if self._made is None:
            self._words.hide()
            self._line.hide()
            self._made = self._make()
            self._column.takeAt(self._column.count() - 1)
            self._column.addWidget(self._made, 1)
            if self._desk is not None:
                _attach(self._made, self._desk)
        return self._made

    def showEvent(self, event: QShowEvent) -> None:
        if self._desk is not None:
            self.made()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(324, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)


def _attach(panel: QWidget, desk: Desk) -> None:
    panel.attach(desk)  # pyright: ignore[reportAttributeAccessIssue]  panels have it, QWidget does not say so
