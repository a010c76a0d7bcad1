"""The gallery: pages of entries, thumbnails as they come into sight, marks, opening, exporting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.command import Needs
from studio.domain.gallery import GalleryQuery
from studio.domain.signal import Signal
from studio.session.face.views import GalleryRow, GalleryView, Notice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import BlobId, OutputId
    from studio.domain.pixels import Pixels
    from studio.session.face.views import ExportOptions
    from studio.session.ports import Library
    from studio.session.tasks import Tasks

THUMBNAILS_KEPT = 2000
PAGE = 200


class GalleryActions:
    """What the gallery needs of the rest of the session; given by the application."""

    def __init__(
        self,
        *,
        thumbnail: Callable[[BlobId], Awaitable[Pixels]],
        open_entry: Callable[[GalleryEntry], None],
        restore: Callable[[GalleryEntry], None],
        reference: Callable[[GalleryEntry], None],
        export: Callable[[Sequence[GalleryEntry], str, ExportOptions], Awaitable[Sequence[str]]],
        hand_out: Callable[[GalleryEntry], Awaitable[str]],
        notice: Callable[[Notice], None],
    ) -> None:
        self.thumbnail = thumbnail
        self.open_entry = open_entry
        self.restore = restore
        self.reference = reference
        self.export = export
        self.hand_out = hand_out
        self.notice = notice


class Gallery:
    """Implements `GalleryFace`."""

    def __init__(self, library: Library, tasks: Tasks, actions: GalleryActions) -> None:
        self._library = library
        self._tasks = tasks
        self._actions = actions
        self._entries: tuple[GalleryEntry, ...] = ()
        self._query = GalleryQuery(limit=PAGE)
        self._total = 0
        self._thumbnails: dict[BlobId, Pixels] = {}
        self._asked: set[BlobId] = set()
        self._generation = 0
        self._last_trashed: tuple[OutputId, ...] = ()
        self.selected: tuple[OutputId, ...] = ()
        self.changed: Signal[GalleryView] = Signal()
        self.selection_changed: Signal[None] = Signal()
        self.thumbnail_ready: Signal[OutputId] = Signal()

    def view(self) -> GalleryView:
        """What is listed now."""
        return GalleryView(
            rows=tuple(_row(entry) for entry in self._entries),
            words=self._query.words,
            starred_only=self._query.starred,
            trashed_only=self._query.trashed,
            total=self._total,
        )

    def refresh(self) -> None:
        """List anew from the library, as far as was listed already."""
        limit = max(PAGE, len(self._entries))
        self._tasks.spawn(self._list(replace(self._query, before=None, limit=limit)))

    def search(self, words: str, *, starred: bool = False, trashed: bool = False) -> None:
        """List what matches these words, newest first: what is in the trash, or all the rest."""
        self._query = GalleryQuery(words=words, starred=starred, trashed=trashed, limit=PAGE)
        self._tasks.spawn(self._list(self._query))

    def more(self) -> None:
        """Older ones, below those that are listed."""
        if self._entries and len(self._entries) < self._total:
            self._tasks.spawn(self._append(replace(self._query, before=self._entries[-1].id)))

    async def _list(self, query: GalleryQuery) -> None:
        self._generation += 1
        mine = self._generation
        entries = tuple(await self._library.entries(query))
        total = await self._library.count(query)
        if mine != self._generation:
            return  # a later question was asked meanwhile: its answer counts
        self._entries, self._total = entries, total
        self.changed.emit(self.view())

    async def _append(self, query: GalleryQuery) -> None:
        mine = self._generation
        entries = await self._library.entries(query)
        if mine != self._generation:
            return
        known = {entry.id for entry in self._entries}
        self._entries += tuple(entry for entry in entries if entry.id not in known)
        self.changed.emit(self.view())

    def entry(self, output: OutputId) -> GalleryEntry | None:
        """A listed entry."""
        return next((entry for entry in self._entries if entry.id == output), None)

    def thumbnail(self, output: OutputId) -> Pixels | None:
        """Ready, or None: then it is made and `thumbnail_ready` tells."""
        entry = self.entry(output)
        if entry is None:
            return None
        ready = self._thumbnails.get(entry.shown)
        if ready is None and entry.shown not in self._asked:
            self._asked.add(entry.shown)
            self._tasks.spawn(self._make_thumbnail(entry))
        return ready

    async def _make_thumbnail(self, entry: GalleryEntry) -> None:
        try:
            picture = await self._actions.thumbnail(entry.shown)
        finally:
            self._asked.discard(entry.shown)
        while len(self._thumbnails) >= THUMBNAILS_KEPT:
            del self._thumbnails[next(iter(self._thumbnails))]
        self._thumbnails[entry.shown] = picture
        self.thumbnail_ready.emit(entry.id)

    def select(self, outputs: Sequence[OutputId]) -> None:
        """What the gallery's commands are about."""
        self.selected = tuple(outputs)
        self.selection_changed.emit(None)

    def met(self) -> Needs:
        """The needs of commands that the selection meets."""
        if not self.selected:
            return Needs.NOTHING
        return Needs.GALLERY_SELECTION | (Needs.TRASH_SELECTION if self._query.trashed else Needs.NOTHING)

    def open(self, output: OutputId) -> None:
        """Open the finished picture as a document."""
        self._with(output, self._actions.open_entry)

    def restore(self, output: OutputId) -> None:
        """Put its prompt, model and parameters back into the form."""
        self._with(output, self._actions.restore)

    def as_reference(self, output: OutputId) -> None:
        """Into the reference tray."""
        self._with(output, self._actions.reference)

    def _with(self, output: OutputId, action: Callable[[GalleryEntry], None]) -> None:
        entry = self.entry(output)
        if entry is not None:
            action(entry)

    def star(self, output: OutputId, *, starred: bool) -> None:
        """Mark it, or take the mark off."""
        self._tasks.spawn(self._mark((output,), starred=starred))

    def trash(self, outputs: Sequence[OutputId]) -> None:
        """Out of sight, with the way back beside the news. No file is deleted, neither now nor later."""
        if self._query.trashed:
            self._actions.notice(Notice(text="That is in the trash already."))
        elif outputs:
            self._tasks.spawn(self._trash(tuple(outputs)))

    async def _trash(self, outputs: tuple[OutputId, ...]) -> None:
        await self._mark(outputs, trashed=True)
        self._last_trashed = outputs
        count = len(outputs)
        text = "Picture moved to trash." if count == 1 else "{count} pictures moved to trash."
        self._actions.notice(Notice(text=text, facts={"count": count}, action="gallery.untrash-last", button="Undo"))

    def untrash(self, outputs: Sequence[OutputId]) -> None:
        """Back into the gallery."""
        if outputs:
            self._tasks.spawn(self._untrash(tuple(outputs)))

    async def _untrash(self, outputs: tuple[OutputId, ...]) -> None:
        await self._mark(outputs, trashed=False)
        self._last_trashed = tuple(each for each in self._last_trashed if each not in outputs)
        count = len(outputs)
        text = "Picture restored to the gallery." if count == 1 else "{count} pictures restored to the gallery."
        self._actions.notice(Notice(text=text, facts={"count": count}))

    def untrash_last(self) -> None:
        """Bring back what was trashed last."""
        if self._last_trashed:
            self.untrash(self._last_trashed)
        else:
            self._actions.notice(Notice(text="Nothing was moved to the trash lately."))

    async def _mark(
        self, outputs: Sequence[OutputId], *, starred: bool | None = None, trashed: bool | None = None
    ) -> None:
        for output in outputs:
            await self._library.mark(output, starred=starred, trashed=trashed)
        await self._list(replace(self._query, before=None, limit=max(PAGE, len(self._entries))))

    def export(self, outputs: Sequence[OutputId], folder: str, options: ExportOptions) -> None:
        """Write the finished pictures into a folder, each under a readable name."""
        chosen = [entry for output in outputs if (entry := self.entry(output)) is not None]
        self._tasks.spawn(self._export(chosen, folder, options))

    async def _export(self, entries: Sequence[GalleryEntry], folder: str, options: ExportOptions) -> None:
        written = await self._actions.export(entries, folder, options)
        count = len(written)
        text = "Exported to {path}." if count == 1 else "{count} pictures exported to {path}."
        path = written[0] if count == 1 else folder
        self._actions.notice(Notice(text=text, facts={"count": count, "path": path}))

    def files(self, outputs: Sequence[OutputId], done: Callable[[Sequence[str]], None]) -> None:
        """Readable files of them under readable names, in their order, for dragging out and for laying over."""
        entries = [entry for entry in map(self.entry, outputs) if entry is not None]
        if entries:
            self._tasks.spawn(self._handed_out(entries, done))

    async def _handed_out(self, entries: Sequence[GalleryEntry], done: Callable[[Sequence[str]], None]) -> None:
        done([await self._actions.hand_out(entry) for entry in entries])


def _row(entry: GalleryEntry) -> GalleryRow:
    request = entry.request
    return GalleryRow(
        id=entry.id,
        blob=entry.shown,
        title=request.prompt or request.title or str(request.model),
        prompt=request.prompt,
        model=str(request.model),
        provider=str(request.provider),
        parameters=tuple((name, str(value)) for name, value in request.parameters),
        created=entry.created,
        size=entry.size,
        seed=entry.seed,
        parent=request.parent,
        starred=entry.starred,
        applied=entry.applied,
        trashed=entry.trashed,
    )
