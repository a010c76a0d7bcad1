"""Signals of the system, brought onto the window's thread. Let in once the first frame is there: before it there is
nothing to keep, and ending the process at once is right."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable


class SystemSignals(QObject):
    """Runs `ended` when the system asks the program to end."""

    def __init__(self, ended: Callable[[], None], parent: QObject) -> None:
        """The loop is woken by a socket, so that Python's handler runs at once and not with the next event."""
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        self._here.setblocking(False)
        self._there.setblocking(False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended())
        signal.set_wakeup_fd(self._there.fileno())
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def end(self) -> None:
        """Nothing is woken any more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._here.close()
        self._there.close()

    def _drain(self) -> None:
        self._here.recv(64)
