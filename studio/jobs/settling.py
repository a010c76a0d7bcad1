"""An end that leaves open what was charged, settled where the provider tells that for nothing."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.job import Cancelled, Expired, Failed, JobState, OutcomeUnknown, Succeeded
from studio.domain.phrases import FREE, PAID
from studio.domain.problems import StudioError

if TYPE_CHECKING:
    from studio.domain.capabilities import Price
    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobEvent
    from studio.domain.problems import Problem
    from studio.jobs.ports import Provider

log = logging.getLogger(__name__)


def interruption(*, free: bool) -> JobEvent:
    """How a running job ends that nobody can be asked about: free work is lost, paid work may have been charged."""
    if free:
        return Failed(problem=problem("interrupted"))
    return OutcomeUnknown(problem=problem("outcome-unknown"))


def said_of(job: Job) -> Problem | None:
    """What is to be said of how a job stands. One that was cancelled ended as was wished, so its events hold no
    problem; but where it had been sent it may have been charged, and that is not kept from whoever cancelled it."""
    if job.state is not JobState.CANCELLED or job.problem is not None or job.billed is False:
        return job.problem
    late = problem("cancelled-late", provider=job.request.provider)
    if not job.billed:
        return late
    return replace(late, cost=PAID if job.cost is None else _charge(job.cost))


class Settling:
    """Settles the end of one job, until nobody waits for it any more: the next start, or a look, asks then. Of a
    success nobody asks again, so what was begun for one is waited for."""

    def __init__(self) -> None:
        self._asking: asyncio.Task[JobEvent] | None = None
        self._is_given_up = False

    def give_up(self) -> None:
        """Ask nobody any more."""
        self._is_given_up = True
        if self._asking is not None:
            self._asking.cancel()

    async def settled(self, ending: JobEvent, job: Job, provider: Provider) -> JobEvent:
        """See the function of this name; the end as it was where that was given up."""
        if self._is_given_up:
            return ending
        asking = asyncio.create_task(settled(ending, job, provider))
        if not isinstance(ending, Succeeded):
            self._asking = asking
        await asyncio.wait((asking,))
        return ending if asking.cancelled() else asking.result()


async def settled(ending: JobEvent, job: Job, provider: Provider) -> JobEvent:
    """The same end, or what it is now known to be; one after which pictures may still come stays open. `job` is the
    fold so far."""
    match ending:
        case Succeeded(cost=None):
            return replace(ending, cost=job.cost or await _charged(job.id, ending.request_id, provider))
        case OutcomeUnknown(received=False) if not job.answered:
            named = replace(ending, request_id=ending.request_id or job.request_id)
            return await _known(named, job, provider)
        case Cancelled(billed=None):
            cost = await _charged(job.id, job.request_id, provider)
            return ending if cost is None else replace(ending, billed=_is_something(cost), cost=cost)
        case _:
            return ending


async def _known(ending: OutcomeUnknown, job: Job, provider: Provider) -> JobEvent:
    """What happened stays what it was; what it cost is no longer open."""
    cost = await _charged(job.id, ending.request_id, provider)
    if cost is None:
        return ending
    if len(job.outputs) >= job.request.count:
        return Succeeded(cost=cost, request_id=ending.request_id)
    if not _is_something(cost):
        return Failed(problem=replace(ending.problem, cost=FREE))
    return Expired(problem=replace(ending.problem, cost=_charge(cost)), request_id=ending.request_id, cost=cost)


async def _charged(job: JobId, request_id: str | None, provider: Provider) -> Price | None:
    if request_id is None:
        return None
    try:
        return await provider.charged(job, request_id)
    except StudioError as error:
        log.info("what job %s was charged is not told: %s", job, error)
        return None


def _charge(cost: Price) -> str:
    return f"It was charged {Decimal(cost.amount).normalize():f} {cost.currency}."


def _is_something(cost: Price) -> bool:
    return Decimal(cost.amount) > 0
