"""The real providers behind the runner, before a real server, keep to what the session asks of them."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from studio.app.remotes import Behind, RemoteRooms
from studio.domain.profile import new_profile
from studio.domain.secret import Secret
from studio.jobs.ports import World
from studio.jobs.runner import Runner
from studio.playground.faults import refuse
from studio.playground.server import Playground
from studio.storage.spool import DiskSpool
from tests.core.contract.remotes import RemotesContract
from tests.fakes.journal import MemoryBlobs, MemoryJournal, TickingClock
from tests.fakes.keys import MemoryKeys
from tests.fakes.provider import ByteCheck, EchoFinisher, FakeProvider
from tests.whole.providers.house import Drawer, Threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from typing import Any

    from studio.jobs.home import Carry
    from tests.core.contract.remotes import Stage


class RealStage:
    def __init__(self, remotes: RemoteRooms, playground: Playground) -> None:
        self.remotes = remotes
        self.profile = new_profile("nano", "nanogpt", playground.url)
        self._playground = playground

    def silence(self) -> None:
        for method in ("GET", "POST"):
            self._playground.faults.add(replace(refuse(503), method=method, times=None))


async def _here(work: Coroutine[Any, Any, object]) -> object:
    return await work


def _runner() -> Runner:
    blobs = MemoryBlobs()
    clock = TickingClock()
    world = World(
        journal=MemoryJournal(clock), blobs=blobs, check=ByteCheck(), finisher=EchoFinisher(blobs), clock=clock
    )
    return Runner([FakeProvider()], world, lambda _news: None)


class TestRemoteRooms(RemotesContract):
    @asynccontextmanager
    async def open(self) -> AsyncIterator[Stage]:
        with tempfile.TemporaryDirectory() as folder:
            async with self._open(DiskSpool(Path(folder) / "incoming", Path(folder) / "unread")) as stage:
                yield stage

    @asynccontextmanager
    async def _open(self, spool: DiskSpool) -> AsyncIterator[Stage]:
        async with await Playground.start() as playground:
            keys = MemoryKeys()
            stage_profile = new_profile("nano", "nanogpt", playground.url)
            keys.hold(stage_profile.id, Secret(playground.key))
            behind = Behind(
                carry=cast("Carry", _here),
                keys=lambda _: keys,
                blobs=MemoryBlobs(),
                pool=Threads(),
                store=Drawer(),
                spool=spool,
            )
            remotes = RemoteRooms(behind, FakeProvider())
            runner = _runner()
            remotes.serve(runner)
            try:
                yield RealStage(remotes, playground)
            finally:
                await runner.close()
                await remotes.close()

    def test_a_playground_that_is_asked_for_twice_at_once_is_one(self) -> None:
        async def run() -> None:
            async with self.open() as stage:
                remotes = cast("RemoteRooms", stage.remotes)
                one, other = await asyncio.gather(remotes.start_playground(), remotes.start_playground())
                assert one == other

        asyncio.run(run())
