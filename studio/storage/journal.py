"""The journal of jobs: events are added and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import Job
from studio.storage import projection
from studio.storage.projection import Line
from studio.storage.records import decode, decode_event, encode, kind_of, record_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId
    from studio.domain.job import JobEvent
    from studio.storage.database import Database
    from studio.storage.noting import Noting


class Journal:
    """Called on the one thread that opened the database. `clock` tells seconds since 1970. `noting` hears of each event
    after its commit."""

    def __init__(self, database: Database, clock: Callable[[], float], noting: Noting) -> None:
        self._database = database
        self._clock = clock
        self._noting = noting

    def append(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        """Add an event, and the gallery row that belongs to it in the same transaction; the fold after it.

        On the disk when it returns. A row that is there keeps its time and its marks. Raises StorageError, and
        ValueError where the event may not come now; then nothing was added.
        """
        entry = None if gallery is None else record_of(gallery)
        at = self._clock()
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO events (job, at, kind, payload, entry) VALUES (?, ?, ?, ?, ?)",
                (job, at, kind_of(event), encode(event), None if entry is None else encode(entry)),
            )
            seq = cursor.lastrowid or 0
            after = projection.add(connection, Line(seq=seq, job=job, at=at, event=event, entry=entry))
        self._noting.note(after, event)
        return after

    def jobs(self, *, limit: int = 1000) -> tuple[Job, ...]:
        """The newest jobs, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT fold FROM jobs ORDER BY job DESC LIMIT ?", (limit,)).fetchall()
        return tuple(decode(fold, Job) for (fold,) in rows)

    def live(self) -> tuple[Job, ...]:
        """All jobs that wait or run, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT fold FROM jobs WHERE state IN ('queued', 'running') ORDER BY job"
            ).fetchall()
        return tuple(decode(fold, Job) for (fold,) in rows)

    def job(self, job: JobId) -> Job | None:
        """One job, None where there is none of this id."""
        with self._database.reading() as connection:
            return projection.load(connection, job)

    def events(self, job: JobId) -> tuple[tuple[float, JobEvent], ...]:
        """A job's events with their times, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT at, kind, payload FROM events WHERE job = ? ORDER BY seq", (job,)
            ).fetchall()
        return tuple((at, decode_event(kind, payload)) for at, kind, payload in rows)
