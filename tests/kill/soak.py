"""Hours of work in one process on a driven clock: the real runner, providers and library before the playground."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from studio.domain.ids import ModelId, ProviderId
from studio.domain.profile import new_profile, with_setting
from studio.domain.request import EditRequest, Outcome
from studio.domain.secret import Secret
from studio.jobs.ports import World as RunnerWorld
from studio.jobs.runner import Runner
from studio.playground.results import Results
from studio.playground.server import Playground
from studio.providers.http import Http
from studio.providers.remote import RemoteProvider, Supplies
from studio.providers.surroundings import Surroundings
from studio.session.finishing import Finishing
from studio.storage.adapters import AsyncBlobs, AsyncJournal
from studio.storage.blobs import BlobStore
from studio.storage.folders import Folders
from studio.storage.library import open_library
from studio.storage.spool import DiskSpool
from studio.workers.checking import DecodedCheck
from studio.workers.decoding import Decoder
from studio.workers.offload import PoolOffload, Threads
from studio.workers.pasting import PastingProcess
from tests.kill.house import NAMED, ROUTES, WHOLE
from tests.kill.witness import MODEL, model_of
from tests.whole.providers.driven import DrivenTimer
from tests.whole.providers.house import Drawer, Names, Pocket, distrustful
from tests.whole.providers.rig import Door

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews

P = ParamSpec("P")
T = TypeVar("T")

START = 1_700_000_000.0


class LoopClock:
    """Seconds since 1970 by the driven clock."""

    def now(self) -> float:
        """As the loop has it."""
        return START + asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What the process holds."""

    resident: int
    descriptors: int
    threads: int

    @staticmethod
    def now() -> Size:
        """At this moment, once what nobody holds any more is gone."""
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return Size(
            resident=pages * os.sysconf("SC_PAGE_SIZE"),
            descriptors=len(os.listdir("/proc/self/fd")),
            threads=threading.active_count(),
        )


@dataclass(slots=True)
class Works:
    """The whole of it. `ended` are the jobs that came to an end, as they were then told."""

    playground: Playground
    door: Door
    runner: Runner | None = None
    ended: dict[JobId, Job] = field(default_factory=dict["JobId", "Job"])
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, news: JobNews) -> None:
        """Told by the runner."""
        if news.event is not None and news.job.state.is_final:
            self.ended[news.job.id] = news.job
            self._told.set()

    async def order(self, number: int) -> None:
        """One more, of one to four pictures, by turns from either provider."""
        assert self.runner is not None
        request = EditRequest(
            provider=ProviderId((WHOLE, NAMED)[number % 2]),
            model=ModelId(MODEL),
            prompt=f"hour by hour, {number}",
            parameters=(("size", "96x96"),),
            count=1 + number % 4,
            outcome=Outcome.PICTURE,
        )
        await self.runner.enqueue(request, None)

    async def all_ended(self, number: int) -> None:
        """Once so many jobs have."""
        while len(self.ended) < number:
            self._told.clear()
            await self._told.wait()

    async def outage(self, seconds: float) -> None:
        """Nobody listens for so long."""
        self.door.shut()
        await asyncio.sleep(seconds)
        await self.door.open()

    def forget(self) -> None:
        """What the playground keeps for those who look at it afterwards is no part of the program."""
        self.playground.requests.clear()
        self.playground.world.results = Results()


@asynccontextmanager
async def works(folder: Path) -> AsyncIterator[Works]:
    """On a driven loop; everything is closed at the end."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    http = Http(Surroundings(timer=DrivenTimer(), resolver=Names(), chance=lambda: 0.0, trust=distrustful))
    async with await Playground.start() as playground, _library(folder) as (world, offload, folders):
        playground.world.catalogue.nanogpt.append(model_of(playground.world))
        door = Door(int(playground.url.rpartition(":")[2]))
        await door.open()
        playground.world.origins = (door.url, playground.world.origins[1])
        found = Works(playground, door)
        supplies = Supplies(
            http=http,
            keys=Pocket(Secret(playground.key)),
            blobs=world.blobs,
            pool=offload,
            store=Drawer(),
            spool=DiskSpool(folders.incoming, folders.unread),
        )
        providers = [RemoteProvider(_profile(name, door.url), supplies) for name in ROUTES]
        found.runner = Runner(providers, world, found.hear, {ProviderId(name): 2 for name in ROUTES}, patient=True)
        try:
            yield found
        finally:
            await found.runner.close()
            await http.close()
            await door.close()


@asynccontextmanager
async def _library(folder: Path) -> AsyncIterator[tuple[RunnerWorld, PoolOffload, Folders]]:
    """What the runner works with, on the disk, and the threads behind it."""
    threads, decoder = Threads(), Decoder()
    pasting = PastingProcess(threads.wait)
    await _begun(threads)
    offload = PoolOffload(threads, decoder)
    folders = Folders.at(str(folder))
    folders.make()
    loop = asyncio.get_running_loop()
    library = (await offload.journal(open_library, folders, clock=lambda: START + loop.time())).library
    blobs = AsyncBlobs(BlobStore(folders.blobs), offload.compute)
    try:
        yield (
            RunnerWorld(
                journal=AsyncJournal(library.journal, offload.journal),
                blobs=blobs,
                check=DecodedCheck(decoder, threads.wait),
                finisher=Finishing(pasting, blobs),
                clock=LoopClock(),
            ),
            offload,
            folders,
        )
    finally:
        await offload.journal(library.close)
        decoder.close()
        pasting.close()
        threads.close()


async def _begun(threads: Threads) -> None:
    """All threads of the pools that have several are there from the start; else they come when they are needed."""
    loop = asyncio.get_running_loop()
    for pool, number in ((threads.compute, os.cpu_count() or 2), (threads.wait, 3)):
        meeting = threading.Barrier(number)
        await asyncio.gather(*(loop.run_in_executor(pool, meeting.wait) for _ in range(number)))


def _profile(name: str, url: str) -> Any:
    profile = new_profile(name, "nanogpt", url)
    for setting, value in ROUTES[name].items():
        profile = with_setting(profile, setting, value)
    return profile
