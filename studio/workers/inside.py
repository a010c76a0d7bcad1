"""What every child does first, and how it hears its parent. Runs in the children alone."""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

from studio.workers import channel
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.workers.channel import Fields, Json

_FIRST_TO_GO = "500"
"""Where the system runs out of memory, it shall end this process before the window (-1000 to 1000)."""
_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


class Line:
    """The line to the parent. `next` waits for a message; the process ends when the parent is gone."""

    def __init__(self, *, nice: int) -> None:
        # What libraries print must not get in between the messages.
        self.out: IO[bytes] = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)
        self._inbox: queue.SimpleQueue[Fields] = queue.SimpleQueue()
        _settle(nice)
        threading.Thread(target=self._hear, name="parent", daemon=True).start()

    def next(self) -> Fields:
        """The next message."""
        return self._inbox.get()

    def _hear(self) -> None:
        # Not through sys.stdin: its lock would be asked for again when the interpreter ends.
        with os.fdopen(os.dup(0), "rb") as stream:
            while (message := channel.read(stream)) is not None:
                self._inbox.put(message)
        os._exit(0)  # whatever runs, nobody waits for it any more


def answer_each(answered: Callable[[Exchange, Fields], Mapping[str, Json]], *, nice: int) -> None:
    """Answer one order after the other until the parent is gone."""
    exchange = Exchange(Path(sys.argv[1]))
    line = Line(nice=nice)
    while True:
        channel.write(line.out, answered(exchange, line.next()))


def _settle(nice: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the parent's to answer
    if hasattr(os, "nice"):
        os.nice(nice)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def limit_memory(size: int) -> None:
    """Allow so many bytes of address space; what asks for more gets MemoryError. Without effect on Windows."""
    with contextlib.suppress(ImportError):
        import resource  # not on Windows

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
