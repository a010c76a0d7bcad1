"""One process of our own: started without our main module, spoken to by lines, ended at will.

`subprocess` rather than `multiprocessing`: a spawned child of the latter imports the program's main module again.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
from typing import IO, TYPE_CHECKING

from studio.workers import channel
from studio.workers.channel import BadMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.workers.channel import Fields, Json

log = logging.getLogger(__name__)

_LAST_WORDS = 2000
_PATIENCE_S = 5.0


class Child:
    """A running child. `heard` gets each message and `ended` its last words, both on a thread of the child's own.

    The thread starts the process and lives as long as it does: Linux ends a child with the thread that started it.
    """

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        heard: Callable[[Fields], None],
        ended: Callable[[str], None],
    ) -> None:
        self._command = [sys.executable, "-P", "-m", module, *arguments]
        self._heard = heard
        self._ended = ended
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unsent: list[Mapping[str, Json]] = []
        self._killed = False
        self._thread = threading.Thread(target=self._live, name=module, daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it runs or is about to."""
        return self._thread.is_alive() and not self._killed

    @property
    def gone(self) -> bool:
        """Whether it ended and its last words were told."""
        return not self._thread.is_alive()

    def pid(self) -> int | None:
        """The process id, None before it started."""
        return self._process.pid if self._process is not None else None

    def send(self, message: Mapping[str, Json]) -> None:
        """Say something to it; what is said before it started waits. A dead child hears nothing."""
        with self._lock:
            if self._process is None:
                self._unsent.append(message)
            else:
                self._write(self._process, message)

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()

    def join(self) -> None:
        """Wait until it is gone, after `kill`."""
        if self._thread is not threading.current_thread():
            self._thread.join(_PATIENCE_S)

    def _live(self) -> None:
        with tempfile.TemporaryFile() as errors:
            try:
                process = self._start(errors)
            except OSError as error:
                log.error("%s does not start: %s", self._command, error)
                self._ended(str(error))
                return
            self._listen(process)
            process.kill()
            process.wait()
            self._ended(f"exit status {process.returncode}. {_last_words(errors)}")

    def _start(self, errors: IO[bytes]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._killed:
                raise ProcessLookupError("ended before it started")
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            )
            self._process = process
            for message in self._unsent:
                self._write(process, message)
            return process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            while (message := channel.read(process.stdout)) is not None:
                self._heard(message)
        except BadMessage as error:
            log.error("%s says what makes no sense: %s", self._command, error)
        process.stdout.close()
        with self._lock, contextlib.suppress(OSError):  # what was not sent yet is not heard any more
            process.stdin.close()

    def _write(self, process: subprocess.Popen[bytes], message: Mapping[str, Json]) -> None:
        assert process.stdin is not None
        try:
            channel.write(process.stdin, message)
        except (OSError, ValueError) as error:  # ValueError: the pipe was closed on our side already
            log.info("%s hears nothing any more: %s", self._command, error)


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - _LAST_WORDS))
    return errors.read().decode(errors="replace").strip()
