"""What the session needs of the world. Adapters match by shape and are passed in by `app.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

from studio.document.project import Project as Project  # noqa: TC001  # named here for the ports' users
from studio.domain.profile import KeyPlace as KeyPlace  # noqa: TC001  # named here for the ports' users
from studio.domain.recovery import RecoveryEntry as RecoveryEntry  # noqa: TC001  # named here for the ports' users

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence

    from studio.document.state import DocumentState
    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.gallery import GalleryEntry, GalleryQuery
    from studio.domain.geometry import Point, Size
    from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId
    from studio.domain.job import Job, JobNews, JobState
    from studio.domain.pixels import Pixels
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.domain.settings import Settings
    from studio.domain.signal import Signal
    from studio.domain.spending import Held, Outlay, Since, Totals
    from studio.framing.unfinished import Unfinished
    from studio.wire.messages import Account

P = ParamSpec("P")
T = TypeVar("T")


class Offload(Protocol):
    """Runs plain functions with frozen arguments elsewhere; the caller awaits."""

    def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """In the pool of worker threads."""
        ...

    def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """In the one thread that writes files, in the order of asking."""
        ...

    def decode(self, data: bytes, name: str, *, megapixels: int) -> Awaitable[object]:
        """A file's bytes to an `imaging.decode.Decoded`, in a process of its own. Raises ImagingError."""
        ...


class Pasting(Protocol):
    """Makes finished pictures elsewhere."""

    async def finished(self, work: Unfinished) -> tuple[memoryview, Size]:
        """The finished picture as PNG. Raises StorageError, ImagingError."""
        ...


class Jobs(Protocol):
    """The runner as the session sees it: calls from the home loop, news on the home thread."""

    news: Signal[JobNews]

    async def enqueue(self, request: EditRequest, price: Price | None) -> Job:
        """Committed when it returns."""
        ...

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        """Let jobs go that an earlier run of the program left waiting; those jobs."""
        ...

    async def cancel(self, job: JobId) -> None: ...
    async def pause(self) -> None:
        """Begin no job until `go_on`; what runs goes on."""
        ...

    async def go_on(self) -> None: ...
    async def order(self) -> Sequence[JobId]:
        """The jobs that wait, provider by provider, in the order in which they will go."""
        ...

    async def move(self, job: JobId, offset: int) -> None:
        """Let a waiting job go so many places later among those of its provider, or earlier."""
        ...

    async def look_again(self, job: JobId) -> None:
        """Fetch what an ended job still lacks, for nothing. Raises UsageError where nothing is lacking."""
        ...

    async def jobs(self) -> Sequence[Job]: ...
    async def job(self, job: JobId) -> Job | None: ...
    async def models(self) -> Sequence[Model]: ...
    def providers(self) -> Sequence[ProviderInfo]: ...


class Blobs(Protocol):
    """As in `jobs/ports.py`, from the home loop."""

    async def put(self, data: bytes) -> BlobId: ...
    async def get(self, blob: BlobId) -> bytes: ...
    def path(self, blob: BlobId) -> str: ...


class RemovedCards(Protocol):
    """Which cards of jobs the user removed. Nothing is taken from their jobs. Both raise StorageError."""

    async def removed_cards(self) -> Mapping[JobId, JobState]:
        """The newest of these jobs, and how each stood when its card was removed."""
        ...

    async def mark_removed(self, cards: Mapping[JobId, JobState | None]) -> None:
        """The cards of these jobs were removed while they stood so; None: such a card came back."""
        ...


class Library(Protocol):
    """The gallery's rows."""

    async def entries(self, query: GalleryQuery) -> Sequence[GalleryEntry]: ...
    async def entry(self, output: OutputId) -> GalleryEntry | None: ...
    async def count(self, query: GalleryQuery) -> int: ...
    async def mark(
        self,
        output: OutputId,
        *,
        starred: bool | None = None,
        applied: bool | None = None,
        trashed: bool | None = None,
    ) -> None: ...


