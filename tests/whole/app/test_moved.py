"""A provider that is moved while its order is under way: each key goes to its own place and to no other."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from studio.app.logs import KnownKeys, Log
from studio.app.remotes import Behind, RemoteRooms
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import JobNews, JobState
from studio.domain.profile import new_profile, with_setting
from studio.domain.request import EditRequest
from studio.domain.secret import Secret
from studio.jobs.ports import World
from studio.jobs.runner import Runner
from studio.playground.server import Playground
from studio.session.providers import ProviderSetup
from studio.storage.keys import Keys
from studio.storage.spool import DiskSpool
from tests.fakes.journal import MemoryBlobs, MemoryJournal, TickingClock
from tests.fakes.provider import ByteCheck, EchoFinisher, FakeProvider
from tests.whole.providers.house import Drawer, Threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path
    from typing import Any

    from studio.domain.job import Job
    from studio.domain.problems import Problem
    from studio.domain.profile import ProviderProfile
    from studio.jobs.home import Carry

NANO = ProviderId("nano")
ELSEWHERE = "sk-of-the-new-place"


async def _here(work: Coroutine[Any, Any, object]) -> object:
    return await work


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self._held: dict[str, str] = {}

    async def read(self, name: str) -> str | None:
        return self._held.get(name)

    async def write(self, name: str, key: str) -> None:
        self._held[name] = key

    async def delete(self, name: str) -> None:
        self._held.pop(name, None)


@dataclass(slots=True)
class Limits:
    """Takes its time to look at what was spent."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def refusal(self, job: Job) -> Problem | None:
        self.asked.set()
        await self.go_on.wait()
        return None


class Scene:
    """A provider that is set up at one server, and another server."""

    def __init__(self, folder: Path, old: Playground, new: Playground) -> None:
        self.old, self.new, self.limits = old, new, Limits()
        self.log = Log(folder / "log")
        self.keys = Keys(
            Ring(), folder / "keys.json", may_use_file=False, name_of=lambda each: self.rooms.key_name(each)
        )
        blobs, clock = MemoryBlobs(), TickingClock()
        behind = Behind(
            carry=cast("Carry", _here),
            keys=lambda at: KnownKeys(self.keys, self.log, at),
            blobs=blobs,
            pool=Threads(),
            store=Drawer(),
            spool=DiskSpool(folder / "incoming", folder / "unread"),
        )
        self.rooms = RemoteRooms(behind, FakeProvider())
        world = World(
            journal=MemoryJournal(clock),
            blobs=blobs,
            check=ByteCheck(),
            finisher=EchoFinisher(blobs),
            clock=clock,
            allowance=self.limits,
        )
        self.ended: asyncio.Queue[Job] = asyncio.Queue()
        self.runner = Runner([], world, self._hear)
        self.rooms.serve(self.runner)
        profile = new_profile(NANO, "nanogpt", old.url)
        profile = with_setting(with_setting(profile, "route", "generations"), "response_format", "b64_json")
        self.profiles: tuple[ProviderProfile, ...] = (profile,)
        self.setup = ProviderSetup(keys=self.keys, remotes=self.rooms, profiles=lambda: self.profiles, save=self._save)

    def _hear(self, news: JobNews) -> None:
        if news.event is not None and (news.job.state.is_final or news.job.state is JobState.QUEUED):
            self.ended.put_nowait(news.job)

    async def _save(self, profiles: tuple[ProviderProfile, ...]) -> None:
        self.profiles = profiles

    async def order(self, lent: Secret | None = None) -> JobId:
        request = EditRequest(provider=NANO, model=ModelId("hidream"), prompt="a fox")
        named = None if lent is None else lambda job: self.keys.lend(job, NANO, lent)
        job = await self.runner.enqueue(request, None, named=named)
        assert (await self.ended.get()).state is JobState.QUEUED
        return job.id

    async def move(self) -> None:
        await self.setup.set(NANO, [("url", self.new.url)])
        await self.setup.give_key(NANO, ELSEWHERE)

    @staticmethod
    def shown(server: Playground) -> set[str]:
        """The keys that a server was shown."""
        return {
            value for each in server.requests for name, value in each.headers if name in ("authorization", "x-api-key")
        }


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    async with await Playground.start() as old, await Playground.start() as new:
        at = Scene(folder, old, new)
        await at.rooms.use(at.profiles)
        try:
            yield at
        finally:
            await at.runner.close()
            await at.rooms.close()
            at.log.close()


def test_the_new_place_s_key_is_not_sent_to_the_old_one(tmp_path: Path) -> None:
    async def story() -> None:
        async with scene(tmp_path) as at:
            await at.setup.give_key(NANO, at.old.key)
            await at.order()
            await at.limits.asked.wait()
            await at.move()
            at.limits.go_on.set()
            job = await at.ended.get()
            assert job.problem is not None
            assert job.problem.code == "key-missing"
            assert not any(ELSEWHERE in key for key in at.shown(at.old))

    asyncio.run(story())


def test_a_key_that_was_lent_for_the_old_place_is_not_sent_to_the_new_one(tmp_path: Path) -> None:
    async def story() -> None:
        async with scene(tmp_path) as at:
            at.limits.go_on.set()
            await at.runner.pause()
            await at.order(lent=Secret("sk-lent-for-the-old-place"))
            await at.move()
            await at.runner.go_on()
            job = await at.ended.get()
            assert at.shown(at.new) == set()
            assert job.problem is not None
            assert job.problem.code == "key-missing"

    asyncio.run(story())
