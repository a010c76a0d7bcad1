"""One window per data folder. The system frees the lock when its process ends, so a stale one never blocks."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from studio.storage.private import PRIVATE_FILE, make_private
from studio.storage.trouble import disk_trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

NAME = "overpaint.lock"
_WINDOW = "window"


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Holder(NamedTuple):
    """The process that last took a lock, and whether it did so for a window."""

    pid: int
    window: bool


class Lock:
    """Held until `release` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; quick and safe to call twice."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def acquire(folder: Path, *, window: bool = False) -> Lock | None:
    """The lock of a data folder, None where another process holds it. `window` tells the others that it is one.

    Raises StorageError where the folder cannot be written.
    """
    make_private(folder)
    path = folder / NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError as error:
        raise disk_trouble(error, path) from error
    try:
        if not _taken(descriptor):
            os.close(descriptor)
            return None
        _write_holder(descriptor, window=window)
    except OSError as error:
        os.close(descriptor)
        raise disk_trouble(error, path) from error
    return Lock(descriptor)


def holder(folder: Path) -> Holder | None:
    """Who last took the lock; None where nobody did."""
    with contextlib.suppress(OSError, ValueError):
        pid, _, kind = (folder / NAME).read_text(encoding="ascii").partition(" ")
        return Holder(pid=int(pid), window=kind == _WINDOW)
    return None


def _taken(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            # A byte far behind the text, so that others can still read that.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _write_holder(descriptor: int, *, window: bool) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.truncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}{f' {_WINDOW}' if window else ''}".encode("ascii"))
