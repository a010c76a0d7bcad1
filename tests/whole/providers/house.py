"""A remote provider with all its parts but for the disk and the clock: real HTTP, to a real server on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import os
import ssl
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np

from studio.domain.catalogue import trouble
from studio.domain.geometry import Rect, Size
from studio.domain.ids import BlobId, JobId, ModelId, ProviderId
from studio.domain.job import ProviderDone, ProviderNamed, ProviderOutput, ProviderProgress, ProviderSending
from studio.domain.pixels import PixelFormat
from studio.domain.problems import ProviderError
from studio.domain.profile import new_profile, with_setting
from studio.domain.request import EditRequest
from studio.domain.secret import Secret
from studio.imaging.arrays import pixels_of
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.imaging.tiles import read_all
from studio.playground.server import Playground
from studio.providers.http import Http
from studio.providers.remote import RemoteProvider, Supplies
from studio.providers.surroundings import Surroundings
from studio.providers.transport import trusted
from studio.storage.spool import DiskSpool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from typing import Any

    from studio.domain.job import ProviderEvent, ResultAddress
    from studio.domain.profile import ProviderProfile
    from studio.playground.exchange import Asked
    from studio.providers.ports import Timer

P = ParamSpec("P")
T = TypeVar("T")

PROVIDER = ProviderId("there")
SIZE = Size(width=96, height=64)


class StillTimer:
    """Pauses are over at once and move the clock; deadlines pass when `late` is set."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.pauses: list[float] = []
        self.alarms: list[float] = []
        self.late = asyncio.Event()

    def now(self) -> float:
        return self.time

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += seconds

    async def alarm(self, seconds: float) -> None:
        self.alarms.append(seconds)
        await self.late.wait()


