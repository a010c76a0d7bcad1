"""The session without a window: what the verbs of the command line do. Implements `TerminalDesk`."""

from __future__ import annotations

import logging
import traceback
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.ids import JobId, OutputId
from studio.domain.job import JobState
from studio.domain.phrases import PAID
from studio.domain.problems import StudioError
from studio.jobs.fold import may_look_again
from studio.jobs.settling import said_of
from studio.session.face.terminal import EndedNews, GalleryListing, JobListing, ProgressNews, QueuedNews, RemarkNews
from studio.session.face.views import ExportOptions
from studio.session.galleryfiles import GalleryFiles
from studio.session.terminal_following import Following, given_up, last_word
from studio.session.terminal_gallery import all_entries, entry_of
from studio.session.terminal_outputs import OutputFiles, Target, made_folder
from studio.session.terminal_providers import TerminalProviders
from studio.session.terminal_world import TerminalWorld as TerminalWorld  # noqa: TC001  # offered here beside what takes it

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

    from studio.document.project import Project
    from studio.domain.capabilities import Model
    from studio.domain.ids import ProviderId
    from studio.domain.job import Job
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.session.face.terminal import (
        CheckListing,
        EditOrder,
        OutputFile,
        ProjectInfo,
        ProviderChange,
        ProviderListing,
        TerminalNews,
    )
    from studio.session.ports import Files
    from studio.session.terminal_orders import TerminalOrders

log = logging.getLogger(__name__)


