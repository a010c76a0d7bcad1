"""A playground on a thread of its own, for tests that are no coroutines or that start other processes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from studio.playground.server import Playground
from studio.workers.loop import WorkerLoop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.playground.world import World


@contextmanager
def running(port: int = 0, world: World | None = None) -> Iterator[Playground]:
    """Served until left. Its lists and switches may be changed from the test's own thread."""
    loop = WorkerLoop()
    try:
        playground = loop.wait(Playground.start(port, world))
        try:
            yield playground
        finally:
            loop.wait(playground.close())
    finally:
        loop.stop()
