"""Opening the library's file for reading alone, beside whoever uses it and whatever a killed process left.

SQLite reads past a log that was left, but a transaction that was cut off before there was one it has to undo first, and
that is writing. It is done here for a moment while nobody holds the data folder's lock; else its holder does it.
"""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import StorageError
from studio.storage.database import BUSY_SECONDS, connect_read_only, has_log, roll_back, rollback_of
from studio.storage.lock import acquire

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOOK_AGAIN_S = 0.02
_BARRED = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN))


def open_for_reading(
    path: Path, *, patience: float = BUSY_SECONDS, pause: Callable[[float], object] = time.sleep
) -> sqlite3.Connection:
    """A connection that cannot write. `patience`: seconds for whoever holds the folder to undo what was cut off. Raises
    StorageError (data-in-use, library-unfinished), sqlite3.Error."""
    deadline = time.monotonic() + patience
    while True:
        held = not _undo(path)
        try:
            return _opened(path)
        except sqlite3.OperationalError as error:
            if not _is_barred(error):
                raise
            if not held:
                return _opened_as_it_is(path, error)
            if time.monotonic() > deadline:
                raise trouble("data-in-use", place=path.parent, detail=str(error)) from error
        pause(_LOOK_AGAIN_S)


def _undo(path: Path) -> bool:
    """Undo what was cut off, where anything was; False where that is for another process to do."""
    if not rollback_of(path).exists():
        return True
    try:
        lock = acquire(path.parent)
    except StorageError:
        return True  # nobody can undo it in a folder like this
    if lock is None:
        return False
    try:
        roll_back(path)
    except sqlite3.OperationalError as error:
        if not _is_barred(error):  # opening it tells that better
            raise
    finally:
        lock.release()
    return True


def _is_barred(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BARRED


def _opened(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Looked into: SQLite opens no file before it is asked something."""
    connection = connect_read_only(path, immutable=immutable)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _opened_as_it_is(path: Path, error: sqlite3.Error) -> sqlite3.Connection:
    """Where SQLite can make no files beside it: nobody has a file open for writing that has neither log nor journal."""
    if has_log(path) or rollback_of(path).exists():
        raise trouble("library-unfinished", place=path.parent, detail=str(error)) from error
    return _opened(path, immutable=True)
