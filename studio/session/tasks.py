"""Supervised tasks on the home loop: every failure reaches a person or the log, none is lost."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING, Any, TypeVar

from studio.domain.catalogue import problem
from studio.domain.problems import Problem, StudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable

T = TypeVar("T")
log = logging.getLogger(__name__)


class Tasks:
    """Starts coroutines and keeps them until they end. `tell` hears of every failure as a Problem."""

    def __init__(self, tell: Callable[[Problem], None]) -> None:
        self._tell = tell
        self._running: set[asyncio.Task[None]] = set()
        self._closed = False

    def spawn(self, work: Coroutine[Any, Any, None], *within: Coroutine[Any, Any, Any]) -> None:
        """Run it to its end on the running loop; after `close` nothing new starts. `within` are those that it awaits:
        where it does not come to that, they are closed with it."""
        every = (work, *within)
        if self._closed:
            _close(every)
            return
        task = asyncio.get_event_loop().create_task(self.tried(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        # A task that is cancelled before its first step never took the work up.
        task.add_done_callback(lambda _: _close(every))

    def answer(self, work: Awaitable[T], done: Callable[[T], None]) -> None:
        """Run it as `spawn` does, and hand over what it comes to."""
        self.spawn(_answered(work, done), *((work,) if asyncio.iscoroutine(work) else ()))

    def now(self, work: Callable[[], None]) -> None:
        """Do it before this returns; a failure is told, not raised."""
        try:
            work()
        except Exception as error:  # the edge, as in `tried`
            self._failed(error)

    async def tried(self, work: Coroutine[Any, Any, None]) -> None:
        """Run it now; a failure is told, not raised."""
        try:
            await work
        except asyncio.CancelledError:
            raise
        except Exception as error:  # the supervisor's edge: a bug of ours must be seen, not swallowed
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, StudioError):
            log.info("told the user: %s", error)
            self._tell(error.problem)
            return
        log.error("a task failed", exc_info=error)
        self._tell(problem("bug", detail="".join(traceback.format_exception(error))))

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        """Call it in so many seconds on the running loop, but not after `close`."""
        asyncio.get_event_loop().call_later(seconds, lambda: None if self._closed else work())

    @property
    def closed(self) -> bool:
        """Whether nothing starts any more."""
        return self._closed

    async def settle(self) -> None:
        """Wait until nothing runs any more (those started meanwhile included)."""
        while self._running:
            await asyncio.wait(tuple(self._running))

    async def close(self) -> None:
        """End all of them and start no more."""
        self._closed = True
        for task in tuple(self._running):
            task.cancel()
        if self._running:
            await asyncio.wait(tuple(self._running))


async def _answered(work: Awaitable[T], done: Callable[[T], None]) -> None:
    done(await work)


def _close(every: Iterable[Coroutine[Any, Any, Any]]) -> None:
    for each in every:
        each.close()
