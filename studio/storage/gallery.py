"""The gallery's rows: searched by words, newest first, in pages that begin before an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.job import Job
from studio.storage.records import EntryRecord, Marks, decode, entry_of

if TYPE_CHECKING:
    from studio.domain.gallery import GalleryEntry, GalleryQuery
    from studio.domain.ids import OutputId
    from studio.storage.database import Database
    from studio.storage.noting import Noting

_WORD = re.compile(r'[^\s"]*\w[^\s"]*')
_COLUMNS = """gallery.record, jobs.fold,
    coalesce(marks.starred, 0), coalesce(marks.applied, 0), coalesce(marks.trashed, 0)"""
_MARKED = "gallery LEFT JOIN marks ON marks.output = gallery.output"
_ROWS = f"{_MARKED} JOIN jobs ON jobs.job = gallery.job"
_FOUND = "gallery_words CROSS JOIN {rows} "
"""Goes through the matches of words from the newest down and stops when there are enough: CROSS JOIN holds SQLite to
that order. Sorting all matches first takes 100 ms at 100,000 rows, this 1 ms."""


class Gallery:
    """Called on the one thread that opened the database. All raise StorageError."""

    def __init__(self, database: Database, noting: Noting) -> None:
        self._database = database
        self._noting = noting

    def entries(self, query: GalleryQuery) -> tuple[GalleryEntry, ...]:
        """What matches, newest first. Words match prompt, model and provider from the beginning of a word."""
        where, values = _conditions(query)
        order = "gallery_words.rowid" if _words(query) else "gallery.id"
        statement = f"SELECT {_COLUMNS} FROM {_source(query, _ROWS)} WHERE {where} ORDER BY {order} DESC LIMIT ?"
        with self._database.reading() as connection:
            rows = connection.execute(statement, (*values, query.limit)).fetchall()
        return tuple(_entry(row) for row in rows)

    def entry(self, output: OutputId) -> GalleryEntry | None:
        """One entry, None where there is none of this id."""
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM {_ROWS} WHERE gallery.output = ?", (output,)).fetchone()
        return None if row is None else _entry(row)

    def count(self, query: GalleryQuery) -> int:
        """How many match, on all pages."""
        where, values = _conditions(query, paged=False)
        statement = f"SELECT count(*) FROM {_source(query, _MARKED)} WHERE {where}"
        with self._database.reading() as connection:
            (number,) = connection.execute(statement, values).fetchone()
        return int(number)

    def mark(
        self,
        output: OutputId,
        *,
        starred: bool | None = None,
        applied: bool | None = None,
        trashed: bool | None = None,
    ) -> None:
        """Set marks; those that are None stay as they are."""
        values = {"output": output, "starred": starred, "applied": applied, "trashed": trashed}
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO marks (output) VALUES (?)", (output,))
            connection.execute(
                """UPDATE marks SET starred = coalesce(:starred, starred), applied = coalesce(:applied, applied),
                trashed = coalesce(:trashed, trashed) WHERE output = :output""",
                values,
            )
        self._noting.mark(output)


def _words(query: GalleryQuery) -> list[str]:
    """The words to look for. One of several parts, as flux-pro, is looked for as a phrase."""
    return _WORD.findall(query.words)


def _source(query: GalleryQuery, rows: str) -> str:
    return _FOUND.format(rows=rows) if _words(query) else rows


def _conditions(query: GalleryQuery, *, paged: bool = True) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = []
    values: list[str] = []
    words = _words(query)
    if words:
        parts.append("gallery_words MATCH ? AND gallery.id = gallery_words.rowid")
        values.append(" ".join(f'"{word}"*' for word in words))
    if query.starred:
        parts.append("gallery.output IN (SELECT output FROM marks WHERE starred = 1)")
    if query.trashed:
        parts.append("gallery.output IN (SELECT output FROM marks WHERE trashed = 1)")
    else:
        parts.append("coalesce(marks.trashed, 0) = 0")
    if paged and query.before is not None:
        place = "gallery_words.rowid" if words else "gallery.id"
        parts.append(f"{place} < (SELECT id FROM gallery WHERE output = ?)")
        values.append(query.before)
    return " AND ".join(parts), tuple(values)


def _entry(row: tuple[str, str, int, int, int]) -> GalleryEntry:
    record, fold, starred, applied, trashed = row
    marks = Marks(starred=bool(starred), applied=bool(applied), trashed=bool(trashed))
    return entry_of(decode(record, EntryRecord), decode(fold, Job), marks)
