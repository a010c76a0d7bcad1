"""The library: journal and gallery in one SQLite file, opened so that it always opens."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem, trouble
from studio.domain.problems import StorageError
from studio.storage import projection, rescue, schema
from studio.storage.backups import Backups
from studio.storage.blobs import BlobStore
from studio.storage.database import Database, connect, log_of, version_of
from studio.storage.gallery import Gallery
from studio.storage.journal import Journal
from studio.storage.library_trouble import library_trouble
from studio.storage.migrations import migrate
from studio.storage.noting import Noting
from studio.storage.orphans import note_unclean_end
from studio.storage.reading import open_for_reading
from studio.storage.rebuilding import bring_back
from studio.storage.removed import RemovedCards
from studio.storage.rescue import Sources
from studio.storage.sidecars import Sidecars
from studio.storage.spending import SpendingBook
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from studio.domain.problems import Problem
    from studio.storage.folders import Folders

AT_ONCE = 64
"""How many sidecars are written in one go: a good second on a slow disk."""


class Library:
    """The open file. All of it is called on the thread that opened it."""

    def __init__(self, database: Database, sources: Sources, clock: Callable[[], float]) -> None:
        self._noting = Noting(database, sources.sidecars)
        self.journal = Journal(database, clock, self._noting)
        self.gallery = Gallery(database, self._noting)
        self.cards = RemovedCards(database)
        self.spending = SpendingBook(database)
        self._database = database
        self._sources = sources

    def rebuild(self) -> int:
        """Make jobs and gallery again from the events; how many of those made no sense. Raises StorageError."""
        with self._database.transaction() as connection:
            return projection.rebuild(connection)

    def back_up(self) -> bool:
        """Write sidecars that outputs lack, some at a time, and keep a copy where the newest is older than a day;
        whether one was made. A damaged file is not copied over good copies. Raises StorageError."""
        self._noting.pay(AT_ONCE)
        return self._sources.backups.make(self._database)

    def mend(self, *, killed: bool) -> int:
        """Bring sidecars and rows together, both ways; how many outputs came back into the library that it had lost.
        Raises StorageError."""
        with self._database.transaction() as connection:
            found = bring_back(connection, self._sources.sidecars, self._sources.blobs)
        self._noting.look(killed=killed)
        self._noting.pay(AT_ONCE)
        return found

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
    so. Raises StorageError: library-newer (the file is untouched), data-in-use, disk-full, folder-read-only; for
    reading library-unfinished, where what a killed process left cannot be undone.
    """
    path = folders.library
    sources = Sources(
        backups=Backups(folders.backups, clock),
        sidecars=Sidecars(folders.sidecars),
        blobs=BlobStore(folders.blobs),
    )
    if read_only:
        with _telling(path):
            _refuse_newer(path)
            return Opened(library=Library(Database(_reader(path), path), sources, clock))
    try:
        return _open(path, sources, clock)
    except StorageError as error:
        if error.problem.code != "library-unreadable":
            raise
        # It was noted by now that the file is damaged where opening it alone did not show that.
        return _open(path, sources, clock)


def _open(path: Path, sources: Sources, clock: Callable[[], float]) -> Opened:
    with _telling(path):
        _refuse_newer(path)
        killed = log_of(path).exists()
        damaged = rescue.ensure_sound(path, sources, clock())
        if killed:
            note_unclean_end(path)
        database = Database(connect(path), path)
    try:
        _prepare(database, sources.backups)
        library = Library(database, sources, clock)
        back = library.mend(killed=killed)
    except BaseException:
        database.close()
        raise
    return Opened(library=library, problem=_told(path, damaged, back))


@contextlib.contextmanager
def _telling(path: Path) -> Generator[None]:
    """Errors of the disk and of SQLite as those of the catalogue."""
    try:
        yield
    except OSError as error:
        raise disk_trouble(error, path) from error
    except sqlite3.Error as error:
        raise library_trouble(error, path) from error


def _told(path: Path, damaged: str, back: int) -> Problem | None:
    if damaged:
        return problem("library-damaged", place=path.parent, detail=damaged)
    return problem("library-mended", place=path.parent, detail=f"{back} outputs") if back else None


def _refuse_newer(path: Path) -> None:
    version = version_of(path) if path.exists() else None
    if version is not None and schema.is_newer(version):
        raise trouble("library-newer", place=path.parent, detail=f"version {version}, known {schema.VERSION}")


def _reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; an empty library in memory where there is none yet."""
    if path.exists() and path.stat().st_size:
        connection = open_for_reading(path)
        if _has_tables(connection):
            return connection
        connection.close()
    connection = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(connection)
    return connection


def _prepare(database: Database, backups: Backups) -> None:
    """Tables in a new file; one of an earlier version brought up to this, its rows made again."""
    with database.reading() as connection:
        if not _has_tables(connection):
            schema.create(connection)
            return
        migrate(database, backups)
        if not schema.projections_are_current(connection):
            with database.transaction():
                projection.rebuild(connection)


def _has_tables(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return tables > 0
