"""Outputs that the database lost, brought back: from their sidecars, and where these are lost too, as bare pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId, output_id
from studio.domain.job import JobEvent, Output, OutputFinished, OutputStored, Queued, Submitting, Succeeded
from studio.domain.problems import ImagingError, StorageError
from studio.domain.request import EditRequest, Outcome
from studio.storage import projection
from studio.storage.naming import named_in_events
from studio.storage.records import EntryRecord, encode, kind_of

if TYPE_CHECKING:
    import sqlite3

    from studio.storage.blobs import BlobStore
    from studio.storage.sidecars import Sidecar, Sidecars

UNKNOWN = "unknown"
"""Provider and model of a picture of which nothing is known but its bytes."""
TITLE = "Recovered picture"
LARGEST_SEQ = 1 << 53
"""No line has a greater number: one that does was damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """A picture and the order that it is told to come from."""

    job: JobId
    at: float
    request: EditRequest
    output: Output


def bring_back(connection: sqlite3.Connection, sidecars: Sidecars, blobs: BlobStore) -> int:
    """Rows for outputs that have a sidecar, their picture, and no row; how many. Within the caller's transaction.

    Sidecars that nothing can be made of are set aside.
    """
    lost = _without_row(connection, sidecars.outputs())
    found = {output: sidecar for output in lost if (sidecar := _usable(sidecars, blobs, output)) is not None}
    for sidecar in found.values():
        _insert_lines(connection, sidecar)
    if found:
        projection.rebuild(connection)
    senseless = _without_row(connection, set(found))
    for output in found.keys() - set(senseless):
        _insert_marks(connection, found[output], "IGNORE")
    for output in senseless:
        # Its lines make no sense any more: what it says of the picture does.
        _insert_picture(connection, _told(found[output]))
        sidecars.set_aside(output)
    return len(found)


def complete(connection: sqlite3.Connection, sidecars: Sidecars) -> None:
    """Lines that sidecars have and the journal has not, of whatever job. Within the caller's transaction, which makes
    the rows anew afterwards."""
    for output in sorted(sidecars.outputs()):
        sidecar = sidecars.read(output)
        if sidecar is not None:
            _insert_lines(connection, sidecar)


def recall_marks(connection: sqlite3.Connection, sidecars: Sidecars) -> None:
    """What was made of each output, as its sidecar says. Within the caller's transaction."""
    for output in sidecars.outputs():
        sidecar = sidecars.read(output)
        if sidecar is not None:
            _insert_marks(connection, sidecar, "REPLACE")


def adopt(connection: sqlite3.Connection, blobs: BlobStore) -> int:
    """Rows for pictures that nobody names, oldest first; how many. Within the caller's transaction. Masks are none."""
    named = named_in_events(connection)
    bare = [each for blob in blobs.all() if blob not in named and (each := _bare(blobs, blob)) is not None]
    for picture in sorted(bare, key=lambda each: each.job):
        _insert_picture(connection, picture)
    return len(bare)


def _without_row(connection: sqlite3.Connection, outputs: set[OutputId]) -> list[OutputId]:
    """In the order in which their jobs were ordered."""
    rows = {output for (output,) in connection.execute("SELECT output FROM gallery")}
    return sorted(outputs - rows)


def _usable(sidecars: Sidecars, blobs: BlobStore, output: OutputId) -> Sidecar | None:
    sidecar = sidecars.read(output)
    if sidecar is not None and output_id(sidecar.job, sidecar.index) == output and _is_there(blobs, sidecar.raw):
        return sidecar
    sidecars.set_aside(output)
    return None


def _is_there(blobs: BlobStore, blob: BlobId) -> bool:
    try:
        return blobs.has(blob)
    except ValueError:
        return False


def _insert_lines(connection: sqlite3.Connection, sidecar: Sidecar) -> None:
    """The lines that are not there, under their own numbers, or all behind the last where one of these is taken."""
    job = sidecar.job
    rows = connection.execute("SELECT seq, at, kind, payload FROM events WHERE job = ?", (job,)).fetchall()
    numbers, lines = {row[0] for row in rows}, {row[1:] for row in rows}
    new = [
        line for line in sidecar.lines if line.seq not in numbers and (line.at, line.kind, line.texts()[0]) not in lines
    ]
    free = all(_is_free(connection, line.seq) for line in new)
    for line in new:
        connection.execute(
            "INSERT INTO events (seq, job, at, kind, payload, entry) VALUES (?, ?, ?, ?, ?, ?)",
            (line.seq if free else None, job, line.at, line.kind, *line.texts()),
        )


