"""Time as the providers use it: handed in, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from studio.providers.ports import Timer

T = TypeVar("T")


class DeadlinePassed(Exception):
    """The work was not done in time and was ended."""


class SystemTimer:
    """Matches `ports.Timer`: a clock that nobody sets."""

    def now(self) -> float:
        """Seconds, only ever growing; their zero means nothing."""
        return time.monotonic()

    async def pause(self, seconds: float) -> None:
        """Wait before the next try."""
        await asyncio.sleep(seconds)

    async def alarm(self, seconds: float) -> None:
        """Wait for a deadline."""
        await asyncio.sleep(seconds)


async def within(timer: Timer, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to. Raises DeadlinePassed after so many seconds; the work has ended by then, and where the
    caller is cancelled too."""
    task = asyncio.create_task(work)
    alarm = asyncio.create_task(timer.alarm(seconds))
    try:
        await asyncio.wait((task, alarm), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise DeadlinePassed
        return task.result()
    finally:
        alarm.cancel()
        task.cancel()
        await asyncio.gather(task, alarm, return_exceptions=True)