class Names:
    """Looks names up in a list of its own. `way_out`: whether there is a network."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.way_out = True

    async def __call__(self, host: str, port: int, /) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.known:
            raise OSError(f"no {host}")
        return self.known[host]


class Threads:
    """Matches `ports.Pool`."""

    def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        return asyncio.to_thread(function, *args, **kwargs)


class Shelf:
    """Matches `ports.BlobReader`."""

    def __init__(self) -> None:
        self._kept: dict[BlobId, bytes] = {}

    def put(self, data: bytes) -> BlobId:
        blob = BlobId(hashlib.sha256(data).hexdigest())
        self._kept[blob] = data
        return blob

    async def get(self, blob: BlobId) -> bytes:
        return self._kept[blob]


@dataclass(slots=True)
class Pocket:
    """Matches `ports.KeyReader`. `hold`: nobody gets the key before it is set. `broken`: the problem of its keyring."""

    secret: Secret | None
    lent: dict[JobId, Secret] = field(default_factory=dict["JobId", Secret])
    hold: asyncio.Event | None = None
    broken: str = ""

    async def key(self, provider: ProviderId, job: JobId | None = None) -> Secret | None:
        if self.hold is not None:
            await self.hold.wait()
        if job is not None and job in self.lent:
            return self.lent[job]
        if self.broken:
            raise trouble(self.broken, seconds=5)
        return self.secret

    def is_lent(self, job: JobId) -> bool:
        return job in self.lent


@dataclass(slots=True)
class Drawer:
    """Matches `ports.CatalogueStore`. `hold`: what is read was there before, and is told once this is set."""

    kept: dict[ProviderId, bytes] = field(default_factory=dict["ProviderId", bytes])
    hold: asyncio.Event | None = None
    asked: int = 0
    newest: int = 0

    async def load(self, provider: ProviderId) -> bytes | None:
        found = self.kept.get(provider)
        if self.hold is not None:
            await self.hold.wait()
        return found

    def turn(self) -> int:
        self.asked += 1
        return self.asked

    async def save(self, provider: ProviderId, data: bytes, turn: int) -> None:
        if turn >= self.newest:
            self.kept[provider], self.newest = data, turn


@dataclass(slots=True, kw_only=True)
class Told:
    """What an order told."""

    progress: list[ProviderProgress] = field(default_factory=list["ProviderProgress"])
    outputs: list[ProviderOutput] = field(default_factory=list["ProviderOutput"])
    named: tuple[ResultAddress, ...] = ()
    """By an answer that was cut."""
    done: ProviderDone | None = None

    @property
    def phases(self) -> list[str]:
        """Each phase once, in order."""
        return list(dict.fromkeys(each.phase for each in self.progress))


@dataclass(slots=True, kw_only=True)
class House:
    """A provider and what stands around it."""

    profile: ProviderProfile
    http: Http
    timer: StillTimer
    names: Names
    keys: Pocket
    store: Drawer = field(default_factory=Drawer)
    blobs: Shelf = field(default_factory=Shelf)
    last: Told | None = None
    """What the last order told that `run` made."""
    spool: DiskSpool
    folder: Path
    ran: int = 0

    @property
    def request_id(self) -> str | None:
        """By which the last answer can be asked after."""
        return self.last.done.request_id if self.last and self.last.done else None

    def provider(self) -> RemoteProvider:
        supplies = Supplies(
            http=self.http, keys=self.keys, blobs=self.blobs, pool=Threads(), store=self.store, spool=self.spool
        )
        return RemoteProvider(self.profile, supplies)

    def request(self, model: str, *, images: int = 0, masked: bool = False, **changes: Any) -> EditRequest:
        """An order with so many pictures, the first of them the base."""
        pictures = [self.blobs.put(picture(seed)) for seed in range(images)]
        return EditRequest(
            provider=PROVIDER,
            model=ModelId(model),
            prompt=changes.pop("prompt", "a red fox"),
            base=pictures[0] if pictures else None,
            references=tuple(pictures[1:]),
            mask=self.blobs.put(mask()) if masked else None,
            **changes,
        )

    async def run(self, request: EditRequest) -> Told:
        """To its end, with the pictures that its answer only names. Raises what the provider raises."""
        provider = self.provider()
        self.ran += 1
        job = JobId(f"job{self.ran}")
        found = await told(provider.submit(job, request))
        self.last = found
        if found.done is not None and found.done.results:
            try:
                await told(provider.fetch(job, request, found.done.results, patient=False), found)
            except ProviderError:
                if not found.outputs:
                    raise
        return found


async def told(events: AsyncIterator[ProviderEvent], found: Told | None = None) -> Told:
    """All that comes, beside what was told before. Raises what the provider raises."""
    found = found or Told()
    async for event in events:
        match event:
            case ProviderProgress():
                found.progress.append(event)
            case ProviderOutput():
                found.outputs.append(event)
            case ProviderNamed():
                found.named = event.results
            case ProviderDone():
                found.done = event
            case ProviderSending():
                pass
            case _:
                raise AssertionError(event)
    return found


@asynccontextmanager
async def house(url: str, kind: str, key: str | None = "sk-canary", **settings: str) -> AsyncIterator[House]:
    """A provider of this kind at an address, its client closed at the end."""
    async with house_on(None, url, kind, key, settings) as found:
        yield found


@asynccontextmanager
async def house_on(
    timer: Timer | None, url: str, kind: str, key: str | None, settings: Mapping[str, str]
) -> AsyncIterator[House]:
    """The same by another clock."""
    profile = new_profile(PROVIDER, kind, url)
    for name, value in settings.items():
        profile = with_setting(profile, name, value)
    still, names = StillTimer(), Names()
    world = Surroundings(
        timer=timer or still,
        resolver=names,
        chance=lambda: 0.0,
        way_out=lambda: names.way_out,
        trust=trusted if "SSL_CERT_FILE" in os.environ else distrustful,
    )
    http = Http(world)
    secret = Secret(key) if key is not None else None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        spool = DiskSpool(place / "incoming", place / "unread")
        try:
            yield House(
                profile=profile, http=http, timer=still, names=names, keys=Pocket(secret), spool=spool, folder=place
            )
        finally:
            await http.close()


@asynccontextmanager
async def playing(kind: str, **settings: str) -> AsyncIterator[tuple[Playground, House]]:
    """The playground, and a provider of this kind there."""
    async with await Playground.start() as playground:
        at = playground.url if kind == "nanogpt" else f"{playground.url}/{kind}/v1"
        async with house(at, kind, playground.key, **settings) as found:
            yield playground, found


def distrustful() -> ssl.SSLContext:
    """No certificate is good: reading those that are takes longer than a test."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def orders(playground: Playground) -> list[Asked]:
    """The orders that came, in their order."""
    return [asked for asked in playground.requests if asked.method == "POST" and "/images" in asked.path]


def picture(seed: int, size: Size = SIZE) -> bytes:
    """Noise, other for each seed."""
    array = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), np.uint8)
    array[..., 3] = 255
    return png(pixels_of(array, PixelFormat.BGRA))


def mask(size: Size = SIZE) -> bytes:
    """A box in the middle."""
    box = Rect(x=size.width // 4, y=size.height // 4, width=size.width // 2, height=size.height // 2)
    return png(read_all(rectangle(size, box)))
