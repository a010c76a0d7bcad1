"""The engine's process as a process: events, cancelling, real deaths. What it computes is tested elsewhere."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import ProviderError, UsageError
from studio.engine.calls import Call, CallClick, CallEvent, CallPreview, CallProgress, CallResult
from studio.imaging.kept import Kept
from studio.imaging.png import png
from studio.storage.blobs import BlobStore
from studio.workers.engine import EngineProcess
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

PICTURE = Pixels(size=Size(width=3, height=2), stride=16, format=PixelFormat.BGRA, data=memoryview(bytes(range(32))))
MASK = Pixels(size=Size(width=3, height=2), stride=3, format=PixelFormat.GRAY, data=memoryview(b"\0\1\2\3\4\5"))
CLOSE = Pixels(size=Size(width=3, height=2), stride=12, format=PixelFormat.BGRA, data=memoryview(bytes(range(1, 25))))
"""Without room between its rows."""
PATIENCE_S = 30


@asynccontextmanager
async def engine(
    *, idle_s: float = 300.0, module: str = "tests.whole.workers.scripted_engine"
) -> AsyncIterator[EngineProcess]:
    """A process that follows the script."""
    with ThreadPoolExecutor(1) as threads:
        process = EngineProcess(Path("models"), threads, idle_s=idle_s, module=module)
        try:
            yield process
        finally:
            process.close()


async def told(process: EngineProcess, call: Call[Pixels | Kept]) -> list[CallEvent]:
    return [event async for event in process.run(call)]


def kept(folder: Path, pixels: Pixels) -> Kept:
    """A picture as a file of the library."""
    store = BlobStore(folder)
    blob = store.put(png(pixels))
    return Kept(blob=blob, path=str(store.path(blob)))


async def gone(pid: int) -> None:
    """Waits until the process of ours is reaped."""

    async def wait() -> None:
        while os.path.exists(f"/proc/{pid}"):  # noqa: ASYNC110, ASYNC240  # nothing tells the end of a killed process but this
            await asyncio.sleep(0.005)

    await asyncio.wait_for(wait(), PATIENCE_S)


async def hanging(process: EngineProcess) -> tuple[AsyncGenerator[CallEvent, None], int]:
    """A call in mid-work and the process that works at it."""
    events = process.run(Call(operation="hang", picture=PICTURE))
    assert await anext(events) == CallProgress(phase="hang", fraction=0.0)
    pid = process.pid()
    assert pid is not None
    return events, pid


def test_pictures_go_there_and_come_back() -> None:
    async def scene() -> None:
        async with engine() as process:
            events = await told(process, Call(operation="echo", picture=PICTURE, seed=7, count=2))
            assert isinstance(events[1], CallPreview)
            plain = await told(process, Call(operation="echo", picture=PICTURE, preview=False))
            assert not any(isinstance(event, CallPreview) for event in plain)
            results = [event for event in events if isinstance(event, CallResult)]
            assert [(result.index, result.seed, result.score) for result in results] == [(0, 7, 0.5), (1, 8, 0.5)]
            assert bytes(results[1].picture.data) == bytes(PICTURE.data)
            assert (results[1].picture.size, results[1].picture.stride) == (PICTURE.size, 16)
            masked = await told(process, Call(operation="echo", picture=PICTURE, mask=MASK))
            assert isinstance(masked[-1], CallResult)
            assert (masked[-1].picture.format, bytes(masked[-1].picture.data)) == (PixelFormat.GRAY, bytes(MASK.data))

    asyncio.run(scene())


def test_files_are_opened_there(tmp_path: Path) -> None:
    async def scene() -> None:
        async with engine() as process:
            picture, mask = kept(tmp_path, CLOSE), kept(tmp_path, MASK)
            plain, masked = Call(operation="echo", picture=picture), Call(operation="echo", picture=picture, mask=mask)
            results = [(await told(process, call))[-1] for call in (plain, masked)]
            for result, sent in zip(results, (CLOSE, MASK), strict=True):
                assert isinstance(result, CallResult)
                assert (result.picture.size, bytes(result.picture.data)) == (sent.size, bytes(sent.data))

    asyncio.run(scene())


def test_parameters_and_clicks_arrive() -> None:
    async def scene() -> None:
        call = Call(
            operation="tell",
            picture=PICTURE,
            parameters=(("factor", 2.5), ("best", True), ("left", 3), ("how", "“well”")),
            clicks=(CallClick(x=1.5, y=2, add=False),),
            key="state 1",
        )
        async with engine() as process:
            last = (await told(process, call))[-1]
            assert last == CallProgress(phase=repr((call.parameters, call.clicks, call.key)))

    asyncio.run(scene())


def test_a_picture_under_a_key_travels_once() -> None:
    async def scene() -> None:
        async with engine() as process:
            await told(process, Call(operation="echo", picture=PICTURE, key="same"))
            other = Pixels(size=PICTURE.size, stride=12, format=PixelFormat.BGRA, data=memoryview(bytes(24)))
            again = (await told(process, Call(operation="echo", picture=other, key="same")))[-1]
            assert isinstance(again, CallResult)
            assert bytes(again.picture.data) == bytes(PICTURE.data)
            new = (await told(process, Call(operation="echo", picture=other, key="new")))[-1]
            assert isinstance(new, CallResult)
            assert bytes(new.picture.data) == bytes(24)

    asyncio.run(scene())


def test_closing_the_iterator_ends_the_process_and_the_next_is_ready() -> None:
    async def scene() -> None:
        async with engine() as process:
            events, pid = await hanging(process)
            await events.aclose()
            await gone(pid)
            assert (await told(process, Call(operation="echo", picture=PICTURE)))[-1]
            assert process.pid() not in (None, pid)

    asyncio.run(scene())


def test_cancelling_the_task_ends_the_process() -> None:
    async def scene() -> None:
        async with engine() as process:
            begun = asyncio.Event()

            async def work() -> None:
                async with aclosing(process.run(Call(operation="hang", picture=PICTURE))) as events:
                    async for _ in events:
                        begun.set()

            task = asyncio.create_task(work())
            await asyncio.wait_for(begun.wait(), PATIENCE_S)
            pid = process.pid()
            assert pid
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await gone(pid)

    asyncio.run(scene())


def test_kill_9_in_mid_work_is_told_and_the_next_call_runs() -> None:
    async def scene() -> None:
        async with engine() as process:
            events, pid = await hanging(process)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(ProviderError, match="engine-died"):
                await anext(events)
            assert (await told(process, Call(operation="echo", picture=PICTURE)))[-1]

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("operation", "kind", "code"),
    [
        ("die", ProviderError, "engine-died"),
        ("refuse", UsageError, "mask-full"),
        ("stumble", ProviderError, "engine-failed"),
        ("starve", ProviderError, "engine-memory"),
    ],
)
def test_every_failure_is_a_sentence_and_the_next_call_runs(operation: str, kind: type[Exception], code: str) -> None:
    async def scene() -> None:
        async with engine() as process:
            with pytest.raises(kind, match=code):
                await told(process, Call(operation=operation, picture=PICTURE))
            assert (await told(process, Call(operation="echo", picture=PICTURE)))[-1]

    asyncio.run(scene())


def test_a_process_that_does_not_start_is_said_so() -> None:
    async def scene() -> None:
        async with engine(module="tests.whole.workers.no_such_module") as process:
            with pytest.raises(ProviderError, match="engine-unavailable") as caught:
                await told(process, Call(operation="echo", picture=PICTURE))
            assert isinstance(caught.value, ProviderError)
            assert "No module named" in caught.value.problem.detail

    asyncio.run(scene())


def test_no_place_to_hand_pictures_over_is_said_at_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        async with engine() as process:
            with monkeypatch.context() as nowhere:
                nowhere.setattr("studio.workers.shared._MEMORY", tmp_path / "gone")
                nowhere.setattr("tempfile.tempdir", str(tmp_path / "gone"))
                process.warm()
                with pytest.raises(ProviderError) as caught:
                    await told(process, Call(operation="echo", picture=PICTURE))
                assert caught.value.problem.code == "engine-unavailable"
            assert (await told(process, Call(operation="echo", picture=PICTURE)))[-1]

    asyncio.run(scenario())


def test_what_libraries_print_is_no_message() -> None:
    async def scene() -> None:
        async with engine() as process:
            assert len(await told(process, Call(operation="chatter", picture=PICTURE))) == 1

    asyncio.run(scene())


def test_calls_wait_for_each_other() -> None:
    async def scene() -> None:
        async with engine() as process:
            one = Call(operation="echo", picture=PICTURE, count=3)
            both = await asyncio.gather(told(process, one), told(process, one))
            assert [len(events) for events in both] == [5, 5]

    asyncio.run(scene())


def test_an_idle_process_goes_and_comes_again() -> None:
    async def scene() -> None:
        async with engine(idle_s=0.01) as process:
            await told(process, Call(operation="echo", picture=PICTURE))
            pid = process.pid()
            if pid is not None:
                await gone(pid)
            assert process.pid() is None
            assert (await told(process, Call(operation="echo", picture=PICTURE)))[-1]

    asyncio.run(scene())


def test_a_process_that_works_is_not_idle_though_it_is_wanted_warm() -> None:
    async def scene() -> None:
        async with engine(idle_s=0.01) as process:
            events, _ = await hanging(process)
            process.warm()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await anext(events)

    asyncio.run(scene())


def test_closing_leaves_no_process_and_no_file() -> None:
    left: list[Path] = []

    async def scene() -> None:
        async with engine() as process:
            events, pid = await hanging(process)
            process.close()
            left.append(Path(f"/proc/{pid}"))
            with pytest.raises(ProviderError, match="engine-died"):
                await anext(events)
            with pytest.raises(ProviderError, match="engine-unavailable"):
                await told(process, Call(operation="echo", picture=PICTURE))

    asyncio.run(scene())
    assert [path.exists() for path in left] == [False]
    assert list(Path("/dev/shm").glob(f"overpaint-{os.getpid()}-*")) == []


def test_the_process_goes_with_a_program_that_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.whole.workers.orphan"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    asyncio.run(gone(pid))
    Exchange.create().close()
    assert list(Path("/dev/shm").glob(f"overpaint-{parent.pid}-*")) == []
