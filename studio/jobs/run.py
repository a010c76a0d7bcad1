"""One job from its turn to its end: submitted, its answers kept and finished, its end written down."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.job import (
    Cancelled,
    Expired,
    Failed,
    Job,
    JobEvent,
    OutcomeUnknown,
    Output,
    ProviderDone,
    ProviderEvent,
    ProviderOutput,
    Submitting,
    Succeeded,
)
from studio.domain.problems import OutcomeLost, Problem, ProviderError, ResultExpired, StudioError

if TYPE_CHECKING:
    from studio.jobs.ledger import Ledger
    from studio.jobs.outputs import Outputs
    from studio.jobs.ports import Provider

log = logging.getLogger(__name__)

HOPELESS = frozenset(("no-balance", "key-refused", "key-missing"))
"""Problems that every other order to the same provider would meet too."""


class Run:
    """Drives one job. Only the provider's iterator is ever cancelled: what arrived is written down in peace."""

    def __init__(self, job: Job, provider: Provider, ledger: Ledger, outputs: Outputs) -> None:
        self.job = job
        self._provider = provider
        self._ledger = ledger
        self._outputs = outputs
        self._events: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()
        self._pump: asyncio.Task[None] | None = None
        self._finishing: set[asyncio.Task[Problem | None]] = set()
        self._ending: JobEvent | None = None
        self._submitted = False
        self._done = ProviderDone()
        self.stops_others = False
        """It failed of something that those behind it would fail of too: they wait until the user lets them go."""

    def cancel(self) -> None:
        """End it as the user's wish. Nothing happens where the provider is done already."""
        free = self._provider.info.local or not self._submitted
        self._stop(Cancelled(billed=False if free else None))

    def interrupt(self) -> None:
        """End it because the program ends."""
        self._stop(interruption(free=self._provider.info.local or not self._submitted))

    async def go(self) -> None:
        """Run to the end; every way this can end is journalled or at least told."""
        try:
            ending = await self._work()
        except OutcomeLost as error:
            ending = OutcomeUnknown(problem=error.problem, request_id=error.request_id)
        except ResultExpired as error:
            ending = Expired(problem=error.problem, request_id=error.request_id)
        except ProviderError as error:
            ending = Failed(problem=error.problem)
        except StudioError as error:
            ending = self._lost(error.problem)
        except Exception as error:  # the supervisor's edge: a bug of ours ends the job in a sentence
            log.exception("job %s failed", self.job.id)
            ending = self._lost(problem("bug", detail="".join(traceback.format_exception(error))))
        await self._halt()
        self.stops_others = isinstance(ending, Failed) and ending.problem.code in HOPELESS
        await self._ledger.conclude(self.job, ending)

    async def settle(self) -> None:
        """Wait for the pasting, which goes on after a job was cancelled or failed."""
        if self._finishing:
            await asyncio.wait(tuple(self._finishing))
        self._ledger.forget(self.job.id)

    async def _work(self) -> JobEvent:
        if self._ending is None:
            await self._ledger.record(self.job.id, Submitting(attempt=self.job.attempts + 1))
        if self._ending is not None:
            return self._ending
        self._submitted = True
        self._pump = asyncio.create_task(self._receive())
        self._pump.add_done_callback(self._received)
        while (event := await self._events.get()) is not None:
            await self._take(event)
        if self._ending is not None and (self._pump.cancelled() or self._pump.exception()):
            return self._ending
        self._pump.result()
        return await self._conclusion()

    async def _receive(self) -> None:
        async for event in self._provider.submit(self.job.id, self.job.request):
            self._events.put_nowait(event)

    def _received(self, pump: asyncio.Task[None]) -> None:
        self._events.put_nowait(None)
        if not pump.cancelled():
            pump.exception()  # looked at, so that the loop does not call it lost when nobody asks again

    async def _take(self, event: ProviderEvent) -> None:
        match event:
            case ProviderOutput():
                output = await self._outputs.keep(self.job, event)
                if output is not None:
                    self._finish(output)
            case ProviderDone():
                self._done = event
            case _:
                self._ledger.tell(self.job, event)

    def _finish(self, output: Output) -> None:
        task = asyncio.create_task(self._outputs.finish(self.job, output))
        self._finishing.add(task)

    async def _conclusion(self) -> JobEvent:
        """How a job ends whose provider said all it had to say."""
        if not self._finishing:
            code = "result-unreadable" if self._provider.info.local else "no-picture"
            return self._lost(problem(code))
        problems = [each for each in await asyncio.gather(*self._finishing) if each is not None]
        return Succeeded(
            missing=max(0, self.job.request.count - len(self._finishing)),
            cost=self._done.cost,
            request_id=self._done.request_id,
            revised_prompt=self._done.revised_prompt,
            problem=problems[0] if problems else None,
        )

    def _lost(self, reason: Problem) -> JobEvent:
        """No end was seen: an order that left for a paid provider may have been charged."""
        if self._submitted and not self._provider.info.local:
            return OutcomeUnknown(problem=reason)
        return Failed(problem=reason)

    def _stop(self, ending: JobEvent) -> None:
        if self._ending is None:
            self._ending = ending
        if self._pump is not None:
            self._pump.cancel()

    async def _halt(self) -> None:
        """The provider works for nobody once the run is over."""
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait((self._pump,))


def interruption(*, free: bool) -> JobEvent:
    """How a running job ends with the program: free work is lost, paid work may have been charged."""
    if free:
        return Failed(problem=problem("interrupted"))
    return OutcomeUnknown(problem=problem("outcome-unknown"))
