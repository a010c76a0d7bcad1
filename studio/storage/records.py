"""Domain objects as JSON and back. Unknown fields are tolerated, missing ones take their defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Size  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.ids import BlobId, JobId, OutputId  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.job import (
    Answered,
    Cancelled,
    Expired,
    Failed,
    Job,
    JobEvent,
    LookedAgain,
    OutcomeUnknown,
    OutputFinished,
    OutputStored,
    PutBack,
    Queued,
    Submitting,
    Succeeded,
)

T = TypeVar("T")

_KINDS: dict[str, type[JobEvent]] = {
    "queued": Queued,
    "submitting": Submitting,
    "put-back": PutBack,
    "answered": Answered,
    "looked-again": LookedAgain,
    "output-stored": OutputStored,
    "output-finished": OutputFinished,
    "succeeded": Succeeded,
    "failed": Failed,
    "cancelled": Cancelled,
    "outcome-unknown": OutcomeUnknown,
    "expired": Expired,
}
_NAMES: dict[type[JobEvent], str] = {kind: name for name, kind in _KINDS.items()}

UnreadableRecord = (msgspec.DecodeError, msgspec.ValidationError, KeyError)
"""What decoding raises where the text is damaged or from a version that knows more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """A gallery entry as it is journalled: without the order, which the job has, and without marks."""

    id: OutputId
    job: JobId
    index: int
    created: float
    raw: BlobId
    finished: BlobId | None
    media_type: str
    size: Size
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the user made of an output."""

    starred: bool = False
    applied: bool = False
    trashed: bool = False


def encode(value: object) -> str:
    """A dataclass as JSON text."""
    return msgspec.json.encode(value).decode()


def decode(text: str | bytes, kind: type[T]) -> T:
    """JSON text as a dataclass. Raises what `UnreadableRecord` names."""
    return msgspec.json.decode(text, type=kind)


def kind_of(event: JobEvent) -> str:
    """The name of an event's kind in the journal."""
    return _NAMES[type(event)]


def decode_event(kind: str, payload: str) -> JobEvent:
    """An event of the journal. Raises what `UnreadableRecord` names."""
    return decode(payload, _KINDS[kind])


def record_of(entry: GalleryEntry) -> EntryRecord:
    """What of a gallery entry is journalled."""
    return EntryRecord(
        id=entry.id,
        job=entry.job,
        index=entry.index,
        created=entry.created,
        raw=entry.raw,
        finished=entry.finished,
        media_type=entry.media_type,
        size=entry.size,
        seed=entry.seed,
    )


def entry_of(record: EntryRecord, job: Job, marks: Marks) -> GalleryEntry:
    """The gallery entry out of its parts."""
    return GalleryEntry(
        id=record.id,
        job=record.job,
        index=record.index,
        created=record.created,
        request=job.request,
        raw=record.raw,
        finished=record.finished,
        media_type=record.media_type,
        size=record.size,
        seed=record.seed,
        starred=marks.starred,
        applied=marks.applied,
        trashed=marks.trashed,
    )
