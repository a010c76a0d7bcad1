"""The library's tables. `events`, `marks` and `cards` are the truth; `jobs`, `gallery` and `gallery_words` are made
from them.

Row ids of jobs and gallery are the number of the event that began them: they grow with time, so newest first is
`ORDER BY id DESC` on the primary key (50 times faster at 100,000 rows than sorting by a column of time), and a rebuild
gives equal rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x4F766572
"""What tells the file from other databases: "Over"."""
VERSION = 3
"""Raised with every change of the truth: of its tables, or of the kinds of events. A newer one is refused, untouched;
how an older one becomes this one is in `migrations.py`."""
_LAST_VERSION = 10_000
"""A greater number is no version but damage."""
PROJECTION = 3
"""Raised with every change of what is made from the truth; an older one is made again at open."""

_TRUTH = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    entry TEXT
) STRICT;
CREATE INDEX events_of_job ON events (job, seq);
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TABLE marks (
    output TEXT PRIMARY KEY,
    starred INTEGER NOT NULL DEFAULT 0,
    applied INTEGER NOT NULL DEFAULT 0,
    trashed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_starred ON marks (output) WHERE starred = 1;
CREATE INDEX marks_trashed ON marks (output) WHERE trashed = 1;
CREATE TABLE cards (job TEXT PRIMARY KEY, removed TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

_PROJECTION = """
DROP TABLE IF EXISTS jobs;
DROP TABLE IF EXISTS gallery;
DROP TABLE IF EXISTS gallery_words;
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    fold TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_live ON jobs (state) WHERE state IN ('queued', 'running');
CREATE TABLE gallery (
    id INTEGER PRIMARY KEY,
    output TEXT NOT NULL UNIQUE,
    job TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE gallery_words USING fts5(
    prompt, model, provider, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""


def create(connection: sqlite3.Connection) -> None:
    """All tables in an empty file."""
    run_all(
        connection,
        f"BEGIN IMMEDIATE; {_TRUTH} {_PROJECTION} {_projection_fact()}"
        f" PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;",
    )


def is_newer(version: int) -> bool:
    """Whether a file of this version is to be left to a newer program."""
    return VERSION < version <= _LAST_VERSION


def empty_projections(connection: sqlite3.Connection) -> None:
    """Drop all that is made from the truth and begin it anew. Within the caller's transaction."""
    for statement in _statements(_PROJECTION + _projection_fact()):
        connection.execute(statement)


def projections_are_current(connection: sqlite3.Connection) -> bool:
    """Whether the projections were made by this version."""
    row: tuple[str] | None = connection.execute("SELECT value FROM facts WHERE name = 'projection'").fetchone()
    return row is not None and row[0] == str(PROJECTION)


def run_all(connection: sqlite3.Connection, script: str) -> None:
    """Several statements with their own BEGIN and COMMIT; rolled back where one fails."""
    try:
        connection.executescript(script)
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _projection_fact() -> str:
    return f"INSERT OR REPLACE INTO facts VALUES ('projection', '{PROJECTION}');"


def _statements(script: str) -> list[str]:
    return [statement.strip() for statement in script.split(";") if statement.strip()]
