"""How fast eight answers of 20 MB come through our provider, against bare httpx, both on a loop in a worker thread.

Run `python -m tests.bench.downloads`. The server is a process of its own. Bare is httpx reading the same bytes and
writing them to a file as they come, as ours does, and for pictures within the answer json and pybase64 after it. Runs
go in turn, with clients that are there already; a line tells MB of picture per second (medians) and the median ratio.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from statistics import median
from typing import IO, TYPE_CHECKING

import httpx
import pybase64

from studio.domain.ids import JobId
from studio.workers.loop import WorkerLoop
from tests.bench.heavy import served
from tests.whole.providers.house import house, told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping
    from contextlib import AbstractAsyncContextManager

    from studio.domain.request import EditRequest
    from studio.providers.remote import RemoteProvider
    from tests.whole.providers.house import House

ORDERS = 8
ROUNDS = 9
ALLOWED = 0.9


async def _ours(found: House, provider: RemoteProvider, words: str) -> list[int]:
    orders = [found.request("gpt-image-2", prompt=words) for _ in range(ORDERS)]
    return await asyncio.gather(*(_one(provider, JobId(str(n)), order) for n, order in enumerate(orders)))


async def _one(provider: RemoteProvider, job: JobId, order: EditRequest) -> int:
    done = await told(provider.submit(job, order))
    assert done.done is not None
    if done.done.results:
        await told(provider.fetch(job, order, done.done.results, patient=False), done)
    await provider.settled(job)
    return len(done.outputs[0].image.data)


async def _bare(client: httpx.AsyncClient, server: Mapping[str, str], words: str) -> list[int]:
    url, key = f"{server['url']}/openai/v1/images/generations", {"Authorization": f"Bearer {server['key']}"}
    order = {"model": "gpt-image-2", "prompt": words}

    async def one() -> int:
        with tempfile.TemporaryFile(buffering=0) as file:
            (item,) = json.loads(await _read(client.stream("POST", url, json=order, headers=key), file))["data"]
        if "b64_json" in item:
            return len(await asyncio.to_thread(pybase64.b64decode, item["b64_json"], validate=True))
        with tempfile.TemporaryFile(buffering=0) as file:
            return len(await _read(client.stream("GET", item["url"]), file))

    return await asyncio.gather(*(one() for _ in range(ORDERS)))


async def _read(opened: AbstractAsyncContextManager[httpx.Response], file: IO[bytes]) -> bytes:
    pieces: list[bytes] = []
    async with opened as response:
        async for piece in response.aiter_raw():
            file.write(piece)
            pieces.append(piece)
    return b"".join(pieces)


async def _seconds(work: Awaitable[list[int]], expected: int) -> float:
    start = time.perf_counter()
    assert await work == [expected] * ORDERS
    return time.perf_counter() - start


async def _compare(server: Mapping[str, str], words: str) -> None:
    size = int(server["picture"])
    async with (
        house(f"{server['url']}/openai/v1", "openai", server["key"]) as found,
        httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_keepalive_connections=0)) as client,
    ):
        provider = found.provider()
        pairs: list[tuple[float, float]] = []
        for _ in range(ROUNDS + 1):
            ours = await _seconds(_ours(found, provider, words), size)
            pairs.append((ours, await _seconds(_bare(client, server, words), size)))
    ratio = median(bare / ours for ours, bare in pairs[1:])
    mine, theirs = (ORDERS * size / 1e6 / median(times) for times in zip(*pairs[1:], strict=True))
    print(
        f"{words:8} ours {mine:5.0f} MB/s  bare {theirs:5.0f} MB/s  {ratio:4.2f}x, at least {ALLOWED}x asked",
        flush=True,
    )


def main() -> None:
    """Print rates and ratios."""
    loop = WorkerLoop()
    try:
        with served(0.0) as server:
            for words in ("within", "by link"):
                loop.wait(_compare(server, words))
    finally:
        loop.stop()


if __name__ == "__main__":
    main()
