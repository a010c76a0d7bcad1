"""Reading beside what a killed process left: a transaction of its that was cut off, in either way of SQLite."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Queued
from studio.domain.problems import StorageError
from studio.domain.request import EditRequest
from studio.storage.database import log_index_of, log_of, rollback_of
from studio.storage.lock import acquire
from studio.storage.reading import open_for_reading
from tests.core.storage.shelf import folders_in, opened
from tests.core.storage.test_rollback import cut_off

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.folders import Folders

KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = " + sys.argv[2])
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA wal_autocheckpoint = 0")
connection.execute("INSERT INTO facts VALUES ('committed', 'before the kill')")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE facts SET value = 'cut off' WHERE name = 'committed'")
connection.execute("CREATE TABLE more (text TEXT)")
connection.executemany("INSERT INTO more VALUES (?)", [("x" * 3000,)] * 200)
os.kill(os.getpid(), signal.SIGKILL)
"""
READER = """
import os, sys
from pathlib import Path
from studio.domain.problems import StorageError
from studio.storage.folders import Folders
from studio.storage.library import open_library
if os.getuid() == 0:  # whom no mode of a file holds back
    os.setgid(65534); os.setuid(65534)
for folder in sys.argv[1:]:
    try:
        library = open_library(Folders.at(folder), read_only=True).library
        print(*(job.id for job in library.journal.jobs()))
    except StorageError as error:
        print(error.problem.code)
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return with_a_job(tmp_path / "data")


def with_a_job(root: Path) -> Folders:
    folders = folders_in(root)
    with opened(folders) as library:
        request = EditRequest(provider=ProviderId("p"), model=ModelId("m"))
        library.journal.append(JobId("01"), Queued(request=request))
    return folders


def kill_in_transaction(folders: Folders, mode: str) -> None:
    ended = subprocess.run([sys.executable, "-I", "-S", "-c", KILLED, folders.library, mode], check=False)
    assert ended.returncode == -signal.SIGKILL
    left = rollback_of(folders.library) if mode == "delete" else log_of(folders.library)
    assert left.stat().st_size > 0


def seen(folders: Folders) -> list[str]:
    with opened(folders, read_only=True) as library:
        facts = library.journal._database.connection.execute("SELECT * FROM facts WHERE name = 'committed'")  # pyright: ignore[reportPrivateUsage]  # what lies in the file
        assert facts.fetchall() == [("committed", "before the kill")]
        return [job.id for job in library.journal.jobs()]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_what_was_cut_off_is_not_seen_and_all_else_is(folders: Folders, mode: str) -> None:
    kill_in_transaction(folders, mode)
    assert seen(folders) == ["01"]
    lock = acquire(folders.data)
    assert lock is not None
    lock.release()
    assert seen(folders) == ["01"]


@pytest.mark.parametrize("index", [b"", b"noise" * 1000])
def test_the_index_of_a_log_is_worth_nothing(folders: Folders, index: bytes) -> None:
    kill_in_transaction(folders, "wal")
    log_index_of(folders.library).write_bytes(index)
    assert seen(folders) == ["01"]


def test_a_library_whose_tables_were_just_being_made_is_an_empty_one(tmp_path: Path) -> None:
    folders = folders_in(tmp_path / "data")
    file, journal = cut_off(tmp_path, tables=False)
    file.rename(folders.library)
    journal.rename(rollback_of(folders.library))
    with opened(folders, read_only=True) as library:
        assert library.journal.jobs() == ()
    assert not (folders.data / "library.sqlite.doubtful").exists()


def test_whoever_holds_the_folder_undoes_it(folders: Folders) -> None:
    """A window that is opening has the lock before it has looked at its library."""
    kill_in_transaction(folders, "delete")
    lock = acquire(folders.data)
    assert lock is not None
    looks: list[bool] = []

    def pause(_: float) -> None:
        looks.append(rollback_of(folders.library).exists())
        if len(looks) == 3:
            with contextlib.closing(sqlite3.connect(folders.library)) as holder:
                holder.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    with contextlib.closing(open_for_reading(folders.library, pause=pause)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
    assert looks == [True] * 3
    assert seen(folders) == ["01"]
    lock.release()


def test_a_holder_that_never_does_is_named(folders: Folders) -> None:
    kill_in_transaction(folders, "delete")
    lock = acquire(folders.data)
    assert lock is not None
    with pytest.raises(StorageError) as caught:
        open_for_reading(folders.library, patience=0.0)
    assert caught.value.problem.code == "data-in-use"
    lock.release()


def files_of(folders: Folders) -> dict[str, bytes]:
    """The files of a library, but for an index that any reader may write anew."""
    files = {path.name: path.read_bytes() for path in folders.data.glob("library.sqlite*")}
    return {name: data for name, data in files.items() if "shm" not in name}


def only_to_be_read(folders: Folders) -> None:
    """For everybody, whoever runs the tests."""
    for path in (folders.data, *folders.data.glob("library*")):
        if os.getuid() == 0:
            shutil.chown(path, 65534, 65534)
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.getuid() == 0:
        for parent in (folders.data.parent, *folders.data.parent.parents[:2]):
            parent.chmod(0o755)


def test_in_a_folder_that_may_only_be_read(tmp_path: Path) -> None:
    """One process reads all of them: to start it takes longer than the rest."""
    right = {"nothing": "01", "delete": "library-unfinished", "wal": "01", "log": "library-unfinished"}
    shelves = {left: with_a_job(tmp_path / left) for left in right}
    for left, folders in shelves.items():
        if left != "nothing":
            kill_in_transaction(folders, "delete" if left == "delete" else "wal")
        if left == "log":
            log_index_of(folders.library).unlink()
        only_to_be_read(folders)
    before = {left: files_of(folders) for left, folders in shelves.items()}
    command = [sys.executable, "-c", READER, *(folders.data for folders in shelves.values())]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert dict(zip(right, told.stdout.splitlines(), strict=True)) == right
    assert {left: files_of(folders) for left, folders in shelves.items()} == before
