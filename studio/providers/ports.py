"""What the providers need of the world. Adapters match by shape and are passed in by `app.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from studio.domain.ids import BlobId, JobId, ProviderId
    from studio.domain.pixels import Pixels
    from studio.domain.secret import Secret
    from studio.engine.calls import Call, CallEvent
    from studio.imaging.kept import Kept
    from studio.wire.messages import Answer

P = ParamSpec("P")
T = TypeVar("T")


class Engine(Protocol):
    """The local engine, wherever it runs."""

    def warm(self) -> None:
        """Get ready for a call. To be called on the loop."""
        ...

    def run(self, call: Call[Pixels | Kept]) -> AsyncGenerator[CallEvent, None]:
        """Work a call off. Closing the iterator ends the work at once. Raises ProviderError, UsageError."""
        ...


class BlobPlaces(Protocol):
    """Where what an order names is kept."""

    def path(self, blob: BlobId) -> str:
        """The file; never to be written."""
        ...


class BlobReader(Protocol):
    """Reads what an order names."""

    async def get(self, blob: BlobId) -> bytes:
        """Raises StorageError."""
        ...


class KeyReader(Protocol):
    """Where keys are."""

    async def key(self, provider: ProviderId, job: JobId | None = None) -> Secret | None:
        """The key, the job's own where it has one, None where none was given. Raises StorageError where the keyring
        does not answer."""
        ...

    def is_lent(self, job: JobId) -> bool:
        """Whether the job has a key of its own."""
        ...


class PlacedKeys(Protocol):
    """Where keys are, each for one place; what one provider gets of it is a `KeyReader`."""

    async def key(self, provider: ProviderId, job: JobId | None = None, *, at: str | None = None) -> Secret | None:
        """As a `KeyReader`, but only a key of the place `at`; by default of where the provider is now."""
        ...

    def is_lent(self, job: JobId) -> bool:
        """Whether the job has a key of its own, of whatever place."""
        ...


class CatalogueStore(Protocol):
    """The last good catalogue of each provider, as it came."""

    async def load(self, provider: ProviderId) -> bytes | None:
        """None where there is none."""
        ...

    def turn(self) -> int:
        """The number of a question that is about to be asked; a later one has a higher number."""
        ...

    async def save(self, provider: ProviderId, data: bytes, turn: int) -> None:
        """Keep the answer to the question of this number, where that to a later one is not kept already: whoever
        asked, and whichever of them the disk takes first. Raises StorageError."""
        ...


class Receiving(Protocol):
    """An answer that is written down as it comes. Never raises: where the disk refuses, nothing is written."""

    def add(self, piece: bytes, /) -> None:
        """One more piece of the body as it came."""
        ...

    def rest(self) -> None:
        """All that came is safe from a kill when this returns; more may come."""
        ...

    def close(self) -> None:
        """No more comes; all of it is safe from a kill when this returns. Safe to call twice."""
        ...


class Spool(Protocol):
    """Keeps what is received for a job until its end is written down. `index` is that of a fetched picture, None for
    the answer to the order."""

    def begin(self, job: JobId, index: int | None, answer: Answer) -> Receiving:
        """From the head on, in place of what was there. Quick, and never raises."""
        ...

    def read(self, job: JobId, index: int | None) -> Answer | None:
        """What came, however far; the body as it was received. To be called in a pool."""
        ...

    def forget(self, job: JobId, index: int | None) -> bool:
        """Drop what came; whether it is gone."""
        ...

    def settle(self, job: JobId, *, unread: bool) -> None:
        """Drop all of a job; with `unread` the answer to its order is kept aside. To be called in a pool."""
        ...


class Timer(Protocol):
    """Time that can be waited for."""

    def now(self) -> float:
        """Seconds, only ever growing; their zero means nothing."""
        ...

    async def pause(self, seconds: float) -> None:
        """Wait before the next try."""
        ...

    async def alarm(self, seconds: float) -> None:
        """Wait for a deadline."""
        ...


class Pool(Protocol):
    """Worker threads."""

    def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...
