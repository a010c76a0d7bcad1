"""Drives jobs from the queue to their end. All of it is called on one asyncio loop, the worker's."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.job import Cancelled, Failed, Job, JobEvent, JobState, Queued, Succeeded
from studio.domain.problems import StudioError
from studio.jobs.lane import Lane
from studio.jobs.ledger import Ledger
from studio.jobs.minting import Mint
from studio.jobs.outputs import Outputs
from studio.jobs.run import Run, interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.domain.capabilities import Model, Price, ProviderInfo
    from studio.domain.ids import JobId, ProviderId
    from studio.domain.job import JobNews
    from studio.domain.request import EditRequest
    from studio.jobs.ports import Provider, World

log = logging.getLogger(__name__)


class Runner:
    """Accepts orders, journals them, and works them off under each provider's limit.

    `post` hears of every event after its commit, on the runner's loop. `parallel` says how many jobs of a provider
    run at a time; one where it says nothing.
    """

    def __init__(
        self,
        providers: Sequence[Provider],
        world: World,
        post: Callable[[JobNews], None],
        parallel: Mapping[ProviderId, int] | None = None,
    ) -> None:
        self._providers: dict[ProviderId, Provider] = {}
        self._lanes: dict[ProviderId, Lane] = {}
        self._use(providers, parallel or {})
        self._journal = world.journal
        self._mint = Mint(world.clock)
        self._ledger = Ledger(world.journal, world.clock, post)
        self._outputs = Outputs(world, self._ledger)

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

        Raises UsageError (unknown provider) and StorageError; then there is no job.
        """
        self._provider(request.provider)
        minted = self._mint.job()
        if named is not None:
            named(minted)
        job = await self._ledger.record(minted, Queued(request=request, price=price))
        if held:
            self._ledger.forget(job.id)
        else:
            self._line_up(job)
        return job

    async def run(self, *, free_only: bool = False) -> Sequence[Job]:
        """Let every queued job go that is not in a lane yet, oldest first; those jobs.

        A job whose provider is gone fails. With `free_only` such jobs, and those that may cost, stay queued.
        """
        waiting = [job for job in await self._known() if job.state is JobState.QUEUED and self._find(job.id) is None]
        queued = [job for job in waiting if self._is_free(job) or not free_only]
        for job in queued:
            if job.request.provider in self._providers:
                self._line_up(job)
            else:
                await self._conclude(job, Failed(problem=self._stranger(job.request.provider).problem))
        return queued

    async def cancel(self, job_id: JobId) -> None:
        """Stop a job in whatever phase it is. Nothing happens to one that has ended.

        Raises UsageError where there is no such job. The end is told by news; it is there within moments.
        """
        run = self._find(job_id)
        if run is not None:
            run.cancel()
            self._lanes[run.job.request.provider].skip(run)
            return
        job = await self._journal.job(job_id)
        if job is None:
            raise trouble("unknown-job", job=job_id)
        if job.state is JobState.QUEUED and self._find(job_id) is None:
            await self._conclude(job, Cancelled())

    async def resume(self) -> Sequence[Job]:
        """Settle what an earlier run of the program left: running jobs get their end, outputs are finished.

        Never sends anything. Those jobs as they were found; to be called once, before the first order.
        """
        left = [job for job in await self._known() if self._find(job.id) is None and _is_open(job)]
        for job in left:
            await self._settle(job)
        return left

    async def set_providers(
        self, providers: Sequence[Provider], parallel: Mapping[ProviderId, int] | None = None
    ) -> None:
        """Work with these from now on. Jobs that run go on with what they began with; those that wait take the new
        one of their provider, and stay queued in the journal where there is none any more."""
        waiting = [run.job for lane in self._lanes.values() for run in lane.clear()]
        self._use(providers, parallel or {})
        for job in sorted(waiting, key=lambda each: each.id):
            if job.request.provider in self._providers:
                self._line_up(job)

    async def jobs(self) -> Sequence[Job]:
        """All jobs, newest first."""
        return await self._journal.jobs()

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
        await asyncio.gather(*(lane.close() for lane in self._lanes.values()))

    def _use(self, providers: Sequence[Provider], parallel: Mapping[ProviderId, int]) -> None:
        """A lane of a provider that is gone stays for what still runs in it."""
        self._providers = {provider.info.id: provider for provider in providers}
        for each in self._providers:
            self._lanes.setdefault(each, Lane(1)).resize(parallel.get(each, 1))

    async def _known(self) -> list[Job]:
        """Oldest first."""
        return sorted(await self._journal.jobs(), key=lambda job: job.id)

    def _find(self, job_id: JobId) -> Run | None:
        return next((run for lane in self._lanes.values() if (run := lane.find(job_id))), None)

    def _line_up(self, job: Job) -> None:
        run = Run(job, self._provider(job.request.provider), self._ledger, self._outputs)
        self._lanes[job.request.provider].add(run)

    async def _conclude(self, job: Job, event: JobEvent) -> None:
        """The end of a job that no lane holds."""
        await self._ledger.conclude(job, event)
        self._ledger.forget(job.id)

    async def _settle(self, job: Job) -> None:
        unfinished = [output for output in job.outputs if output.finished is None]
        problems = [await self._outputs.finish(job, output) for output in unfinished]
        if job.state is JobState.RUNNING:
            told = next((each for each in problems if each is not None), None)
            # Where all that was ordered had come, nothing was interrupted but the note of it.
            whole = len(job.outputs) >= job.request.count
            await self._ledger.conclude(
                job, Succeeded(problem=told) if whole else interruption(free=self._is_free(job))
            )
        self._ledger.forget(job.id)

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


def _is_open(job: Job) -> bool:
    """Whether its end, or the pasting of an output, is still to come."""
    return job.state is JobState.RUNNING or any(output.finished is None for output in job.outputs)
