"""A transaction that was cut off before the library had a log: its making, on the very first start."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from typing import TYPE_CHECKING

from studio.storage import schema
from tests.core.storage.shelf import folders_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path


def cut_off(folder: Path, *, tables: bool) -> tuple[Path, Path]:
    """A file, with the tables or before they were made, and what undoes the change that is half written into it."""
    path = folder / "source.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = 1")
        if tables:
            schema.create(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE more (text TEXT)")
        connection.executemany("INSERT INTO more VALUES (?)", [("x" * 3000,)] * 200)
        held = folder / "held.sqlite", folder / "held.sqlite-journal"
        shutil.copy(path, held[0])
        shutil.copy(path.with_name("source.sqlite-journal"), held[1])
        connection.execute("ROLLBACK")
    return held


def check(root: Path, *, tables: bool) -> None:
    folders = folders_in(root / "data")
    file, journal = cut_off(root, tables=tables)
    assert journal.stat().st_size
    file.rename(folders.library)
    journal.rename(folders.library.with_name(folders.library.name + "-journal"))
    with opened(folders) as library:
        live(library, "1")
        assert len(library.journal.jobs()) == 1
    with contextlib.closing(sqlite3.connect(folders.library)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert "more" not in names


def test_a_library_whose_tables_were_just_being_made_opens(tmp_path: Path) -> None:
    check(tmp_path, tables=False)


def test_a_library_that_was_changed_before_it_had_a_log_opens(tmp_path: Path) -> None:
    check(tmp_path, tables=True)
