"""The local provider on real photographs with the real engine in its process, driven by the real runner."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.domain.geometry import Point, Rect, Size
from studio.domain.ids import LOCAL, JobId, ModelId
from studio.domain.job import (
    JobNews,
    JobState,
    ProviderDone,
    ProviderEvent,
    ProviderOutput,
    ProviderPreview,
    ProviderProgress,
)
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import ImagingError, StorageError, StudioError, UsageError
from studio.domain.request import EditRequest
from studio.imaging.decode import decode
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.imaging.tiles import read_all
from studio.jobs.ports import World
from studio.jobs.runner import Runner
from studio.providers.local import LocalProvider
from studio.providers.selecting import EngineSelector
from studio.storage.adapters import AsyncBlobs
from studio.storage.blobs import BlobStore
from studio.workers.checking import DecodedCheck
from studio.workers.decoding import Decoder
from studio.workers.engine import EngineProcess
from studio.workers.offload import PoolOffload, Threads
from tests.fakes.journal import MemoryJournal, TickingClock
from tests.fakes.provider import EchoFinisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

MODELS = Path("resources/models")
PATIENCE_S = 60
SEEN, UNSEEN = JobId("01"), JobId("02")


def cropped(photo: str, box: Rect) -> Pixels:
    """A piece of a photograph."""
    pixels = decode(Path("tests/photos", photo).read_bytes(), photo).pixels
    start = box.y * pixels.stride + box.x * 4
    rows = (pixels.data[start + row * pixels.stride :][: box.width * 4] for row in range(box.height))
    return Pixels(size=box.size, stride=box.width * 4, format=PixelFormat.BGRA, data=memoryview(b"".join(rows)))


def fig() -> Pixels:
    """Half a fig, small: around a click there are squares of two sizes then in place of four, and each takes the net a
    second."""
    shrunk = io.BytesIO()
    with Image.open("tests/photos/Picture_0B_by_freespace.jpg") as photo:
        photo.crop((900, 500, 1500, 1100)).resize((72, 72)).save(shrunk, "PNG")
    return decode(shrunk.getvalue(), "fig").pixels


SIZE = Size(width=240, height=180)
HOLE = Rect(x=90, y=60, width=24, height=24)
BASE = cropped("friends_by_Aitzol_Berasategi.jpg", Rect(x=300, y=300, width=SIZE.width, height=SIZE.height))
LARGE = cropped("friends_by_Aitzol_Berasategi.jpg", Rect(x=0, y=0, width=2000, height=2000))


@dataclass(kw_only=True)
class Bench:
    """The provider with all it stands on."""

    engine: EngineProcess
    provider: LocalProvider
    blobs: AsyncBlobs
    threads: Threads
    decoder: Decoder

    async def order(self, model: str = "remove", base: Pixels = BASE, hole: Rect | None = HOLE) -> EditRequest:
        mask = None if hole is None else await self.blobs.put(png(read_all(rectangle(base.size, hole))))
        return EditRequest(
            provider=LOCAL, model=ModelId(model), base=await self.blobs.put(png(base)), mask=mask, seed=7
        )

    async def told(self, request: EditRequest, job: JobId = SEEN) -> list[ProviderEvent]:
        return [event async for event in self.provider.submit(job, request)]


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    threads, decoder = Threads(), Decoder()
    engine = EngineProcess(MODELS, threads.compute)
    pool = PoolOffload(threads, decoder)
    with tempfile.TemporaryDirectory() as folder:
        blobs = AsyncBlobs(BlobStore(Path(folder)), pool.write)
        provider = LocalProvider(engine, blobs, pool, MODELS, lambda job: job != UNSEEN)
        try:
            yield Bench(engine=engine, provider=provider, blobs=blobs, threads=threads, decoder=decoder)
        finally:
            engine.close()
            decoder.close()
            threads.close()


def spoil(file: Path, damage: bytes | None) -> None:
    """Other bytes in its place; None: none at all."""
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)


def outside(pixels: Pixels, hole: Rect) -> bytes:
    """The colours of the rows above and below the hole."""
    data = bytearray(pixels.data)
    del data[hole.y * pixels.stride : hole.bottom * pixels.stride]
    return bytes(data)


def test_a_fill_tells_a_preview_then_one_output_a_seed() -> None:
    async def scene() -> None:
        async with bench() as at:
            events = await at.told(replace(await at.order(), count=2))
            kinds = [type(event) for event in events]
            assert kinds.index(ProviderPreview) < kinds.index(ProviderOutput)
            assert kinds[-1] is ProviderDone
            outputs = [event for event in events if isinstance(event, ProviderOutput)]
            assert [(output.index, output.seed) for output in outputs] == [(0, 7), (1, 8)]
            first, second = (decode(output.image.data, "answer").pixels for output in outputs)
            assert first.size == SIZE
            assert outside(first, HOLE) == outside(second, HOLE) == outside(BASE, HOLE)
            assert bytes(first.data) != bytes(BASE.data)
            assert bytes(first.data) != bytes(second.data)

    asyncio.run(scene())


@pytest.mark.parametrize("model", ["remove", "extend", "upscale"])
def test_for_a_job_that_nobody_looks_at_no_preview_is_made_and_all_else_is_the_same(model: str) -> None:
    async def scene() -> None:
        async with bench() as at:
            parameters = (("left", 8),) if model == "extend" else ()
            hole = HOLE if model == "remove" else None
            request = replace(await at.order(model, hole=hole), parameters=parameters)
            seen, unseen = await at.told(request), await at.told(request, UNSEEN)
            assert any(isinstance(event, ProviderPreview) for event in seen)
            assert unseen == [event for event in seen if not is_of_preview(event)]

    asyncio.run(scene())


def is_of_preview(event: ProviderEvent) -> bool:
    return isinstance(event, ProviderPreview) or event == ProviderProgress(phase="Making a preview", fraction=0.0)


def test_a_seed_gives_the_same_bytes_again_and_none_gives_a_seed_of_its_own() -> None:
    async def scene() -> None:
        async with bench() as at:
            order = await at.order()
            outputs = [
                event
                for request in (order, order, replace(order, seed=None))
                for event in await at.told(request)
                if isinstance(event, ProviderOutput)
            ]
            assert outputs[0].image.data == outputs[1].image.data
            assert outputs[2].seed is not None
            again = await at.told(replace(order, seed=outputs[2].seed))
            assert outputs[2].image.data in [each.image.data for each in again if isinstance(each, ProviderOutput)]

    asyncio.run(scene())


def test_other_operations_come_in_their_own_sizes() -> None:
    async def scene() -> None:
        async with bench() as at:
            order = await at.order(hole=None)
            margins = replace(order, model=ModelId("extend"), parameters=(("left", 16), ("top", 8)))
            factor = replace(order, model=ModelId("upscale"), parameters=(("factor", 1.5),))
            sizes = {
                str(request.model): event.image.size
                for request in (margins, factor)
                for event in await at.told(request)
                if isinstance(event, ProviderOutput)
            }
            assert sizes == {"extend": Size(width=256, height=188), "upscale": Size(width=360, height=270)}

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"prompt": "a cat in a hat"}, UsageError, "prompt-needs-provider"),
        ({"prompt": "upscale"}, UsageError, "bad-parameter"),
        ({"model": "paint"}, UsageError, "unknown-model"),
        ({"base": None}, UsageError, "no-document"),
        ({"mask": None}, UsageError, "mask-empty"),
        ({"parameters": (("quality", "superb"),)}, UsageError, "bad-parameter"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, object], kind: type[StudioError], code: str) -> None:
    async def scene() -> None:
        async with bench() as at:
            request = replace(await at.order(), **changes)  # pyright: ignore[reportArgumentType]  # each case is typed above
            with pytest.raises(kind, match=code):
                await at.told(request)

    asyncio.run(scene())


@pytest.mark.parametrize("which", ["base", "mask"])
@pytest.mark.parametrize(("damage", "code"), [(None, "file-missing"), (b"other bytes", "blob-damaged")])
def test_a_file_of_the_order_that_is_not_what_it_was_ends_it_in_a_sentence(
    which: str, damage: bytes | None, code: str
) -> None:
    async def scene() -> None:
        async with bench() as at:
            order = await at.order()
            spoil(Path(at.blobs.path(getattr(order, which))), damage)
            with pytest.raises(StorageError, match=code):
                await at.told(order)
            assert (await at.told(await at.order(hole=Rect(x=10, y=10, width=20, height=20))))[-1] == ProviderDone()

    asyncio.run(scene())


def test_a_base_that_is_no_picture_ends_the_order_in_a_sentence() -> None:
    async def scene() -> None:
        async with bench() as at:
            order = replace(await at.order(), base=await at.blobs.put(b"words"))
            with pytest.raises(ImagingError):
                await at.told(order)

    asyncio.run(scene())


def test_the_words_of_the_vocabulary_are_read() -> None:
    async def scene() -> None:
        async with bench() as at:
            events = await at.told(replace(await at.order(), prompt="Please remove this"))
            assert any(isinstance(event, ProviderOutput) for event in events)

    asyncio.run(scene())


def test_models_are_those_that_hold_what_they_say() -> None:
    async def scene() -> None:
        async with bench() as at:
            offered = {model.id for model in await at.provider.models()}
            assert {"remove", "extend", "select", "cutout", "upscale"} >= offered
            assert {"remove", "select"} <= offered
            pool = PoolOffload(at.threads, at.decoder)
            bare = LocalProvider(at.engine, at.blobs, pool, Path("nowhere"), lambda _job: True)
            assert {model.id for model in await bare.models()} <= {"remove", "extend"}

    asyncio.run(scene())


class Queue:
    """The real runner before the provider; `until` waits for news."""

    def __init__(self, at: Bench) -> None:
        clock = TickingClock()
        check = DecodedCheck(at.decoder, at.threads.wait)
        finisher = EchoFinisher(at.blobs)
        journal = MemoryJournal(clock)
        world = World(journal=journal, blobs=at.blobs, check=check, finisher=finisher, clock=clock)
        self.runner = Runner([at.provider], world, self._hear)
        self._news: asyncio.Queue[JobNews] = asyncio.Queue()

    def _hear(self, news: JobNews) -> None:
        self._news.put_nowait(news)

    async def until(self, seen: Callable[[JobNews], bool]) -> JobNews:
        async def wait() -> JobNews:
            while not seen(news := await self._news.get()):
                pass
            return news

        return await asyncio.wait_for(wait(), PATIENCE_S)

    async def filling(self, at: Bench) -> tuple[JobId, int]:
        """A large fill in the middle of its work, and the process that does it."""
        request = replace(await at.order(base=LARGE, hole=Rect(x=400, y=400, width=900, height=900)), count=8)
        job = await self.runner.enqueue(request, None)
        await self.until(lambda news: news.preview is not None)
        pid = at.engine.pid()
        assert pid
        return job.id, pid


def test_cancel_in_mid_fill_ends_the_process_before_anything_more_comes() -> None:
    async def scene() -> None:
        async with bench() as at:
            queue = Queue(at)
            job, pid = await queue.filling(at)
            await queue.runner.cancel(job)
            ended = await queue.until(lambda news: news.job.id == job and news.event is not None)
            assert (ended.job.state, ended.job.outputs) == (JobState.CANCELLED, ())
            assert at.engine.pid() != pid
            small = await queue.runner.enqueue(await at.order(), None)
            after = await queue.until(lambda news: news.job.id == small.id and news.job.state.is_final)
            assert after.job.state is JobState.SUCCEEDED
            await queue.runner.close()

    asyncio.run(scene())


def test_kill_9_in_mid_fill_fails_the_job_in_a_sentence_and_the_next_one_runs() -> None:
    async def scene() -> None:
        async with bench() as at:
            queue = Queue(at)
            job, pid = await queue.filling(at)
            os.kill(pid, signal.SIGKILL)
            ended = (await queue.until(lambda news: news.job.id == job and news.job.state.is_final)).job
            assert (ended.state, ended.problem and ended.problem.code) == (JobState.FAILED, "engine-died")
            small = await queue.runner.enqueue(await at.order(), None)
            after = await queue.until(lambda news: news.job.id == small.id and news.job.state.is_final)
            assert (after.job.state, len(after.job.outputs)) == (JobState.SUCCEEDED, 1)
            await queue.runner.close()

    asyncio.run(scene())


def test_closing_in_mid_fill_says_that_the_program_ended() -> None:
    async def scene() -> None:
        async with bench() as at:
            queue = Queue(at)
            job, _ = await queue.filling(at)
            await queue.runner.close()
            ended = (await queue.until(lambda news: news.job.state.is_final)).job
            assert (ended.id, ended.state, ended.problem and ended.problem.code) == (
                job,
                JobState.FAILED,
                "interrupted",
            )

    asyncio.run(scene())


class TestSelecting:
    """Clicks, which are no jobs."""

    def test_a_click_gives_candidates_and_the_next_one_uses_the_picture_again(self) -> None:
        async def scene() -> None:
            async with bench() as at:
                selector = EngineSelector(at.engine)
                picture = fig()
                masks = [mask async for mask in selector.select(picture, "state 1", [Point(x=36, y=36)], [])]
                assert len(masks) > 1
                assert {(mask.size, mask.format) for mask in masks} == {(picture.size, PixelFormat.GRAY)}
                assert all(mask.data[36 * mask.stride + 36] > 127 for mask in masks[:1])
                async for less in selector.select(picture, "state 1", [Point(x=36, y=36)], [Point(x=2, y=2)]):
                    assert less.data[2 * less.stride + 2] < 128

        asyncio.run(scene())
