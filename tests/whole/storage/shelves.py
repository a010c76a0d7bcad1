"""Libraries full of real pictures, and the question whether all of them are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.domain.gallery import GalleryEntry, GalleryQuery
from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId, output_id
from studio.domain.job import Answered, JobState, Output, OutputFinished, OutputStored, Queued, Submitting, Succeeded
from studio.domain.request import EditRequest
from studio.imaging.png import png
from studio.storage.blobs import BlobStore
from tests.core.storage.pages import noise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.storage.folders import Folders
    from studio.storage.library import Library

SIZE = Size(width=6, height=5)
LONG = "a prompt that does not end " * 400
"""Longer than two pages of the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An output that a library was given."""

    id: OutputId
    prompt: str
    raw: BlobId
    finished: BlobId | None


def picture(seed: int) -> bytes:
    """A small PNG in colours, another one for each seed."""
    return png(noise(SIZE.width, SIZE.height, seed, opaque=True))


def stock(library: Library, folders: Folders, numbers: Iterable[int]) -> list[Kept]:
    """A job of two pictures for each number: the first was pasted, the job is done and paid for."""
    return [kept for number in numbers for kept in _job(library, BlobStore(folders.blobs), number)]


def _job(library: Library, blobs: BlobStore, number: int) -> list[Kept]:
    job, base = JobId(f"{number:019x}"), blobs.put(b"what was sent %d" % number)
    prompt = f"number {number} " + (LONG if number % 10 == 3 else "of a bottle " * 20)
    request = EditRequest(
        provider=ProviderId("remote"), model=ModelId("flux"), prompt=prompt, count=2, base=base, source=base
    )
    library.journal.append(job, Queued(request=request, price=Price(amount="0.04")))
    library.journal.append(job, Submitting(attempt=1))
    library.journal.append(job, Answered(cost=Price(amount="0.04"), request_id=f"r{number}"))
    found: list[Kept] = []
    for index in range(2):
        raw = blobs.put(picture(1000 * number + index))
        output = Output(index=index, raw=raw, media_type="image/png", size=SIZE, seed=number)
        library.journal.append(job, OutputStored(output=output), _row(job, request, output))
        finished = blobs.put(picture(1000 * number + 500)) if index == 0 else None
        if finished is not None:
            event = OutputFinished(index=index, finished=finished, size=SIZE)
            library.journal.append(job, event, _row(job, request, output, finished))
        found.append(Kept(id=output_id(job, index), prompt=prompt, raw=raw, finished=finished))
    library.journal.append(job, Succeeded())
    return found


def _row(job: JobId, request: EditRequest, output: Output, finished: BlobId | None = None) -> GalleryEntry:
    return GalleryEntry(
        id=output_id(job, output.index),
        job=job,
        index=output.index,
        created=1_700_000_000.0,
        request=request,
        raw=output.raw,
        finished=finished,
        media_type=output.media_type,
        size=output.size,
        seed=output.seed,
    )


def shown(library: Library) -> list[GalleryEntry]:
    """All rows, newest first."""
    return list(library.gallery.entries(GalleryQuery(limit=10_000)))


def missing_pictures(library: Library, kept: Iterable[Kept]) -> list[OutputId]:
    """What was kept and no row shows, neither as it came nor pasted."""
    there = {blob for row in shown(library) for blob in (row.raw, row.finished)}
    return [each.id for each in kept if each.raw not in there or (each.finished and each.finished not in there)]


def missing_prompts(library: Library, kept: Iterable[Kept]) -> list[OutputId]:
    """What was kept and is not listed with its prompt under its id, of a job that succeeded."""
    jobs = {job.id: job.state for job in library.journal.jobs(limit=10_000)}
    there = {row.id: row for row in shown(library) if jobs[row.job] is JobState.SUCCEEDED}
    return [each.id for each in kept if each.id not in there or there[each.id].request.prompt != each.prompt]
