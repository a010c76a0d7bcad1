"""A desk for the terminal: every call is noted in `calls`, every answer is set by the test."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.cli.playing import Place
from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.domain.ids import JobId, ProviderId
from studio.domain.job import JobState
from studio.session.face.terminal import CheckListing, EndedNews, ProjectInfo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from studio.domain.capabilities import Model
    from studio.domain.problems import Problem, StudioError
    from studio.session.face.terminal import (
        EditOrder,
        GalleryListing,
        JobListing,
        OutputFile,
        ProviderChange,
        ProviderListing,
        TerminalNews,
    )


class FakeTerminalDesk:
    """`script` is told by edit, run and resume: news, an error to raise, or something to call. A cancel that comes
    meanwhile ends the script with a job cancelled."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.script: list[TerminalNews | Exception | Callable[[], object]] = []
        self.model_rows: list[Model] = []
        self.provider_rows: list[ProviderListing] = []
        self.checked = CheckListing(id=ProviderId("mine"), good=True, words="The key is good.")
        self.job_rows: list[JobListing] = []
        self.gallery_rows: list[GalleryListing] = []
        self.refusal: StudioError | None = None
        self.cancelled: set[str] = set()
        self.slow: set[str] = set()
        """Jobs whose cancel waits for that of another one."""
        self.found: list[Problem] = []
        self.said: Problem | None = None
        """Of jobs that are left."""
        self.handed: tuple[OutputFile, ...] = ()
        """What is written of a job."""
        self.closed = False
        self.cancelling = asyncio.Event()

    def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]:
        self.calls.append(("edit", order))
        return self._tell()

    def run(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        self.calls.append(("run", key_file))
        return self._tell()

    def resume(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        self.calls.append(("resume", key_file))
        return self._tell()

    async def cancel(self, job: str) -> AsyncIterator[TerminalNews]:
        self.calls.append(("cancel", job))
        if job == "stranger":
            raise trouble("unknown-job", job=job)
        self.cancelled.add(job)
        if job in self.slow:
            await self.cancelling.wait()
        self.cancelling.set()
        yield EndedNews(job=JobId(job), state=JobState.CANCELLED)

    async def left(self, jobs: Sequence[str]) -> Sequence[EndedNews]:
        self._called("left", *jobs)
        return [EndedNews(job=JobId(job), state=JobState.CANCELLED, problem=self.said) for job in jobs]

    async def models(
        self, provider: str | None, *, refresh: bool = False, key_file: str | None = None
    ) -> Sequence[Model]:
        self._called("models", provider, refresh, key_file)
        return self.model_rows

    async def providers(self) -> Sequence[ProviderListing]:
        self._called("providers")
        return self.provider_rows

    async def set_up(self, change: ProviderChange) -> None:
        self._called("set_up", change)

    async def give_key(self, provider: str, key: str) -> str:
        self._called("give_key", provider, key)
        return "keyring"

    async def check(self, provider: str, key_file: str | None = None) -> CheckListing:
        self._called("check", provider, key_file)
        return self.checked

    async def jobs(self) -> Sequence[JobListing]:
        self._called("jobs")
        return self.job_rows

    async def job(self, job: str) -> JobListing:
        self._called("job", job)
        return self.job_rows[0]

    async def hand_out(self, job: str, order: EditOrder) -> Sequence[OutputFile]:
        self._called("hand_out", job, order)
        return self.handed

    async def gallery(self, words: str) -> Sequence[GalleryListing]:
        self._called("gallery", words)
        return self.gallery_rows

    async def export(self, ids: Sequence[str], folder: str, form: str) -> Sequence[str]:
        self._called("export", tuple(ids), folder, form)
        return [f"{folder}/{each}.{form}" for each in ids]

    async def trash(self, ids: Sequence[str]) -> None:
        self._called("trash", tuple(ids))

    async def restore(self, ids: Sequence[str]) -> None:
        self._called("restore", tuple(ids))

    async def project_info(self, path: str) -> ProjectInfo:
        self._called("project_info", path)
        return ProjectInfo(path=path, size=Size(width=4, height=3), layers=(), masked=0.25, jobs=2)

    async def flatten(self, path: str, output: str) -> None:
        self._called("flatten", path, output)

    async def doctor(self) -> Sequence[tuple[str, str]]:
        self._called("doctor")
        return [("version", "1"), ("keyring", "none")]

    async def close(self) -> None:
        self.closed = True

    def _called(self, *call: object) -> None:
        self.calls.append(call)
        if self.refusal is not None:
            raise self.refusal

    async def _tell(self) -> AsyncIterator[TerminalNews]:
        for step in self.script:
            if isinstance(step, Exception):
                raise step
            if callable(step):
                step()
                async for news in self._after_interruption():
                    yield news
                    return
            else:
                yield step

    async def _after_interruption(self) -> AsyncIterator[TerminalNews]:
        """The end of a job that was cancelled meanwhile; waits for that as a running job does."""
        await self.cancelling.wait()
        yield EndedNews(job=JobId(min(self.cancelled)), state=JobState.CANCELLED)


class Builder:
    """Matches `cli.errand.Desks`; notes for which data folder, and whether for reading only. `failure` is raised
    instead of giving the desk."""

    def __init__(self, desk: FakeTerminalDesk) -> None:
        self.desk = desk
        self.built: list[tuple[str | None, bool]] = []
        self.sending: list[bool] = []
        """What was told of each desk for writing."""
        self.held = False
        """Whether another program works there."""
        self.failure: StudioError | None = None

    def reading(self, data_dir: str | None) -> AbstractAsyncContextManager[FakeTerminalDesk]:
        return self._given(data_dir, read_only=True)

    def writing(
        self, data_dir: str | None, *, sends: bool, waits: Callable[[], None] | None = None
    ) -> AbstractAsyncContextManager[FakeTerminalDesk]:
        self.sending.append(sends)
        if self.held:
            if waits is None:
                raise trouble("data-in-use", place="here")
            waits()
        return self._given(data_dir, read_only=False)

    @asynccontextmanager
    async def playground(self, port: int) -> AsyncIterator[Place]:
        if self.failure is not None:
            raise self.failure
        yield Place(url=f"http://127.0.0.1:{port or 4711}", key="demo-key")

    @asynccontextmanager
    async def _given(self, data_dir: str | None, *, read_only: bool) -> AsyncIterator[FakeTerminalDesk]:
        self.built.append((data_dir, read_only))
        if self.failure is not None:
            raise self.failure
        try:
            yield self.desk
        finally:
            await self.desk.close()
