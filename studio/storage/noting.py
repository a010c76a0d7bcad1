"""Keeps each output's sidecar up to date with the journal and the marks."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from studio.domain.ids import OutputId, output_id
from studio.domain.job import OutputFinished, OutputStored
from studio.domain.problems import StorageError
from studio.storage import projection
from studio.storage.records import EntryRecord, Marks, decode
from studio.storage.sidecars import NOTHING, Sidecar, SidecarLine, without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.domain.job import Job, JobEvent
    from studio.storage.database import Database
    from studio.storage.sidecars import Sidecars

log = logging.getLogger(__name__)

_MARKS = "SELECT starred, applied, trashed FROM marks WHERE output = ?"
RECENT = 64
"""How many of the newest events may be newer than their sidecars where the program was killed."""


class Noting:
    """Called on the one thread that opened the database. What could not be written is owed and tried again with the
    next event: a picture that the library has is not given up because a second note of it found no room."""

    def __init__(self, database: Database, sidecars: Sidecars) -> None:
        self._database = database
        self._sidecars = sidecars
        self._owed: dict[OutputId, None] = {}

    def note(self, job: Job, event: JobEvent) -> None:
        """Bring the sidecars up to date that an event changed. Raises nothing that a disk or database may cause."""
        self._owe(output_id(job.id, index) for index in _changed(job, event))
        self.pay(len(self._owed))

    def mark(self, output: OutputId) -> None:
        """Bring it up to date with its marks. Raises as little."""
        self._owe((output,))
        self.pay(len(self._owed))

    def look(self, *, killed: bool) -> None:
        """Compare with what the library has: outputs without a sidecar are owed one, and after a kill those too whose
        job went on at the end."""
        there = self._sidecars.outputs()
        with self._database.reading() as connection:
            rows = connection.execute("SELECT output FROM gallery ORDER BY id DESC").fetchall()
            jobs = connection.execute("SELECT job FROM events ORDER BY seq DESC LIMIT ?", (RECENT,)).fetchall()
        recent = {job for (job,) in jobs} if killed else set[str]()
        self._owe(output for (output,) in rows if output not in there or output.rpartition("-")[0] in recent)

    def pay(self, limit: int) -> bool:
        """Write so many of the sidecars that are owed, until the disk refuses one; whether any is left."""
        for output in list(self._owed)[:limit]:
            try:
                self._write(output)
            except StorageError as error:
                log.warning("the sidecar of output %s was not written: %s", output, error)
                return True
            del self._owed[output]
        return bool(self._owed)

    def _owe(self, outputs: Iterable[OutputId]) -> None:
        self._owed.update(dict.fromkeys(outputs))

    def _write(self, output: OutputId) -> None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT record, job FROM gallery WHERE output = ?", (output,)).fetchone()
            marks = connection.execute(_MARKS, (output,)).fetchone()
            job = None if row is None else projection.load(connection, row[1])
            if row is None or job is None:
                return
            lines = connection.execute(
                "SELECT seq, at, kind, payload, entry FROM events WHERE job = ? ORDER BY seq", (job.id,)
            ).fetchall()
        sidecar = _sidecar(job, decode(row[0], EntryRecord), tuple(_line(*each) for each in lines))
        if marks is not None:
            starred, applied, trashed = map(bool, marks)
            sidecar = replace(sidecar, marks=Marks(starred=starred, applied=applied, trashed=trashed))
        self._sidecars.write(output, sidecar)


def _changed(job: Job, event: JobEvent) -> tuple[int, ...]:
    """A picture's sidecar is written when it comes and when its job ends. What happens between is made good by the next
    start where it has to be: the picture is pasted again."""
    match event:
        case OutputStored():
            return (event.output.index,)
        case OutputFinished() if job.state.is_final:
            return (event.index,)
        case _ if job.state.is_final:
            return tuple(output.index for output in job.outputs)
        case _:
            return ()


def _line(seq: int, at: float, kind: str, payload: str, entry: str | None) -> SidecarLine:
    text = without_addresses(payload) if kind == "answered" else msgspec.Raw(payload.encode())
    return SidecarLine(
        seq=seq, at=at, kind=kind, payload=text, entry=NOTHING if entry is None else msgspec.Raw(entry.encode())
    )


def _sidecar(job: Job, entry: EntryRecord, lines: tuple[SidecarLine, ...]) -> Sidecar:
    request = job.request
    return Sidecar(
        job=job.id,
        index=entry.index,
        prompt=request.prompt,
        provider=request.provider,
        model=request.model,
        parameters=dict(request.parameters),
        seed=request.seed if entry.seed is None else entry.seed,
        size=entry.size,
        media_type=entry.media_type,
        raw=entry.raw,
        finished=entry.finished,
        created=entry.created,
        cost=job.cost,
        request_id=job.request_id,
        lines=lines,
    )
