"""The journal and the removed cards in SQLite and the blobs on disk keep to the same contract as those in memory."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import pytest

from studio.domain.ids import output_id
from studio.storage.adapters import AsyncBlobs, AsyncJournal, AsyncLibrary
from studio.storage.blobs import BlobStore
from studio.storage.folders import Folders
from studio.storage.library import open_library
from studio.storage.removed import AsyncRemovedCards
from tests.core.contract.blobs import BlobsContract
from tests.core.contract.journal import JournalContract
from tests.core.contract.removed_cards import RemovedCardsContract

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId

P = ParamSpec("P")
T = TypeVar("T")


class _OneThread:
    """What the adapters are given as `run`."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        work = functools.partial(function, *args, **kwargs)
        return asyncio.get_running_loop().run_in_executor(self._threads, work)


class _Opened:
    def __init__(self, journal: AsyncJournal, library: AsyncLibrary) -> None:
        self.journal = journal
        self._library = library

    async def row(self, job: JobId) -> GalleryEntry | None:
        return await self._library.entry(output_id(job, 0))


class TestSqliteJournal(JournalContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folders = Folders.at(str(tmp_path))
        self.folders.make()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[_Opened]:
        with ThreadPoolExecutor(1) as threads:
            run = _OneThread(threads)
            library = (await run(open_library, self.folders)).library
            try:
                yield _Opened(AsyncJournal(library.journal, run), AsyncLibrary(library.gallery, run))
            finally:
                await run(library.close)


class TestSqliteRemovedCards(RemovedCardsContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folders = Folders.at(str(tmp_path))
        self.folders.make()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncRemovedCards]:
        with ThreadPoolExecutor(1) as threads:
            run = _OneThread(threads)
            library = (await run(open_library, self.folders)).library
            try:
                yield AsyncRemovedCards(library.cards, run)
            finally:
                await run(library.close)


class TestBlobsOnDisk(BlobsContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.root = tmp_path

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncBlobs]:
        with ThreadPoolExecutor(1) as threads:
            yield AsyncBlobs(BlobStore(self.root), _OneThread(threads))
