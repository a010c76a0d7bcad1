"""The whole session of a window over a world in memory: orders are answered, or refused, by the test."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.domain.capabilities import Capabilities, MaskUse, Model, Parameter, ParameterKind, Price, ProviderInfo
from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Rect, Size
from studio.domain.ids import ModelId, ProviderId, output_id
from studio.domain.job import Output, OutputStored, Submitting, Succeeded
from studio.domain.pixels import PixelFormat
from studio.domain.profile import ProviderKind, ProviderProfile
from studio.domain.request import Outcome
from studio.domain.settings import Settings
from studio.imaging.arrays import pixels_of, view
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.session.application import Studio
from studio.session.spending import Allowance
from studio.session.world import World
from studio.storage.blobs import BlobStore
from studio.storage.recovery import RecoveryStore
from studio.storage.user_files import UserFiles
from tests.fakes.cards import MemoryRemovedCards
from tests.fakes.jobs import MemoryJobs
from tests.fakes.journal import MemoryBlobs
from tests.fakes.keys import MemoryKeys
from tests.fakes.offload import Held, NoSelector
from tests.fakes.remotes import FakeRemotes
from tests.fakes.shelves import EmptyBooks, MemoryGallery, NoSettingsFile, OneDot

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId
    from studio.domain.job import Job
    from studio.domain.pixels import Pixels
    from studio.session.editor import OpenDocument
    from studio.session.face.views import Notice

    Work = Callable[[Callable[["Window"], Coroutine[None, None, None]]], None]

NANO = ProviderId("nanogpt")
PROFILE = ProviderProfile(id=NANO, kind=ProviderKind.NANOGPT, url="https://nano-gpt.com")
SHAPES = Parameter(name="size", label="Size", kind=ParameterKind.CHOICE, values=("1024x1024", "1536x1024"))
PAINTER = Model(
    id=ModelId("painter"),
    provider=NANO,
    name="Painter",
    price=Price(amount="0.04"),
    capabilities=Capabilities(mask=MaskUse.OPTIONAL, max_count=4, max_references=4, parameters=(SHAPES,)),
)
SMALL = replace(PAINTER, id=ModelId("small"), capabilities=replace(PAINTER.capabilities, max_side=128))
GROWER = replace(PAINTER, id=ModelId("grower"), capabilities=replace(PAINTER.capabilities, outcome=Outcome.CANVAS))
WORDS = replace(
    PAINTER,
    id=ModelId("words"),
    capabilities=Capabilities(outcome=Outcome.PICTURE, needs_base=False, text_to_image=True, max_count=4),
)
SIZE = Size(width=300, height=270)
HOLE = Rect(x=120, y=115, width=60, height=40)


def noise(size: Size, seed: int) -> Pixels:
    array = np.random.default_rng(seed).integers(0, 256, (size.height, size.width, 4), np.uint8)
    array[..., 3] = 255
    return pixels_of(array, PixelFormat.BGRA)


def with_a_hole(pixels: Pixels) -> Pixels:
    array = view(pixels).copy()
    array[:, : pixels.size.width // 2] = 0
    return pixels_of(array, PixelFormat.BGRA)


def photo(seed: int = 1, size: Size = SIZE) -> DocumentState:
    return new_document(noise(size, seed), "Photo")


class Window:
    """A picture is open and a model that costs is chosen. While `damaged`, half of each answer is missing; answers
    of an index among the `holes` are clear in their left half."""

    def __init__(self, folder: Path) -> None:
        self.notices: list[Notice] = []
        self.damaged = False
        self.holes: frozenset[int] = frozenset()
        self.jobs = MemoryJobs((PAINTER, SMALL, GROWER, WORDS), (ProviderInfo(id=NANO, name="Nano"),))
        self.keys, self.remotes, self.pool, self.blobs = MemoryKeys(), FakeRemotes(), Held(), MemoryBlobs()
        self.gallery = MemoryGallery()
        settings = Settings(variations=1, provider=NANO, model=PAINTER.id, providers=(PROFILE,))
        kept = BlobStore(folder / "blobs")
        world = World(
            offload=self.pool,
            jobs=self.jobs,
            blobs=self.blobs,
            library=self.gallery,
            removed=MemoryRemovedCards(),
            selector=NoSelector(),
            settings=NoSettingsFile(settings),
            files=UserFiles(blobs=kept, sample=folder / "sample.png", handed_out=folder / "out"),
            recovery=RecoveryStore(folder / "recovery"),
            thumbnails=OneDot(),
            keys=self.keys,
            remotes=self.remotes,
            playground=self._playground,
            allowance=Allowance(EmptyBooks(), lambda: 0.0, settings),
            report=self._report,
        )
        self.studio = Studio(world, settings)
        self.studio.noticed.connect(self.notices.append)

    async def _playground(self) -> tuple[str, str]:
        raise AssertionError("no playground is started here")

    async def _report(self) -> str:
        raise AssertionError("nothing is reported here")

    async def start(self) -> None:
        await self.remotes.use((PROFILE,))
        await self.studio.start()
        self.open(photo(), "Photo")
        await self.rest()

    # the document

    def open(self, state: DocumentState, title: str) -> OpenDocument:
        return self.studio.editor.open(state, title)

    @property
    def state(self) -> DocumentState:
        assert self.studio.editor.state is not None
        return self.studio.editor.state

    def mask(self, box: Rect = HOLE) -> None:
        self.studio.editor.push("Mask", with_mask(self.state, rectangle(self.state.size, box)))

    # jobs

    async def order(self, command: str = "generate.run") -> Job:
        """Press this; the order that came of it."""
        before = len(self.jobs.orders)
        self.studio.perform(command)
        await self.rest()
        (job,) = self.jobs.orders[before:]
        return job

    async def output(self, job: Job, index: int = 0, seed: int = 9) -> None:
        """The order's picture of this index comes: noise of the size that was sent."""
        size = job.request.placement.sent if job.request.placement else SIZE
        data = png(with_a_hole(noise(size, seed + index)) if index in self.holes else noise(size, seed + index))
        blob = await self.blobs.put(data[: len(data) // 2] if self.damaged else data)
        if index == 0:
            await self.jobs.tell(job.id, Submitting(attempt=1))
        output = Output(index=index, raw=blob, media_type="image/png", size=size)
        name = output_id(job.id, index)
        self.gallery.rows[name] = GalleryEntry(
            id=name,
            job=job.id,
            index=index,
            created=job.created,
            request=job.request,
            raw=blob,
            finished=None,
            media_type="image/png",
            size=size,
        )
        await self.jobs.tell(job.id, OutputStored(output=output))

    async def answer(self, job: Job, count: int = 1) -> None:
        """All that was ordered comes."""
        for index in range(count):
            await self.output(job, index)
        await self.jobs.tell(job.id, Succeeded())
        await self.rest()

    async def applied(self, count: int = 1, command: str = "generate.run") -> tuple[Job, LayerId]:
        """An order of so many pictures, answered, the first of them applied; its job and its layer."""
        self.studio.form.set_count(count)
        job = await self.order(command)
        await self.answer(job, count)
        self.studio.perform("staging.apply")
        await self.rest()
        return job, self.state.active

    # time

    async def busy(self) -> None:
        """Until as much as can be is under way."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def rest(self) -> None:
        """Until all is done."""
        self.pool.let_go()
        await self.studio.tasks.settle()
