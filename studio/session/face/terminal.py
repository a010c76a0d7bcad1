"""The session as the command line sees it, on its own asyncio loop."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from studio.domain.capabilities import Price  # noqa: TC001  # news is read back by its fields' types
from studio.domain.geometry import Size  # noqa: TC001  # news is read back by its fields' types
from studio.domain.ids import JobId, OutputId, ProviderId  # noqa: TC001  # news is read back by its fields' types
from studio.domain.job import JobState  # noqa: TC001  # news is read back by its fields' types
from studio.domain.problems import Problem  # noqa: TC001  # news is read back by its fields' types

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.capabilities import Model
    from studio.domain.gallery import GalleryEntry
    from studio.domain.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOrder:
    """`overpaint edit` and `generate`, as typed. Texts that name files are paths."""

    prompt: str = ""
    images: tuple[str, ...] = ()
    mask: str | None = None
    mask_means: str | None = None
    """"white" or "transparent"; None: by the file."""
    provider: str = "local"
    model: str | None = None
    count: int = 1
    size: str | None = None
    seed: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    frame: str | None = None
    """"mask" or "whole"; None: by whether there is a mask."""
    output: str | None = None
    key_file: str | None = None
    large: bool = False
    wait: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """An output as files: `path` the finished picture, `raw` the bytes as received, `paste_mask` where 0 means
    that `path` equals the base."""

    id: OutputId
    path: str
    raw: str
    paste_mask: str | None
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedNews:
    """The job is in the journal."""

    job: JobId
    price: Price | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNews:
    """It goes on."""

    job: JobId
    phase: str
    fraction: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedNews:
    """The last word about a job. `job` is None where none was made."""

    job: JobId | None
    state: JobState
    outputs: tuple[OutputFile, ...] = ()
    missing: int = 0
    cost: Price | None = None
    request_id: str | None = None
    revised_prompt: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkNews:
    """A sentence for people, of no job. It comes before the first news of one."""

    text: str


TerminalNews = RemarkNews | QueuedNews | ProgressNews | EndedNews


@dataclass(frozen=True, slots=True, kw_only=True)
class JobListing:
    """A job of the journal with its outputs as files."""

    job: Job
    outputs: tuple[OutputFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryListing:
    """A picture of the gallery and the file that holds it."""

    entry: GalleryEntry
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLayer:
    """A layer as `project info` lists it, top layer first."""

    name: str
    visible: bool
    opacity: float
    blend: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectInfo:
    """What `project info` tells."""

    path: str
    size: Size
    layers: tuple[ProjectLayer, ...]
    masked: float
    jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderListing:
    """A provider that was set up: where its key is, and all its settings (None: not set)."""

    id: ProviderId
    kind: str
    url: str
    key: str
    settings: tuple[tuple[str, str | int | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckListing:
    """What a free look at a provider's key told. `good` None: it cannot be told, and `words` say why."""

    id: ProviderId
    good: bool | None
    words: str
    balance: Price | None = None


class ProviderDo(Enum):
    """What to do with a provider."""

    ADD = "add"
    SET = "set"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChange:
    """`providers add`, `set` and `remove`, as typed. `kind` and `url` go with ADD, `settings` with the first two."""

    do: ProviderDo
    id: str
    kind: str = ""
    url: str = ""
    settings: tuple[tuple[str, str], ...] = ()


class WritingDesk(Protocol):
    """What the verbs call that change something. All raise StudioError; `edit`, `run` and `resume` tell failure in
    `EndedNews` instead."""

    @property
    def found(self) -> Sequence[Problem]:
        """What was damaged when the data folder was opened."""
        ...

    def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]: ...
    def run(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]: ...
    def resume(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]: ...
    def cancel(self, job: str) -> AsyncIterator[TerminalNews]: ...
    async def left(self, jobs: Sequence[str]) -> Sequence[EndedNews]:
        """How these stand, which are cancelled and not waited for any longer. Nothing may be ordered afterwards."""
        ...

    async def trash(self, ids: Sequence[str]) -> None: ...
    async def restore(self, ids: Sequence[str]) -> None: ...
    async def set_up(self, change: ProviderChange) -> None: ...


class TerminalDesk(WritingDesk, Protocol):
    """What all verbs call. Those of its own change nothing but the user's files."""

    async def models(
        self, provider: str | None, *, refresh: bool = False, key_file: str | None = None
    ) -> Sequence[Model]: ...
    async def providers(self) -> Sequence[ProviderListing]: ...
    async def check(self, provider: str, key_file: str | None = None) -> CheckListing: ...
    async def give_key(self, provider: str, key: str) -> str:
        """Keep a key; where it went. Raises StorageError where it can be kept nowhere."""
        ...

    async def jobs(self) -> Sequence[JobListing]: ...
    async def job(self, job: str) -> JobListing: ...
    async def hand_out(self, job: str, order: EditOrder) -> Sequence[OutputFile]:
        """A job's pictures as files where this order wants them. Raises StudioError."""
        ...

    async def gallery(self, words: str) -> Sequence[GalleryListing]: ...
    async def export(self, ids: Sequence[str], folder: str, form: str) -> Sequence[str]: ...
    async def project_info(self, path: str) -> ProjectInfo: ...
    async def flatten(self, path: str, output: str) -> None: ...
    async def doctor(self) -> Sequence[tuple[str, str]]: ...
    async def close(self) -> None: ...
