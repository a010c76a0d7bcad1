"""What is made from the journal's events: jobs, gallery rows and the words to find them by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.job import Job, Queued
from studio.jobs import fold
from studio.storage import schema
from studio.storage.records import EntryRecord, UnreadableRecord, decode, decode_event, encode

if TYPE_CHECKING:
    import sqlite3

    from studio.domain.ids import JobId
    from studio.domain.job import JobEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal: its number, whose it is, when (seconds since 1970), and what happened."""

    seq: int
    job: JobId
    at: float
    event: JobEvent
    entry: EntryRecord | None = None


def add(connection: sqlite3.Connection, line: Line) -> Job:
    """Bring the rows up to date with one more event, within the caller's transaction; the fold after it.

    Raises ValueError where the event may not come now.
    """
    job = _folded(connection, line)
    if isinstance(line.event, Queued):
        row = (line.seq, job.id, job.state.value, encode(job))
        connection.execute("INSERT INTO jobs (id, job, state, fold) VALUES (?, ?, ?, ?)", row)
    else:
        connection.execute("UPDATE jobs SET state = ?, fold = ? WHERE job = ?", (job.state.value, encode(job), job.id))
    if line.entry is not None:
        _add_entry(connection, line.seq, line.entry, job)
    return job


def load(connection: sqlite3.Connection, job: JobId) -> Job | None:
    """A job as it stands, None where there is none of this id."""
    row: tuple[str] | None = connection.execute("SELECT fold FROM jobs WHERE job = ?", (job,)).fetchone()
    return None if row is None else decode(row[0], Job)


def rebuild(connection: sqlite3.Connection) -> int:
    """Make all rows again from the events, within the caller's transaction. Tells how many events no longer make
    sense and were passed over; they stay in the journal."""
    schema.empty_projections(connection)
    passed_over = 0
    for row in connection.execute("SELECT seq, job, at, kind, payload, entry FROM events ORDER BY seq"):
        try:
            add(connection, _line(row))
        except (*UnreadableRecord, ValueError):
            passed_over += 1
    return passed_over


def _line(row: tuple[int, JobId, float, str, str, str | None]) -> Line:
    seq, job, at, kind, payload, entry = row
    record = None if entry is None else decode(entry, EntryRecord)
    return Line(seq=seq, job=job, at=at, event=decode_event(kind, payload), entry=record)


def _folded(connection: sqlite3.Connection, line: Line) -> Job:
    job = load(connection, line.job)
    if job is not None:
        return fold.apply(job, line.at, line.event)
    return fold.fold(line.job, [(line.at, line.event)])


def _add_entry(connection: sqlite3.Connection, seq: int, entry: EntryRecord, job: Job) -> None:
    """A new gallery row, or the old one with what is new; it keeps its place and its time."""
    found = connection.execute("SELECT id, record FROM gallery WHERE output = ?", (entry.id,)).fetchone()
    if found is not None:
        kept = replace(entry, created=decode(found[1], EntryRecord).created)
        connection.execute("UPDATE gallery SET record = ? WHERE id = ?", (encode(kept), found[0]))
        return
    connection.execute(
        "INSERT INTO gallery (id, output, job, record) VALUES (?, ?, ?, ?)", (seq, entry.id, job.id, encode(entry))
    )
    connection.execute(
        "INSERT INTO gallery_words (rowid, prompt, model, provider) VALUES (?, ?, ?, ?)",
        (seq, job.request.prompt, job.request.model, job.request.provider),
    )
