"""The standard streams as whoever started the program left them: closed, or unable to say every letter."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO


def mend_streams() -> None:
    """Make all three such that nothing that is said on them can fail for its letters, and nothing but what is meant for
    a stream can get into it. To be called before any file is opened: it might get the number of a stream that is
    closed, and be written to by whoever believes that to be its output."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, _nowhere("r" if name == "stdin" else "w"))
        elif name != "stdin" and isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors=_tolerance(stream.encoding))


def _nowhere(mode: str) -> IO[str]:
    stream = open(os.devnull, mode, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115  # open to the very end
    if stream.fileno() <= 2:
        os.set_inheritable(stream.fileno(), True)  # takes it by place alone
    return stream


def _tolerance(encoding: str) -> str:
    """Names of files that are no text leave as the bytes that they are, where that is possible."""
    return "surrogateescape" if encoding.lower().replace("-", "") == "utf8" else "backslashreplace"
