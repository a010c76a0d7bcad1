"""Libraries of earlier versions: brought up to date with a copy kept, or left as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from studio.domain.gallery import GalleryQuery
from studio.domain.problems import StorageError
from studio.storage import schema
from studio.storage.backups import EVERY_SECONDS, KEPT, Backups
from studio.storage.database import Database, connect, version_of
from studio.storage.library import open_library
from studio.storage.migrations import MIGRATIONS, Migration, migrate
from tests.core.storage.shelf import Ticks, folders_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.folders import Folders

STEPS = (
    Migration(version=3, statements=("CREATE TABLE more (a)", "INSERT INTO more VALUES (1)", "DROP TABLE facts")),
    Migration(version=4, statements=("DROP TABLE more",)),
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A library of version 1: its tables are the same, its folds know less."""
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        live(library, "01")
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("UPDATE facts SET value = '2' WHERE name = 'projection'")
        connection.execute("UPDATE jobs SET fold = json_remove(fold, '$.answered', '$.results')")
    return folders


def tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


def copies(folders: Folders) -> list[str]:
    return sorted(path.name.partition("-version-")[2] for path in folders.backups.iterdir())


def test_every_version_has_its_step() -> None:
    assert [step.version for step in MIGRATIONS] == list(range(2, schema.VERSION + 1))


def test_an_old_library_is_brought_up_to_date_and_kept(folders: Folders) -> None:
    before = tables(folders.library)
    with opened(folders) as library:
        assert library.gallery.count(GalleryQuery()) == 1
        fold = library.gallery._database.connection.execute("SELECT fold FROM jobs").fetchone()[0]  # pyright: ignore[reportPrivateUsage]  # what lies in the row
    assert version_of(folders.library) == schema.VERSION
    assert '"answered"' in fold
    (kept,) = folders.backups.iterdir()
    assert copies(folders) == ["1.sqlite"]
    assert tables(kept) == before
    assert version_of(kept) == 1
    with opened(folders):
        assert copies(folders) == ["1.sqlite"]


def test_the_days_do_not_push_out_the_copy_of_a_change(folders: Folders) -> None:
    clock = Ticks()
    library = open_library(folders, clock=clock).library
    for _ in range(KEPT + 3):
        clock.at += EVERY_SECONDS
        assert library.back_up()
    library.close()
    assert copies(folders) == [""] * KEPT + ["1.sqlite"]


def test_without_room_for_the_copy_nothing_is_changed(folders: Folders) -> None:
    before = tables(folders.library)
    folders.backups.rmdir()
    folders.backups.write_bytes(b"")
    with pytest.raises(StorageError):
        open_library(folders)
    assert version_of(folders.library) == 1
    assert tables(folders.library) == before


@pytest.mark.parametrize("place", range(5))
def test_a_step_that_fails_leaves_the_version_before_it(folders: Folders, place: int) -> None:
    """Each statement in turn is one that SQLite refuses."""
    with opened(folders):
        pass
    flat = [(step.version, statement) for step in STEPS for statement in step.statements] + [(4, "")]
    flat[place:place] = [(flat[place][0], "SELECT * FROM nowhere")]
    steps = [Migration(version=each, statements=tuple(s for v, s in flat if v == each)) for each in (3, 4)]
    database = Database(connect(folders.library), folders.library)
    with pytest.raises(StorageError):
        migrate(database, Backups(folders.backups, Ticks()), steps)
    names = {name for (name,) in database.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    database.close()
    reached = version_of(folders.library)
    assert (reached, "facts" in names, "more" in names) == ((2, True, False) if place < 3 else (3, False, True))
    assert copies(folders) == ["1.sqlite", "2.sqlite"] + (["3.sqlite"] if place >= 3 else [])
