"""A stack whose pages are made when each is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class MadeWhenSeen(QStackedWidget):
    """Each page has a function that makes what is on it. No page is shown before one is chosen: making all of a large
    dialog takes longer than a person should wait for it to open."""

    def __init__(self, makers: Sequence[Callable[[], QWidget]]) -> None:
        super().__init__()
        self._makers = dict(enumerate(makers))
        self._pages = [QWidget() for _ in makers]
        for page in self._pages:
            self.addWidget(page)

    def setCurrentIndex(self, index: int) -> None:
        make = self._makers.pop(index, None)
        if make is not None:
            column = QVBoxLayout(self._pages[index])
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(make())
        super().setCurrentIndex(index)
