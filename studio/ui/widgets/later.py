"""A panel that is made when it is first seen, so that the first frame does not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from studio.session.face.desk import Desk


class Later(QWidget):
    """Stands where the panel will be. `make` makes it, when it is shown or when `made` is asked for."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._made: QWidget | None = None
        self._desk: Desk | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def attach(self, desk: Desk) -> None:
        """Hand the desk on, now or when there is someone to take it."""
        self._desk = desk
        if self._made is not None:
            _attach(self._made, desk)

    def made(self) -> QWidget:
        """The panel itself."""
        if self._made is None:
            self._made = self._make()
            self._column.addWidget(self._made)
            if self._desk is not None:
                _attach(self._made, self._desk)
        return self._made

    def showEvent(self, event: QShowEvent) -> None:
        self.made()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(324, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)


def _attach(panel: QWidget, desk: Desk) -> None:
    panel.attach(desk)  # pyright: ignore[reportAttributeAccessIssue]  panels have it, QWidget does not say so
