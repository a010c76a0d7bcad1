"""Calls from other threads, brought onto the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable


class Poster(QObject):
    """Lives on the window's thread. `post` may be called on any."""

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], object]) -> None:
        """Run it soon on the window's thread, in the order of posting."""
        self._posted.emit(work)

    def _run(self, work: Callable[[], object]) -> None:
        work()

    def later(self, milliseconds: int, work: Callable[[], None]) -> None:
        """Run it after a while."""
        QTimer.singleShot(milliseconds, self, work)
