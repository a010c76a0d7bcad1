"""The parts of the session as their faces name them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.ids import JobId, ModelId
from studio.domain.problems import StudioError, UsageError
from studio.imaging.decode import decode_small
from studio.session.face.views import Notice
from studio.session.form import TrayPicture, moved, switched
from studio.session.keptmasks import KeptMasks

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from studio.domain.capabilities import Model
    from studio.domain.geometry import Margins
    from studio.domain.ids import BlobId, LayerId, OutputId, ProviderId
    from studio.domain.job import Job
    from studio.domain.request import ParameterValue
    from studio.session.canvas import Canvas
    from studio.session.cards import Cards
    from studio.session.documents import Documents
    from studio.session.editing import Editing
    from studio.session.editor import Editor
    from studio.session.face.views import Combine, CompareMode, ExportOptions, ExportPreview, Recovered
    from studio.session.form import Form
    from studio.session.generate import Generate
    from studio.session.layering import Layering
    from studio.session.ports import Blobs, Files, Jobs, Offload
    from studio.session.queueing import Queue
    from studio.session.results import Results
    from studio.session.tasks import Tasks

REFERENCE_SIDE = 128


class DocumentDesk:
    """Implements `DocumentFace`: files on one side, layers and masks on the other."""

    def __init__(
        self,
        files: Documents,
        layering: Layering,
        editing: Editing,
        canvas: Canvas,
        set_margins: Callable[[Margins], None],
    ) -> None:
        self.files = files
        self.layering = layering
        self.masks = KeptMasks(editing)
        self.editing = editing
        self._canvas = canvas
        self._set_margins = set_margins

    def open(self, paths: Sequence[str]) -> None:
        """The first file as the document, further ones as layers over it."""
        self.files.open(paths)

    def open_bytes(self, data: bytes, name: str) -> None:
        """A dropped or pasted picture as the document."""
        self.files.open_bytes(data, name)

    def open_sample(self) -> None:
        """The picture that comes with the program."""
        self.files.open_sample()

    def paste(self, data: bytes, name: str) -> None:
        """A new layer, or the document where none is open."""
        self.files.paste(data, name)

    def paste_files(self, paths: Sequence[str]) -> None:
        """Each a new layer over what is open."""
        self.files.paste_files(paths)

    def close(self) -> None:
        """Close the document; what was not saved is kept for recovery."""
        self.files.close()

    def save(self, path: str | None = None) -> None:
        """As a project."""
        self.files.save(path)

    def export(self, path: str, options: ExportOptions) -> None:
        """The flattened picture as a file."""
        self.files.export(path, options)

    def copy(self, done: Callable[[bytes], None]) -> None:
        """The picture as a PNG file's bytes."""
        self.files.copy(done)

    def export_preview(self, options: ExportOptions, done: Callable[[ExportPreview], None]) -> None:
        """What the file would weigh."""
        self.files.export_preview(options, done)

    def set_layer(
        self,
        layer: LayerId,
        *,
        name: str | None = None,
        visible: bool | None = None,
        locked: bool | None = None,
        opacity: float | None = None,
        blend: str | None = None,
    ) -> None:
        """What is None stays as it is."""
        self.layering.set_layer(layer, name=name, visible=visible, locked=locked, opacity=opacity, blend=blend)

    def select_layer(self, layer: LayerId) -> None:
        """Make it the active one."""
        self.layering.select_layer(layer)

    def move_layer(self, layer: LayerId, row: int) -> None:
        """To this row of the list."""
        self.layering.move_layer(layer, row)

    def move_content(self, dx: int, dy: int) -> None:
        """Shift the active layer."""
        self.layering.move_content(dx, dy)

    def delete_layer(self, layer: LayerId) -> None:
        """Take it off."""
        self.layering.delete_layer(layer)

    def go_to(self, history_index: int) -> None:
        """To a step of the history."""
        self.editing.now(lambda: self.editing.editor.go_to(history_index))

    def undo(self) -> None:
        """One step back. A stroke that is being drawn is that step."""
        if self._canvas.stroking:
            self._canvas.cancel()
        else:
            self.editing.editor.undo()

    def load_mask(self, path: str) -> None:
        """From a picture file."""
        self.layering.load_mask(path)

    def save_mask(self, path: str) -> None:
        """As a picture file."""
        self.layering.save_mask(path)

    def use_mask(self, name: str, combine: Combine) -> None:
        """A kept mask, in the place of the one that is there or joined with it."""
        self.masks.use(name, combine)

    def rename_mask(self, name: str, to: str) -> None:
        """A kept mask under another name."""
        self.masks.rename(name, to)

    def delete_mask(self, name: str) -> None:
        """A kept mask no more."""
        self.masks.delete(name)

    def grow_mask(self, pixels: int) -> None:
        """Shrinks where negative."""
        self.layering.grow_mask(pixels)

    def feather_mask(self, pixels: float) -> None:
        """Soften the edge."""
        self.layering.feather_mask(pixels)

    def set_extend(self, margins: Margins) -> None:
        """How far the edges are pulled out."""
        self._set_margins(margins)

    def recovered(self) -> Sequence[Recovered]:
        """What a crash left behind."""
        return self.files.recovered()

    def recover(self, key: str) -> None:
        """Open it as a copy."""
        self.files.recover(key)

    def forget_recovered(self, key: str) -> None:
        """Delete it."""
        self.files.forget_recovered(key)


