"""A piece of work told as it goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from studio.domain.job import ProviderEvent


class Telling:
    """What the work tells to. A call never waits; `heard` does, until all that was told was taken."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()

    def __call__(self, event: ProviderEvent, /) -> None:
        self._events.put_nowait(event)

    async def heard(self) -> None:
        """Whoever listens has taken all that was told. What must not be done unheard is done after this."""
        await self._events.join()

    async def all(self) -> AsyncIterator[ProviderEvent]:
        """Everything until `end`."""
        while (event := await self._events.get()) is not None:
            yield event
            self._events.task_done()

    def end(self) -> None:
        """Nothing more is told."""
        self._events.put_nowait(None)


async def told(work: Callable[[Telling], Coroutine[Any, Any, None]]) -> AsyncIterator[ProviderEvent]:
    """What a piece of work tells, as it tells it. Raises what it raises; closing ends the work."""
    telling = Telling()
    task = asyncio.create_task(work(telling))
    task.add_done_callback(lambda _: telling.end())
    try:
        async for event in telling.all():
            yield event
        task.result()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