class Terminal:
    """All of it is called on one asyncio loop, the one that the world's news comes on."""

    def __init__(self, world: TerminalWorld) -> None:
        self._world = world
        self._providers = TerminalProviders(world)
        self._outputs = OutputFiles(world)
        self._gallery = GalleryFiles(world.offload, world.blobs, world.files)

    @property
    def found(self) -> Sequence[Problem]:
        """What was damaged when the data folder was opened."""
        return self._world.found

    # jobs

    async def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]:
        """Prepare, enqueue and, unless told not to, wait. What went wrong is in the `EndedNews`."""
        try:
            key = await self._providers.key_of(order.key_file)
            folder = await self._folder(order.output)
            orders = await self._world.offload.compute(_orders, self._world, self._providers)
            request, price = await orders.order(order)
        except StudioError as error:
            yield EndedNews(job=None, state=JobState.FAILED, problem=error.problem)
            return
        for remark in orders.remarks:
            yield RemarkNews(text=remark)
        with Following().listening(self._world.jobs.news) as following:
            try:
                lent = self._lender(key, request.provider)
                async with self._world.ordering(request, price):
                    job = await self._world.jobs.enqueue(request, price, held=not order.wait, named=lent)
            except StudioError as error:
                yield EndedNews(job=None, state=JobState.FAILED, problem=error.problem)
                return
            yield QueuedNews(job=job.id, price=price)
            if not order.wait:
                yield EndedNews(job=job.id, state=JobState.QUEUED)
                return
            unasked = max(0, order.count - request.count)
            target = _target(folder, order, request)
            async with aclosing(self._told(following, [job], target, unasked)) as told:
                async for news in told:
                    yield news

    def _lender(self, key: Secret | None, provider: ProviderId) -> Callable[[JobId], None] | None:
        return None if key is None else lambda job: self._world.keys.lend(job, provider, key)

    async def run(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        """Send what waits in the queue."""
        key = await self._providers.key_of(key_file)
        if key is not None:
            self._providers.lend(key, [job for job in await self._world.jobs.jobs() if job.state is JobState.QUEUED])
        with Following().listening(self._world.jobs.news) as following:
            started = await self._world.jobs.run()
            for job in started:
                yield QueuedNews(job=job.id, price=job.price)
            async with aclosing(self._told(following, await self._now(started))) as told:
                async for news in told:
                    yield news

    async def resume(self, key_file: str | None = None) -> AsyncIterator[TerminalNews]:
        """Finish what can be finished without a new charge: what an earlier run of the program left, then ended jobs
        of which pictures are still to be fetched, or that may have been charged. The key is for asking about them."""
        key = await self._providers.key_of(key_file)
        with Following().listening(self._world.jobs.news) as following:
            left = await self._world.jobs.resume()
            ended: dict[JobId, Job] = {}
            async for news in self._told_of(following, await self._now(left), ended):
                yield news
            again = [job for job in await self._world.jobs.jobs() if may_look_again(job)]
            if key is not None:
                self._providers.lend(key, again)
            for job in again:
                await self._world.jobs.look_again(job.id)
            async for news in self._told_of(following, await self._now(again), ended):
                yield news
        for job in ended.values():
            yield await self._ended(job)

    async def _told_of(
        self, following: Following, jobs: Sequence[Job], ended: dict[JobId, Job]
    ) -> AsyncIterator[TerminalNews]:
        """Progress; the ends are put into `ended`."""
        async with aclosing(following.follow(jobs)) as heard:
            async for news in heard:
                if isinstance(news, ProgressNews):
                    yield news
                else:
                    ended[news.id] = news

    async def cancel(self, job: str) -> AsyncIterator[TerminalNews]:
        """Stop a job and wait for its end; one that has ended already is told as it is."""
        with Following().listening(self._world.jobs.news) as following:
            found = await self._known(job)
            await self._world.jobs.cancel(found.id)
            async with aclosing(self._told(following, await self._now([found]))) as told:
                async for news in told:
                    yield news

    async def left(self, jobs: Sequence[str]) -> Sequence[EndedNews]:
        """How these stand, which are cancelled and not waited for any longer than it takes to write that down."""
        for job in jobs:
            await self._world.jobs.cancel(JobId(job))
        await self._world.end_jobs()
        return [given_up(await self.job(job)) for job in jobs]

    async def hand_out(self, job: str, order: EditOrder) -> Sequence[OutputFile]:
        """A job's pictures as files where this order wants them. Raises StudioError."""
        found = await self._known(job)
        target = _target(await self._folder(order.output), order, found.request)
        return await (self._outputs.written(found, target) if target else self._outputs.complete(found))

    async def _told(
        self, following: Following, jobs: Sequence[Job], target: Target | None = None, unasked: int = 0
    ) -> AsyncGenerator[TerminalNews, None]:
        async with aclosing(following.follow(jobs)) as heard:
            async for news in heard:
                if isinstance(news, ProgressNews):
                    yield news
                else:
                    yield await self._ended(news, target, unasked)

    async def _ended(self, job: Job, target: Target | None = None, unasked: int = 0) -> EndedNews:
        """`unasked` as in `last_word`."""
        state, problem = job.state, said_of(job)
        try:
            outputs = await (self._outputs.written(job, target) if target else self._outputs.complete(job))
        except StudioError as error:
            # The pictures are safe in the library, but what was asked for was files.
            outputs, state, problem = self._outputs.listed(job), JobState.FAILED, error.problem
        except Exception as error:  # the edge of what is told: a bug of ours must not hide what was paid for
            log.exception("the pictures of job %s could not be given out", job.id)
            outputs, state, problem = self._outputs.listed(job), JobState.FAILED, _bug(error, job)
        return last_word(JobListing(job=job, outputs=outputs), state, problem, unasked)

    async def _folder(self, path: str | None) -> str | None:
        """Looked at before anything is sent: a result that cannot be delivered should not be made."""
        if path is None:
            return None
        folder = await self._world.offload.write(made_folder, path)
        self._world.keep_in(folder)
        return folder

    async def _now(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs as the journal has them now."""
        return [await self._known(job.id) for job in jobs]

    async def _known(self, job: str) -> Job:
        found = await self._world.jobs.job(JobId(job))
        if found is None:
            raise trouble("unknown-job", job=job)
        return found

    # providers

    async def providers(self) -> Sequence[ProviderListing]:
        """Those that are set up."""
        return await self._providers.listings()

    async def set_up(self, change: ProviderChange) -> None:
        """Add, set or remove one."""
        await self._providers.change(change)

    async def give_key(self, provider: str, key: str) -> str:
        """Keep a key; where it went."""
        return await self._providers.give_key(provider, key)

    async def check(self, provider: str, key_file: str | None = None) -> CheckListing:
        """What can be learnt of a key free of charge."""
        return await self._providers.check(provider, key_file)

    async def models(
        self, provider: str | None, *, refresh: bool = False, key_file: str | None = None
    ) -> Sequence[Model]:
        """What can be asked for. Raises UsageError (unknown-provider), ProviderError."""
        if provider is not None:
            self._providers.check_known(provider)
        await self._providers.borrow(provider or self._providers.only(), key_file)
        return await self._providers.models(provider, refresh=refresh)

    async def jobs(self) -> Sequence[JobListing]:
        """All jobs, newest first."""
        return [JobListing(job=job, outputs=self._outputs.listed(job)) for job in await self._world.jobs.jobs()]

    async def job(self, job: str) -> JobListing:
        """One job. Raises UsageError (unknown-job)."""
        found = await self._known(job)
        return JobListing(job=found, outputs=self._outputs.listed(found))

    # gallery

    async def gallery(self, words: str) -> Sequence[GalleryListing]:
        """What matches, newest first; nothing that is in the trash."""
        entries = await all_entries(self._world.library, words)
        return [GalleryListing(entry=entry, path=self._world.blobs.path(entry.shown)) for entry in entries]

    async def export(self, ids: Sequence[str], folder: str, form: str) -> Sequence[str]:
        """The paths that were written. Nothing is where one of the pictures is not there (unknown-picture)."""
        entries = [await entry_of(self._world.library, each) for each in ids]
        place = await self._world.offload.write(made_folder, folder)
        return await self._gallery.export(entries, place, ExportOptions(format=form))

    async def trash(self, ids: Sequence[str]) -> None:
        """Into the trash. Raises UsageError (unknown-picture); then none is."""
        await self._mark(ids, trashed=True)

    async def restore(self, ids: Sequence[str]) -> None:
        """Out of the trash. Raises UsageError (unknown-picture); then none is."""
        await self._mark(ids, trashed=False)

    async def _mark(self, ids: Sequence[str], *, trashed: bool) -> None:
        for each in ids:
            await entry_of(self._world.library, each)
        for each in ids:
            await self._world.library.mark(OutputId(each), trashed=trashed)

    # projects and the rest

    async def project_info(self, path: str) -> ProjectInfo:
        """Raises StorageError, ImagingError."""
        project = await self._world.offload.compute(self._world.files.load_project, path)
        return await self._world.offload.compute(_info, path, project)

    async def flatten(self, path: str, output: str) -> None:
        """The project's picture as a file of the format that its name ends with. Raises StudioError."""
        data = await self._world.offload.compute(_flattened, self._world.files, path, output)
        await self._world.offload.write(self._world.files.write, output, data)

    async def doctor(self) -> Sequence[tuple[str, str]]:
        """What a bug report needs."""
        return await self._world.offload.compute(self._world.doctor)

    async def close(self) -> None:
        """Nothing of the terminal's own is open; what still runs is ended by whoever made the world."""


def _target(folder: str | None, order: EditOrder, request: EditRequest) -> Target | None:
    return Target.of(folder, order.images, request) if folder is not None else None


def _bug(error: Exception, job: Job) -> Problem:
    """It came to light after the job had ended, so what the job cost is no less true."""
    bug = trouble("bug", detail="".join(traceback.format_exception(error))).problem
    return replace(bug, cost=PAID) if job.billed else bug


# What works on pictures is loaded in the pool, and for no verb that only asks.


def _orders(world: TerminalWorld, providers: TerminalProviders) -> TerminalOrders:
    from studio.session.terminal_orders import TerminalOrders

    return TerminalOrders(world, providers)


def _info(path: str, project: Project) -> ProjectInfo:
    from studio.session.terminal_projects import project_info

    return project_info(path, project)


def _flattened(files: Files, path: str, output: str) -> bytes:
    from studio.session.terminal_projects import flattened_file

    return flattened_file(files, path, output)
