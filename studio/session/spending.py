"""Limits on spending: looked at when an order is made, and once more before it is sent."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from studio.domain.ids import LOCAL
from studio.domain.limits import refusal
from studio.domain.problems import UsageError
from studio.domain.settings import Limits
from studio.domain.spending import free_providers, periods

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from contextlib import AbstractAsyncContextManager

    from studio.domain.capabilities import Price
    from studio.domain.ids import JobId, ProviderId
    from studio.domain.job import Job
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest
    from studio.domain.settings import Settings
    from studio.domain.spending import Held, Outlay, Totals
    from studio.session.ports import Books


class Ordering(Protocol):
    """Within the block an order is put into the journal. Raises UsageError where it may not be made."""

    def __call__(self, request: EditRequest, price: Price | None, /) -> AbstractAsyncContextManager[None]: ...


@asynccontextmanager
async def unlimited(_request: EditRequest, _price: Price | None, /) -> AsyncGenerator[None]:
    """Every order may be made."""
    yield


class Allowance:
    """One for all who order in a data folder: the window, and what is handed over to it. Matches
    `studio.jobs.ports.Allowance`.

    What counts is all that was charged or may have been, and what is set aside for orders that run or wait, so that
    many clicks in a row pass no limit either.
    """

    def __init__(self, books: Books, now: Callable[[], float], settings: Settings) -> None:
        """`now` tells seconds since 1970."""
        self._books = books
        self._now = now
        self._limits = Limits()
        self._free: frozenset[ProviderId] = frozenset((LOCAL,))
        self._ordering = asyncio.Lock()
        self._sending = asyncio.Lock()
        self._let_go: frozenset[JobId] = frozenset()
        self.use(settings)

    def use(self, settings: Settings) -> None:
        """The limits and providers that count from now on. May be called on any thread."""
        self._limits, self._free = settings.limits, free_providers(settings.providers)

    async def totals(self) -> Totals:
        """What was spent today and this month, the local engine and the playground left out. Raises StorageError."""
        return await self._books.totals(periods(self._now()), self._free)

    @asynccontextmanager
    async def ordering(self, request: EditRequest, price: Price | None) -> AsyncGenerator[None]:
        """The order has to be in the journal when the block ends; others wait until then, or two could take the same
        rest of a limit. Raises UsageError (limit-reached, price-unknown-limit)."""
        limits, free = self._limits, self._free
        if not limits.any or request.provider in free:
            yield
            return
        async with self._ordering:
            found = await self._held(limits, lambda each: each.provider not in free)
            told = refusal(limits, price, found)
            if told is not None:
                raise UsageError(told)
            yield

    async def refusal(self, job: Job) -> Problem | None:
        """Why a job that waited must not be sent now, None where it may. Called on the runner's loop.

        Of those that wait only those count that were let go a moment ago and have not left yet: the others are looked
        at when their turn comes.
        """
        limits, free = self._limits, self._free
        if not limits.any or job.request.provider in free:
            return None
        async with self._sending:
            let_go = self._let_go - {job.id}

            def counts(each: Outlay) -> bool:
                return each.provider not in free and each.job != job.id and (each.is_sent or each.job in let_go)

            found = await self._held(limits, counts)
            told = refusal(limits, job.price, found)
            self._let_go = found.waiting if told is not None else found.waiting | {job.id}
            return told

    async def _held(self, limits: Limits, counts: Callable[[Outlay], bool]) -> Held:
        return await self._books.held(periods(self._now()), limits.currency, counts)
