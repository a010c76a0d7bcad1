"""The program with someone at its steps, who writes down each one that is reached and ends the program at one of them.

`python -m tests.kill.program FILE STEP TIMES --data-dir FOLDER ARGUMENT ...`: FILE gets the steps, a line each; the
program is killed as it reaches STEP for the TIMES-th time (an empty STEP: never). The last line of FILE then tells the
moment of that.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from studio.app.desks import TerminalDesks
from studio.cli.main import main
from tests.kill.seam import watch_disk

KILLED = "killed"
_write = os.write


class Guard:
    """Matches `domain.steps.Steps`. Steps are reached on several threads."""

    def __init__(self, file: Path, step: str, times: int) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._step = step
        self._left = times
        self._turn = threading.Lock()

    def __call__(self, name: str, /) -> None:
        with self._turn:
            _write(self._file, f"{name}\n".encode())
            if name != self._step:
                return
            self._left -= 1
            if self._left:
                return
            _write(self._file, f"{KILLED} {time.monotonic()}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
            signal.pause()


if __name__ == "__main__":
    place, step, times, *arguments = sys.argv[1:]
    guard = Guard(Path(place), step, int(times))
    watch_disk(guard, Path(arguments[arguments.index("--data-dir") + 1]))
    status = main(arguments, TerminalDesks(guard))
    sys.exit(status if isinstance(status, int) else "this program opens no window")
