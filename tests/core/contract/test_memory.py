"""The journal, the blobs and the removed cards in memory keep to what is asked of the real ones."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.domain.ids import output_id
from tests.core.contract.blobs import BlobsContract
from tests.core.contract.journal import JournalContract
from tests.core.contract.removed_cards import RemovedCardsContract
from tests.fakes.cards import MemoryRemovedCards
from tests.fakes.journal import MemoryBlobs, MemoryJournal, TickingClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId


class _Opened:
    def __init__(self) -> None:
        self.journal = MemoryJournal(TickingClock())

    async def row(self, job: JobId) -> GalleryEntry | None:
        return self.journal.rows.get(output_id(job, 0))


class TestMemoryJournal(JournalContract):
    @asynccontextmanager
    async def open(self) -> AsyncIterator[_Opened]:
        yield _Opened()


class TestMemoryBlobs(BlobsContract):
    @asynccontextmanager
    async def open(self) -> AsyncIterator[MemoryBlobs]:
        yield MemoryBlobs()


class TestMemoryRemovedCards(RemovedCardsContract):
    @asynccontextmanager
    async def open(self) -> AsyncIterator[MemoryRemovedCards]:
        yield MemoryRemovedCards()
