"""The cores made awaitable. `run` carries a call to the thread that owns the core and gives its answer back.

Journal and library are called on the one thread that opened the database; blobs may be called in any pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.gallery import GalleryEntry, GalleryQuery
    from studio.domain.ids import BlobId, JobId, OutputId
    from studio.domain.job import Job, JobEvent
    from studio.storage.blobs import BlobStore
    from studio.storage.gallery import Gallery
    from studio.storage.journal import Journal
    from studio.storage.refuge import Refuge

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """Calls the function elsewhere, in the order of asking."""

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


class AsyncJournal:
    """`studio.jobs.ports.Journal` over the core."""

    def __init__(self, core: Journal, run: Run) -> None:
        self._core = core
        self._run = run

    async def append(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        """As the core's: on the disk when it returns."""
        return await self._run(self._core.append, job, event, gallery)

    async def jobs(self, *, limit: int = 1000) -> Sequence[Job]:
        """The newest jobs, newest first."""
        return await self._run(self._core.jobs, limit=limit)

    async def live(self) -> Sequence[Job]:
        """All jobs that wait or run, oldest first."""
        return await self._run(self._core.live)

    async def job(self, job: JobId) -> Job | None:
        """One job, None where there is none of this id."""
        return await self._run(self._core.job, job)


class AsyncLibrary:
    """`studio.session.ports.Library` over the core."""

    def __init__(self, core: Gallery, run: Run) -> None:
        self._core = core
        self._run = run

    async def entries(self, query: GalleryQuery) -> Sequence[GalleryEntry]:
        """What matches, newest first."""
        return await self._run(self._core.entries, query)

    async def entry(self, output: OutputId) -> GalleryEntry | None:
        """One entry, None where there is none of this id."""
        return await self._run(self._core.entry, output)

    async def count(self, query: GalleryQuery) -> int:
        """How many match."""
        return await self._run(self._core.count, query)

    async def mark(
        self,
        output: OutputId,
        *,
        starred: bool | None = None,
        applied: bool | None = None,
        trashed: bool | None = None,
    ) -> None:
        """Set marks; those that are None stay as they are."""
        await self._run(self._core.mark, output, starred=starred, applied=applied, trashed=trashed)


class AsyncBlobs:
    """`Blobs` of `studio.jobs.ports` and `studio.session.ports` over the core."""

    def __init__(self, core: BlobStore, run: Run) -> None:
        self._core = core
        self._run = run

    async def put(self, data: bytes | memoryview) -> BlobId:
        """On the disk when it returns. Raises StorageError."""
        return await self._run(self._core.put, data)

    async def get(self, blob: BlobId) -> bytes:
        """Raises StorageError."""
        return await self._run(self._core.get, blob)

    def path(self, blob: BlobId) -> str:
        """The file that holds it; never to be written."""
        return str(self._core.path(blob))


class AsyncRefuge:
    """`studio.jobs.ports.Refuge` over the core."""

    def __init__(self, core: Refuge, run: Run) -> None:
        self._core = core
        self._run = run

    async def keep(self, name: str, data: bytes) -> str:
        """The file that holds the bytes now. Raises StorageError (nowhere-to-keep)."""
        return str(await self._run(self._core.keep, name, data))
