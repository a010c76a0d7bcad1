"""Drives jobs from the queue to their end. All of it is called on one asyncio loop, the worker's."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.job import Cancelled, Failed, Job, JobEvent, JobState, LookedAgain, PutBack, Queued, Succeeded
from studio.domain.problems import StudioError
from studio.jobs.fold import may_look_again
from studio.jobs.lane import Lane
from studio.jobs.ledger import Ledger
from studio.jobs.means import TRIED_FOR_S, Means, Way
from studio.jobs.minting import Mint
from studio.jobs.outputs import Outputs
from studio.jobs.run import Run
from studio.jobs.settling import interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.ids import JobId, ProviderId
    from studio.domain.job import JobNews
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest
    from studio.jobs.ports import Provider, World

log = logging.getLogger(__name__)

RESUMING = 64
"""Jobs of an earlier run of the program that are looked at side by side. Those whose place cannot be reached wait, and
must not keep others from theirs; how many pictures are fetched at a time is for their provider."""
HEAD_START_S = 10.0
"""Seconds that what was paid for has to itself before new orders go beside it."""
PAUSED = "paused"
FETCHING = "fetching what was paid for"


class Runner:
    """Accepts orders, journals them, and works them off under each provider's limit.

    `post` hears of every event after its commit, on the runner's loop. `parallel` says how many jobs of a provider
    run at a time; one where it says nothing. A `patient` runner lets jobs wait where there is no network.
    """

    def __init__(
        self,
        providers: Sequence[Provider],
        world: World,
        post: Callable[[JobNews], None],
        parallel: Mapping[ProviderId, int] | None = None,
        *,
        patient: bool = False,
    ) -> None:
        self._is_paused = False
        self._providers: dict[ProviderId, Provider] = {}
        self._lanes: dict[ProviderId, Lane] = {}
        self._use(providers, parallel or {})
        self._journal = world.journal
        self._clock = world.clock
        self._mint = Mint(world.clock)
        self._ledger = Ledger(world, post)
        self._outputs = Outputs(world, self._ledger)
        self._means = Means(
            ledger=self._ledger,
            outputs=self._outputs,
            clock=world.clock,
            allowance=world.allowance,
            patient=patient,
        )
        self._means.going.set()
        self._resuming = Lane(RESUMING)
        self._turns: set[asyncio.Task[None]] = set()
        self._writing: set[JobId] = set()

    async def enqueue(
        self,
        request: EditRequest,
        price: Price | None,
        *,
        held: bool = False,
        named: Callable[[JobId], None] | None = None,
    ) -> Job:
        """Journal an order; committed when this returns. A held one waits for `run`. `named` hears the job's id before
        anything is done for it.

        Raises UsageError (unknown provider) and StorageError; then there is no job. Where the provider is removed while
        that is written down, the job waits for it, as others do.
        """
        self._provider(request.provider)
        minted = self._mint.job()
        if named is not None:
            named(minted)
        job = await self._ledger.record(minted, Queued(request=request, price=price))
        if held:
            self._ledger.forget(job.id)
        elif request.provider not in self._providers:
            await self._conclude(job, PutBack(problem=self._stranger(request.provider).problem))
        else:
            self._line_up(job)
        return job

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        """Let every queued job go that is not in a lane yet, oldest first; those jobs.

        A job whose provider is gone fails. With `free_only` such jobs, and those that may cost, stay queued.
        """
        live = await self._journal.live()
        waiting = [job for job in live if job.state is JobState.QUEUED and not self._is_in_hand(job.id)]
        queued = [job for job in waiting if self._is_free(job) or not free_only]
        gone = [job for job in queued if job.request.provider not in self._providers]
        # At once, as any of them may be cancelled while something is waited for.
        for job in queued:
            if job not in gone:
                self._line_up(job, Way.LET_GO)
        for job in gone:
            await self._conclude(job, Failed(problem=self._stranger(job.request.provider).problem))
        return queued

    async def cancel(self, job_id: JobId) -> None:
        """Stop a job in whatever phase it is. Nothing happens to one that has ended.

        Raises UsageError where there is no such job. The end is told by news; it is there within moments.
        """
        if self._stop(job_id):
            return
        job = await self._journal.job(job_id)
        if job is None:
            raise trouble("unknown-job", job=job_id)
        # While that was read somebody may have let it go.
        if not self._stop(job_id) and job.state is JobState.QUEUED and job_id not in self._writing:
            await self._conclude(job, Cancelled())

    async def resume(self) -> Sequence[Job]:
        """Settle what an earlier run of the program left: what was paid for is fetched, soonest gone first, before any
        new order goes; running jobs get their end, outputs are finished.

        Never sends an order. Those jobs as they were found; to be called once, before the first order. What has to be
        fetched is when `resumed` returns.
        """
        left = [job for job in await self._known() if self._find(job.id) is None and _is_open(job)]
        paid = [job for job in left if job.state is JobState.RUNNING and self._is_paid(job)]
        for job in left:
            if job not in paid:
                await self._settle(job)
        again = {job.id: job.problem for job in await self._unsettled()}
        providers = self._providers
        opened = [await self._ledger.record(job, LookedAgain()) for job in again]
        for job in sorted((*paid, *opened), key=_soonest):
            self._look_at(job, providers[job.request.provider], told=again.get(job.id))
        return left

    async def resumed(self) -> None:
        """Wait until all that was left is settled."""
        await self._resuming.idle()

    async def look_again(self, job_id: JobId) -> None:
        """Fetch what an ended job still lacks and ask what it was charged, for nothing. Nothing happens to one that is
        under way. Raises UsageError where there is no such job or provider, or nothing is lacking; StorageError."""
        job = await self._journal.job(job_id)
        if job is None:
            raise trouble("unknown-job", job=job_id)
        if self._is_in_hand(job_id):
            return
        provider = self._provider(job.request.provider)
        if not may_look_again(job):
            raise trouble("nothing-to-fetch")
        with self._written(job_id):
            self._look_at(await self._ledger.record(job_id, LookedAgain()), provider, told=job.problem)

    async def pause(self) -> None:
        """Begin no job until `go_on`, nor one that waits for the network; what runs goes on."""
        self._means.going.clear()
        for lane in self._lanes.values():
            lane.hold(PAUSED)
        self._is_paused = True

    async def go_on(self) -> None:
        """Begin jobs again."""
        self._is_paused = False
        self._means.going.set()
        for lane in self._lanes.values():
            lane.release(PAUSED)

    async def order(self) -> Sequence[JobId]:
        """The jobs that wait, provider by provider, in the order in which they will go."""
        return [job for lane in self._lanes.values() for job in lane.waiting()]

    async def move(self, job_id: JobId, offset: int) -> None:
        """Let a waiting job go so many places later among those of its provider, or earlier."""
        run = self._find(job_id)
        if run is not None:
            self._lanes[run.job.request.provider].move(run, offset)

    async def set_providers(
        self, providers: Sequence[Provider], parallel: Mapping[ProviderId, int] | None = None
    ) -> None:
        """Work with these from now on. Jobs that run go on with what they began with; those that wait take the new
        one of their provider, and stay queued where there is none any more, which is written down and told."""
        waiting = [run for lane in self._lanes.values() for run in lane.clear()]
        self._use(providers, parallel or {})
        for run in waiting:
            provider = run.job.request.provider
            if provider in self._providers:
                self._line_up(run.job, run.way)
            else:
                self._lanes[provider].put_back([run], self._stranger(provider).problem)

    async def jobs(self) -> Sequence[Job]:
        """All that wait or run and the newest of the others, newest first."""
        return (await self._known())[::-1]

    async def job(self, job_id: JobId) -> Job | None:
        """One job, None where there is none of this id."""
        return await self._journal.job(job_id)

    async def models(self) -> Sequence[Model]:
        """What all providers offer; one that does not answer is left out and logged."""
        found: list[Model] = []
        for provider in self._providers.values():
            try:
                found += await provider.models()
            except StudioError as error:
                log.warning("the models of %s are not known: %s", provider.info.id, error)
        return found

    def providers(self) -> Sequence[ProviderInfo]:
        """The providers in their order."""
        return [provider.info for provider in self._providers.values()]

    async def close(self) -> None:
        """End what runs and write that down; queued jobs stay queued. Nothing may be called afterwards."""
        await asyncio.gather(*(lane.close() for lane in self._all_lanes()))
        for turn in self._turns:
            turn.cancel()
        await asyncio.gather(*self._turns, return_exceptions=True)

    def _use(self, providers: Sequence[Provider], parallel: Mapping[ProviderId, int]) -> None:
        """A lane of a provider that is gone stays for what still runs in it."""
        self._providers = {provider.info.id: provider for provider in providers}
        for each in self._providers:
            lane = self._lanes.setdefault(each, Lane(1))
            lane.resize(parallel.get(each, 1))
            if self._is_paused:
                lane.hold(PAUSED)

    async def _known(self) -> list[Job]:
        """All that wait or run, and the newest of the others; oldest first."""
        found = {job.id: job for job in (*await self._journal.jobs(), *await self._journal.live())}
        return sorted(found.values(), key=lambda job: job.id)

    async def _unsettled(self) -> list[Job]:
        """Ended jobs whose pictures could not be fetched, or of which the provider did not tell the charge: that may go
        now. What was received is kept for some of them: these have a look however old they are, and then their last."""
        since = self._clock.now() - TRIED_FOR_S
        jobs = [job for job in await self._known() if job.state is JobState.UNKNOWN and may_look_again(job)]
        return [job for job in jobs if (job.received or job.created > since) and self._is_paid(job)]

    def _find(self, job_id: JobId) -> Run | None:
        return next((run for lane in self._all_lanes() if (run := lane.find(job_id))), None)

    def _is_in_hand(self, job_id: JobId) -> bool:
        """Whether a lane holds it, or is about to, or its end is just being written down."""
        return job_id in self._writing or any(lane.holds(job_id) for lane in self._all_lanes())

    @contextmanager
    def _written(self, job_id: JobId) -> Generator[None]:
        """While something is written down of a job that no lane holds."""
        self._writing.add(job_id)
        try:
            yield
        finally:
            self._writing.discard(job_id)

    def _stop(self, job_id: JobId) -> bool:
        """Cancel the run of this job; whether there is one."""
        for lane in self._all_lanes():
            run = lane.find(job_id)
            if run is not None:
                run.cancel()
                lane.skip(run)
                return True
        return False

    def _all_lanes(self) -> list[Lane]:
        return [self._resuming, *self._lanes.values()]

    def _line_up(self, job: Job, way: Way = Way.ORDERED) -> None:
        run = Run(job, self._provider(job.request.provider), self._means, way)
        self._lanes[job.request.provider].add(run)

    def _look_at(self, job: Job, provider: Provider, told: Problem | None = None) -> None:
        """Fetch what was paid for. No new order of a paid provider goes before that is done, or has had its start.

        The provider is that from before the look was written down: one that was removed meanwhile ends it all the same.
        """
        self._resuming.add(Run(job, provider, self._means, Way.RESUMED, told))
        if not self._turns:
            held = [self._lanes[each] for each, provider in self._providers.items() if not provider.info.local]
            for lane in held:
                lane.hold(FETCHING)
            turn = asyncio.create_task(self._first_turn(held))
            self._turns.add(turn)
            turn.add_done_callback(self._turns.discard)

    async def _first_turn(self, held: Sequence[Lane]) -> None:
        try:
            async with asyncio.timeout(HEAD_START_S):
                await self._resuming.idle()
        except TimeoutError:
            log.info("what was paid for is still being fetched; new orders go now")
        finally:
            for lane in held:
                lane.release(FETCHING)

    async def _conclude(self, job: Job, event: JobEvent) -> None:
        """The end of a job that no lane holds, or what it waits for."""
        with self._written(job.id):
            await self._ledger.conclude(job, event)
        self._ledger.forget(job.id)

    async def _settle(self, job: Job) -> None:
        unfinished = [output for output in job.outputs if output.finished is None]
        problems = [await self._outputs.finish(job, output) for output in unfinished]
        if job.state is JobState.RUNNING:
            told = next((each for each in problems if each is not None), None)
            # Where all that was ordered had come, nothing was interrupted but the note of it.
            whole = len(job.outputs) >= job.request.count
            ending = Succeeded(problem=told) if whole else interruption(free=self._is_free(job))
            await self._ledger.conclude(job, ending)
        self._ledger.forget(job.id)

    def _is_paid(self, job: Job) -> bool:
        provider = self._providers.get(job.request.provider)
        return provider is not None and not provider.info.local

    def _is_free(self, job: Job) -> bool:
        provider = self._providers.get(job.request.provider)
        return provider is not None and provider.info.local

    def _provider(self, provider_id: ProviderId) -> Provider:
        provider = self._providers.get(provider_id)
        if provider is None:
            raise self._stranger(provider_id)
        return provider

    def _stranger(self, provider_id: ProviderId) -> StudioError:
        return trouble("unknown-provider", provider=provider_id, providers=", ".join(self._providers))


def _soonest(job: Job) -> tuple[float, JobId]:
    """What is gone soonest first; what was not answered may hold a whole answer, and is looked at at once."""
    known = [result.expires for result in job.results if result.expires is not None]
    if not job.answered:
        return 0.0, job.id
    return min(known, default=job.created), job.id


def _is_open(job: Job) -> bool:
    """Whether its end, or the pasting of an output, is still to come."""
    return job.state is JobState.RUNNING or any(output.finished is None for output in job.outputs)
