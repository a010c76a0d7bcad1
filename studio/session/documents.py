"""Opening, closing, saving, exporting and recovering documents."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from studio.document.edits import new_document, paste_layer
from studio.domain.catalogue import trouble
from studio.imaging.colour import converted
from studio.imaging.decode import decode_small
from studio.imaging.encode import encode
from studio.session.exporting import ENDINGS, export_preview, exported
from studio.session.face.views import ExportOptions, Notice, Recovered
from studio.session.flattening import small
from studio.session.paths import absolute, is_project, project_path, titled
from studio.session.ports import Project, RecoveryEntry
from studio.session.shallower import loses, lost

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from studio.document.state import DocumentState
    from studio.domain.ids import OutputId
    from studio.domain.job import Job
    from studio.domain.settings import Settings
    from studio.imaging.decode import Decoded
    from studio.session.editing import Editing
    from studio.session.editor import OpenDocument
    from studio.session.face.views import ExportPreview
    from studio.session.ports import Files, Offload, Recovery
    from studio.session.tasks import Tasks

MEGAPIXELS = 300
THUMBNAIL = 256


class Documents:
    """The files half of `DocumentFace`. Whatever would be lost is first kept in the recovery folder."""

    def __init__(
        self,
        *,
        editing: Editing,
        offload: Offload,
        files: Files,
        recovery: Recovery,
        tasks: Tasks,
        notice: Callable[[Notice], None],
        busy: Callable[[str], None],
        jobs: Callable[[], tuple[Job, ...]],
    ) -> None:
        self._editor = editing.editor
        self._editing = editing
        self._offload = offload
        self._files = files
        self._recovery = recovery
        self._tasks = tasks
        self._notice = notice
        self._busy = busy
        self._history_of_jobs = jobs
        self._recovered: tuple[Recovered, ...] = ()
        self._preview_asked = 0
        self._asked = 0
        self._shown = 0
        self.opened: list[Callable[[str], None]] = []

    def _spawn(self, sentence: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn(self._said(sentence, work), work)

    async def _said(self, sentence: str, work: Coroutine[Any, Any, None]) -> None:
        self._busy(sentence)
        try:
            await work
        finally:
            self._busy("")

    # opening

    def open(self, paths: Sequence[str]) -> None:
        """The first file as the document, further ones as layers over it."""
        if paths:
            self._spawn("Opening", self._open(tuple(paths), self._turn()))

    def _turn(self) -> int:
        """A picture was asked for as the document. One that takes long to read must not come in the place of another
        that was asked for later, and is being painted on by now."""
        self._asked += 1
        return self._asked

    async def _open(self, paths: tuple[str, ...], turn: int) -> None:
        document = await self._open_file(paths[0], turn)
        for path in paths[1:] if document is not None else ():
            data = await self._offload.compute(self._files.read, path)
            await self._lay(data, os.path.basename(path), document, turn)

    async def _open_file(self, path: str, turn: int) -> OpenDocument | None:
        path = absolute(path)
        name = os.path.basename(path)
        if is_project(name):
            project = await self._offload.compute(self._files.load_project, path)
            document = await self._open_project(project, name, path, turn)
        else:
            data = await self._offload.compute(self._files.read, path)
            document = await self._open_picture(await self._decoded(data, name), name, turn, path=path)
        for told in self.opened if document is not None else ():
            told(path)
        return document

    async def _open_project(self, project: Project, name: str, path: str, turn: int) -> OpenDocument | None:
        """What another program made has more in it than is kept here, so its file is never saved over unasked."""
        if project.own:
            return await self._replace(project.state, name, turn, path=path)
        document = await self._replace(project.state, name, turn, more="copy")
        if document is not None:
            text = "{name} was made or changed by another program. Saving makes a new file; the old one stays as it is."
            self._notice(Notice(text=text, facts={"name": name}))
        return document

    async def _open_picture(
        self, picture: Decoded, name: str, turn: int, *, path: str | None = None, parent: OutputId | None = None
    ) -> OpenDocument | None:
        """One that is poorer than its file is called a copy, so that no export proposes to replace that file."""
        more = "copy" if loses(picture) else ""
        state = await self._alone(picture, name)
        document = await self._replace(state, name, turn, more=more, path=path, parent=parent)
        if document is not None and loses(picture):
            self._notice(lost(picture, name))
        return document

    async def _alone(self, picture: Decoded, name: str) -> DocumentState:
        return await self._offload.compute(
            new_document, picture.pixels, name, icc=picture.icc, profile=picture.profile_name or "sRGB"
        )

    async def _decoded(self, data: bytes, name: str) -> Decoded:
        return cast("Decoded", await self._offload.decode(data, name, megapixels=MEGAPIXELS))

    async def _replace(
        self,
        state: DocumentState,
        name: str,
        turn: int,
        *,
        more: str = "",
        path: str | None = None,
        parent: OutputId | None = None,
        saved: bool = True,
    ) -> OpenDocument | None:
        """It as the document, called by its name and what `more` adds; None where one that was asked for later is open
        by then."""
        if turn >= self._shown:
            await self._keep_and_tell()
        if turn < self._shown:
            text = "{name} was not opened, as another picture was asked for after it."
            self._notice(Notice(text=text, facts={"name": name}))
            return None
        self._shown = turn
        return self._editor.open(state, titled(name, more), path=path, parent=parent, saved=saved)

    def open_bytes(self, data: bytes, name: str) -> None:
        """A dropped or pasted picture as the document."""
        self._spawn("Opening", self._open_data(data, name, None, self._turn()))

    def open_output(self, data: bytes, name: str, output: OutputId) -> None:
        """A picture of the gallery as the document; it remembers its parent."""
        self._spawn("Opening", self._open_data(data, name, output, self._turn()))

    async def open_first(self, data: bytes, name: str, output: OutputId) -> bool:
        """A picture that came by itself as the document, where none is open once it is decoded; whether it is it now.
        Raises ImagingError."""
        self._busy("Opening")
        try:
            state = await self._alone(await self._decoded(data, name), name)
        finally:
            self._busy("")
        if self._editor.document is None:
            self._editor.open(state, name, parent=output)
            return True
        return False

    async def _open_data(self, data: bytes, name: str, parent: OutputId | None, turn: int) -> None:
        await self._open_picture(await self._decoded(data, name), name, turn, parent=parent)

    def open_sample(self) -> None:
        """The picture that comes with the program."""
        self._spawn("Opening", self._open_the_sample(self._turn()))

    async def _open_the_sample(self, turn: int) -> None:
        path = self._files.sample()
        data = await self._offload.compute(self._files.read, path)
        await self._open_data(data, os.path.basename(path), None, turn)

    def paste(self, data: bytes, name: str) -> None:
        """A new layer, or the document where none is open."""
        self._spawn("Opening", self._lay(data, name, self._editor.document, self._turn()))

    def paste_files(self, paths: Sequence[str]) -> None:
        """Each file a new layer, the first one the document where none is open."""
        self._spawn("Opening", self._paste_files(tuple(paths), self._editor.document, self._turn()))

    async def _paste_files(self, paths: tuple[str, ...], document: OpenDocument | None, turn: int) -> None:
        for path in paths:
            if self._editor.state is None:
                document = await self._open_file(path, turn)
                if document is None:
                    return
            else:
                data = await self._offload.compute(self._files.read, path)
                await self._lay(data, os.path.basename(path), document, turn)

    async def _lay(self, data: bytes, name: str, document: OpenDocument | None, turn: int) -> None:
        """Over the document that was open when it was asked for; over whichever is, where none was."""
        picture = await self._decoded(data, name)
        if self._editor.document is None:
            await self._open_picture(picture, name, turn)
            return
        if document is not None and document is not self._editor.document:
            text = "{name} was not laid over, as another picture was opened."
            self._notice(Notice(text=text, facts={"name": name}))
            return
        self._editing.edit_in_pool("Paste layer", lambda state: _laid(state, picture, name))
        await self._editing.settled()
        if loses(picture):
            self._notice(lost(picture, name))

    def close(self) -> None:
        """Close the document; what was not saved is kept for recovery."""
        self._tasks.spawn(self._close())

    async def _close(self) -> None:
        await self._keep_and_tell()
        self._editor.close()

    async def _keep_and_tell(self) -> None:
        """What is drawn while a copy is being written belongs to the document too."""
        kept: DocumentState | None = None
        while True:
            await self._editing.settled()
            document, state = self._editor.document, self._editor.state
            if document is None or not document.history.is_dirty or kept is state:
                break
            await self.keep()
            await self.look_for_recovered()
            kept = state
        if kept is not None and document is not None:
            text = "{name} was not saved. It is kept for you."
            facts = {"name": document.title}
            self._notice(Notice(text=text, facts=facts, action="file.recover", button="Show it"))

    # saving

    def save(self, path: str | None = None) -> None:
        """As a project."""
        if self._editor.document is not None:
            self._spawn("Saving", self.save_to(path))

    def saves_in_place(self) -> bool:
        """Whether the document came from a project file, so that saving needs no question."""
        document = self._editor.document
        return document is not None and is_project(document.path or "")

    async def save_to(self, path: str | None) -> None:
        """Raises StorageError; the document stays unsaved then. What is done to it while it is written is not saved,
        and another document that is opened meanwhile has nothing to do with it."""
        await self._editing.settled()
        document, state = self._editor.document, self._editor.state
        if document is None or state is None:
            return
        target = project_path(path or document.path or document.title)
        project = Project(state=state, jobs=self._history_of_jobs())
        await self._offload.write(self._files.save_project, target, project)
        self._editor.mark_saved(document, state, target, time.time())
        if document.history.state is state:
            await self._forget(document)
        for told in self.opened:
            told(target)

    async def _forget(self, document: OpenDocument) -> None:
        await self._offload.write(self._recovery.forget, document.key)
        if document.recovered_from is not None:
            await self._offload.write(self._recovery.forget, document.recovered_from)
            document.recovered_from = None

    def export(self, path: str, options: ExportOptions) -> None:
        """The flattened picture as a file of the chosen format."""
        self._spawn("Exporting", self.export_to(path, options))

    async def export_to(self, path: str, options: ExportOptions) -> None:
        """Raises StorageError, ImagingError, UsageError."""
        await self._editing.settled()
        state = self._editor.state
        if state is None:
            raise trouble("no-document")
        if os.path.splitext(path)[1].lower() not in ENDINGS[options.format]:
            path += ENDINGS[options.format][0]
        data = await self._offload.compute(exported, state, options)
        await self._offload.write(self._files.write, absolute(path), data)
        self._notice(Notice(text="Exported to {path}", facts={"path": path}, path=path))

    def export_preview(self, options: ExportOptions, done: Callable[[ExportPreview], None]) -> None:
        """What the file would weigh; only the newest question is answered."""
        state = self._editor.state
        if state is not None:
            self._preview_asked += 1
            self._tasks.spawn(self._preview(state, options, done, self._preview_asked))

    async def _preview(
        self, state: DocumentState, options: ExportOptions, done: Callable[[ExportPreview], None], mine: int
    ) -> None:
        made = await self._offload.compute(export_preview, state, options)
        if mine == self._preview_asked:
            done(made)

    def copy(self, done: Callable[[bytes], None]) -> None:
        """The picture as a PNG file's bytes."""
        self._tasks.spawn(self._copy(done))

    async def _copy(self, done: Callable[[bytes], None]) -> None:
        await self._editing.settled()
        state = self._editor.state
        if state is not None:
            done(await self._offload.compute(exported, state, ExportOptions()))

    # recovery

    async def keep(self) -> None:
        """Write the recovery copy of the document where it is not saved."""
        document, state = self._editor.document, self._editor.state
        if document is None or state is None or not document.history.is_dirty:
            return
        picture = await self._offload.compute(small, state, THUMBNAIL)
        entry = RecoveryEntry(
            key=document.key,
            title=document.title,
            saved_at=time.time(),
            size=state.size,
            path=document.path,
            thumbnail=await self._offload.compute(encode, picture, "png"),
        )
        await self._offload.write(self._recovery.save, entry, state)

    async def look_for_recovered(self) -> tuple[Recovered, ...]:
        """What earlier runs left behind."""
        entries = await self._offload.compute(self._recovery.entries)
        self._recovered = tuple([await self._offload.compute(_recovered, entry) for entry in entries])
        return self._recovered

    def recovered(self) -> Sequence[Recovered]:
        """As last looked up."""
        return self._recovered

    def recover(self, key: str) -> None:
        """Open it as a copy; it stays on disk until that is saved."""
        self._spawn("Opening", self._recover(key, self._turn()))

    async def _recover(self, key: str, turn: int) -> None:
        entry = next((each for each in self._recovered if each.key == key), None)
        state = await self._offload.compute(self._recovery.load, key)
        title = entry.title if entry else "Picture"
        document = await self._replace(state, title, turn, more="recovered", saved=False)
        if document is not None:
            document.recovered_from = key

    def forget_recovered(self, key: str) -> None:
        """Delete it."""
        self._recovered = tuple(each for each in self._recovered if each.key != key)
        self._tasks.spawn(self._forget_key(key))

    async def _forget_key(self, key: str) -> None:
        await self._offload.write(self._recovery.forget, key)


def _laid(state: DocumentState, picture: Decoded, name: str) -> DocumentState:
    """With the picture as a layer, its colours brought into the document's profile. To be called in a pool."""
    return paste_layer(state, converted(picture.pixels, picture.icc, state.icc), name)


def _recovered(entry: RecoveryEntry) -> Recovered:
    thumbnail = decode_small(entry.thumbnail, THUMBNAIL) if entry.thumbnail else None
    return Recovered(key=entry.key, title=entry.title, saved_at=entry.saved_at, size=entry.size, thumbnail=thumbnail)


def remembered(settings: Settings, path: str, most: int = 10) -> Settings:
    """The settings with a file at the head of the recent ones."""
    rest = tuple(each for each in settings.recent if each != path)
    return replace(settings, recent=(path, *rest)[:most])
