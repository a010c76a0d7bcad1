"""What the runner needs of the world. Adapters match by shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studio.domain.steps import Steps, no_steps

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.gallery import GalleryEntry
    from studio.domain.geometry import Size
    from studio.domain.ids import BlobId, JobId
    from studio.domain.job import Job, JobEvent, Output, ProviderEvent, ResultAddress
    from studio.domain.pixels import EncodedImage
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret


class Provider(Protocol):
    """Carries one order out. Called on the runner's loop."""

    @property
    def info(self) -> ProviderInfo:
        """Its id and name, and whether it runs here free of charge."""
        ...

    async def models(self) -> Sequence[Model]:
        """What it offers."""
        ...

    def submit(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """Send the order and tell what comes, until the answer is here whole. Closing the iterator (or cancelling its
        task) ends the work.

        Raises ProviderError, of it Offline where provably nothing left. Never sends twice.
        """
        ...

    def replay(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        """The same events from what was received of an answer before the program ended. Nothing is sent.

        Raises OutcomeLost where that is not the whole answer, with the request id where it came that far.
        """
        ...

    def fetch(
        self, job: JobId, request: EditRequest, results: Sequence[ResultAddress], *, patient: bool
    ) -> AsyncIterator[ProviderEvent]:
        """Fetch pictures that were made, free of charge; an output for each that came. A patient one waits for the
        network as long as they can be there.

        Raises ResultExpired, OutcomeLost at the end where some did not come.
        """
        ...

    async def charged(self, job: JobId, request_id: str) -> Price | None:
        """What a request was charged, None where that is not told (yet). Free, and quick. Raises StudioError."""
        ...

    async def sharing(self, key: Secret | None, jobs: Sequence[JobId]) -> Sequence[JobId]:
        """Those of these jobs that would be sent with this key now; for None, those for which there is none. Free."""
        ...

    async def online(self) -> None:
        """Wait until it can be reached. Nothing is asked."""
        ...

    async def settled(self, job: JobId, *, unread: bool = False) -> None:
        """What was received on the way may go; `unread`: nobody could make anything of it, so it is kept aside."""
        ...


class Allowance(Protocol):
    """What may be spent."""

    async def refusal(self, job: Job) -> Problem | None:
        """Why a job must not be sent now; None where it may be."""
        ...


class Refuge(Protocol):
    """Where bytes that were paid for go when the library has no room for them."""

    async def keep(self, name: str, data: bytes) -> str:
        """The file that holds them now. Raises StorageError where no folder takes them."""
        ...


class Journal(Protocol):
    """Keeps job events for good. What a call added is on the disk when it returns."""

    async def append(self, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        """Add an event, and the gallery row that belongs to it in the same transaction; the fold after it.

        A row that is there keeps its time and its marks (starred, applied, trashed). Raises StorageError, and
        ValueError where the event may not come now; then nothing was added.
        """
        ...

    async def jobs(self, *, limit: int = 1000) -> Sequence[Job]:
        """The newest jobs, newest first."""
        ...

    async def live(self) -> Sequence[Job]:
        """All jobs that wait or run, oldest first."""
        ...

    async def job(self, job: JobId) -> Job | None:
        """One job, None where there is none of this id."""
        ...


class Blobs(Protocol):
    """Pictures and masks by the hash of their bytes."""

    async def put(self, data: bytes | memoryview) -> BlobId:
        """On the disk when it returns. Raises StorageError."""
        ...

    async def get(self, blob: BlobId) -> bytes:
        """Raises StorageError."""
        ...

    def path(self, blob: BlobId) -> str:
        """The file that holds it; never to be written."""
        ...


class OutputCheck(Protocol):
    """Reads what came back under limits, in a process of its own where it is untrusted."""

    async def check(self, image: EncodedImage) -> Size:
        """The picture's real size. Raises ImagingError where it is no picture."""
        ...


class Finisher(Protocol):
    """Pastes an answer into the whole picture."""

    async def finish(self, request: EditRequest, output: Output) -> tuple[BlobId, Size] | None:
        """The finished picture's blob and size; None where the raw output is the finished picture."""
        ...


class Clock(Protocol):
    """Time, so that tests need not wait."""

    def now(self) -> float:
        """Seconds since 1970."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All of the above but the providers, as the runner is given them. Without an allowance nothing is held back;
    without a refuge what the library has no room for stays where it was received."""

    journal: Journal
    blobs: Blobs
    check: OutputCheck
    finisher: Finisher
    clock: Clock
    allowance: Allowance | None = None
    refuge: Refuge | None = None
    steps: Steps = no_steps
