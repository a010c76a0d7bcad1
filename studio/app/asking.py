"""Asks for a folder where no other takes a picture that was paid for. It is held until somebody answers."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from studio.domain.problems import Problem, StorageError
from studio.domain.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.jobs.ports import Refuge


class AskingRefuge:
    """Matches `jobs.ports.Refuge`, of which it asks another first. `wanted` is emitted on the home thread, to which
    `post` hands callables; `answer` and `give_up` are called there."""

    def __init__(self, core: Refuge, post: Callable[[Callable[[], None]], object]) -> None:
        self.wanted: Signal[Problem] = Signal()
        self._core = core
        self._post = post
        self._given_up = False
        self._waiting: list[asyncio.Future[None]] = []
        self._both = threading.Lock()

    async def keep(self, name: str, data: bytes) -> str:
        """The file that holds the bytes now. Raises StorageError once nobody can answer any more."""
        while True:
            try:
                return await self._core.keep(name, data)
            except StorageError as error:
                if self._given_up:
                    raise
                await self._answered(error.problem)

    def answer(self) -> None:
        """There is another folder: all that wait try again."""
        with self._both:
            waiting, self._waiting = self._waiting, []
        for each in waiting:
            each.get_loop().call_soon_threadsafe(_go_on, each)

    def give_up(self) -> None:
        """Nobody answers any more."""
        with self._both:
            self._given_up = True
        self.answer()

    async def _answered(self, problem: Problem) -> None:
        answer = asyncio.get_running_loop().create_future()
        with self._both:
            if self._given_up:
                return
            self._waiting.append(answer)
        self._post(lambda: self.wanted.emit(problem))
        await answer


def _go_on(answer: asyncio.Future[None]) -> None:
    if not answer.done():
        answer.set_result(None)
