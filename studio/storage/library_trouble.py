"""Errors of SQLite as entries of the catalogue."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.storage.soundness import is_damage

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.problems import StudioError

_SQLITE: dict[int, str] = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "folder-read-only",
    sqlite3.SQLITE_PERM: "folder-read-only",
    sqlite3.SQLITE_BUSY: "data-in-use",
    sqlite3.SQLITE_LOCKED: "data-in-use",
}
_NO_ROOM = sqlite3.SQLITE_IOERR_SHMSIZE
"""The log's index could not grow: a full disk, which SQLite calls an error of input and output there."""


def library_trouble(error: sqlite3.Error, place: Path) -> StudioError:
    """The error to raise where SQLite could not work on the file at `place`."""
    extended = getattr(error, "sqlite_errorcode", None)
    primary = extended & 0xFF if isinstance(extended, int) else -1
    code = "disk-full" if extended == _NO_ROOM else _SQLITE.get(primary, "write-failed")
    if is_damage(error):
        code = "library-unreadable"
    folder = place if code == "write-failed" else place.parent
    return trouble(code, place=folder, detail=f"{type(error).__name__}: {error} ({extended})")
