"""The parts of the session as their faces name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.ids import JobId
from studio.session.keptmasks import KeptMasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.geometry import Margins
    from studio.domain.ids import LayerId, OutputId
    from studio.domain.job import Job
    from studio.session.canvas import Canvas
    from studio.session.cards import Cards
    from studio.session.documents import Documents
    from studio.session.editing import Editing
    from studio.session.editor import Editor
    from studio.session.face.views import Combine, CompareMode, ExportOptions, ExportPreview, Recovered
    from studio.session.generate import Generate
    from studio.session.layering import Layering
    from studio.session.ports import Jobs
    from studio.session.queueing import Queue
    from studio.session.results import Results
    from studio.session.tasks import Tasks


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
