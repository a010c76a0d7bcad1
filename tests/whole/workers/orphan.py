"""Starts a call that never ends, tells the pid of the process that works at it, and waits to be killed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.engine.calls import Call
from studio.workers.engine import EngineProcess


async def main() -> None:
    picture = Pixels(size=Size(width=1, height=1), stride=4, format=PixelFormat.BGRA, data=memoryview(bytes(4)))
    process = EngineProcess(Path("models"), ThreadPoolExecutor(1), module="tests.whole.workers.scripted_engine")
    async for _ in process.run(Call(operation="hang", picture=picture)):
        print(process.pid(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
