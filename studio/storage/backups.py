"""Copies of the library: the three newest, at most one a day, and one for each change of its schema.

A copy's name tells when it was made, and for one that was made before a change of the schema, of which version it is.
Those stay for good: the days do not push them out.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from typing import TYPE_CHECKING

from studio.storage.atomic import BESIDE, PART, sweep_parts, sync_folder
from studio.storage.library_trouble import library_trouble
from studio.storage.private import PRIVATE_FILE, make_private
from studio.storage.soundness import doubt, is_sound
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.storage.database import Database

KEPT = 3
EVERY_SECONDS = 24 * 3600.0
_DAILY = re.compile(r"library-\d{8}-\d{6}\.sqlite")


class Backups:
    """The folder of copies. `clock` tells seconds since 1970."""

    def __init__(self, folder: Path, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._clock = clock

    def newest_first(self) -> list[Path]:
        """The copies that are there; their names tell when they were made."""
        return sorted(self._folder.glob("library-*.sqlite"), reverse=True)

    def make(self, database: Database) -> bool:
        """Copy where one is due; whether one was made. A damaged library is not copied but noted to be so, for the next
        start. Raises StorageError."""
        if not self._is_due():
            return False
        with database.reading() as connection:
            if not is_sound(connection):
                doubt(database.path)
                return False
        made = self._target("")
        self._copy(database, made)
        _remove(self._spare(made))
        return True

    def keep(self, database: Database, version: int) -> None:
        """Copy a library of this version of the schema, before it is changed to the next. Raises StorageError."""
        ending = f"-version-{version}"
        earlier = [path for path in self.newest_first() if path.stem.endswith(ending)]
        target = self._target(ending)
        self._copy(database, target)
        _remove([path for path in earlier if path != target])

    def _daily(self) -> list[Path]:
        return [path for path in self.newest_first() if _DAILY.fullmatch(path.name)]

    def _spare(self, made: Path) -> list[Path]:
        """Those that are too many beside the one that was made just now: first what a clock that was wrong dated later
        than it, then the oldest."""
        others = [path for path in self._daily() if path != made]
        earlier = [path for path in others if path.name < made.name]
        later = [path for path in others if path.name > made.name]
        return [*earlier, *later][KEPT - 1 :]

    def _target(self, ending: str) -> Path:
        make_private(self._folder)
        sweep_parts(self._folder)
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(self._clock()))
        return self._folder / f"library-{stamp}{ending}.sqlite"

    def _is_due(self) -> bool:
        newest = self._daily()
        if not newest:
            return True
        try:
            age = self._clock() - newest[0].stat().st_mtime
        except OSError:
            return True
        return not 0 <= age < EVERY_SECONDS

    def _copy(self, database: Database, target: Path) -> None:
        temporary = target.with_name(target.name + PART)
        try:
            os.close(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
            with contextlib.closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
                database.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            _sync(temporary)
            os.utime(temporary, (self._clock(), self._clock()))
            os.replace(temporary, target)
            sync_folder(self._folder)
        except OSError as error:
            raise disk_trouble(error, target) from error
        except sqlite3.Error as error:
            raise library_trouble(error, target) from error
        finally:
            _remove([temporary.with_name(temporary.name + ending) for ending in ("", *BESIDE)])


def _remove(copies: list[Path]) -> None:
    for each in copies:
        with contextlib.suppress(OSError):
            each.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
