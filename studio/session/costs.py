"""What was spent, kept up to date for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import Answered, PutBack, Queued
from studio.domain.problems import StudioError
from studio.domain.signal import Signal
from studio.session.face.costs import CostRow, CostsView
from studio.session.face.views import Notice
from studio.session.phases import stopped_by_limit

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.ids import ProviderId
    from studio.domain.job import JobNews
    from studio.domain.settings import Settings
    from studio.session.spending import Allowance
    from studio.session.tasks import Tasks


class CostsDesk:
    """Implements `CostsFace`. However many jobs end at once, one count is on its way at a time."""

    def __init__(
        self,
        allowance: Allowance,
        tasks: Tasks,
        name: Callable[[ProviderId], str],
        notice: Callable[[Notice], None],
    ) -> None:
        """`name` is what people call a provider."""
        self.changed: Signal[CostsView] = Signal()
        self._allowance = allowance
        self._tasks = tasks
        self._name = name
        self._notice = notice
        self._view = CostsView()
        self._counting = self._stale = False

    def view(self) -> CostsView:
        """As last counted."""
        return self._view

    def hear(self, news: JobNews) -> None:
        """A job moved: what it costs counts from its order on. One that a limit stopped is told."""
        if (news.job.state.is_final and news.event is not None) or isinstance(news.event, Queued | Answered):
            self.look()
        told = news.job.problem
        if isinstance(news.event, PutBack) and told is not None and stopped_by_limit(news.job):
            self._notice(Notice(text=told.what, problem=told))

    def settle(self, settings: Settings) -> None:
        """Limits and providers that count from now on."""
        self._allowance.use(settings)

    def look(self) -> None:
        """Count anew."""
        self._stale = True
        if not self._counting:
            self._counting = True
            self._tasks.spawn(self._count())

    async def _count(self) -> None:
        try:
            while self._stale:
                self._stale = False
                self._view = await self._counted()
                self.changed.emit(self._view)
        finally:
            self._counting = False

    async def _counted(self) -> CostsView:
        try:
            found = await self._allowance.totals()
        except StudioError as error:
            return CostsView(problem=error.problem)
        rows = tuple(
            CostRow(provider=each.provider, name=self._name(each.provider), today=each.today, month=each.month)
            for each in found.providers
        )
        return CostsView(today=found.today, month=found.month, rows=rows)
