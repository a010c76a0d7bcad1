"""Pictures that are written under free names at the same time."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from PIL import Image

from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Size
from studio.domain.ids import JobId, ModelId, ProviderId, output_id
from studio.domain.job import Job, JobState, Output
from studio.domain.request import EditRequest
from studio.session.face.views import ExportOptions
from studio.session.galleryfiles import GalleryFiles
from studio.session.terminal_outputs import OutputFiles, Target
from studio.storage.blobs import BlobStore
from studio.storage.user_files import UserFiles
from tests.fakes.journal import MemoryBlobs
from tests.fakes.offload import Held

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence
    from pathlib import Path

    from studio.session.terminal_world import TerminalWorld

T = TypeVar("T")
REQUEST = EditRequest(provider=ProviderId("nano"), model=ModelId("m"), prompt="a fox")
COLOURS = ((200, 10, 10), (10, 10, 200))


@dataclass(slots=True)
class World:
    """As much of a session's world as writing needs."""

    offload: Held
    blobs: MemoryBlobs
    files: UserFiles


def world_in(folder: Path) -> World:
    store = BlobStore(folder / "blobs")
    return World(Held(), MemoryBlobs(), UserFiles(blobs=store, sample=folder, handed_out=folder))


async def output(world: World, colour: tuple[int, int, int]) -> Output:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "png")
    raw = await world.blobs.put(file.getvalue())
    return Output(index=0, raw=raw, media_type="image/png", size=Size(width=8, height=8))


async def in_turns(pool: Held, *writing: Awaitable[T]) -> list[T]:
    """All of them, one piece of work of each after the other."""
    pool.hold()
    both = asyncio.gather(*writing)
    while not both.done():
        pool.step()
        await asyncio.sleep(0)
    return await both


def colours(paths: Sequence[str]) -> list[object]:
    return [Image.open(path).convert("RGB").getpixel((0, 0)) for path in paths]


def test_of_jobs_that_end_together_none_takes_the_other_one_s_name(tmp_path: Path) -> None:
    async def story() -> None:
        world = world_in(tmp_path)
        out = OutputFiles(cast("TerminalWorld", world))
        jobs = [
            Job(
                id=JobId(str(number)),
                request=REQUEST,
                created=0.0,
                state=JobState.SUCCEEDED,
                outputs=(await output(world, colour),),
            )
            for number, colour in enumerate(COLOURS)
        ]
        target = Target(folder=str(tmp_path), stem="photo-m")
        written = await in_turns(world.offload, *(out.written(job, target) for job in jobs))
        assert colours([file.path for each in written for file in each]) == list(COLOURS)

    asyncio.run(story())


def test_of_exports_that_are_made_together_none_takes_the_other_one_s_name(tmp_path: Path) -> None:
    async def story() -> None:
        world = world_in(tmp_path)
        gallery = GalleryFiles(world.offload, world.blobs, world.files)
        entries = [await entry(world, str(number), colour) for number, colour in enumerate(COLOURS)]
        written = await in_turns(
            world.offload, *(gallery.export([each], str(tmp_path), ExportOptions()) for each in entries)
        )
        assert colours([path for each in written for path in each]) == list(COLOURS)

    asyncio.run(story())


async def entry(world: World, job: str, colour: tuple[int, int, int]) -> GalleryEntry:
    made = await output(world, colour)
    return GalleryEntry(
        id=output_id(JobId(job), 0),
        job=JobId(job),
        index=0,
        created=1.0,
        request=REQUEST,
        raw=made.raw,
        finished=None,
        media_type=made.media_type,
        size=made.size,
    )
