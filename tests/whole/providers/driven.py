"""An asyncio loop whose clock is driven: real sockets, and no waiting.

Time stands still while anything happens, in a socket or in a thread; where nothing does, it jumps to the next timer.
What takes minutes on the clock takes milliseconds, and every deadline that the loop keeps is kept to the second.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from concurrent.futures import Executor

T = TypeVar("T")

GRACE_S = 0.001
"""Seconds of real time in which loopback brings what was sent on it."""


class _Selector(selectors.DefaultSelector):
    """Asks the sockets, and lets time jump where they say nothing."""

    loop: DrivenLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        if timeout is None or self.loop.busy:
            return super().select(None)
        ready = super().select(0) or super().select(GRACE_S)
        if not ready:
            self.loop.jump(timeout)
        return ready


class DrivenLoop(asyncio.SelectorEventLoop):
    """`moments` are called when the clock first passes them."""

    def __init__(self) -> None:
        selector = _Selector()
        selector.loop = self
        self.busy = 0
        self._now = 1000.0
        super().__init__(selector)

    def time(self) -> float:
        return self._now

    def jump(self, seconds: float) -> None:
        """To the next timer."""
        self._now += seconds + 1e-6

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> Any:
        self.busy += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._free)
        return future

    def _free(self, _: object) -> None:
        self.busy -= 1


class DrivenTimer:
    """Matches `providers.ports.Timer` on such a loop."""

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def alarm(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def driven(work: Coroutine[Any, Any, T]) -> T:
    """Run on a loop of its own. Warns of nothing that a real one would not."""
    with asyncio.Runner(loop_factory=DrivenLoop) as runner:
        return runner.run(work)
