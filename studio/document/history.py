"""The history: named states in a row. Undo is going back to the very same object."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from studio.document.holdings import Holdings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.document.state import DocumentState

BUDGET = 1 << 30
"""Bytes of tiles that states other than the current one may hold before the oldest are dropped."""
KEPT = 20
"""Steps that are kept whatever they weigh."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """A state and what led to it. `serial` is never given twice within a history."""

    title: str
    state: DocumentState
    serial: int
    key: str | None = None


class History:
    """Steps of one document, oldest first, one of them current. Not thread-safe; its states may go anywhere."""

    def __init__(self, title: str, state: DocumentState, *, budget: int = BUDGET, kept: int = KEPT) -> None:
        self._serials = count()
        self._budget = budget
        self._kept = kept
        self._holdings = Holdings()
        self._steps = [self._step(title, state, None)]
        self._index = 0
        self._open = False
        self._saved: int | None = None
        self._dropped = 0

    @property
    def state(self) -> DocumentState:
        """The current state."""
        return self._steps[self._index].state

    @property
    def steps(self) -> Sequence[Step]:
        """All steps, oldest first; those behind `index` were undone."""
        return tuple(self._steps)

    @property
    def index(self) -> int:
        """The current step's place in `steps`."""
        return self._index

    @property
    def dropped(self) -> int:
        """How many of the oldest steps were given up for memory."""
        return self._dropped

    @property
    def can_undo(self) -> bool:
        """Whether there is an older step."""
        return self._index > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone step."""
        return self._index < len(self._steps) - 1

    @property
    def is_dirty(self) -> bool:
        """Whether the current step is another one than the one last marked as saved; true until the first mark."""
        return self._steps[self._index].serial != self._saved

    def held_bytes(self) -> int:
        """Bytes of tiles that only states other than the current one hold."""
        return self._holdings.total - self._holdings.weight(self.state)

    def push(self, title: str, state: DocumentState, *, key: str | None = None) -> None:
        """Make a state current; what was undone is dropped. A state that is current already adds nothing.

        With a key, a push with the same title and key takes the place of the one right before it, until `settle` is
        called or anything else happens: a dragged slider is one step.
        """
        if state is self.state:
            return
        last = self._steps[self._index]
        merges = self._open and key is not None and (last.title, last.key) == (title, key)
        self._cut(self._index if merges else self._index + 1)
        self._steps.append(self._step(title, state, key))
        self._index = len(self._steps) - 1
        self._open = key is not None
        self._shed()

    def amend(self, state: DocumentState) -> None:
        """Put a state in the place of the current one, without a step: for what an undo need not bring back, such as
        which layer is the active one."""
        step = self._steps[self._index]
        if state is not step.state:
            self._holdings.add(state)
            self._holdings.remove(step.state)
            self._steps[self._index] = replace(step, state=state)

    def settle(self) -> None:
        """The gesture is over: the next push is a step of its own."""
        self._open = False

    def undo(self) -> DocumentState:
        """One step back, as far as there is one; the current state after it."""
        return self.go_to(max(0, self._index - 1))

    def redo(self) -> DocumentState:
        """One step forth, as far as there is one; the current state after it."""
        return self.go_to(min(len(self._steps) - 1, self._index + 1))

    def go_to(self, index: int) -> DocumentState:
        """Make the step at this place current. Raises IndexError where there is none."""
        if not 0 <= index < len(self._steps):
            raise IndexError(index)
        self._index = index
        self.settle()
        return self.state

    def mark_saved(self, state: DocumentState | None = None) -> None:
        """The current state, or the one given (a save takes time), is what lies on the disk. A state that the
        history has no more leaves it dirty."""
        target = self.state if state is None else state
        self._saved = next((step.serial for step in self._steps if step.state is target), None)
        self.settle()

    def _step(self, title: str, state: DocumentState, key: str | None) -> Step:
        self._holdings.add(state)
        return Step(title=title, state=state, serial=next(self._serials), key=key)

    def _cut(self, start: int) -> None:
        for step in self._steps[start:]:
            self._holdings.remove(step.state)
        del self._steps[start:]

    def _shed(self) -> None:
        while len(self._steps) > self._kept + 1 and self.held_bytes() > self._budget:
            self._holdings.remove(self._steps.pop(0).state)
            self._index -= 1
            self._dropped += 1
