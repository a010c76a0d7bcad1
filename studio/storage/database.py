"""A connection to the library's file. It lives on the thread that opened it and is closed there."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.storage.library_trouble import library_trouble
from studio.storage.private import PRIVATE_FILE
from studio.storage.schema import APPLICATION_ID
from studio.storage.soundness import doubt, is_damage

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 5.0
"""How long to wait for another process that writes."""


class Database:
    """One connection, with its errors told as those of the catalogue."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @contextlib.contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """All or nothing, on the disk at the end. Raises StorageError; whatever is raised, nothing was changed."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite rolls back by itself where the disk is full
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """The connection for reading. Raises StorageError; where that is for damage, the next start looks at it."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            if is_damage(error):
                doubt(self.path)
            raise library_trouble(error, self.path) from error
        except UnicodeDecodeError as error:  # in what SQLite says of damaged names
            doubt(self.path)
            raise trouble("library-unreadable", place=self.path.parent, detail=repr(error)) from error

    def close(self) -> None:
        """Safe to call twice."""
        self.connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Open for writing, created for its owner alone where it is missing. Raises OSError, sqlite3.Error."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_read_only(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open for reading. `immutable` looks at the file alone, without what waits in its log. Raises sqlite3.Error."""
    address = f"{path.absolute().as_uri()}?mode=ro" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def version_of(path: Path) -> int | None:
    """The schema's version from the file's first bytes; None where it is none of our databases. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(_MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        return None
    return int.from_bytes(head[60:64], "big")


def log_of(path: Path) -> Path:
    """SQLite's write-ahead log of a file; a clean end removes it."""
    return path.with_name(path.name + "-wal")


def log_index_of(path: Path) -> Path:
    """SQLite's index of that log, which is worth nothing by itself."""
    return path.with_name(path.name + "-shm")


def has_log(path: Path) -> bool:
    """Whether anything waits in a file's log."""
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def rollback_of(path: Path) -> Path:
    """What SQLite undoes a transaction by that was cut off while the file had no log yet."""
    return path.with_name(path.name + "-journal")


def roll_back(path: Path) -> None:
    """Let SQLite undo a transaction that was cut off before there was a log, as the one that makes the tables is. It
    cannot where it may only read. Raises sqlite3.Error."""
    if rollback_of(path).exists():
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
