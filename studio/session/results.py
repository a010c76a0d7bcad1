"""What waits on the canvas: previews and answers as they come, choosing among them, comparing, applying."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.document.results import newest_generated
from studio.domain.ids import output_id
from studio.domain.job import Expired, Failed, OutcomeUnknown, OutputStored
from studio.domain.request import Outcome
from studio.domain.signal import Signal
from studio.session.face.views import CompareMode, Notice, StagingView
from studio.session.placing import Placing, Varying, answer_of, variation_of
from studio.session.staging import Answer, Candidate, Staging, applied, fits, lies_over, seen, varied, view

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.document.state import DocumentState
    from studio.domain.ids import JobId, LayerId, OutputId
    from studio.domain.job import Job, JobNews, Output, ProviderPreview
    from studio.domain.request import EditRequest
    from studio.session.canvas import Canvas
    from studio.session.cards import Cards
    from studio.session.editor import Editor
    from studio.session.ports import Blobs, Offload
    from studio.session.tasks import Tasks
    from studio.session.tooling import Tooling


class Results:
    """One staging at a time. What is discarded or replaced here stays in the gallery."""

    def __init__(
        self,
        *,
        editor: Editor,
        canvas: Canvas,
        tooling: Tooling,
        offload: Offload,
        blobs: Blobs,
        tasks: Tasks,
        cards: Cards,
        notice: Callable[[Notice], None],
        name: Callable[[EditRequest], str],
        mark_applied: Callable[[OutputId], Awaitable[None]],
    ) -> None:
        self._editor = editor
        self._canvas = canvas
        self._tooling = tooling
        self._offload = offload
        self._blobs = blobs
        self._tasks = tasks
        self._cards = cards
        self._notice = notice
        self._name = name
        self._mark_applied = mark_applied
        self._documents: dict[JobId, str] = {}
        self._staging: Staging | None = None
        self._previews = 0
        self.compare = CompareMode.OFF
        self.changed: Signal[StagingView | None] = Signal()
        self.compare_changed: Signal[CompareMode] = Signal()

    def view(self) -> StagingView | None:
        """The staging bar's state, None while nothing waits; what it says of the job is what the job's card says."""
        return view(self._staging) if self._staging else None

    @property
    def waits(self) -> bool:
        """Whether something waits on the canvas."""
        return self._staging is not None

    # jobs

    def expect(self, job: Job, document: str) -> None:
        """A job of this document was accepted: its results are shown here while the document is open. News of it may
        have come before this, so what its card knows counts."""
        self._documents[job.id] = document
        job = self._cards.job(job.id) or job
        if job.state.is_final and job.problem is not None:
            self._notice(Notice(text=job.problem.what, problem=job.problem))
        state = self._editor.state
        if document == self._key() and state is not None and fits(state, job.request):
            staging = self._staging = Staging(
                job=job.id, request=job.request, title=self._name(job.request), document=document, running=True
            )
            for output in job.outputs:
                self._tasks.spawn(self._output(staging, output))
            if job.state.is_final:
                self._ended(staging, job)
            self._tell()

    def document_of(self, job: JobId) -> str:
        """The key of the document that a job belongs to, empty where nobody knows: where a layer of the open one came
        of it, that one (a project may have been opened again), else the one that it was ordered for."""
        state, key = self._editor.state, self._key()
        layers = state.layers if state is not None else ()
        if key is not None and any(each.origin is not None and each.origin.job == job for each in layers):
            return key
        return self._documents.get(job, "")

    def hear(self, news: JobNews) -> None:
        """A job moved. One from here that ended in trouble is told of, whatever is shown."""
        if isinstance(news.event, (Failed, OutcomeUnknown, Expired)) and news.job.id in self._documents:
            self._notice(Notice(text=news.event.problem.what, problem=news.event.problem))
        staging = self._staging
        if staging is None or staging.job != news.job.id or staging.layer is not None:
            return
        if news.preview is not None:
            self._previews += 1
            self._tasks.spawn(self._preview(staging, news.preview, self._previews))
        if isinstance(news.event, OutputStored):
            self._tasks.spawn(self._output(staging, news.event.output))
        if news.job.state.is_final:
            self._ended(staging, news.job)
        self._tell()

    def _ended(self, staging: Staging, job: Job) -> None:
        staging.running = False
        if not job.outputs:
            self._drop()

    async def _preview(self, staging: Staging, preview: ProviderPreview, turn: int) -> None:
        """Shown unless a later one, or the picture itself, was faster."""
        known = staging.candidates.get(preview.index)
        if staging.request.outcome is not Outcome.MASK and (known is None or known.gives_way(turn)):
            answer = await self._placed(staging.request, preview.image.data, rough=True)
            known = staging.candidates.get(preview.index)
            if known is None or known.gives_way(turn):
                self._arrived(staging, Candidate(index=preview.index, answer=answer, rough=True, turn=turn))

    async def _output(self, staging: Staging, output: Output) -> None:
        answer = await self._placed(staging.request, await self._blobs.get(output.raw))
        candidate = Candidate(
            index=output.index,
            output=output_id(staging.job, output.index),
            blob=output.raw,
            seed=output.seed,
            answer=answer,
        )
        self._arrived(staging, candidate)

    async def _placed(self, request: EditRequest, data: bytes, *, rough: bool = False) -> Answer | None:
        """The answer laid over the document that is open; None where it does not fit it any more."""
        state = self._editor.state
        if state is None or not fits(state, request):
            return None
        paste = await self._blobs.get(request.paste_mask) if request.paste_mask is not None else None
        return await self._offload.compute(
            answer_of, Placing(request=request, data=data, state=state, paste=paste, rough=rough)
        )

    def _arrived(self, staging: Staging, candidate: Candidate) -> None:
        if self._staging is not staging:
            return
        first = not staging.candidates
        staging.candidates[candidate.index] = candidate
        if first or (not staging.can_apply() and not staging.chosen_by_hand):
            staging.index = candidate.index
        self._tell()
        if candidate.index == staging.index:
            self._show()

    # the canvas

    def _key(self) -> str | None:
        return self._editor.document.key if self._editor.document else None

    def shown_state(self) -> DocumentState | None:
        """The document as it is shown: with the candidate in sight laid over it, a cut-out on nothing."""
        return self._with_candidate(seen)

    def _with_candidate(self, made: Callable[[DocumentState, Staging], DocumentState]) -> DocumentState | None:
        state, staging = self._editor.state, self._staging
        if state is None or staging is None or staging.document != self._key():
            return state
        return made(state, staging) if lies_over(state, staging) else state

    def _show(self) -> None:
        shown = self.shown_state()
        self._canvas.show(shown)
        staged = self._staging is not None and self._staging.shown() is not None
        self._tooling.hide_for_result(hidden=(staged or self.compare is not CompareMode.OFF))
        self._show_original()

    def _show_original(self) -> None:
        state = self._editor.state
        if self.compare is CompareMode.OFF or state is None:
            self._canvas.show_original(None)
        elif self._staging is not None:
            self._canvas.show_original(state)
        else:
            self._canvas.show_original(state, newest_generated(state))

    def document_moved(self) -> None:
        """The document changed under what is shown. With a layer goes the choice among its variations."""
        state, staging = self._editor.state, self._staging
        if state is not None and staging is not None and staging.layer is not None and not lies_over(state, staging):
            self._drop()
        else:
            self._show()

    def document_replaced(self) -> None:
        """Another document is open: what waits belongs to the old one, and stays in the gallery."""
        self._staging = None
        self._tell()

    # choosing

    def show_variation(self, index: int) -> None:
        """The variation at this place of the bar."""
        staging = self._staging
        if staging is not None and 0 <= index < len(staging.candidates):
            chosen = staging.ordered()[index]
            staging.index = chosen.index
            staging.chosen_by_hand = True
            self._tell()
            if chosen.answer is None:
                self._tasks.spawn(self._load(staging, chosen))
            self._show()

    async def _load(self, staging: Staging, candidate: Candidate) -> None:
        if staging.layer is not None:
            self._arrived(staging, replace(candidate, answer=await self._varied(staging, candidate)))
        elif candidate.blob is not None:
            answer = await self._placed(staging.request, await self._blobs.get(candidate.blob))
            self._arrived(staging, replace(candidate, answer=answer))

    async def _varied(self, staging: Staging, candidate: Candidate) -> Answer | None:
        """Another variation for the layer: as it was placed when it was shown before, else placed anew. The document
        may have grown since the layer was made, and its order's pictures may be on another machine."""
        state = self._editor.state
        layer = varied(state, staging) if state is not None else None
        if state is None or layer is None:
            return None
        variation = layer.variations[candidate.index]
        raster = layer.raster if candidate.index == layer.variation else variation.raster
        data = b"" if raster is not None else await self._blobs.get(variation.blob)
        work = Varying(request=staging.request, state=state, layer=layer, raster=raster, data=data)
        return await self._offload.compute(variation_of, work)

    def step(self, by: int) -> None:
        """The next or previous one, around."""
        staging = self._staging
        if staging is not None and staging.candidates:
            places = [each.index for each in staging.ordered()]
            place = places.index(staging.index) if staging.index in places else 0
            self.show_variation((place + by) % len(places))

    def set_compare(self, mode: CompareMode) -> None:
        """Look at the original beside, or instead of, what is shown."""
        if mode is not self.compare:
            self.compare = mode
            self.compare_changed.emit(mode)
            self._show()

    def apply(self) -> None:
        """The candidate in sight becomes part of the document: one step of the history."""
        staging, state = self._staging, self._editor.state
        if staging is None or state is None or not staging.can_apply():
            return
        made = self._with_candidate(applied)
        if made is state and staging.layer is not None:
            self._drop()  # the layer shows it already
            return
        if made is None or made is state:
            return
        output = staging.candidates[staging.index].output
        self._staging = None
        self.set_compare(CompareMode.OFF)
        self._editor.push("Choose variation" if staging.layer else staging.title, made)
        self._tell()
        if output is not None:
            self._tasks.spawn(self._applied(output))

    async def _applied(self, output: OutputId) -> None:
        await self._mark_applied(output)

    def discard(self) -> None:
        """Off the canvas. The pictures stay in the gallery; a job that still runs goes on."""
        if self._staging is not None:
            kept = any(each.output for each in self._staging.candidates.values()) and not self._staging.layer
            self._drop()
            if kept:
                self._notice(Notice(text="Discarded. The pictures are in the gallery."))

    def _drop(self) -> None:
        self._staging = None
        self._tell()
        self._show()

    def _tell(self) -> None:
        if self._staging is not None:
            self._staging.phase = self._cards.phase(self._staging.job)
        self.changed.emit(self.view())

    # earlier results

    def stage(self, job: Job) -> bool:
        """Show a finished job's variations again; False where they do not fit the open document."""
        state, key = self._editor.state, self._key()
        if state is None or key is None or not fits(state, job.request) or not job.outputs:
            return False
        staging = Staging(job=job.id, request=job.request, title=self._name(job.request), document=key)
        for output in job.outputs:
            staging.candidates[output.index] = Candidate(
                index=output.index, output=output_id(job.id, output.index), blob=output.raw, seed=output.seed
            )
        self._staging = staging
        self.show_variation(0)
        return True

    def edit_variations(self, layer: LayerId, job: Job) -> None:
        """Choose another variation of an applied layer."""
        state, key = self._editor.state, self._key()
        if state is None or key is None:
            return
        held = state.found(layer)
        if held is None:
            return
        if len(held.variations) < 2:
            self._notice(Notice(text="This layer has no other variation."))
            return
        staging = Staging(job=job.id, request=job.request, title=held.name, document=key, layer=layer)
        for index, each in enumerate(held.variations):
            staging.candidates[index] = Candidate(index=index, output=each.output, blob=each.blob, seed=each.seed)
        self._staging = staging
        self.show_variation(held.variation)
