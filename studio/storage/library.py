"""The library: journal and gallery in one SQLite file, opened so that it always opens."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem, trouble
from studio.storage import projection, rescue, schema
from studio.storage.backups import Backups
from studio.storage.database import Database, connect, connect_read_only, version_of
from studio.storage.gallery import Gallery
from studio.storage.journal import Journal
from studio.storage.library_trouble import library_trouble
from studio.storage.migrations import migrate
from studio.storage.spending import SpendingBook
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.domain.problems import Problem
    from studio.storage.folders import Folders


class Library:
    """The open file. All of it is called on the thread that opened it."""

    def __init__(self, database: Database, backups: Backups, clock: Callable[[], float]) -> None:
        self.journal = Journal(database, clock)
        self.gallery = Gallery(database)
        self.spending = SpendingBook(database)
        self._database = database
        self._backups = backups

    def rebuild(self) -> int:
        """Make jobs and gallery again from the events; how many of those made no sense. Raises StorageError."""
        with self._database.transaction() as connection:
            return projection.rebuild(connection)

    def back_up(self) -> bool:
        """Keep a copy where the newest is older than a day; whether one was made. A damaged file is not copied over
        good copies. Raises StorageError."""
        return self._backups.make(self._database)

    def close(self) -> None:
        """Quick and safe to call twice."""
        self._database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The library, and what a person should know about how it was found."""

    library: Library
    problem: Problem | None = None


def open_library(folders: Folders, *, read_only: bool = False, clock: Callable[[], float] = time.time) -> Opened:
    """Open the library, or begin one.

    A damaged file is kept aside and a new one begun with what could be read of it and of its backups; `problem` says
    so. Raises StorageError: library-newer (the file is untouched), data-in-use, disk-full, folder-read-only.
    """
    path = folders.library
    backups = Backups(folders.backups, clock)
    try:
        _refuse_newer(path)
        if read_only:
            return Opened(library=Library(Database(_reader(path), path), backups, clock))
        damaged = rescue.ensure_sound(path, backups, clock())
        database = Database(connect(path), path)
    except OSError as error:
        raise disk_trouble(error, path) from error
    except sqlite3.Error as error:
        raise library_trouble(error, path) from error
    try:
        _prepare(database, backups)
    except BaseException:
        database.close()
        raise
    found = problem("library-damaged", place=path.parent, detail=damaged) if damaged else None
    return Opened(library=Library(database, backups, clock), problem=found)


def _refuse_newer(path: Path) -> None:
    version = version_of(path) if path.exists() else None
    if version is not None and version > schema.VERSION:
        raise trouble("library-newer", place=path.parent, detail=f"version {version}, known {schema.VERSION}")


def _reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; an empty library in memory where there is no file yet."""
    if path.exists() and path.stat().st_size:
        return connect_read_only(path)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection)
    return connection


def _prepare(database: Database, backups: Backups) -> None:
    """Tables in a new file; one of an earlier version brought up to this, its rows made again."""
    with database.reading() as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables == 0:
            schema.create(connection)
            return
        migrate(database, backups)
        if not schema.projections_are_current(connection):
            with database.transaction():
                projection.rebuild(connection)
