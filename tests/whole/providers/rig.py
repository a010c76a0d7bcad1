"""The runner, a provider and the playground on one driven clock, with a door between them that can be shut."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.domain.profile import ProviderKind
from studio.jobs.runner import Runner
from studio.playground.server import Playground
from studio.providers.receiving import has_end
from tests.core.jobs.house import House as Counter
from tests.whole.providers.driven import DrivenTimer
from tests.whole.providers.house import House, house_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobNews
    from studio.domain.pixels import EncodedImage
    from studio.providers.remote import RemoteProvider

DEADLINE_S = 120
EDIT = {"route": "edits", "response_format": "b64_json", "deadline_s": str(DEADLINE_S)}
LINK = {"route": "generations", "response_format": "url", "deadline_s": str(DEADLINE_S)}


class EndCheck:
    """A picture is what has a picture's end."""

    async def check(self, image: EncodedImage) -> Size:
        if not has_end(image.data):
            raise trouble("image-truncated", name="The answer")
        return Size(width=8, height=6)


class Desk(Counter):
    """A runner whose waits are on the driven clock, so that none of them is impatient."""

    def __init__(self, *, patient: bool = False) -> None:
        super().__init__(patient=patient)
        self.world = replace(self.world, check=EndCheck())
        self.runner = Runner([], self.world, self.hear, patient=patient)

    async def until(self, seen: Callable[[JobNews], bool]) -> JobNews:
        while True:
            found = next((news for news in self.news if seen(news)), None)
            if found is not None:
                return found
            self._told.clear()
            await self._told.wait()

    async def phase(self, job: JobId, phase: str) -> JobNews:
        """The first news of this job in this phase."""
        return await self.until(
            lambda news: news.job.id == job and news.progress is not None and news.progress.phase == phase
        )

    def ends(self, job: JobId) -> list[str]:
        """The events of its life that end it."""
        ending = ("Succeeded", "Failed", "Cancelled", "OutcomeUnknown", "Expired")
        return [kind for kind in self.journal.kinds(job) if kind in ending]


@dataclass(slots=True)
class Door:
    """A port through which everything goes to another one, until it is shut or nobody opens any more."""

    inner: int
    port: int = 0
    entered: int = 0
    _server: asyncio.Server | None = None
    _held: list[socket.socket] = field(default_factory=list[socket.socket])
    _pipes: set[asyncio.Task[None]] = field(default_factory=set["asyncio.Task[None]"])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def open(self) -> None:
        """Let everyone in, at the same port as before."""
        self._release()
        self._server = await asyncio.start_server(self._enter, "127.0.0.1", self.port)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def shut(self) -> None:
        """Nothing listens any more; what is said inside goes on."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def stall(self) -> None:
        """It listens and never answers: its queue is full."""
        self.shut()
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(0)
        self._held.append(listening)
        for _ in range(3):
            waiting = socket.socket()
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", self.port))
            self._held.append(waiting)

    async def close(self) -> None:
        self.shut()
        self._release()
        for pipe in self._pipes:
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    def _release(self) -> None:
        for held in self._held:
            held.close()
        self._held.clear()

    def _enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.entered += 1
        pipe = asyncio.get_running_loop().create_task(self._through(reader, writer))
        self._pipes.add(pipe)
        pipe.add_done_callback(self._pipes.discard)

    async def _through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        further, back = await asyncio.open_connection("127.0.0.1", self.inner)
        try:
            await asyncio.gather(_piped(reader, back), _piped(further, writer))
        finally:
            for each in (writer, back):
                each.close()


async def _piped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    writer.close()


@dataclass(slots=True, kw_only=True)
class Rig:
    """Everything. `found.provider()` makes another provider on the same spool, as a new start does."""

    playground: Playground
    door: Door
    found: House
    desk: Desk
    provider: RemoteProvider

    async def order(self, *, images: int | None = None, count: int = 1) -> JobId:
        """An order's job id, on its way."""
        profile = self.found.profile
        edits = profile.route == "edits"
        model = "gpt-image-2" if profile.kind is ProviderKind.OPENAI else "gpt-image-1" if edits else "hidream"
        request = self.found.request(model, images=int(edits) if images is None else images, count=count)
        return (await self.desk.runner.enqueue(request, None)).id

    async def run(self, *, images: int | None = None, count: int = 1) -> Job:
        """An order to its end."""
        return await self.desk.end(await self.order(images=images, count=count))


@asynccontextmanager
async def rig(kind: str, settings: Mapping[str, str], *, at: str = "", patient: bool = False) -> AsyncIterator[Rig]:
    """On a driven loop. The provider speaks to the door; to what `at` names instead, where it is given."""
    async with await Playground.start() as playground:
        door = Door(int(playground.url.rpartition(":")[2]))
        await door.open()
        playground.world.origins = (door.url, playground.world.origins[1])
        try:
            place = at or door.url
            place = place if kind == "nanogpt" else f"{place}/{kind}/v1"
            async with house_on(DrivenTimer(), place, kind, playground.key, settings) as found:
                desk = Desk(patient=patient)
                provider = found.provider()
                await desk.runner.set_providers([provider])
                yield Rig(playground=playground, door=door, found=found, desk=desk, provider=provider)
                await desk.runner.close()
        finally:
            await door.close()
