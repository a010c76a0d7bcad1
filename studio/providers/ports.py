"""What the providers need of the world. Adapters match by shape and are passed in by `app.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from studio.domain.ids import BlobId, JobId, ProviderId
    from studio.domain.secret import Secret
    from studio.engine.calls import Call, CallEvent

P = ParamSpec("P")
T = TypeVar("T")


class Engine(Protocol):
    """The local engine, wherever it runs."""

    def run(self, call: Call) -> AsyncGenerator[CallEvent, None]:
        """Work a call off. Closing the iterator ends the work at once. Raises ProviderError, UsageError."""
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


class CatalogueStore(Protocol):
    """The last good catalogue of each provider, as it came."""

    async def load(self, provider: ProviderId) -> bytes | None:
        """None where there is none."""
        ...

    async def save(self, provider: ProviderId, data: bytes) -> None:
        """Raises StorageError."""
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