class Books(Protocol):
    """What was spent, by the journal. Both raise StorageError."""

    async def totals(self, since: Since, free: Collection[ProviderId]) -> Totals:
        """Today and this month, but for providers that are `free`."""
        ...

    async def held(self, since: Since, currency: str, counts: Callable[[Outlay], bool]) -> Held:
        """What counts against limits of a currency, of the jobs for which `counts` says so; it is called elsewhere."""
        ...


class Selector(Protocol):
    """Object selection while the user waits: not a job, costs nothing."""

    def warm(self) -> None:
        """Somebody is about to click."""
        ...

    def select(
        self, picture: Pixels, key: str, add: Sequence[Point], subtract: Sequence[Point]
    ) -> AsyncGenerator[Pixels, None]:
        """Candidate masks (gray, the picture's size), best first, each as soon as it is there. `key` names the picture
        so that what was computed for it can be used again. Closing it ends the work. Raises ProviderError, UsageError
        (nothing there)."""
        ...


class KeyStore(Protocol):
    """Where keys of providers are kept. All raise StorageError where the keyring does not answer."""

    async def keep(self, provider: ProviderId, key: Secret) -> KeyPlace: ...
    def hold(self, provider: ProviderId, key: Secret) -> None:
        """For this session only."""
        ...

    def allow_file(self) -> None:
        """The user was warned and wants keys in a file where there is no keyring."""
        ...

    def lend(self, job: JobId, provider: ProviderId, key: Secret) -> None:
        """For one job only, as long as its provider stays where it is."""
        ...

    async def forget(self, provider: ProviderId) -> None: ...
    async def where(self, provider: ProviderId) -> KeyPlace: ...


class Remotes(Protocol):
    """The providers behind the runner, as they are set up now."""

    async def use(self, profiles: Sequence[ProviderProfile]) -> None:
        """Work with these from now on; jobs that run go on with what they began with."""
        ...

    async def check(self, provider: ProviderId) -> Account:
        """What a free call tells of its key. Raises ProviderError where it cannot be asked."""
        ...

    async def refresh(self, provider: ProviderId) -> Sequence[Model]:
        """Its models, fetched anew. Raises ProviderError."""
        ...

    async def known(self, provider: ProviderId) -> Sequence[Model]:
        """Its models as last fetched; fetched now where they never were. Raises ProviderError."""
        ...

    async def detailed(self, provider: ProviderId, model: ModelId) -> Model:
        """A model with what its provider tells of it alone; as it was known where it tells nothing more."""
        ...


class SettingsStore(Protocol):
    """Settings on disk."""

    def load(self) -> Settings: ...
    def save(self, settings: Settings) -> None:
        """Raises StorageError."""
        ...


class Files(Protocol):
    """Files of the user. Synchronous: called in the pools. All raise StorageError or ImagingError."""

    def read(self, path: str) -> bytes: ...
    def write(self, path: str, data: bytes) -> None:
        """All or nothing."""
        ...

    def load_project(self, path: str) -> Project: ...
    def save_project(self, path: str, project: Project) -> None: ...
    def sample(self) -> str:
        """The path of the sample picture."""
        ...

    def hand_out(self, blob_path: str, name: str) -> str:
        """A copy of a blob under a readable name, for other programs; its path."""
        ...


class Recovery(Protocol):
    """Copies of unsaved documents. Synchronous: called in the pool that writes."""

    def save(self, entry: RecoveryEntry, state: DocumentState) -> None:
        """Only tiles that are not on disk yet are written."""
        ...

    def entries(self) -> Sequence[RecoveryEntry]: ...
    def load(self, key: str) -> DocumentState: ...
    def forget(self, key: str) -> None: ...


class Thumbnails(Protocol):
    """Small pictures of blobs, kept on disk."""

    async def of_blob(self, blob: BlobId) -> Pixels:
        """Ready to be painted. Raises StorageError, ImagingError."""
        ...
