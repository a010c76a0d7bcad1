"""What a provider tells, taken as it comes until a run is stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from studio.domain.job import ProviderEvent


class Pump:
    """One piece of a provider's work at a time. Only that is ever cancelled: what arrived is taken in peace."""

    def __init__(self) -> None:
        self._task: asyncio.Task[object] | None = None
        self._is_stopped = False

    async def through(
        self, events: AsyncIterator[ProviderEvent], take: Callable[[ProviderEvent], Awaitable[None]]
    ) -> bool:
        """Take all that comes; False where it was stopped before its end."""
        told: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()
        task = self._start(_poured(events, told))
        task.add_done_callback(lambda _: told.put_nowait(None))
        while (event := await told.get()) is not None:
            await take(event)
        return self._is_whole(task)

    async def done(self, work: Coroutine[Any, Any, object]) -> bool:
        """Wait for something; False where it was stopped before its end."""
        task = self._start(work)
        await asyncio.wait((task,))
        return self._is_whole(task)

    def stop(self) -> None:
        """End what goes on, and at once whatever is begun after it."""
        self._is_stopped = True
        if self._task is not None:
            self._task.cancel()

    async def halt(self) -> None:
        """End what goes on: the provider works for nobody then."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))

    def _start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        self._task = asyncio.create_task(work)
        self._task.add_done_callback(_looked_at)
        if self._is_stopped:
            self._task.cancel()
        return self._task

    def _is_whole(self, task: asyncio.Task[object]) -> bool:
        if self._is_stopped and (task.cancelled() or task.exception()):
            return False
        task.result()
        return True


async def _poured(events: AsyncIterator[ProviderEvent], told: asyncio.Queue[ProviderEvent | None]) -> None:
    async for event in events:
        told.put_nowait(event)


def _looked_at(task: asyncio.Task[object]) -> None:
    if not task.cancelled():
        task.exception()  # looked at, so that the loop does not call it lost when nobody asks again
