"""One job from its turn to its end: submitted, its answers kept and finished, its end written down."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.job import (
    Answered,
    Cancelled,
    Expired,
    Failed,
    Job,
    JobEvent,
    JobState,
    OutcomeUnknown,
    Output,
    ProviderDone,
    ProviderEvent,
    ProviderNamed,
    ProviderOutput,
    ProviderProgress,
    ProviderSending,
    PutBack,
    Submitting,
    Succeeded,
)
from studio.domain.problems import (
    Offline,
    OutcomeLost,
    Problem,
    ProviderError,
    ResultExpired,
    StorageError,
    StudioError,
)
from studio.jobs.haul import Haul, missing
from studio.jobs.means import TRIED_FOR_S, Way
from studio.jobs.outputs import Unseen
from studio.jobs.pump import Pump
from studio.jobs.settling import Settling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.job import ResultAddress
    from studio.domain.secret import Secret
    from studio.jobs.means import Means
    from studio.jobs.ports import Provider

log = logging.getLogger(__name__)

WANTING = frozenset(("key-missing", "keyring-unavailable", "keyring-locked", "keyring-slow"))
"""Problems that a job may wait for to go away, where nobody has just ordered it: there is no key to send it with."""
HOPELESS = frozenset(("no-balance", "key-refused", "key-wanted")) | WANTING
"""Problems that every other order with the same key, or lack of one, would meet too."""


class _Stop(Enum):
    CANCEL = "cancel"
    CLOSE = "close"


class Run:
    """Drives one job. Only the provider's iterator is ever cancelled: what arrived is written down in peace."""

    def __init__(
        self, job: Job, provider: Provider, means: Means, way: Way = Way.ORDERED, told: Problem | None = None
    ) -> None:
        """`told` is what was said of the job's end before it was looked at again."""
        self.job = job
        self._told = told
        self.provider = provider
        self._means = means
        self._ledger = means.ledger
        self.way = way
        self._pump = Pump()
        self._settling = Settling()
        self._finishing: set[asyncio.Task[Problem | None]] = set()
        self._stop: _Stop | None = None
        self._submitted = way is Way.RESUMED
        self._sending = way is Way.RESUMED
        self._haul = Haul()
        self._held: Problem | None = None
        self.stops_others: Problem | None = None
        """What it failed of, where those behind it that have its key would fail of that too: they wait until the user
        lets them go."""
        self.key: Secret | None = None
        """The key that it was refused with."""

    def cancel(self) -> None:
        """End it as the user's wish. Nothing happens where the provider is done already."""
        self._ledger.tell(self.job, ProviderProgress(phase="Cancelling"))
        self._end(_Stop.CANCEL)

    def interrupt(self) -> None:
        """End it because the program ends: nobody waits then for what a provider tells."""
        self._end(_Stop.CLOSE)
        self._settling.give_up()

    def put_back(self, told: Problem) -> None:
        """Let it only write down that it waits again, and for what. To be called before it goes."""
        self._held = told

    async def go(self) -> None:
        """Run to the end; every way this can end is journalled or at least told."""
        ending = await self._ended()
        await self._pump.halt()
        if ending is None:
            return
        if isinstance(ending, OutcomeUnknown):
            ending = replace(ending, received=self._is_left)
        if not self._is_free:
            ending = await self._settling.settled(ending, self._known, self.provider)
            if isinstance(ending, Succeeded):
                await self._note_answer()
        if isinstance(ending, Failed) and ending.problem.code in HOPELESS and self.way is not Way.RESUMED:
            self.stops_others = ending.problem
        written = await self._ledger.conclude(self.job, ending)
        if isinstance(ending, PutBack) and self._stop is _Stop.CANCEL:
            # The wish came while that was written down. Nothing had left.
            ending = Cancelled()
            written = await self._ledger.conclude(self.job, ending)
        if written and not self._is_free:
            await self._clear(ending)

    async def settle(self) -> None:
        """Wait for the pasting, which goes on after a job was cancelled or failed."""
        if self._finishing:
            await asyncio.wait(tuple(self._finishing))
        self._ledger.forget(self.job.id)

    async def _ended(self) -> JobEvent | None:
        """How it ends; None where it is left as it stands, for the next start of the program."""
        try:
            return await self._work()
        except OutcomeLost as error:
            nothing_new = self._told is not None and error.problem.code == "outcome-unknown"
            told = self._told if self._told and nothing_new else self._haul.short(error.problem, self._now)
            return OutcomeUnknown(problem=told, request_id=error.request_id)
        except ResultExpired as error:
            return Expired(problem=error.problem, request_id=error.request_id)
        except ProviderError as error:
            return self._refused(error)
        except StudioError as error:
            return self._lost(error.problem)
        except Exception as error:  # the supervisor's edge: a bug of ours ends the job in a sentence
            log.exception("job %s failed", self.job.id)
            return self._lost(problem("bug", detail="".join(traceback.format_exception(error))))

    async def _work(self) -> JobEvent | None:
        try:
            whole = await self._answered()
        except OutcomeLost:
            await self._fetch_named(missing(self._now, self._haul.named))
            if self._stop is not None:
                return self._stopped()
            raise
        if not whole:
            await self._rescue()
            return self._stopped()
        await self._note_answer()
        results = missing(self._now, self._now.results or self._haul.done.results)
        if results:
            try:
                if not await self._through(self._fetched(results)):
                    return self._stopped()
            except (OutcomeLost, ResultExpired) as error:
                if not self._now.outputs:
                    raise
                log.warning("job %s has not all its pictures: %s", self.job.id, error)
        return await self._conclusion()

    async def _fetch_named(self, results: Sequence[ResultAddress]) -> None:
        """Of an answer that broke off, the pictures whose addresses had come. These are in no journal: they stay where
        they were received, and whoever reads that again fetches them; but for those that are no longer there."""
        if not results or self._stop is not None:
            return
        try:
            await self._through(self._fetched(results))
        except (OutcomeLost, ResultExpired) as error:
            log.warning("job %s has not all pictures that its answer named: %s", self.job.id, error)
            left = missing(self._now, results)
            if isinstance(error, ResultExpired) and len(left) == 1:
                self._haul.gone.add(left[0].index)
            elif isinstance(error, ResultExpired):
                # At least one of them is gone. Which ones, each tells when it is fetched alone.
                for each in left:
                    await self._fetch_named([each])

    def _fetched(self, results: Sequence[ResultAddress]) -> AsyncIterator[ProviderEvent]:
        return self.provider.fetch(self.job.id, self.job.request, results, patient=self._means.patient)

    async def _answered(self) -> bool:
        """Whether the answer is here; False where the run was stopped before."""
        if self.way is not Way.RESUMED:
            return await self._ordered()
        for output in self.job.outputs:
            if output.finished is None:
                self._finish(output)
        if self.job.answered:
            return await self._read_again()
        stored = len(self._now.outputs)
        try:
            return await self._through(self.provider.replay(self.job.id, self.job.request))
        except OutcomeLost as error:
            # Where all that was ordered had been kept, only the note of it is missing.
            if stored < self.job.request.count:
                raise
            self._haul.asked_for_by(error.request_id or self._now.request_id)
            return self._stop is None

    async def _read_again(self) -> bool:
        """Of an answer that was noted, what no disk had room for: that is in what was received alone."""
        if len(self._now.outputs) + len(self._now.results) < self.job.request.count:
            try:
                return await self._through(self.provider.replay(self.job.id, self.job.request))
            except ProviderError as error:
                if not self._now.outputs and not self._now.results:
                    raise OutcomeLost(problem("outcome-unknown")) from error
        return self._stop is None

    async def _rescue(self) -> None:
        """A stop cuts an answer that is on its way: pictures of it that came whole are kept, as after any other cut;
        those that it names are for the next start. It may have come whole, and only be unread."""
        if self._is_free or not self._sending or self._now.answered:
            return
        with contextlib.suppress(ProviderError):
            async for event in self.provider.replay(self.job.id, self.job.request):
                if isinstance(event, ProviderOutput | ProviderNamed | ProviderDone):
                    await self._take(event)
                if isinstance(event, ProviderDone):
                    await self._note_answer()

    async def _ordered(self) -> bool:
        """The order, sent once; while there is no network it waits, and goes on unless the queue is paused."""
        while self._stop is None:
            if self._held is None and self._means.allowance is not None:
                self._held = await self._means.allowance.refusal(self.job)
            if self._held is not None or self._stop is not None:
                return False
            await self._ledger.record(self.job.id, Submitting(attempt=self._now.attempts + 1))
            self._submitted = True
            if self._stop is not None:
                return False
            try:
                return await self._through(self.provider.submit(self.job.id, self.job.request))
            except Offline as error:
                if not self._means.patient:
                    raise
                await self._pump.halt()
                await self._ledger.record(self.job.id, PutBack(problem=error.problem))
                self._submitted = self._sending = False
            self._ledger.tell(self.job, ProviderProgress(phase="Waiting for the network"))
            await self._pump.done(self.provider.online())
            await self._pump.done(self._means.going.wait())
        return False

    async def _through(self, events: AsyncIterator[ProviderEvent]) -> bool:
        """Take all that comes; False where it was stopped before its end."""
        return await self._pump.through(events, self._take)

    async def _take(self, event: ProviderEvent) -> None:
        match event:
            case ProviderSending():
                self._sending = True
                self._haul.asked_for_by(event.request_id)
            case ProviderOutput():
                await self._keep(event)
            case ProviderNamed():
                self._haul.named = event.results
            case ProviderDone():
                self._haul.done = event
            case _:
                self._ledger.tell(self.job, event)

    async def _keep(self, arrived: ProviderOutput) -> None:
        if any(output.index == arrived.index for output in self._now.outputs):
            return
        try:
            output = await self._means.outputs.keep(self.job, arrived)
        except StorageError as error:
            self._haul.not_kept(error.problem, arrived.index)
            return
        self._haul.kept(arrived.index)
        match output:
            case Output():
                self._finish(output)
            case Unseen(raw=raw) if self._is_free:
                self._haul.not_read(raw, arrived.index)
            case Unseen():
                self._haul.not_seen(output, arrived.index)
            case _:
                self._haul.not_read(output, arrived.index)

    def _finish(self, output: Output) -> None:
        self._finishing.add(asyncio.create_task(self._means.outputs.finish(self.job, output)))

    async def _note_answer(self) -> None:
        """Where its pictures are is on the disk before the first of them is fetched. A disk that refuses holds up
        nothing: they are fetched all the same."""
        if self._is_free or self._now.answered:
            return
        done = self._haul.done
        answer = Answered(
            results=done.results, cost=done.cost, request_id=done.request_id, revised_prompt=done.revised_prompt
        )
        try:
            await self._ledger.record(self.job.id, answer)
        except StorageError as error:
            self._haul.not_kept(error.problem)

    async def _conclusion(self) -> JobEvent | None:
        """How a job ends whose provider said all it had to say; None as in `_ended`."""
        if self._haul.unkept:
            again = self._stop is _Stop.CLOSE and self._haul.may_be_kept and not self._is_free
            return None if again else self._lost(self._haul.unkept_of_all())
        if not self._now.outputs:
            return self._lost(self._haul.unreadable(self.provider.info))
        problems = [each for each in await asyncio.gather(*self._finishing) if each is not None]
        if self._haul.unread and not problems:
            problems.append(self._haul.unreadable(self.provider.info))
        return Succeeded(
            missing=max(0, self.job.request.count - len(self._now.outputs)),
            cost=self._haul.done.cost,
            request_id=self._haul.done.request_id,
            revised_prompt=self._haul.done.revised_prompt,
            problem=problems[0] if problems else None,
        )

    def _refused(self, error: ProviderError) -> JobEvent:
        self.key = error.key
        waits = self.way is Way.LET_GO and error.problem.code in WANTING
        return PutBack(problem=error.problem) if waits else Failed(problem=error.problem)

    def _lost(self, reason: Problem) -> JobEvent:
        """No end was seen: an order that left for a paid provider may have been charged."""
        if self._submitted and not self._is_free:
            return OutcomeUnknown(problem=reason, request_id=self._haul.done.request_id)
        return Failed(problem=reason)

    def _stopped(self) -> JobEvent | None:
        """How it ends before its time: held back, by the user's wish, or with the program."""
        if self._held is not None and self._stop is not _Stop.CANCEL:
            return PutBack(problem=self._held)
        unspent = self._is_free or not self._sending
        if self._stop is _Stop.CANCEL:
            billed = False if unspent else True if self._now.answered else None
            return Cancelled(billed=billed, request_id=self._haul.done.request_id)
        if self._is_free:
            return Failed(problem=problem("interrupted"))
        if unspent:
            return PutBack(problem=problem("interrupted")) if self._submitted else None
        # What was answered, or at least named, is fetched at the next start; what found no room tries again.
        later = self._now.answered or self._haul.is_named(self._now) or self._haul.may_be_kept
        return None if later else self._lost(self._haul.short(problem("outcome-unknown"), self._now))

    @property
    def _is_left(self) -> bool:
        """Whether pictures may still be had by what was received, and by nothing else: it holds what no folder took, or
        what nobody could look at, or it names them. No address lives for days, whatever becomes of its host; nor is
        what nobody could look at for days a picture."""
        late = self.job.created < self._means.clock.now() - TRIED_FOR_S
        tried = self._haul.is_named(self._now) or self._haul.is_unseen
        return self._haul.is_nowhere or (tried and not late)

    @property
    def _known(self) -> Job:
        """The job with what the answer's head told, which may not be written down yet."""
        return replace(self._now, request_id=self._now.request_id or self._haul.done.request_id)

    @property
    def _now(self) -> Job:
        return self._ledger.latest(self.job)

    @property
    def _is_free(self) -> bool:
        return self.provider.info.local

    def _end(self, stop: _Stop) -> None:
        if self._stop is None:
            self._stop = stop
        self._pump.stop()

    async def _clear(self, ending: JobEvent) -> None:
        """What was received on the way may go once the end is written down, where that does not say that another look
        needs it."""
        if not self._now.received and not isinstance(ending, PutBack):
            await self.provider.settled(self.job.id, unread=self._now.state is JobState.UNKNOWN)
