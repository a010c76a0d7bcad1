"""Edits of the open document in the order in which they were asked for, each on what the one before it left.

An edit that takes a pool's time would otherwise be made of a document that has moved on when it comes back: it would
have to be dropped, or take back what was done meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from studio.document.state import DocumentState
    from studio.session.editor import Editor, OpenDocument
    from studio.session.ports import Offload
    from studio.session.tasks import Tasks

    Edit = Callable[[DocumentState], DocumentState]


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    work: Callable[[], Coroutine[Any, Any, None]]
    document: OpenDocument | None
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Editing:
    """Each edit is one step of the history. What was asked of a document that is not open any more is left out."""

    def __init__(self, editor: Editor, offload: Offload, tasks: Tasks) -> None:
        self.editor = editor
        self._offload = offload
        self._tasks = tasks
        self._turns: deque[_Turn] = deque()
        self._working = False
        self._inside = 0
        """How many turns were asked for by the one that is being taken; they come right behind it."""

    def edit(self, title: str, edit: Edit, *, key: str | None = None) -> None:
        """One that takes no time."""

        async def work() -> None:
            state = self.editor.state
            if state is not None:
                self.editor.push(title, edit(state), key=key)

        self._line_up(work)

    def edit_in_pool(self, title: str, edit: Edit) -> None:
        """One that takes a while. Where something that waits for no turn came in between (a result of the object
        selection), it is made once more, of what that left."""
        document = self.editor.document

        async def work() -> None:
            while self.editor.document is document and (state := self.editor.state) is not None:
                made = await self._offload.compute(edit, state)
                if self.editor.state is state:
                    self.editor.push(title, made)
                    return

        self._line_up(work)

    def now(self, action: Callable[[], None]) -> None:
        """Do it at once where no edit is under way, else when its turn has come; edits that it asks for come before
        those that wait behind it."""
        if not self._working:
            action()
            return

        async def work() -> None:
            self._inside = 1
            try:
                action()
            finally:
                self._inside = 0

        self._line_up(work)

    async def settled(self) -> None:
        """Wait until all that was asked for by now is done."""
        if self._working and not self._tasks.closed:
            await self._turns[-1].over.wait()

    def _line_up(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        turn = _Turn(work, self.editor.document)
        if self._inside:
            self._turns.insert(self._inside, turn)
            self._inside += 1
        else:
            self._turns.append(turn)
        if not self._working:
            self._working = True
            self._tasks.spawn(self._work())

    async def _work(self) -> None:
        try:
            while self._turns:
                turn = self._turns[0]
                if self.editor.document is turn.document:
                    await self._tasks.tried(turn.work())
                # What this turn has started begins before the next one: a run takes the document as it is then.
                await asyncio.sleep(0)
                self._turns.popleft().over.set()
        finally:
            self._working = False
            while self._turns:
                self._turns.popleft().over.set()
