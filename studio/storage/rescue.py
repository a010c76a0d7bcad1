"""Getting a library back that is damaged: the file is kept aside, a new one takes what can be read.

Events are never changed, so an event in a backup is as good as the one in the file, and better where that is damaged.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any

from studio.storage import projection, schema
from studio.storage.atomic import keep_aside, sync_folder
from studio.storage.backups import is_sound
from studio.storage.database import connect, connect_read_only, log_index_of, log_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from studio.storage.backups import Backups

_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_EVENTS = "SELECT seq, job, at, kind, payload, entry FROM events"
_PROBED = 100_000
"""How many events are looked for one by one behind a damaged place where the end is unknown."""

Row = tuple[Any, ...]


def ensure_sound(path: Path, backups: Backups, now: float) -> str:
    """Make sure that the file can be opened for writing. Empty text where it was sound, else what was done.

    Raises OSError, sqlite3.Error where something else than damage is in the way.
    """
    rescued = path.with_name(path.name + ".rescued")
    if not path.exists() and rescued.exists():
        _put_in_place(rescued, path)
        return "a rescue that was cut off was finished"
    reason = _damage(path, backups)
    if not reason:
        return ""
    _build(path, rescued, backups)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now))
    kept = _set_aside(path, stamp)
    _put_in_place(rescued, path)
    return f"{reason}; kept as {kept.name}"


def _damage(path: Path, backups: Backups) -> str:
    """What is wrong with the file, empty where nothing is. A whole check is made only after an unclean end."""
    if not path.exists():
        return ""
    if path.stat().st_size == 0:
        return "the file is empty" if backups.newest_first() else ""
    unclean = _has_log(path)
    try:
        with contextlib.closing(connect(path)) as connection:
            return _found_inside(connection, check=unclean)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        return str(error)


def _has_log(path: Path) -> bool:
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def _found_inside(connection: sqlite3.Connection, *, check: bool) -> str:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables == 0 and application == 0:
        return ""
    if application != schema.APPLICATION_ID:
        return "the file is not a library"
    if check and not is_sound(connection):
        return "the file is damaged"
    connection.execute(f"{_EVENTS} ORDER BY seq DESC LIMIT 1").fetchone()
    return ""


def _build(path: Path, rescued: Path, backups: Backups) -> None:
    """A new library beside the damaged one, whole and closed when it gets its name."""
    part = path.with_name(path.name + ".rescue-part")
    for old in (part, log_of(part), log_index_of(part)):
        old.unlink(missing_ok=True)
    with contextlib.closing(connect(part)) as new:
        schema.create(new)
        new.execute("BEGIN IMMEDIATE")
        for backup in backups.newest_first():
            _copy_all(backup, new)
        _copy_all(path, new)
        projection.rebuild(new)
        new.execute("COMMIT")
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.replace(part, rescued)
    sync_folder(path.parent)


def _set_aside(path: Path, stamp: str) -> Path:
    """The log goes first: a log without its file could be taken for that of the new one."""
    log, index = log_of(path), log_index_of(path)
    index.unlink(missing_ok=True)
    if log.exists():
        log.rename(path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}-wal"))
    return keep_aside(path, stamp)


def _put_in_place(rescued: Path, path: Path) -> None:
    os.replace(rescued, path)
    sync_folder(path.parent)


def _copy_all(source: Path, new: sqlite3.Connection) -> None:
    """Everything that can be read and is not there yet. The marks of later sources count."""
    with _opened(source) as old:
        if old is None:
            return
        for row in _events(old):
            _insert(new, "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
        for row in _marks(old):
            _insert(new, "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)", row)


@contextlib.contextmanager
def _opened(source: Path) -> Generator[sqlite3.Connection | None]:
    """The source for reading, without its log where that is what cannot be read; None where there is nothing."""
    for immutable in (False, True):
        connection = connect_read_only(source, immutable=immutable)
        try:
            connection.execute("SELECT count(*) FROM events WHERE seq = 1").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            if immutable or "no such table" in str(error):
                break
            continue
        try:
            yield connection
        finally:
            connection.close()
        return
    yield None


def _insert(new: sqlite3.Connection, statement: str, row: Row) -> None:
    with contextlib.suppress(sqlite3.IntegrityError):  # a damaged row of the wrong type
        new.execute(statement, row)


def _events(old: sqlite3.Connection) -> Iterator[Row]:
    """All that can be read: upwards to the first damaged place, downwards to the last, one by one between."""
    low = 0
    try:
        for row in old.execute(f"{_EVENTS} ORDER BY seq"):
            low = row[0]
            yield row
        return
    except sqlite3.DatabaseError:
        pass
    high = low + _PROBED
    with contextlib.suppress(sqlite3.DatabaseError):
        for row in old.execute(f"{_EVENTS} WHERE seq > ? ORDER BY seq DESC", (low,)):
            high = row[0]
            yield row
    for seq in range(low + 1, high):
        with contextlib.suppress(sqlite3.DatabaseError):
            yield from old.execute(f"{_EVENTS} WHERE seq = ?", (seq,)).fetchall()


def _marks(old: sqlite3.Connection) -> Iterator[Row]:
    with contextlib.suppress(sqlite3.DatabaseError):
        yield from old.execute("SELECT output, starred, applied, trashed FROM marks")
