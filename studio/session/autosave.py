"""When to write the recovery copy: begun at the latest some seconds after the first change that is not in one."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING

from studio.domain.catalogue import problem
from studio.domain.problems import StudioError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studio.domain.problems import Problem

log = logging.getLogger(__name__)

RETRY_SECONDS = 10.0


class Autosave:
    """Calls `save` on the home loop. A save that fails is told once and tried again soon, never given up."""

    def __init__(self, save: Callable[[], Awaitable[None]], tell: Callable[[Problem], None], seconds: float) -> None:
        self._save = save
        self._tell = tell
        self.seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._running: asyncio.Task[None] | None = None
        self._again = False
        self._failed = False

    def follow(self, *, dirty: bool) -> None:
        """The document changed, or it is as it was saved."""
        if dirty:
            self.touched()
        else:
            self.forget()

    def touched(self) -> None:
        """The document changed. The first change since the last copy starts the clock."""
        if self._running is not None:
            self._again = True
        elif self._timer is None:
            self._start_clock(self.seconds)

    def _start_clock(self, seconds: float) -> None:
        self._timer = asyncio.get_event_loop().call_later(seconds, self._begin)

    def _begin(self) -> None:
        self._timer = None
        self._running = asyncio.get_event_loop().create_task(self._run())

    async def _run(self) -> None:
        retry = False
        try:
            await self._save()
            self._failed = False
        except StudioError as error:
            retry = True
            self._tell_once(error.problem)
        except Exception as error:  # an autosave that dies silently would be found out in the worst moment
            retry = True
            log.exception("autosave failed")
            self._tell_once(problem("bug", detail="".join(traceback.format_exception(error))))
        finally:
            self._running = None
        if retry or self._again:
            self._again = False
            self._start_clock(RETRY_SECONDS if retry else self.seconds)

    def _tell_once(self, found: Problem) -> None:
        if not self._failed:
            self._tell(found)
        self._failed = True

    async def now(self) -> None:
        """Write a copy at once, where one is due; used at the end. Raises what `save` does; then one is due still."""
        due = self._timer is not None or self._running is not None
        self.forget()
        if self._running is not None:
            await asyncio.wait((self._running,))
            self.forget()
        if not due:
            return
        try:
            await self._save()
        except BaseException:
            self._start_clock(RETRY_SECONDS)
            raise

    def forget(self) -> None:
        """Nothing is due any more: it was saved, or closed."""
        self._again = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
