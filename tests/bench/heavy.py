"""A server in a process of its own that answers every order with a picture of 20 MB, in the answer or by address.

`python -m tests.bench.heavy SECONDS` prints one JSON line (`url`, `key`, `picture`: bytes of the picture), then serves
until its input ends. Each answer comes so many seconds after its order. Orders whose prompt holds `link` are answered
with an address.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.playground.exchange import json_answer
from studio.playground.faults import Fault
from studio.playground.server import Playground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from studio.playground.exchange import Asked

SIDE = 2580
"""Pixels; noise cannot be packed, so that a PNG has three bytes each."""


def noise(side: int) -> bytes:
    """A PNG of noise."""
    pixels = np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)
    return cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def heavy(playground: Playground, data: bytes, seconds: float) -> None:
    """Put the answers into the script."""
    path = playground.results.keep(data, "image/png")
    link = json_answer({"created": 0, "data": [{"url": playground.url + path}]})
    within = json_answer({"created": 0, "data": [{"b64_json": base64.b64encode(data).decode()}]})
    for given, is_fit in ((link, _by_link), (within, None)):
        playground.faults.add(
            Fault(path="/images", when=is_fit, times=None, instead=given, billed=True, delay_s=seconds)
        )


def _by_link(asked: Asked) -> bool:
    return b"link" in asked.body


async def serve() -> None:
    """Until the input ends. It stands for another machine, so it takes what the window's leaves of the processors."""
    if hasattr(os, "nice"):
        os.nice(19)
    data = noise(SIDE)
    async with await Playground.start() as playground:
        heavy(playground, data, float(sys.argv[1]))
        print(json.dumps({"url": playground.url, "key": playground.key, "picture": len(data)}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


@contextmanager
def served_by(command: Sequence[str]) -> Iterator[dict[str, str]]:
    """A server in a process of its own, until left; what it told."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.stdin.close()


def served(seconds: float) -> AbstractContextManager[dict[str, str]]:
    """This one."""
    return served_by([sys.executable, "-m", "tests.bench.heavy", str(seconds)])


if __name__ == "__main__":
    asyncio.run(serve())