def _insert_marks(connection: sqlite3.Connection, sidecar: Sidecar, instead: str) -> None:
    """`instead` of an error where there are some: IGNORE or REPLACE."""
    marks, output = sidecar.marks, output_id(sidecar.job, sidecar.index)
    if marks is not None:
        row = (output, marks.starred, marks.applied, marks.trashed)
        connection.execute(
            f"INSERT OR {instead} INTO marks (output, starred, applied, trashed) VALUES (?, ?, ?, ?)", row
        )


def _is_free(connection: sqlite3.Connection, seq: int) -> bool:
    taken = connection.execute("SELECT 1 FROM events WHERE seq = ?", (seq,)).fetchone()
    return 0 < seq < LARGEST_SEQ and taken is None


def _insert_picture(connection: sqlite3.Connection, picture: _Picture) -> None:
    """The life of a job with this one output, behind the last event. Nothing happens where that job is there."""
    if connection.execute("SELECT 1 FROM jobs WHERE job = ?", (picture.job,)).fetchone() is not None:
        return
    output = picture.output
    entry = EntryRecord(
        id=output_id(picture.job, output.index),
        job=picture.job,
        index=output.index,
        created=picture.at,
        raw=output.raw,
        finished=output.finished,
        media_type=output.media_type,
        size=output.finished_size or output.size,
        seed=output.seed,
    )
    finished = OutputFinished(
        index=output.index, finished=output.finished or output.raw, size=output.finished_size or output.size
    )
    life: list[tuple[JobEvent, EntryRecord | None]] = [
        (Queued(request=picture.request), None),
        (Submitting(attempt=1), None),
        (OutputStored(output=Output(index=0, raw=output.raw, media_type=output.media_type, size=output.size)), entry),
        (finished, entry),
        (Succeeded(), None),
    ]
    for event, row in life:
        cursor = connection.execute(
            "INSERT INTO events (job, at, kind, payload, entry) VALUES (?, ?, ?, ?, ?)",
            (picture.job, picture.at, kind_of(event), encode(event), None if row is None else encode(row)),
        )
        seq = cursor.lastrowid or 0
        projection.add(connection, projection.Line(seq=seq, job=picture.job, at=picture.at, event=event, entry=row))


def _told(sidecar: Sidecar) -> _Picture:
    """As the sidecar says, under a job of its own."""
    request = EditRequest(
        provider=sidecar.provider,
        model=sidecar.model,
        prompt=sidecar.prompt,
        parameters=tuple(sidecar.parameters.items()),
        outcome=Outcome.PICTURE,
        title=TITLE,
    )
    output = Output(
        index=0,
        raw=sidecar.raw,
        media_type=sidecar.media_type,
        size=sidecar.size,
        seed=sidecar.seed,
        finished=sidecar.finished,
    )
    return _Picture(job=_new_job(sidecar.created, sidecar.raw), at=sidecar.created, request=request, output=output)


def _bare(blobs: BlobStore, blob: BlobId) -> _Picture | None:
    """A picture by its bytes alone; None where they are none that is shown."""
    # Only where something was lost: what reads pictures takes time to load.
    from studio.imaging.headers import MEGAPIXELS, open_checked

    try:
        data, at = blobs.get(blob), blobs.path(blob).stat().st_mtime
        media_type, opened = open_checked(data, blob, MEGAPIXELS)
    except (StorageError, ImagingError, OSError):
        return None
    if opened.mode in ("1", "L"):
        return None
    size = Size(width=opened.width, height=opened.height)
    request = EditRequest(provider=ProviderId(UNKNOWN), model=ModelId(UNKNOWN), outcome=Outcome.PICTURE, title=TITLE)
    output = Output(index=0, raw=blob, media_type=media_type, size=size)
    return _Picture(job=_new_job(at, blob), at=at, request=request, output=output)


def _new_job(at: float, blob: BlobId) -> JobId:
    """An id of that time, as orders have them, and the same one each time it is asked for."""
    return JobId(f"{max(0, int(at * 1000)):011x}{blob[:8]}")
