"""What a window's session asks for beside its jobs and its documents, in memory."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.spending import Held, Spent, Totals

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from studio.domain.gallery import GalleryEntry, GalleryQuery
    from studio.domain.ids import BlobId, OutputId, ProviderId
    from studio.domain.settings import Settings
    from studio.domain.spending import Outlay, Since


class MemoryGallery:
    """Matches `session.ports.Library`, but that every question is answered with all there is."""

    def __init__(self) -> None:
        self.rows: dict[OutputId, GalleryEntry] = {}

    async def entries(self, query: GalleryQuery) -> Sequence[GalleryEntry]:
        return tuple(self.rows.values())

    async def entry(self, output: OutputId) -> GalleryEntry | None:
        return self.rows.get(output)

    async def count(self, query: GalleryQuery) -> int:
        return len(self.rows)

    async def mark(
        self,
        output: OutputId,
        *,
        starred: bool | None = None,
        applied: bool | None = None,
        trashed: bool | None = None,
    ) -> None:
        marks = {"starred": starred, "applied": applied, "trashed": trashed}
        self.rows[output] = replace(
            self.rows[output], **{name: mark for name, mark in marks.items() if mark is not None}
        )


class EmptyBooks:
    """Matches `session.ports.Books`."""

    async def totals(self, since: Since, free: Collection[ProviderId]) -> Totals:
        return Totals(today=Spent(), month=Spent())

    async def held(self, since: Since, currency: str, counts: Callable[[Outlay], bool]) -> Held:
        return Held(day=Decimal(0), month=Decimal(0))


class OneDot:
    """Matches `session.ports.Thumbnails`."""

    async def of_blob(self, blob: BlobId) -> Pixels:
        return Pixels(size=Size(width=1, height=1), stride=4, format=PixelFormat.BGRA, data=memoryview(bytes(4)))


class NoSettingsFile:
    """Matches `session.ports.SettingsStore`; what was saved last is in `saved`."""

    def __init__(self, settings: Settings) -> None:
        self.saved = settings

    def load(self) -> Settings:
        return self.saved

    def save(self, settings: Settings) -> None:
        self.saved = settings
