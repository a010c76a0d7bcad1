"""Ways in which a library's files come to harm."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from studio.storage.database import log_index_of, log_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.storage.folders import Folders

    Damage = Callable[[Folders], None]

PAGE = 4096


def _changed(change: Callable[[bytearray], bytes | bytearray]) -> Damage:
    def damage(folders: Folders) -> None:
        folders.library.write_bytes(change(bytearray(folders.library.read_bytes())))

    return damage


def cut(share: float) -> Damage:
    """Only the first part of the file is left."""
    return _changed(lambda data: data[: int(len(data) * share)])


def cut_to(length: int) -> Damage:
    """So many bytes of the file are left; counted from the end where negative."""
    return _changed(lambda data: data[:length])


def zeroed(share: float) -> Damage:
    """A page in that place is all zeros."""

    def change(data: bytearray) -> bytearray:
        page = min(int(len(data) // PAGE * share), len(data) // PAGE - 1)
        data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        return data

    return _changed(change)


def scattered(seed: int, pieces: int = 40, length: int = 64) -> Damage:
    """Random bytes in random places behind the head."""

    def change(data: bytearray) -> bytearray:
        chance = random.Random(seed)
        for _ in range(pieces):
            place = chance.randrange(100, len(data) - length)
            data[place : place + length] = chance.randbytes(length)
        return data

    return _changed(change)


def written(place: int, data: bytes) -> Damage:
    """Other bytes in one place."""

    def change(old: bytearray) -> bytearray:
        old[place : place + len(data)] = data
        return old

    return _changed(change)


def replaced(data: bytes) -> Damage:
    """Another file in its place."""
    return _changed(lambda _old: data)


def all_zeros(folders: Folders) -> None:
    """As long as it was, and nothing in it."""
    folders.library.write_bytes(bytes(folders.library.stat().st_size))


def pages_of(name: str, kind: str = "%", *, every: int = 1) -> Damage:
    """Pages of one table or index ("leaf", "internal" or "overflow") are noise."""

    def damage(folders: Folders) -> None:
        with closing(sqlite3.connect(folders.library)) as connection:
            found = connection.execute(
                "SELECT pageno FROM dbstat WHERE name = ? AND pagetype LIKE ? ORDER BY pageno", (name, kind)
            ).fetchall()
        data, chance = bytearray(folders.library.read_bytes()), random.Random(name)
        for (page,) in found[::every]:
            data[(page - 1) * PAGE : page * PAGE] = chance.randbytes(PAGE)
        assert found
        folders.library.write_bytes(data)

    return damage


def log_changed(change: Callable[[bytearray], bytes | bytearray]) -> Damage:
    """The write-ahead log alone."""

    def damage(folders: Folders) -> None:
        log = log_of(folders.library)
        log.write_bytes(change(bytearray(log.read_bytes())))
        log_index_of(folders.library).unlink(missing_ok=True)

    return damage


def log_gone(folders: Folders) -> None:
    """What was not in the file yet is lost."""
    log_of(folders.library).unlink()
    log_index_of(folders.library).unlink(missing_ok=True)


def index_of_log_is_noise(folders: Folders) -> None:
    """Its bytes are worth nothing; SQLite makes them again."""
    log_index_of(folders.library).write_bytes(random.Random(1).randbytes(32768))


def gone(folders: Folders) -> None:
    """The file was deleted, its log too."""
    for path in folders.data.glob("library.sqlite*"):
        path.unlink()


def another_database(folders: Folders) -> None:
    """A sound file of another program."""
    gone(folders)
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("CREATE TABLE events (a)")
        connection.execute("INSERT INTO events VALUES (1)")


def an_empty_database(folders: Folders) -> None:
    """A sound file with no table in it."""
    gone(folders)
    with closing(sqlite3.connect(folders.library)) as connection:
        connection.execute("VACUUM")


def an_old_copy(folders: Folders) -> None:
    """Somebody put a backup back."""
    gone(folders)
    (backup,) = folders.backups.iterdir()
    shutil.copy(backup, folders.library)


def table_dropped(folders: Folders) -> None:
    """A table of the truth is missing in a sound file."""
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("DROP TABLE events")


def with_backups_too(damage: Damage) -> Damage:
    """No copy can be read either."""

    def both(folders: Folders) -> None:
        damage(folders)
        for backup in folders.backups.iterdir():
            backup.write_bytes(b"not a database" * 1000)

    return both


def without_sidecars(damage: Damage, *, every: int = 1) -> Damage:
    """Some sidecars are gone, too, or all."""

    def both(folders: Folders) -> None:
        damage(folders)
        for path in _sidecars(folders)[::every]:
            path.unlink()

    return both


def with_noisy_sidecars(damage: Damage, *, every: int = 1) -> Damage:
    """Some sidecars are noise."""

    def both(folders: Folders) -> None:
        damage(folders)
        for path in _sidecars(folders)[::every]:
            path.write_bytes(random.Random(path.name).randbytes(300))

    return both


def _sidecars(folders: Folders) -> list[Path]:
    return sorted(folders.sidecars.rglob("*.json"))
