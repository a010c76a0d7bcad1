"""A journal and a store of blobs in memory, held to the same contract as those on disk."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import BlobId
from studio.jobs.fold import fold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId, OutputId
    from studio.domain.job import Job, JobEvent
    from studio.domain.problems import StudioError
    from studio.jobs.ports import Clock


class TickingClock:
    """Each look at it is a second later."""

    def __init__(self, at: float = 1_700_000_000.0) -> None:
        self._at = at

    def now(self) -> float:
        self._at += 1
        return self._at

    def pass_by(self, seconds: float) -> None:
        """So much later."""
        self._at += seconds


class MemoryJournal:
    """Events in lists. `refuse` is raised by `append` for events of that type, as a full disk would. With a `gate` it
    is as busy as a thread may be: each call waits for it, in turn, and what it found is heard a moment later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.events: dict[JobId, list[tuple[float, JobEvent]]] = {}
        self.rows: dict[OutputId, GalleryEntry] = {}
        self.refuse: dict[type[JobEvent], StudioError] = {}
        self.gate: asyncio.Event | None = None

    async def append(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        async with self._turn():
            if type(event) in self.refuse:
                raise self.refuse[type(event)]
            life = [*self.events.get(job, []), (self._clock.now(), event)]
            after = fold(job, life)
            self.events[job] = life
            if gallery is not None:
                self.rows[gallery.id] = self._merged(gallery)
        return after

    async def jobs(self, *, limit: int = 1000) -> Sequence[Job]:
        async with self._turn():
            known = [fold(job, life) for job, life in self.events.items()]
        return sorted(known, key=lambda job: job.id, reverse=True)[:limit]

    async def live(self) -> Sequence[Job]:
        async with self._turn():
            known = [fold(job, life) for job, life in sorted(self.events.items())]
        return [job for job in known if not job.state.is_final]

    async def job(self, job: JobId) -> Job | None:
        async with self._turn():
            return fold(job, self.events[job]) if job in self.events else None

    def kinds(self, job: JobId) -> list[str]:
        """The names of a job's events, oldest first."""
        return [type(event).__name__ for _, event in self.events[job]]

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self.gate is None:
            yield
            return
        await self.gate.wait()
        yield
        await asyncio.sleep(0)

    def _merged(self, row: GalleryEntry) -> GalleryEntry:
        known = self.rows.get(row.id)
        if known is None:
            return row
        marks = (known.created, known.starred, known.applied, known.trashed)
        return replace(row, **dict(zip(("created", "starred", "applied", "trashed"), marks, strict=True)))


class MemoryBlobs:
    """Blobs in a dictionary. With `full`, `put` says that the disk is."""

    def __init__(self) -> None:
        self.kept: dict[BlobId, bytes] = {}
        self.full = False
        self.refused = 0

    async def put(self, data: bytes | memoryview) -> BlobId:
        if self.full:
            self.refused += 1
            raise trouble("disk-full", place="memory")
        blob = BlobId(hashlib.sha256(data).hexdigest())
        self.kept[blob] = bytes(data)
        return blob

    async def get(self, blob: BlobId) -> bytes:
        if blob not in self.kept:
            raise trouble("file-missing", name=blob)
        return self.kept[blob]

    def path(self, blob: BlobId) -> str:
        return f"/memory/{blob}"
