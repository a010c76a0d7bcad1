"""What a terminal's session needs of the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studio.session.spending import unlimited

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews
    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.domain.signal import Signal
    from studio.session.ports import Blobs, Files, KeyStore, Library, Offload, Remotes
    from studio.session.spending import Ordering


class TerminalJobs(Protocol):
    """The runner as the terminal sees it: `studio.jobs.home.HomeJobs` by shape. News comes on the terminal's loop."""

    @property
    def news(self) -> Signal[JobNews]: ...

    async def enqueue(
        self,
        request: EditRequest,
        price: Price | None,
        *,
        held: bool = False,
        named: Callable[[JobId], None] | None = None,
    ) -> Job:
        """Committed when it returns; a held one waits for `run`. `named` hears the job's id before anything is done
        for it, in any thread."""
        ...

    async def run(self) -> Sequence[Job]: ...
    async def resume(self) -> Sequence[Job]: ...
    async def look_again(self, job: JobId) -> None: ...
    async def cancel(self, job: JobId) -> None: ...
    async def jobs(self) -> Sequence[Job]: ...
    async def job(self, job: JobId) -> Job | None: ...
    async def models(self) -> Sequence[Model]: ...
    def providers(self) -> Sequence[ProviderInfo]: ...


async def nothing_ends() -> None:
    """For a terminal beside a window, whose jobs go on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TerminalWorld:
    """Everything outside that the verbs work with. `doctor` is called in a worker thread, `found` is what was damaged
    at the opening. `end_jobs` stops what runs and writes that down: nothing is ordered after it."""

    offload: Offload
    jobs: TerminalJobs
    blobs: Blobs
    masks: Blobs
    """Masks that were made for whoever asked."""
    library: Library
    files: Files
    keys: KeyStore
    remotes: Remotes
    profiles: Callable[[], tuple[ProviderProfile, ...]]
    """The providers that are set up."""
    save_profiles: Callable[[tuple[ProviderProfile, ...]], Awaitable[None]]
    read_key: Callable[[str], str]
    """The text of a key file, in a worker thread."""
    keep_in: Callable[[str], None]
    """Where pictures may go too, if the library has no room for them."""
    doctor: Callable[[], Sequence[tuple[str, str]]]
    found: Sequence[Problem] = ()
    ordering: Ordering = unlimited
    end_jobs: Callable[[], Awaitable[None]] = nothing_ends
