"""Where words go out: a stream that may stop taking them in the middle of the work."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from studio.cli.status import Status

if TYPE_CHECKING:
    from typing import TextIO


class Outlet:
    """A text stream whose reader may go away and whose disk may be full. What it does not take is not said, and nothing
    else ends for it: an order that is paid for is followed to its end, heard or not."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lost: OSError | None = None

    def write(self, text: str) -> None:
        """Say it at once. After the first refusal nothing more is tried: half of what was said would mislead."""
        if self._lost is not None:
            return
        try:
            # One call, so that no other thread's output can get into the line.
            self._write(text)
            self._stream.flush()
        except OSError as error:
            self._lost = error
            self._let_go()

    def line(self, text: str) -> None:
        """Say it on a line."""
        self.write(f"{text}\n")

    def isatty(self) -> bool:
        """Whether a person looks at it."""
        return self._stream.isatty()

    @property
    def lost(self) -> Status | None:
        """The status of a program that could not say everything here; None where all was said."""
        if self._lost is None:
            return None
        return Status.PIPE_CLOSED if isinstance(self._lost, ConnectionError) else Status.STORAGE

    @property
    def reason(self) -> str:
        """Why not all of it was said."""
        return "" if self._lost is None else self._lost.strerror or str(self._lost)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
        except UnicodeEncodeError as error:  # before anything of it was written
            self._stream.write(text.encode(error.encoding, "backslashreplace").decode(error.encoding))

    def _let_go(self) -> None:
        """What the stream still holds goes nowhere, or the interpreter would try to say it once more at its end."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