class FormDesk:
    """Implements `FormFace`."""

    def __init__(
        self,
        form: Form,
        typed: Callable[[ProviderId, str], Model | None],
        *,
        offload: Offload,
        blobs: Blobs,
        files: Files,
        tasks: Tasks,
        refused: Callable[[], None],
        notice: Callable[[Notice], None],
    ) -> None:
        """`typed` gives the model of an id that was typed; `refused` is told of each value that does not fit."""
        self._form = form
        self._typed = typed
        self._refused = refused
        self._notice = notice
        self._offload = offload
        self._blobs = blobs
        self._files = files
        self._tasks = tasks
        self._tray = asyncio.Lock()
        """One reference after the other: the order in which they were given is the one in which they are sent."""
        self._giving = 0
        self._unread = 0

    def set_prompt(self, text: str) -> None:
        """As typed."""
        self._form.set_prompt(text)

    def set_model(self, model: ModelId, provider: ProviderId | None = None) -> None:
        """Choose a model."""
        self._form.set_model(model, provider)

    def type_model(self, provider: ProviderId, model: str) -> None:
        """Choose a model by its id, whether a catalogue names it or not."""
        known = self._form.find(ModelId(model.strip()), provider)
        self._form.choose(known or self._typed(provider, model.strip()))

    def set_parameter(self, name: str, value: ParameterValue | None) -> None:
        """Set one, or unset it with None. At once: Run may be what comes next."""
        self._tasks.now(lambda: self._set_parameter(name, value))

    def _set_parameter(self, name: str, value: ParameterValue | None) -> None:
        try:
            self._form.set_parameter(name, value)
        except UsageError:
            self._form.changed.emit(self._form.view())  # what was refused must not stay in its field
            self._refused()
            raise

    def set_count(self, count: int) -> None:
        """How many variations."""
        self._form.set_count(count)

    def set_seed(self, seed: int | None) -> None:
        """None draws one."""
        self._form.set_seed(seed)

    def add_reference(self, data: bytes, name: str) -> None:
        """At the end of the tray."""
        self._give(self._add(data, name))

    def add_reference_file(self, path: str) -> None:
        """At the end of the tray."""
        self._give(self._add_file(path))

    async def _add_file(self, path: str) -> None:
        data = await self._offload.compute(self._files.read, path)
        await self._add(data, path.replace("\\", "/").rsplit("/", 1)[-1])

    def add_blob(self, blob: BlobId, name: str) -> None:
        """A picture of the gallery."""
        self._give(self._add_blob(blob, name))

    async def _add_blob(self, blob: BlobId, name: str) -> None:
        await self._add(await self._blobs.get(blob), name)

    def _give(self, work: Coroutine[None, None, None]) -> None:
        self._giving += 1
        self._tasks.spawn(self._in_turn(work), work)

    async def _in_turn(self, work: Coroutine[None, None, None]) -> None:
        try:
            async with self._tray:
                await work
        except StudioError:
            self._unread += 1
            raise
        finally:
            self._giving -= 1

    def once_given(self, order: Callable[[], None]) -> None:
        """Order when all pictures that were given by now are in the tray. Where one of them cannot be read nothing is
        ordered: that is told, and the order would go without it."""
        if not self._giving:
            order()
            return

        async def behind_them(unread: int) -> None:
            async with self._tray:
                pass
            if unread == self._unread:
                order()
            else:
                self._notice(Notice(text="Nothing was sent, as a reference cannot be read. Run again goes without it."))

        self._tasks.spawn(behind_them(self._unread))

    async def _add(self, data: bytes, name: str) -> None:
        await self._offload.decode(data, name, megapixels=300)
        thumbnail = await self._offload.compute(decode_small, data, REFERENCE_SIDE, name)
        blob = await self._blobs.put(data)
        picture = TrayPicture(id=uuid4().hex, name=name, blob=blob, thumbnail=thumbnail)
        self._form.set_references((*self._form.references, picture))

    def set_reference(self, reference: str, *, enabled: bool) -> None:
        """On or off."""
        self._form.set_references(switched(self._form.references, reference, enabled=enabled))

    def move_reference(self, reference: str, row: int) -> None:
        """To another place."""
        self._form.set_references(moved(self._form.references, reference, row))

    def remove_reference(self, reference: str) -> None:
        """Off the tray."""
        self._form.set_references(tuple(each for each in self._form.references if each.id != reference))


