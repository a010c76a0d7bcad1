"""The session as its faces see it. All of it is called on the home thread (the window's, or the terminal's loop).

Nothing here blocks: what takes time answers later through a signal. The window exists before the desk does; it is
handed over by `attach`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.changes import Changes
    from studio.domain.geometry import Margins, Point, Rect, Size
    from studio.domain.ids import JobId, LayerId, ModelId, OutputId, ProviderId
    from studio.domain.pen import Brush, PenSample
    from studio.domain.pixels import Pixels
    from studio.domain.request import ParameterValue
    from studio.domain.settings import Settings
    from studio.domain.signal import Signal
    from studio.session.face.costs import CostsFace
    from studio.session.face.providers import ProvidersFace
    from studio.session.face.views import (
        Combine,
        CompareMode,
        DocumentView,
        ExportOptions,
        ExportPreview,
        FormView,
        GalleryView,
        JobCard,
        MaskOutline,
        Notice,
        PaintTile,
        QueueView,
        Readiness,
        Recovered,
        StagingView,
        Tool,
        ToolView,
    )


class CanvasFace(Protocol):
    """What the canvas paints and the gestures it hands on. Coordinates are document space."""

    changed: Signal[Changes]

    def size(self) -> Size | None:
        """The shown picture's size (a preview that grows the canvas counts), None without a document."""
        ...

    def picture(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Tiles of the shown picture that touch the rectangle, at 1 / 2**level; those not ready are left out and
        `changed` tells when they come. BGRX or premultiplied BGRA."""
        ...

    def original(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """The same without the staged result (without the newest generated layer where nothing is staged)."""
        ...

    def mask(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Gray tiles of the mask that touch the rectangle, the running stroke included; empty tiles left out."""
        ...

    def outline(self) -> MaskOutline:
        """The mask's outline as last computed; hidden by the view while a stroke runs."""
        ...

    def begin(self, sample: PenSample) -> None:
        """A stroke or shape of the tool in hand starts; the first dab is there when this returns."""
        ...

    def move(self, samples: Sequence[PenSample]) -> None:
        """It goes on."""
        ...

    def end(self) -> None:
        """It ends: one step of the history."""
        ...

    def cancel(self) -> None:
        """It never happened."""
        ...

    def shape(self) -> Sequence[PenSample]:
        """The corners of the running rectangle or lasso, for drawing it; empty while there is none."""
        ...

    def click(self, at: Point, combine: Combine) -> None:
        """Select the object there (tool SELECT); candidates arrive in `Desk.tool_changed`."""
        ...

    def cycle(self, step: int) -> None:
        """The next or previous candidate of the object selection."""
        ...


class DocumentFace(Protocol):
    """Opening, saving and the layers."""

    def open(self, paths: Sequence[str]) -> None: ...
    def open_bytes(self, data: bytes, name: str) -> None: ...
    def open_sample(self) -> None: ...
    def paste(self, data: bytes, name: str) -> None:
        """A pasted or dropped picture: a new layer, or the document where none is open."""
        ...

    def paste_files(self, paths: Sequence[str]) -> None:
        """Dropped files: each a new layer over what is open (the first one the document where nothing is)."""
        ...

    def close(self) -> None: ...
    def save(self, path: str | None = None) -> None: ...
    def export(self, path: str, options: ExportOptions) -> None: ...
    def copy(self, done: Callable[[bytes], None]) -> None:
        """The picture as shown, as a PNG file's bytes, for the clipboard."""
        ...

    def export_preview(self, options: ExportOptions, done: Callable[[ExportPreview], None]) -> None: ...
    def set_layer(
        self,
        layer: LayerId,
        *,
        name: str | None = None,
        visible: bool | None = None,
        locked: bool | None = None,
        opacity: float | None = None,
        blend: str | None = None,
    ) -> None: ...
    def select_layer(self, layer: LayerId) -> None: ...
    def move_layer(self, layer: LayerId, row: int) -> None:
        """To this row of the list, top layer first."""
        ...

    def move_content(self, dx: int, dy: int) -> None:
        """Shift the active layer (document pixels); one step of the history."""
        ...

    def delete_layer(self, layer: LayerId) -> None: ...
    def go_to(self, history_index: int) -> None: ...
    def load_mask(self, path: str) -> None: ...
    def save_mask(self, path: str) -> None: ...
    def grow_mask(self, pixels: int) -> None:
        """Shrinks where negative."""
        ...

    def feather_mask(self, pixels: float) -> None: ...
    def set_extend(self, margins: Margins) -> None:
        """How far the tool EXTEND pulls the edges out."""
        ...

    def recovered(self) -> Sequence[Recovered]: ...
    def recover(self, key: str) -> None:
        """Open it as a copy; it stays on disk until that is saved."""
        ...

    def forget_recovered(self, key: str) -> None: ...


class FormFace(Protocol):
    """Prompt, model, parameters, references."""

    def set_prompt(self, text: str) -> None: ...
    def set_model(self, model: ModelId, provider: ProviderId | None = None) -> None: ...
    def type_model(self, provider: ProviderId, model: str) -> None:
        """Choose a model by its id, whether a catalogue names it or not."""
        ...

    def set_parameter(self, name: str, value: ParameterValue | None) -> None: ...
    def set_count(self, count: int) -> None: ...
    def set_seed(self, seed: int | None) -> None: ...
    def add_reference(self, data: bytes, name: str) -> None: ...
    def add_reference_file(self, path: str) -> None: ...
    def set_reference(self, reference: str, *, enabled: bool) -> None: ...
    def move_reference(self, reference: str, row: int) -> None: ...
    def remove_reference(self, reference: str) -> None: ...


class ResultsFace(Protocol):
    """What waits on the canvas, and the queue."""

    def show_variation(self, index: int) -> None: ...
    def set_compare(self, mode: CompareMode) -> None: ...
    def cancel_job(self, job: JobId) -> None: ...
    def run_again(self, job: JobId) -> None:
        """A new job of the same order."""
        ...

    def remove_card(self, job: JobId) -> None:
        """Take an ended job's card away for good; its pictures, its journal and its costs stay."""
        ...

    def remove_cards(self, jobs: Sequence[JobId]) -> None:
        """The same for several at once."""
        ...

    def move_job(self, job: JobId, offset: int) -> None:
        """Let a waiting job go so many places later among those of its provider, or earlier where negative."""
        ...

    def look_again(self, job: JobId) -> None:
        """Fetch what an ended job still lacks, and ask what it was charged: free."""
        ...

    def stage(self, output: OutputId) -> None:
        """Show a job's variations on the canvas again where the document still fits."""
        ...

    def edit_variations(self, layer: LayerId) -> None:
        """Choose another variation of an applied layer."""
        ...


class GalleryFace(Protocol):
    """The pictures that were made."""

    def search(self, words: str, *, starred: bool = False, trashed: bool = False) -> None:
        """List what matches; with `trashed` what is in the trash instead of what is not."""
        ...

    def more(self) -> None:
        """List further, older ones."""
        ...

    def thumbnail(self, output: OutputId) -> Pixels | None:
        """Ready, or None: then it comes by `thumbnail_ready`."""
        ...

    thumbnail_ready: Signal[OutputId]

    def select(self, outputs: Sequence[OutputId]) -> None: ...
    def open(self, output: OutputId) -> None: ...
    def restore(self, output: OutputId) -> None:
        """Put its prompt, model and parameters back into the form."""
        ...

    def star(self, output: OutputId, *, starred: bool) -> None: ...
    def trash(self, outputs: Sequence[OutputId]) -> None: ...
    def untrash(self, outputs: Sequence[OutputId]) -> None: ...
    def export(self, outputs: Sequence[OutputId], folder: str, options: ExportOptions) -> None: ...
    def file(self, output: OutputId, done: Callable[[str], None]) -> None:
        """A readable file of it under a readable name, for dragging out."""
        ...

    def as_reference(self, output: OutputId) -> None: ...


class Desk(Protocol):
    """The whole session. `perform` runs a command of the table by its id."""

    @property
    def canvas(self) -> CanvasFace: ...
    @property
    def document(self) -> DocumentFace: ...
    @property
    def form(self) -> FormFace: ...
    @property
    def results(self) -> ResultsFace: ...
    @property
    def gallery(self) -> GalleryFace: ...
    @property
    def providers(self) -> ProvidersFace: ...
    @property
    def costs(self) -> CostsFace: ...

    document_changed: Signal[DocumentView | None]
    tool_changed: Signal[ToolView]
    form_changed: Signal[FormView]
    staging_changed: Signal[StagingView | None]
    compare_changed: Signal[CompareMode]
    jobs_changed: Signal[tuple[JobCard, ...]]
    """A card that is the same object as before has not changed."""
    queue_changed: Signal[QueueView]
    gallery_changed: Signal[GalleryView]
    readiness_changed: Signal[Readiness]
    settings_changed: Signal[Settings]
    noticed: Signal[Notice]
    asked: Signal[str]
    """A command that only the window can do (a file dialog, say) was asked for: the command's id."""
    busy: Signal[str]
    """A sentence while something long goes on (opening, saving), empty when it is over."""

    def document_view(self) -> DocumentView | None: ...
    def tool_view(self) -> ToolView: ...
    def form_view(self) -> FormView: ...
    def staging_view(self) -> StagingView | None: ...
    def job_cards(self) -> tuple[JobCard, ...]: ...
    def queue_view(self) -> QueueView: ...
    def gallery_view(self) -> GalleryView: ...
    def readiness(self) -> Readiness: ...
    def settings(self) -> Settings: ...

    def perform(self, command: str) -> None:
        """Run a command of the table; where its needs are not met, `noticed` says what is missing."""
        ...

    def set_tool(self, tool: Tool) -> None: ...
    def set_brush(self, brush: Brush) -> None: ...
    def set_combine(self, combine: Combine) -> None: ...
    def set_overlay_shown(self, shown: bool) -> None: ...
    def change_settings(self, settings: Settings) -> None: ...
    def report(self, done: Callable[[str], None]) -> None:
        """What a bug report needs: versions, folders, limits; no secret and no prompt."""
        ...

    def shutdown(self) -> Awaitable[None]:
        """Save recovery, stop the workers; quick and safe to call twice."""
        ...
