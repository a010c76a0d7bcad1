"""A process of ours that answers one order after the other, whatever an order does to it."""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING, TypeVar

from studio.workers import channel
from studio.workers.channel import BadMessage, Fields
from studio.workers.child import Child
from studio.workers.shared import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.workers.channel import Json

log = logging.getLogger(__name__)

T = TypeVar("T")


class BroughtDown(Exception):
    """An order ended the process twice, took too long, or was answered with nonsense; the text says which."""


class Service:
    """Started when it is first needed or by `warm`, and again when an order brought it down.

    Its calls block: they are made in threads, and one is served at a time.
    """

    def __init__(self, module: str, *, seconds: float) -> None:
        self._module = module
        self._seconds = seconds
        self.exchange = Exchange.create()
        self._answers: queue.SimpleQueue[Fields | str] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the process, so that the first order need not wait for it."""
        with self._turn:
            self._ready()

    def ask(self, order: Callable[[], Mapping[str, Json]], read: Callable[[Fields], T], about: str) -> T:
        """What `read` makes of the answer. `order` is called anew for each try; `about` is for the log.

        Raises BroughtDown, the StudioError that the process tells, and what `order` raises.
        """
        with self._turn:
            answer = self._tried(order, about)
            if isinstance(answer, str):  # it may have been dead before it got the order: only a second death counts
                answer = self._tried(order, about)
            if isinstance(answer, str):
                raise BroughtDown(answer)
            try:
                if answer.text("kind") == "trouble":
                    raise channel.trouble_heard(answer)
                return read(answer)
            except BadMessage as error:
                self._give_up(about, str(error))
                raise BroughtDown(str(error)) from error

    def pid(self) -> int | None:
        """The process id, None while there is none."""
        return self._child.pid() if self._child is not None else None

    def close(self) -> None:
        """End the process. A call that waits for it gets its error."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()
            child.join()
        self.exchange.close()

    def _tried(self, order: Callable[[], Mapping[str, Json]], about: str) -> Fields | str:
        """The answer, or why the process had to be given up."""
        child = self._ready()
        child.send(order())
        try:
            answer = self._answers.get(timeout=self._seconds)
        except queue.Empty:
            self._give_up(about, "too slow")
            raise BroughtDown(f"not done after {self._seconds} s") from None
        if isinstance(answer, str):
            self._give_up(about, answer)
        return answer

    def _ready(self) -> Child:
        """The running child; a new one, that knows nothing of the last, where that one is gone."""
        if self._closed:
            raise RuntimeError(f"{self._module} was closed")
        if self._child is None or not self._child.alive:
            answers: queue.SimpleQueue[Fields | str] = queue.SimpleQueue()
            self._answers = answers
            self._child = Child(self._module, [str(self.exchange.path)], answers.put, answers.put)
        return self._child

    def _give_up(self, about: str, reason: str) -> None:
        """Nothing more is believed of a process that died, hung or spoke nonsense."""
        log.warning("%s failed on %s: %s", self._module, about, reason)
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.join()
        self.exchange.clear()
