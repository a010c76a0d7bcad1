"""The engine's process as seen from here: a call in, events out, on the loop of whoever calls."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.problems import ProviderError, StudioError
from studio.workers import channel
from studio.workers.channel import BadMessage, Fields
from studio.workers.child import Child
from studio.workers.engine_calls import call_told, event_heard
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from concurrent.futures import Executor
    from pathlib import Path

    from studio.domain.pixels import Pixels
    from studio.engine.calls import Call, CallEvent
    from studio.imaging.kept import Kept

IDLE_S = 300.0
"""After so many seconds without a call the process is ended; it takes some 200 MB."""


class _Line:
    """A child and what is known of it. It has a folder of its own for pixels, which goes when it goes."""

    def __init__(self, module: str, models: Path) -> None:
        self.inbox: asyncio.Queue[Fields | str] = asyncio.Queue()
        self.exchange = Exchange.create()
        self.ready = False
        self.key = ""
        self._loop = asyncio.get_running_loop()
        self.child = Child(module, [str(self.exchange.path), str(models)], self._hear, self._bury)

    def _bury(self, last_words: str) -> None:
        self.exchange.close()
        self._hear(last_words)

    def _hear(self, message: Fields | str) -> None:
        with contextlib.suppress(RuntimeError):  # the loop was closed: nobody listens
            self._loop.call_soon_threadsafe(self.inbox.put_nowait, message)


class EngineProcess:
    """One engine process, for one call at a time and for callers on one loop.

    Started by the first call or by `warm`. Closing the iterator of `run`, or cancelling the task in it, ends the
    process, and a new one is started so that the next call need not wait. `models` is the folder of model files,
    `threads` where pictures are handed over.
    """

    def __init__(
        self,
        models: Path,
        threads: Executor,
        *,
        idle_s: float = IDLE_S,
        module: str = "studio.workers.engine_child",
    ) -> None:
        self._models = models
        self._threads = threads
        self._idle_s = idle_s
        self._module = module
        self._turn = asyncio.Lock()
        self._line: _Line | None = None
        self._ended: list[Child] = []
        self._idle: asyncio.TimerHandle | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the process where there is none. To be called on the loop. What prevents it the next call says."""
        if not self._turn.locked():  # else it is there, and not idle
            self._start()

    def _start(self) -> None:
        if not self._closed:
            with contextlib.suppress(ProviderError):
                self._ready()
                self._rest()

    async def run(self, call: Call[Pixels | Kept]) -> AsyncGenerator[CallEvent, None]:
        """Work a call off, after those before it. Raises ProviderError, and UsageError where the engine says so."""
        async with self._turn:
            line = self._ready()
            answered = False
            try:
                await self._say(line, call)
                event = await self._heard(line)
                while event is not None and not isinstance(event, StudioError):
                    yield event
                    event = await self._heard(line)
                answered = True
            finally:
                if not answered:
                    self._end()
                    if line.ready:
                        self._start()
            line.key = call.key
            self._rest()
            if event is not None:
                raise event

    def pid(self) -> int | None:
        """The process id, None while there is none."""
        return self._line.child.pid() if self._line is not None and self._line.child.alive else None

    def close(self) -> None:
        """End the process and wait until it is gone. Nothing may be called afterwards; on any thread."""
        self._closed = True
        self._end()
        for child in self._ended:
            child.join()

    def _ready(self) -> _Line:
        """The line to the running child; to a new one where there is none. Raises ProviderError."""
        if self._closed:
            raise trouble("engine-unavailable", detail="the program ends")
        if self._idle is not None:
            self._idle.cancel()
        if self._line is None or not self._line.child.alive:
            try:
                self._line = _Line(self._module, self._models)
            except OSError as error:
                raise trouble("engine-unavailable", detail=str(error)) from error
        return self._line

    async def _say(self, line: _Line, call: Call[Pixels | Kept]) -> None:
        known = bool(call.key) and call.key == line.key
        told = functools.partial(call_told, call, line.exchange, known=known)
        try:
            line.child.send(await asyncio.get_running_loop().run_in_executor(self._threads, told))
        except OSError as error:
            raise trouble("engine-memory", detail=str(error)) from error

    async def _heard(self, line: _Line) -> CallEvent | StudioError | None:
        """The next event; None or the engine's own trouble once the call is done. Raises ProviderError."""
        message = await line.inbox.get()
        try:
            if isinstance(message, Fields) and message.text("kind") == "ready":
                line.ready = True
                message = await line.inbox.get()
            if isinstance(message, str):
                raise trouble("engine-died" if line.ready else "engine-unavailable", detail=message)
            match message.text("kind"):
                case "done":
                    return None
                case "trouble":
                    return channel.trouble_heard(message)
                case _:
                    return event_heard(message, line.exchange)
        except BadMessage as error:
            raise trouble("engine-failed", detail=str(error)) from error

    def _rest(self) -> None:
        """Nothing to do: after some minutes of that the process goes."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._end)

    def _end(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.child.kill()
            self._ended = [*(child for child in self._ended if not child.gone), line.child]
