"""The session of a window: all parts put together, and what each must hear of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.changes import Changes, Touched
from studio.domain.command import Needs
from studio.domain.geometry import Margins
from studio.domain.signal import Signal
from studio.session.anew import NewPictures
from studio.session.autosave import Autosave
from studio.session.canvas import Canvas
from studio.session.cards import Cards
from studio.session.costs import CostsDesk
from studio.session.desks import DocumentDesk, ResultsDesk
from studio.session.documents import Documents, remembered
from studio.session.editing import Editing
from studio.session.editor import Editor
from studio.session.face.views import CompareMode, FormView, Notice, QueueView, Readiness, ToolView
from studio.session.form import Form
from studio.session.formdesk import FormDesk
from studio.session.gallery import Gallery, GalleryActions
from studio.session.galleryfiles import GalleryFiles
from studio.session.generate import Generate
from studio.session.layering import Layering
from studio.session.names import Names
from studio.session.offering import Offering, providers_desk
from studio.session.orders import Orders
from studio.session.performing import Performer
from studio.session.queueing import Queue
from studio.session.readiness import needs_met
from studio.session.remedies import Remedies
from studio.session.results import Results
from studio.session.rows import Rows
from studio.session.selecting import ObjectSelection
from studio.session.sending import Chosen, situation
from studio.session.tasks import Tasks
from studio.session.tooling import Tooling

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import BlobId, JobId, OutputId
    from studio.domain.job import Job, JobNews
    from studio.domain.pen import Brush
    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.domain.settings import Settings
    from studio.session.face.views import Combine, DocumentView, GalleryView, JobCard, StagingView, Tool
    from studio.session.world import World


class Studio:
    """Implements `Desk`."""

    def __init__(self, world: World, settings: Settings) -> None:
        self._world = world
        self._settings = self._written = settings
        self._signals()
        self.tasks = Tasks(self._trouble)
        self.editor = Editor()
        self.tooling = Tooling(settings.brush, settings.overlay)
        self._form = Form(settings.variations, lambda kind: self.cards.timing.expected(kind))
        self._names = Names(lambda: self.generate.models, world.jobs.providers)
        self._build_picture()
        self._build_work()
        self._build_providers()
        self.autosave = Autosave(self.files.keep, self._trouble, settings.autosave_seconds)
        self._performer = Performer(self)
        self._met = Needs.NOTHING
        self._connect()

    def _signals(self) -> None:
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

    def _build_picture(self) -> None:
        world, tasks, editor = self._world, self.tasks, self.editor
        self.selection = ObjectSelection(editor, self.tooling, world.offload, world.selector, tasks)
        editing = Editing(editor, world.offload, tasks)
        self.canvas = Canvas(editing, self.tooling, world.offload, tasks, self.selection)
        self.rows = Rows(editor, world.offload, tasks, self._names.model, self._rows_ready)
        self.files = Documents(
            editing=editing,
            offload=world.offload,
            files=world.files,
            recovery=world.recovery,
            tasks=tasks,
            notice=self.noticed.emit,
            busy=self.busy.emit,
            jobs=self._jobs_of_document,
        )
        layering = Layering(editing, world.offload, world.files, tasks)
        self.document = DocumentDesk(self.files, layering, editing, self.canvas, self._set_margins)
        self.form = FormDesk(
            self._form,
            lambda provider, model: self._offering.typed(provider, model),
            offload=world.offload,
            blobs=world.blobs,
            files=world.files,
            tasks=tasks,
            refused=lambda: self.generate.pass_over(),
            notice=self.noticed.emit,
        )

    def _build_work(self) -> None:
        world, tasks, editor, names = self._world, self.tasks, self.editor, self._names
        self.cards = Cards(names.model, names.provider, lambda each: self.generate.price(each), later=tasks.later)
        self.queue = Queue(world.jobs, self.cards, world.removed, tasks, self.noticed.emit)
        self.costs = CostsDesk(world.allowance, tasks, names.provider, self.noticed.emit)
        self.staging = Results(
            editor=editor,
            canvas=self.canvas,
            tooling=self.tooling,
            offload=world.offload,
            blobs=world.blobs,
            tasks=tasks,
            cards=self.cards,
            notice=self.noticed.emit,
            name=names.order,
            mark_applied=self._mark_applied,
        )
        self.generate = Generate(
            editor=editor,
            form=self._form,
            orders=Orders(world.offload, world.blobs),
            jobs=world.jobs,
            tasks=tasks,
            settings=self.settings,
            margins=lambda: self.tooling.margins,
            accepted=self.staging.expect,
            document_of=self.staging.document_of,
            ordering=world.allowance.ordering,
        )
        self.results = ResultsDesk(
            staging=self.staging,
            cards=self.cards,
            queue=self.queue,
            jobs=world.jobs,
            generate=self.generate,
            editor=editor,
            tasks=tasks,
        )
        self.gallery = Gallery(world.library, tasks, self._gallery_actions())
        self._anew = NewPictures(editor, self.files, world.blobs, tasks, self.noticed.emit)

    def _build_providers(self) -> None:
        self._offering = Offering(self._world.jobs, self._world.remotes, self._form, self.generate, self.settings)
        self.providers = providers_desk(
            keys=self._world.keys,
            remotes=self._world.remotes,
            tasks=self.tasks,
            settings=self.settings,
            change_settings=self.change_settings,
            offering=self._offering,
            playground=self._world.playground,
            notice=self.noticed.emit,
        )
        self.remedies = Remedies(
            cards=self.cards,
            generate=self.generate,
            settings=self.settings,
            providers=self.providers,
            blobs=self._world.blobs,
            notice=self.noticed.emit,
        )

    def _gallery_actions(self) -> GalleryActions:
        world, tasks = self._world, self.tasks
        shelf = GalleryFiles(world.offload, world.blobs, world.files)
        return GalleryActions(
            thumbnail=world.thumbnails.of_blob,
            open_entry=lambda entry: tasks.spawn(self._open_entry(entry)),
            restore=lambda entry: self._form.restore(entry.request),
            reference=lambda entry: self.form.add_blob(entry.shown, entry.request.title or "From the gallery"),
            export=shelf.export,
            hand_out=shelf.hand_out,
            notice=self.noticed.emit,
        )

    def _connect(self) -> None:
        self.editor.changed.connect(self._document_moved)
        self.editor.replaced.connect(self._document_replaced)
        self.tooling.changed.connect(self.tool_changed.emit)
        self._form.changed.connect(self._form_moved)
        self.staging.changed.connect(self._staging_moved)
        self.staging.compare_changed.connect(self.compare_changed.emit)
        self.canvas.stroke_began.connect(lambda _: self.tooling.hide_for_result(hidden=False))
        self.cards.changed.connect(self._cards_moved)
        self.queue.changed.connect(self.queue_changed.emit)
        self._offering.shown.connect(lambda _: self.cards.refresh())
        self.cards.wanted_thumbnail.connect(lambda wanted: self.tasks.spawn(self._card_thumbnail(*wanted)))
        self.gallery.changed.connect(self.gallery_changed.emit)
        self.gallery.selection_changed.connect(lambda _: self._settle_readiness())
        self._world.jobs.news.connect(self._hear)
        self.files.opened.append(lambda path: self.change_settings(remembered(self._settings, path)))

    async def start(self) -> None:
        """Catalogue, journal and gallery, after the window is there."""
        await self._offering.show()
        await self.queue.load()
        self.gallery.refresh()
        self.costs.look()
        if await self.files.look_for_recovered():
            self.asked.emit("file.recover")
        await self.queue.start()
        await self.providers.start()

    # what changed, and who must know

    def _document_moved(self, changes: Changes) -> None:
        state = self.editor.state
        if changes.touched & Touched.MASK and state is not None:
            self.canvas.mask_moved(changes.rect)
        if changes.touched & (Touched.PIXELS | Touched.LAYERS | Touched.SIZE):
            self.staging.document_moved()
        self.autosave.follow(dirty=self.editor.dirty)
        self._rows_ready()

    def _document_replaced(self, _: None) -> None:
        self.canvas.forget()
        self.selection.forget()
        self.tooling.set_margins(Margins())
        self.staging.document_replaced()

    def _rows_ready(self) -> None:
        self.document_changed.emit(self.rows.view())
        self._situate()

    def _situate(self) -> None:
        chosen = Chosen(model=self._form.model, size=self._form.value("size"), margins=self.tooling.margins)
        self._form.situate(situation(self.editor.state, self.rows, chosen, self._settings))
        self._settle_readiness()

    def _form_moved(self, view: FormView) -> None:
        self.form_changed.emit(view)
        self._situate()  # another model or size sends another frame; what is the same is not told again

    def _staging_moved(self, staging: StagingView | None) -> None:
        self.staging_changed.emit(staging)
        self._settle_readiness()

    def _cards_moved(self, cards: tuple[JobCard, ...]) -> None:
        self.jobs_changed.emit(cards)
        self._settle_readiness()

    def _settle_readiness(self) -> None:
        met = needs_met(self, runs_alone=self._form.runs_alone())
        if met != self._met:
            self._met = met
            self.readiness_changed.emit(Readiness(met=met))

    # jobs

    def _hear(self, news: JobNews) -> None:
        self.cards.hear(news)
        self.queue.hear(news)
        self.staging.hear(news)
        self._anew.hear(news)
        self.costs.hear(news)
        if news.event is not None and (news.outputs_ready or news.job.state.is_final):
            self.gallery.refresh()
            self._form.retime()

    async def _card_thumbnail(self, job: JobId, blob: BlobId) -> None:
        self.cards.set_thumbnail(job, await self._world.thumbnails.of_blob(blob))

    async def _mark_applied(self, output: OutputId) -> None:
        await self._world.library.mark(output, applied=True)
        self.gallery.refresh()

    async def _open_entry(self, entry: GalleryEntry) -> None:
        data = await self._world.blobs.get(entry.shown)
        self.files.open_output(data, f"{entry.request.title or 'Result'}.png", entry.id)

    def _jobs_of_document(self) -> tuple[Job, ...]:
        state = self.editor.state
        wanted = [layer.origin.job for layer in state.layers if layer.origin and layer.origin.job] if state else []
        return tuple(job for each in wanted if (job := self.cards.job(each)) is not None)

    def _trouble(self, trouble: Problem) -> None:
        self.noticed.emit(Notice(text=trouble.what, problem=trouble))

    # the face

    def document_view(self) -> DocumentView | None:
        """The open document."""
        return self.rows.view()

    def tool_view(self) -> ToolView:
        """The tool in hand."""
        return self.tooling.view()

    def form_view(self) -> FormView:
        """The form."""
        return self._form.view()

    def staging_view(self) -> StagingView | None:
        """What waits on the canvas."""
        return self.staging.view()

    def job_cards(self) -> tuple[JobCard, ...]:
        """The queue."""
        return self.cards.view()

    def queue_view(self) -> QueueView:
        """The queue as a whole."""
        return self.queue.view()

    def gallery_view(self) -> GalleryView:
        """The gallery."""
        return self.gallery.view()

    def readiness(self) -> Readiness:
        """Which needs are met."""
        return Readiness(met=self._met)

    def settings(self) -> Settings:
        """All settings."""
        return self._settings

    def perform(self, command: str) -> None:
        """Run a command of the table."""
        self._performer.perform(command)

    def set_tool(self, tool: Tool) -> None:
        """Take a tool."""
        self.canvas.cancel()
        self.tooling.set_tool(tool)

    def set_brush(self, brush: Brush) -> None:
        """Size, hardness, opacity."""
        self.tooling.set_brush(brush)

    def set_combine(self, combine: Combine) -> None:
        """What shapes do with the mask."""
        self.tooling.set_combine(combine)

    def set_overlay_shown(self, shown: bool) -> None:
        """Whether the mask is seen."""
        self.tooling.show_overlay(shown=shown)

    def _set_margins(self, margins: Margins) -> None:
        self.tooling.set_margins(margins)
        self._situate()

    def change_settings(self, settings: Settings) -> None:
        """Take them over and write them down."""
        if settings == self._settings:
            return
        self._settings = settings
        self.tooling.set_overlay(settings.overlay)
        self.autosave.seconds = settings.autosave_seconds
        self.costs.settle(settings)
        self.settings_changed.emit(settings)
        self._situate()
        self.tasks.spawn(self._save_settings(settings))

    async def change_providers(self, profiles: tuple[ProviderProfile, ...]) -> None:
        """Providers that were set up from beside the window."""
        self.change_settings(replace(self._settings, providers=profiles))
        self.providers.look()

    async def _save_settings(self, settings: Settings) -> None:
        await self._world.offload.write(self._world.settings.save, settings)
        self._written = settings

    def report(self, done: Callable[[str], None]) -> None:
        """What a bug report needs."""
        self.tasks.answer(self._world.report(), done)

    async def keep(self) -> None:
        """Write the recovery copy of what is not saved, before the end. Raises StorageError."""
        self.canvas.cancel()
        await self.document.editing.settled()
        await self.autosave.now()

    async def shutdown(self) -> None:
        """Keep what is not saved, then end all work. Safe to call twice."""
        await self.tasks.tried(self.keep())
        self.autosave.forget()
        await self.tasks.tried(self.queue.write_down())
        await self.tasks.close()
        if self._written is not self._settings:
            await self.tasks.tried(self._save_settings(self._settings))
