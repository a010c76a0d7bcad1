"""A desk for tests: every call is noted in `calls`, every view state is set by the test and told by `show_*`.

`studio.session` is not involved. A filled one, as in a day's work, comes from `tests/fakes/desk_scene.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.settings import Settings
from studio.domain.signal import Signal
from studio.session.face.views import (
    CompareMode,
    DocumentView,
    ExportOptions,
    FormView,
    GalleryView,
    JobCard,
    Notice,
    QueueView,
    Readiness,
    StagingView,
    Tool,
    ToolView,
)
from tests.fakes.desk_canvas import FakeCanvas
from tests.fakes.desk_costs import FakeCosts
from tests.fakes.desk_document import FakeDocument
from tests.fakes.desk_providers import FakeProviders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.ids import JobId, LayerId, ModelId, OutputId, ProviderId
    from studio.domain.pen import Brush
    from studio.domain.pixels import Pixels
    from studio.domain.request import ParameterValue
    from studio.session.face.desk import Desk
    from studio.session.face.views import Combine

Calls = list[tuple[object, ...]]


class FakeForm:
    """Notes what it is asked for; the view changes only when the test says so."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def set_prompt(self, text: str) -> None:
        self._calls.append(("set_prompt", text))

    def set_model(self, model: ModelId, provider: ProviderId | None = None) -> None:
        self._calls.append(("set_model", model) if provider is None else ("set_model", model, provider))

    def type_model(self, provider: ProviderId, model: str) -> None:
        self._calls.append(("type_model", provider, model))

    def set_parameter(self, name: str, value: ParameterValue | None) -> None:
        self._calls.append(("set_parameter", name, value))

    def set_count(self, count: int) -> None:
        self._calls.append(("set_count", count))

    def set_seed(self, seed: int | None) -> None:
        self._calls.append(("set_seed", seed))

    def add_reference(self, data: bytes, name: str) -> None:
        self._calls.append(("add_reference", data, name))

    def add_reference_file(self, path: str) -> None:
        self._calls.append(("add_reference_file", path))

    def set_reference(self, reference: str, *, enabled: bool) -> None:
        self._calls.append(("set_reference", reference, enabled))

    def move_reference(self, reference: str, row: int) -> None:
        self._calls.append(("move_reference", reference, row))

    def remove_reference(self, reference: str) -> None:
        self._calls.append(("remove_reference", reference))


class FakeResults:
    """Notes what it is asked for."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def show_variation(self, index: int) -> None:
        self._calls.append(("show_variation", index))

    def set_compare(self, mode: CompareMode) -> None:
        self._calls.append(("set_compare", mode))

    def cancel_job(self, job: JobId) -> None:
        self._calls.append(("cancel_job", job))

    def run_again(self, job: JobId) -> None:
        self._calls.append(("run_again", job))

    def remove_card(self, job: JobId) -> None:
        self._calls.append(("remove_card", job))

    def remove_cards(self, jobs: Sequence[JobId]) -> None:
        self._calls.append(("remove_cards", tuple(jobs)))

    def move_job(self, job: JobId, offset: int) -> None:
        self._calls.append(("move_job", job, offset))

    def look_again(self, job: JobId) -> None:
        self._calls.append(("look_again", job))

    def stage(self, output: OutputId) -> None:
        self._calls.append(("stage", output))

    def edit_variations(self, layer: LayerId) -> None:
        self._calls.append(("edit_variations", layer))


class FakeGallery:
    """Thumbnails come at once where `pictures` has them; `asked` counts who wanted one."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.thumbnail_ready: Signal[OutputId] = Signal()
        self.pictures: dict[str, Pixels] = {}
        self.asked: list[str] = []
        self.path = ""

    def search(self, words: str, *, starred: bool = False, trashed: bool = False) -> None:
        self._calls.append(("search", words, starred, trashed))

    def more(self) -> None:
        self._calls.append(("more",))

    def thumbnail(self, output: OutputId) -> Pixels | None:
        self.asked.append(output)
        return self.pictures.get(output)

    def select(self, outputs: Sequence[OutputId]) -> None:
        self._calls.append(("select", tuple(outputs)))

    def open(self, output: OutputId) -> None:
        self._calls.append(("gallery_open", output))

    def restore(self, output: OutputId) -> None:
        self._calls.append(("restore", output))

    def star(self, output: OutputId, *, starred: bool) -> None:
        self._calls.append(("star", output, starred))

    def trash(self, outputs: Sequence[OutputId]) -> None:
        self._calls.append(("trash", tuple(outputs)))

    def untrash(self, outputs: Sequence[OutputId]) -> None:
        self._calls.append(("untrash", tuple(outputs)))

    def export(self, outputs: Sequence[OutputId], folder: str, options: ExportOptions) -> None:
        self._calls.append(("gallery_export", tuple(outputs), folder, options))

    def files(self, outputs: Sequence[OutputId], done: Callable[[Sequence[str]], None]) -> None:
        self._calls.append(("files", *outputs))
        done([self.path or str(each) for each in outputs])

    def as_reference(self, output: OutputId) -> None:
        self._calls.append(("as_reference", output))


