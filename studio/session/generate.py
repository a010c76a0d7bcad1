"""Run: from a press of the button to a job in the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse
from studio.domain.pricing import quote
from studio.domain.problems import UsageError
from studio.session.clicks import Clicks
from studio.session.orders import Wish, chosen_model
from studio.session.spending import unlimited

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from studio.domain.capabilities import Model, Price
    from studio.domain.geometry import Margins
    from studio.domain.ids import JobId, ModelId
    from studio.domain.job import Job
    from studio.domain.request import EditRequest
    from studio.domain.settings import Settings
    from studio.session.editor import Editor
    from studio.session.form import Form
    from studio.session.orders import Orders
    from studio.session.ports import Jobs
    from studio.session.spending import Ordering
    from studio.session.tasks import Tasks


RUN = "run"
"""The button, among those that cost."""


class Generate:
    """Turns the form into an order and hands it to the runner. One press is one job, however fast it is pressed."""

    def __init__(
        self,
        *,
        editor: Editor,
        form: Form,
        orders: Orders,
        jobs: Jobs,
        tasks: Tasks,
        settings: Callable[[], Settings],
        margins: Callable[[], Margins],
        accepted: Callable[[Job, str], None],
        document_of: Callable[[JobId], str],
        clicks: Clicks | None = None,
        ordering: Ordering = unlimited,
    ) -> None:
        """`accepted` is told of each job and of the document (its key) that it belongs to; `document_of` says that of
        an earlier one. It is empty where there is none."""
        self._editor = editor
        self._form = form
        self._orders = orders
        self._jobs = jobs
        self._tasks = tasks
        self._settings = settings
        self._margins = margins
        self._accepted = accepted
        self._document_of = document_of
        self._clicks = clicks or Clicks()
        self._ordering = ordering
        self._preparing = False
        self._repeating: set[JobId] = set()
        self.models: Sequence[Model] = ()

    def run(self, model: ModelId | None = None, *, masked: bool = True) -> None:
        """Run the form as it stands, or another model of the list with it. A press while the last one is still being
        prepared, or right after it, is the same click twice. Not `masked`: the mask is not sent; the answer is pasted
        under it all the same."""
        if self._clicks.counts(RUN) and not self._preparing:
            self._preparing = True
            self._tasks.spawn(self._run(model, masked=masked))

    def pass_over(self) -> None:
        """What a field held was refused, which a press of Run had it hand on, perhaps. That press orders nothing: its
        order would not be the one that was seen."""
        self._clicks.counts(RUN)

    async def _run(self, model: ModelId | None, *, masked: bool) -> None:
        try:
            self._form.set_problem(None)
            document = self._editor.document
            wish = self._wish(model)
            request = await self._orders.order(wish if masked else _unmasked(wish))
            await self._order(request, document.key if document else "")
        except UsageError as error:
            self._form.set_problem(error.problem)
        finally:
            self._preparing = False

    def again(self, job: Job, mend: Callable[[], Awaitable[bool]] | None = None) -> None:
        """The same order as a new job of the same document, open or not, once `mend` has changed what was in its way;
        where it could not, nothing is sent. However long that takes, a press of this job's buttons meanwhile is the
        same click twice."""
        if self._clicks.counts(job.id) and job.id not in self._repeating:
            self._repeating.add(job.id)
            self._tasks.spawn(self._again(job, mend))

    async def _again(self, job: Job, mend: Callable[[], Awaitable[bool]] | None) -> None:
        try:
            if mend is None or await mend():
                await self._order(job.request, self._document_of(job.id))
        finally:
            self._repeating.discard(job.id)

    async def _order(self, request: EditRequest, document: str) -> None:
        price = self.price(request)
        async with self._ordering(request, price):
            job = await self._jobs.enqueue(request, price)
        self._accepted(job, document)

    def price(self, request: EditRequest) -> Price | None:
        """What an order would cost by the catalogue as it is now; None where nobody knows."""
        of = (request.provider, request.model)
        model = next((each for each in self.models if (each.provider, each.id) == of), None)
        found = None if model is None else quote(model, request.parameters, request.count)
        return None if found is None else found.price

    def _wish(self, model: ModelId | None) -> Wish:
        form, settings, document = self._form, self._settings(), self._editor.document
        asked = form.find(model) if model is not None else None
        masked = self._editor.state is not None and bool(self._editor.state.mask.tiles)
        chosen = asked or chosen_model(self.models, form.model, form.prompt, masked=masked)
        return Wish(
            model=chosen,
            state=self._editor.state,
            prompt=form.prompt if asked is None else "",
            values=form.values_of(chosen),
            count=min(form.count, chosen.capabilities.max_count),
            seed=form.seed,
            references=tuple(each.blob for each in form.references if each.enabled),
            margins=self._margins(),
            grow=settings.grow,
            feather=settings.feather,
            parent=document.parent if document else None,
        )


def _unmasked(wish: Wish) -> Wish:
    """The same for a model that is taken for one that reads no mask."""
    takes = replace(wish.model.capabilities, mask=MaskUse.NONE)
    return replace(wish, model=replace(wish.model, capabilities=takes))
