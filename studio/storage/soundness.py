"""Whether a library's file is damaged, and the note that it may be, which the next start looks at."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from studio.domain.job import Job
from studio.storage.records import EntryRecord, UnreadableRecord, decode, decode_event

if TYPE_CHECKING:
    from pathlib import Path

_SAID = ("Could not decode to UTF-8", "no such table", "no such column")
"""How errors begin that have no code of their own for damage."""
_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds no damage. Raises sqlite3.Error where it cannot even look."""
    row: tuple[str] | None = connection.execute("PRAGMA quick_check(1)").fetchone()
    return row is not None and row[0] == "ok"


def is_readable(connection: sqlite3.Connection) -> bool:
    """Whether all texts are what was written, as far as that can be told: SQLite itself keeps no sums of its pages.
    Raises sqlite3.Error."""
    try:
        for kind, payload, entry in connection.execute("SELECT kind, payload, entry FROM events"):
            decode_event(kind, payload)
            if entry is not None:
                decode(entry, EntryRecord)
        for (fold,) in connection.execute("SELECT fold FROM jobs"):
            decode(fold, Job)
        for (record,) in connection.execute("SELECT record FROM gallery"):
            decode(record, EntryRecord)
    except UnreadableRecord:
        return False
    return True


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", None)
    return (isinstance(code, int) and code & 0xFF in _DAMAGE) or str(error).startswith(_SAID)


def doubt(path: Path) -> None:
    """Note that the library at `path` was found damaged."""
    with contextlib.suppress(OSError):
        _note(path).touch(mode=0o600)


def is_doubted(path: Path) -> bool:
    """Whether it was."""
    return _note(path).exists()


def trust(path: Path) -> None:
    """Nothing is wrong with it any more."""
    with contextlib.suppress(OSError):
        _note(path).unlink(missing_ok=True)


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".doubtful")