class FakeDesk:
    """The whole desk. `show_document(view)` and its like set a view and tell it."""

    def __init__(self) -> None:
        self.calls: Calls = []
        self.canvas = FakeCanvas(self.tool_view)
        self.document = FakeDocument(self.calls)
        self.form = FakeForm(self.calls)
        self.results = FakeResults(self.calls)
        self.gallery = FakeGallery(self.calls)
        self.providers = FakeProviders(self.calls)
        self.costs = FakeCosts(self.calls)
        self.document_changed: Signal[DocumentView | None] = Signal()
        self.tool_changed: Signal[ToolView] = Signal()
        self.form_changed: Signal[FormView] = Signal()
        self.staging_changed: Signal[StagingView | None] = Signal()
        self.compare_changed: Signal[CompareMode] = Signal()
        self.jobs_changed: Signal[tuple[JobCard, ...]] = Signal()
        self.queue_changed: Signal[QueueView] = Signal()
        self.gallery_changed: Signal[GalleryView] = Signal()
        self.readiness_changed: Signal[Readiness] = Signal()
        self.settings_changed: Signal[Settings] = Signal()
        self.noticed: Signal[Notice] = Signal()
        self.asked: Signal[str] = Signal()
        self.busy: Signal[str] = Signal()
        self._document: DocumentView | None = None
        self._tool = ToolView()
        self._form = FormView()
        self._staging: StagingView | None = None
        self._jobs: tuple[JobCard, ...] = ()
        self._queue = QueueView()
        self._gallery = GalleryView()
        self._readiness = Readiness()
        self._settings = Settings()

    def called(self, name: str) -> list[tuple[object, ...]]:
        """The arguments of every call of this name, in order."""
        return [call[1:] for call in self.calls if call[0] == name]

    def show_document(self, view: DocumentView | None) -> None:
        self._document = view
        self.document_changed.emit(view)

    def show_tool(self, view: ToolView) -> None:
        self._tool = view
        self.tool_changed.emit(view)

    def show_form(self, view: FormView) -> None:
        self._form = view
        self.form_changed.emit(view)

    def show_staging(self, view: StagingView | None) -> None:
        self._staging = view
        self.staging_changed.emit(view)

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        self._jobs = cards
        self.jobs_changed.emit(cards)

    def show_queue(self, view: QueueView) -> None:
        self._queue = view
        self.queue_changed.emit(view)

    def show_gallery(self, view: GalleryView) -> None:
        self._gallery = view
        self.gallery_changed.emit(view)

    def show_readiness(self, view: Readiness) -> None:
        self._readiness = view
        self.readiness_changed.emit(view)

    def document_view(self) -> DocumentView | None:
        return self._document

    def tool_view(self) -> ToolView:
        return self._tool

    def form_view(self) -> FormView:
        return self._form

    def staging_view(self) -> StagingView | None:
        return self._staging

    def job_cards(self) -> tuple[JobCard, ...]:
        return self._jobs

    def queue_view(self) -> QueueView:
        return self._queue

    def gallery_view(self) -> GalleryView:
        return self._gallery

    def readiness(self) -> Readiness:
        return self._readiness

    def settings(self) -> Settings:
        return self._settings

    def perform(self, command: str) -> None:
        self.calls.append(("perform", command))

    def set_tool(self, tool: Tool) -> None:
        self.calls.append(("set_tool", tool))
        self.show_tool(replace(self._tool, tool=tool))

    def set_brush(self, brush: Brush) -> None:
        self.calls.append(("set_brush", brush))
        self.show_tool(replace(self._tool, brush=brush))

    def set_combine(self, combine: Combine) -> None:
        self.calls.append(("set_combine", combine))
        self.show_tool(replace(self._tool, combine=combine))

    def set_overlay_shown(self, shown: bool) -> None:
        self.calls.append(("set_overlay_shown", shown))
        self.show_tool(replace(self._tool, overlay_shown=shown))

    def change_settings(self, settings: Settings) -> None:
        self.calls.append(("change_settings", settings))
        self._settings = settings
        self.settings_changed.emit(settings)

    def report(self, done: Callable[[str], None]) -> None:
        done("Overpaint report of a test")

    async def shutdown(self) -> None:
        self.calls.append(("shutdown",))


def conforms(desk: FakeDesk) -> Desk:
    """The type checker's proof that the fake has the real shape."""
    return desk
