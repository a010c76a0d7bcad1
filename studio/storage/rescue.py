"""Getting a library back that is damaged: the file is kept aside, a new one takes what can be read.

Events are never changed, so an event in a backup is as good as the one in the file, and better where that is damaged.
Outputs that are in neither come back from their sidecars, or as bare pictures.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.domain.catalogue import trouble
from studio.storage import projection, schema
from studio.storage.atomic import keep_aside, sync_folder
from studio.storage.database import connect, connect_read_only, has_log, log_index_of, log_of, roll_back
from studio.storage.rebuilding import LARGEST_SEQ, adopt, bring_back, complete, recall_marks
from studio.storage.records import EntryRecord, UnreadableRecord, decode, decode_event
from studio.storage.soundness import is_damage, is_doubted, is_readable, is_sound, trust

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from studio.storage.backups import Backups
    from studio.storage.blobs import BlobStore
    from studio.storage.sidecars import Sidecars

SMALL = 32 << 20
"""Bytes of a file that is looked through at every start: it takes less time than anybody notices."""
_EVENTS = "SELECT seq, job, at, kind, payload, entry FROM events"
_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
_PROBED = 100_000
"""How many events are looked for one by one behind a damaged place where the end is unknown."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a library can be made again from, beside its file."""

    backups: Backups
    sidecars: Sidecars
    blobs: BlobStore

    def hold_anything(self) -> bool:
        """Whether there ever was a library."""
        return bool(self.backups.newest_first() or self.sidecars.outputs() or next(self.blobs.all(), None))


def ensure_sound(path: Path, sources: Sources, now: float) -> str:
    """Make sure that the file can be opened for writing. Empty text where it was sound, else what was done.

    Raises OSError, sqlite3.Error where something else than damage is in the way, StorageError (library-newer) where
    its log says that it is of a newer version.
    """
    rescued = path.with_name(path.name + ".rescued")
    if not path.exists() and rescued.exists():
        _put_in_place(rescued, path)
        return "a rescue that was cut off was finished"
    reason = _damage(path, sources)
    if not reason:
        trust(path)
        return ""
    _build(path, rescued, sources)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now))
    kept = _set_aside(path, stamp)
    _put_in_place(rescued, path)
    trust(path)
    return f"{reason}; kept as {kept.name}" if kept is not None else reason


def _damage(path: Path, sources: Sources) -> str:
    """What is wrong with the file, empty where nothing is. A large one is looked through only after an unclean end, or
    where it was found damaged while it was used."""
    if not path.exists() or path.stat().st_size == 0:
        how = "empty" if path.exists() else "gone"
        return f"the file is {how}" if sources.hold_anything() else ""
    check = path.stat().st_size <= SMALL or has_log(path) or is_doubted(path)
    try:
        roll_back(path)
        # For reading: a file that is kept because it is damaged is kept as it was found.
        with contextlib.closing(connect_read_only(path)) as connection:
            if _is_new(connection):
                return "the file has nothing in it" if sources.hold_anything() else ""
            _refuse_newer(connection, path)
            return _found_inside(connection, check=check)
    except UnicodeDecodeError as error:  # names of tables, or what SQLite says of them
        return repr(error)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return str(error)


def _is_new(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return tables == 0 and application == 0


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if schema.is_newer(version):
        raise trouble("library-newer", place=path.parent, detail=f"version {version}, known {schema.VERSION}")


def _found_inside(connection: sqlite3.Connection, *, check: bool) -> str:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID or not 0 < version <= schema.VERSION:
        return "the file is not a library"
    if check and not (is_sound(connection) and is_readable(connection)):
        return "the file is damaged"
    connection.execute(f"{_EVENTS} ORDER BY seq DESC LIMIT 1").fetchone()
    return ""


def _build(path: Path, rescued: Path, sources: Sources) -> None:
    """A new library beside the damaged one, whole and closed when it gets its name."""
    part = path.with_name(path.name + ".rescue-part")
    for old in (part, log_of(part), log_index_of(part)):
        old.unlink(missing_ok=True)
    with contextlib.closing(connect(part)) as new:
        schema.create(new)
        new.execute("BEGIN IMMEDIATE")
        for backup in reversed(sources.backups.newest_first()):
            _copy_all(backup, new)
        # Newer than those of the copies, at most as new as those of the file itself.
        recall_marks(new, sources.sidecars)
        if path.exists():
            _copy_all(path, new)
        complete(new, sources.sidecars)
        projection.rebuild(new)
        bring_back(new, sources.sidecars, sources.blobs)
        adopt(new, sources.blobs)
        new.execute("COMMIT")
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.replace(part, rescued)
    sync_folder(path.parent)


def _set_aside(path: Path, stamp: str) -> Path | None:
    """The new path, None where there is no file. The log goes first: one without its file could be taken for that of
    the new file."""
    log, index = log_of(path), log_index_of(path)
    index.unlink(missing_ok=True)
    if log.exists():
        log.rename(path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}-wal"))
    return keep_aside(path, stamp) if path.exists() else None


def _put_in_place(rescued: Path, path: Path) -> None:
    os.replace(rescued, path)
    sync_folder(path.parent)


def _copy_all(source: Path, new: sqlite3.Connection) -> None:
    """Everything that can be read and is not there yet. What later sources say of marks and cards counts."""
    with _opened(source) as old:
        if old is None:
            return
        for row in _events(old):
            if _makes_sense(row):
                _insert(new, "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)", row)
        for row in _marks(old):
            _insert(new, "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)", row)
        for row in _cards(old):
            _insert(new, "INSERT OR REPLACE INTO cards VALUES (?, ?)", row)


@contextlib.contextmanager
def _opened(source: Path) -> Generator[sqlite3.Connection | None]:
    """The source for reading, without its log where that is what cannot be read; None where there is nothing."""
    for immutable in (False, True):
        connection = connect_read_only(source, immutable=immutable)
        try:
            connection.execute("SELECT count(*) FROM events WHERE seq = 1").fetchone()
        except _UNREADABLE as error:
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


def _makes_sense(row: Row) -> bool:
    """A line whose texts were damaged would stand in the way of a good one; it stays in the file that is kept."""
    seq, _job, _at, kind, payload, entry = row
    if not 0 < seq < LARGEST_SEQ:
        return False
    try:
        decode_event(kind, payload)
        if entry is not None:
            decode(entry, EntryRecord)
    except (*UnreadableRecord, TypeError):
        return False
    return True


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
    except _UNREADABLE:
        pass
    high = low + _PROBED
    with contextlib.suppress(*_UNREADABLE):
        for row in old.execute(f"{_EVENTS} WHERE seq > ? ORDER BY seq DESC", (low,)):
            high = row[0]
            yield row
    for seq in range(low + 1, high):
        with contextlib.suppress(*_UNREADABLE):
            yield from old.execute(f"{_EVENTS} WHERE seq = ?", (seq,)).fetchall()


def _marks(old: sqlite3.Connection) -> Iterator[Row]:
    with contextlib.suppress(*_UNREADABLE):
        yield from old.execute("SELECT output, starred, applied, trashed FROM marks")


def _cards(old: sqlite3.Connection) -> Iterator[Row]:
    """None where the source is of a version that had no such table."""
    with contextlib.suppress(*_UNREADABLE):
        yield from old.execute("SELECT job, removed FROM cards")
