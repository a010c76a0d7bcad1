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

NEXT = schema.VERSION + 1
STEPS = (
    Migration(version=NEXT, statements=("CREATE TABLE more (a)", "INSERT INTO more VALUES (1)", "DROP TABLE facts")),
    Migration(version=NEXT + 1, statements=("DROP TABLE more",)),
)
KEPT_COPIES = [f"{version}.sqlite" for version in range(1, schema.VERSION)]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A library of version 1: no cards are removed in it, its folds know less."""
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        live(library, "01")
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("DROP TABLE cards")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("UPDATE facts SET value = '2' WHERE name = 'projection'")
        connection.execute("UPDATE jobs SET fold = json_remove(fold, '$.answered', '$.results')")
    return folders


def tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


def declared(path: Path) -> list[tuple[str, str]]:
    """What the file was told to hold; FTS declares its own."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows]


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
    assert copies(folders) == KEPT_COPIES
    (kept,) = folders.backups.glob("*-version-1.sqlite")
    assert tables(kept) == before
    assert version_of(kept) == 1
    with opened(folders):
        assert copies(folders) == KEPT_COPIES


def test_an_old_library_gets_the_tables_of_a_new_one(folders: Folders, tmp_path: Path) -> None:
    new = folders_in(tmp_path / "new")
    with opened(folders), opened(new):
        pass
    assert declared(folders.library) == declared(new.library)


def test_the_days_do_not_push_out_the_copy_of_a_change(folders: Folders) -> None:
    clock = Ticks()
    library = open_library(folders, clock=clock).library
    for _ in range(KEPT + 3):
        clock.at += EVERY_SECONDS
        assert library.back_up()
    library.close()
    assert copies(folders) == [""] * KEPT + KEPT_COPIES


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
    flat = [(step.version, statement) for step in STEPS for statement in step.statements] + [(NEXT + 1, "")]
    flat[place:place] = [(flat[place][0], "SELECT * FROM nowhere")]
    steps = [Migration(version=each, statements=tuple(s for v, s in flat if v == each)) for each in (NEXT, NEXT + 1)]
    database = Database(connect(folders.library), folders.library)
    with pytest.raises(StorageError):
        migrate(database, Backups(folders.backups, Ticks()), steps)
    names = {name for (name,) in database.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    database.close()
    reached = version_of(folders.library)
    assert (reached, "facts" in names, "more" in names) == (
        (schema.VERSION, True, False) if place < 3 else (NEXT, False, True)
    )
    made = [f"{schema.VERSION}.sqlite"] + ([f"{NEXT}.sqlite"] if place >= 3 else [])
    assert copies(folders) == KEPT_COPIES + made
