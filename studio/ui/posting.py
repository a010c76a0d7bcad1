"""Calls from other threads, brought onto the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Poster(QObject):
    """Lives on the window's thread. `post` may be called on any."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self._first: tuple[QWidget, Callable[[], None]] | None = None

    def post(self, work: Callable[[], object]) -> None:
        """Run it soon on the window's thread, in the order of posting."""
        self._posted.emit(work)

    def _run(self, work: Callable[[], object]) -> None:
        work()

    def later(self, milliseconds: int, work: Callable[[], None]) -> None:
        """Run it after a while."""
        QTimer.singleShot(milliseconds, self, work)

    def after_first_frame(self, widget: QWidget, work: Callable[[], None]) -> None:
        """Run it when the widget was painted for the first time."""
        self._first = (widget, work)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._first is not None and watched is self._first[0] and event.type() is QEvent.Type.Paint:
            work = self._first[1]
            self._first = None
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, work)
        return False
