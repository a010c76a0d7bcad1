"""A provider that follows a script, and what looks at and pastes its answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.domain.capabilities import Capabilities, Model, ProviderInfo
from studio.domain.catalogue import problem, trouble
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, ProviderId
from studio.domain.job import Output, ProviderEvent, ProviderOutput, ProviderSending
from studio.domain.pixels import EncodedImage
from studio.domain.problems import OutcomeLost, ProviderError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.domain.capabilities import Price
    from studio.domain.job import ResultAddress
    from studio.domain.problems import Problem
    from studio.domain.request import EditRequest
    from studio.domain.secret import Secret
    from studio.jobs.ports import Blobs

SIZE = Size(width=8, height=6)

Step = ProviderEvent | Exception | asyncio.Event


def answer(index: int, data: bytes | None = None) -> ProviderOutput:
    """An output whose bytes tell its index."""
    data = f"picture {index}".encode() if data is None else data
    return ProviderOutput(index=index, image=EncodedImage(data=data, media_type="image/png", size=SIZE), seed=index)


def lost(request_id: str | None = None) -> OutcomeLost:
    """What an answer comes to that broke off."""
    error = OutcomeLost(problem("outcome-unknown"))
    error.request_id = request_id
    return error


class FakeProvider:
    """Tells the steps of `script`, one script for each order; `replays` and `fetches` are scripts of these, without
    which nothing of an answer was received, and every picture comes. An exception is raised; an event is waited for,
    and `reached` is set when the wait begins. An order is sent with the key of `lent`, else with the `stored` one; to
    look the latter up takes until `keyring` is set; to look up what was charged, until `books` is."""

    def __init__(self, *scripts: Sequence[Step], name: str = LOCAL, local: bool = True) -> None:
        self.info = ProviderInfo(id=ProviderId(name), name=name, local=local)
        self.scripts = list(scripts)
        self.submitted: list[JobId] = []
        self.closed: list[JobId] = []
        self.reached = asyncio.Event()
        self.replays: list[Sequence[Step]] = []
        self.replayed: list[JobId] = []
        self.fetches: list[Sequence[Step]] = []
        self.fetched: list[tuple[JobId, tuple[int, ...]]] = []
        self.charges: dict[str, Price] = {}
        self.books: asyncio.Event | None = None
        self.asked = asyncio.Event()
        self.cleared: list[tuple[JobId, bool]] = []
        self.lent: dict[JobId, Secret] = {}
        self.stored: Secret | None = None
        self.keyring: asyncio.Event | None = None
        self.looked_up = asyncio.Event()
        self.offline = asyncio.Event()
        self.network = asyncio.Event()

    async def models(self) -> Sequence[Model]:
        model = ModelId("paint")
        return (Model(id=model, provider=self.info.id, name="Paint", capabilities=Capabilities(max_count=4)),)

    async def submit(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        self.submitted.append(job)
        if not self.info.local:
            yield ProviderSending()
        key = self.lent.get(job, self.stored)
        try:
            async for event in self._played(job, self.scripts.pop(0)):
                yield event
        except ProviderError as error:
            error.key = key
            raise

    def replay(self, job: JobId, request: EditRequest) -> AsyncIterator[ProviderEvent]:
        self.replayed.append(job)
        return self._told(self.replays.pop(0) if self.replays else [lost()])

    def fetch(
        self, job: JobId, request: EditRequest, results: Sequence[ResultAddress], *, patient: bool
    ) -> AsyncIterator[ProviderEvent]:
        self.fetched.append((job, tuple(result.index for result in results)))
        return self._played(job, self.fetches.pop(0) if self.fetches else [answer(each.index) for each in results])

    async def charged(self, job: JobId, request_id: str) -> Price | None:
        self.asked.set()
        if self.books is not None:
            await self.books.wait()
        return self.charges.get(request_id)

    async def sharing(self, key: Secret | None, jobs: Sequence[JobId]) -> Sequence[JobId]:
        self.looked_up.set()
        if self.keyring is not None:
            await self.keyring.wait()
        return [job for job in jobs if self.lent.get(job, self.stored) == key]

    async def online(self) -> None:
        self.offline.set()
        await self.network.wait()

    async def settled(self, job: JobId, *, unread: bool = False) -> None:
        self.cleared.append((job, unread))

    async def _played(self, job: JobId, steps: Sequence[Step]) -> AsyncIterator[ProviderEvent]:
        """What a server is asked for, which somebody has to end."""
        try:
            async for event in self._told(steps):
                yield event
        finally:
            self.closed.append(job)

    async def _told(self, steps: Sequence[Step]) -> AsyncIterator[ProviderEvent]:
        for step in steps:
            if isinstance(step, asyncio.Event):
                self.reached.set()
                await step.wait()
            elif isinstance(step, Exception):
                raise step
            else:
                yield step


class ByteCheck:
    """Anything but bytes that begin with "broken" is a picture of 8 x 6. `short` is how many looks find no memory."""

    def __init__(self) -> None:
        self.short = 0

    async def check(self, image: EncodedImage) -> Size:
        if self.short:
            self.short -= 1
            raise trouble("image-memory", name="The answer")
        if image.data.startswith(b"broken"):
            raise trouble("image-truncated", name="The answer")
        return SIZE


class EchoFinisher:
    """Puts "finished " before the bytes. Waits for `gate` where it has one; `problem` is raised where it is set."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.gate: asyncio.Event | None = None
        self.problem: Problem | None = None
        self.pasted: list[int] = []
        self.raw_is_all = False

    async def finish(self, request: EditRequest, output: Output) -> tuple[BlobId, Size] | None:
        if self.gate is not None:
            await self.gate.wait()
        if self.problem is not None:
            raise trouble(self.problem.code, place="memory")
        self.pasted.append(output.index)
        if self.raw_is_all:
            return None
        raw = await self._blobs.get(output.raw)
        return await self._blobs.put(b"finished " + raw), Size(width=16, height=12)
