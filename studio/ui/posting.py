"""Calls from other threads, brought onto the window's thread."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable


SHARE_S = 0.004
"""How long calls may take one after the other before a frame may be painted between them."""


class Poster(QObject):
    """Lives on the window's thread. `post` may be called on any.

    Qt works off all that was posted before it looks at a timer or paints again; so much news at once, each quick by
    itself, would hold up a frame."""

    _posted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Callable[[], object]] = deque()
        self._spent = 0.0
        self._resting = False
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], object]) -> None:
        """Run it soon on the window's thread, in the order of posting."""
        self._waiting.append(work)
        self._posted.emit()

    def _run(self) -> None:
        if self._resting or not self._waiting:
            return
        if self._spent >= SHARE_S:
            self._resting = True
            QTimer.singleShot(0, self, self._go_on)
            return
        began = time.perf_counter()
        try:
            self._waiting.popleft()()
        finally:
            self._spent += time.perf_counter() - began

    def _go_on(self) -> None:
        self._resting, self._spent = False, 0.0
        for _ in range(len(self._waiting)):  # what was posted for these is past
            self._posted.emit()

    def later(self, milliseconds: int, work: Callable[[], None]) -> None:
        """Run it after a while."""
        QTimer.singleShot(milliseconds, self, work)
