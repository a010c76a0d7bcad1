"""What happens to a picture that came: its bytes are kept, then it is looked at, then it is pasted."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.gallery import GalleryEntry
from studio.domain.ids import BlobId, output_id
from studio.domain.job import Job, Output, OutputFinished, OutputStored, ProviderOutput
from studio.domain.problems import ImagingError, Problem, StorageError, StudioError

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.jobs.ledger import Ledger
    from studio.jobs.ports import World

log = logging.getLogger(__name__)


MEMORY = "image-memory"
"""What is said of a picture that there was no room in memory for. That is no fault of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Bytes that are in the library and may be a picture: there was no memory to look at them."""

    raw: BlobId
    said: Problem


class Outputs:
    """Keeps and finishes outputs. One is finished at a time: each takes the memory of a whole picture."""

    def __init__(self, world: World, ledger: Ledger) -> None:
        self._world = world
        self._ledger = ledger
        self._finishing = asyncio.Semaphore(1)

    async def keep(self, job: Job, arrived: ProviderOutput) -> Output | BlobId | Unseen:
        """Store, check and journal an output with its gallery row; the blob of its bytes where they are no picture, or
        nobody could see whether they are.

        The bytes are stored before they are looked at, so that what was paid for is never lost: where the library has
        no room for them, elsewhere. Raises StorageError, which then tells where.
        """
        try:
            return await self._kept(job, arrived)
        except StorageError as error:
            raise await self._kept_elsewhere(job, arrived, error) from error

    async def _kept(self, job: Job, arrived: ProviderOutput) -> Output | BlobId | Unseen:
        self._world.steps("before the bytes are kept")
        raw = await self._world.blobs.put(arrived.image.data)
        self._world.steps("after the bytes are kept")
        try:
            size = await self._seen(arrived)
        except ImagingError as error:
            log.warning("output %d of job %s, kept as %s, cannot be read: %s", arrived.index, job.id, raw, error)
            return self._unseen(raw, error.problem) if error.problem.code == MEMORY else raw
        output = Output(index=arrived.index, raw=raw, media_type=arrived.image.media_type, size=size, seed=arrived.seed)
        await self._ledger.record(job.id, OutputStored(output=output), self._row(job, output))
        return output

    async def _seen(self, arrived: ProviderOutput) -> Size:
        """How large the picture is; where there is no memory to see that, once more when nothing is pasted, which takes
        that of a whole picture. Raises ImagingError."""
        try:
            return await self._world.check.check(arrived.image)
        except ImagingError as error:
            if error.problem.code != MEMORY:
                raise
        async with self._finishing:
            return await self._world.check.check(arrived.image)

    def _unseen(self, raw: BlobId, reason: Problem) -> Unseen:
        place = self._world.blobs.path(raw)
        return Unseen(raw=raw, said=problem("kept-elsewhere", place=place, reason=reason.what, detail=raw))

    async def _kept_elsewhere(self, job: Job, arrived: ProviderOutput, error: StorageError) -> StorageError:
        if self._world.refuge is None:
            return error
        kind = arrived.image.media_type.rpartition("/")[2]
        try:
            place = await self._world.refuge.keep(f"overpaint-{job.id}-{arrived.index}.{kind}", arrived.image.data)
        except StorageError as nowhere:
            log.error("output %d of job %s could not be kept: %s", arrived.index, job.id, nowhere)
            return nowhere
        return StorageError(problem("kept-elsewhere", place=place, reason=error.problem.what, detail=str(error)))

    async def finish(self, job: Job, output: Output) -> Problem | None:
        """Paste an output into the whole picture and journal that; the problem where it could not be done.

        Where the raw output is the finished picture, that is journalled too, so that it is settled for good.
        """
        try:
            async with self._finishing:
                made = await self._world.finisher.finish(job.request, output)
            blob, size = made or (output.raw, output.size)
            event = OutputFinished(index=output.index, finished=blob, size=size)
            await self._ledger.record(job.id, event, self._row(job, output, event))
        except StudioError as error:
            log.error("output %d of job %s could not be finished: %s", output.index, job.id, error)
            return error.problem
        return None

    def _row(self, job: Job, output: Output, finished: OutputFinished | None = None) -> GalleryEntry:
        return GalleryEntry(
            id=output_id(job.id, output.index),
            job=job.id,
            index=output.index,
            created=self._world.clock.now(),
            request=job.request,
            raw=output.raw,
            finished=finished.finished if finished else None,
            media_type=output.media_type,
            size=finished.size if finished else output.size,
            seed=output.seed,
        )
