"""The pools of threads. Each call is awaited on whatever loop asks: the window's or the worker's."""

from __future__ import annotations

import asyncio
import functools
import os
import sys
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.imaging.decode import Decoded
    from studio.workers.decoding import Decoder

TURN_S = 0.0005
"""How long a thread waits for the interpreter before it asks the one that has it to stop. Painting a window gives the
interpreter away some hundred times; with Python's own 5 ms each of them can cost a third of a frame."""
NICE = 5
"""Behind the window, before the engine."""

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """The threads of the program: `compute` for pixels, `write` for files, `journal` for SQLite alone, `wait` for
    answers of processes. One thread each for files and journal, so that both keep the order of asking and a large
    file never holds up a commit."""

    def __init__(self) -> None:
        sys.setswitchinterval(TURN_S)
        self.compute = ThreadPoolExecutor(os.cpu_count() or 2, "compute", initializer=_step_back)
        self.write = ThreadPoolExecutor(1, "write")
        self.journal = ThreadPoolExecutor(1, "journal")
        self.wait = ThreadPoolExecutor(3, "wait")

    def close(self) -> None:
        """Let what was asked for be done: pixels and answers nobody awaits any more are dropped, files and journal
        are written to the end."""
        self.wait.shutdown(cancel_futures=True)
        self.compute.shutdown(cancel_futures=True)
        self.write.shutdown()
        self.journal.shutdown()


def _step_back() -> None:
    """Let the window's thread go first where it wants a processor that this thread has. Only Linux gives a thread a
    priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class PoolOffload:
    """Matches `session.ports.Offload`."""

    def __init__(self, threads: Threads, decoder: Decoder) -> None:
        self._threads = threads
        self._decoder = decoder

    def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """In the pool of worker threads, as many as there are processors."""
        return _asked(self._threads.compute, functools.partial(function, *args, **kwargs))

    def write(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """In the one thread that writes files, in the order of asking."""
        return _asked(self._threads.write, functools.partial(function, *args, **kwargs))

    def journal(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """In the one thread that speaks to SQLite, in the order of asking."""
        return _asked(self._threads.journal, functools.partial(function, *args, **kwargs))

    def decode(self, data: bytes, name: str, *, megapixels: int) -> Awaitable[Decoded]:
        """A file's bytes to a picture, in the decode process. Raises ImagingError."""
        return _asked(self._threads.wait, functools.partial(self._decoder.decode, data, name, megapixels))


def _asked(executor: Executor, work: Callable[[], T]) -> Awaitable[T]:
    return asyncio.get_running_loop().run_in_executor(executor, work)