class ResultsDesk:
    """Implements `ResultsFace`."""

    def __init__(
        self,
        *,
        staging: Results,
        cards: Cards,
        queue: Queue,
        jobs: Jobs,
        generate: Generate,
        editor: Editor,
        tasks: Tasks,
    ) -> None:
        self._staging = staging
        self._cards = cards
        self._queue = queue
        self._jobs = jobs
        self._generate = generate
        self._editor = editor
        self._tasks = tasks

    def show_variation(self, index: int) -> None:
        """The variation at this place."""
        self._staging.show_variation(index)

    def set_compare(self, mode: CompareMode) -> None:
        """How to compare."""
        self._staging.set_compare(mode)

    def cancel_job(self, job: JobId) -> None:
        """Stop it."""
        self._queue.cancel(job)

    def run_again(self, job: JobId) -> None:
        """The same order as a new job."""
        known = self._cards.job(job)
        if known is not None:
            self._generate.again(known)

    def remove_card(self, job: JobId) -> None:
        """Take an ended job's card away."""
        self._queue.remove_cards((job,))

    def remove_cards(self, jobs: Sequence[JobId]) -> None:
        """Take those of ended jobs away."""
        self._queue.remove_cards(jobs)

    def move_job(self, job: JobId, offset: int) -> None:
        """Another place in the line."""
        self._queue.move(job, offset)

    def look_again(self, job: JobId) -> None:
        """Fetch what it still lacks."""
        self._queue.look_again(job)

    def stage(self, output: OutputId) -> None:
        """Show a job's variations on the canvas again."""
        self._tasks.spawn(self._stage(output))

    async def _stage(self, output: OutputId) -> None:
        known = await self._find(output)
        if known is not None:
            self._staging.stage(known)

    async def _find(self, output: OutputId) -> Job | None:
        return await self._jobs.job(JobId(output.rsplit("-", 1)[0]))

    def edit_variations(self, layer: LayerId) -> None:
        """Choose another variation of an applied layer."""
        self._tasks.spawn(self._edit_variations(layer))

    async def _edit_variations(self, layer: LayerId) -> None:
        state = self._editor.state
        held = state.found(layer) if state is not None else None
        job = await self._jobs.job(held.origin.job) if held and held.origin and held.origin.job else None
        if job is not None:
            self._staging.edit_variations(layer, job)
