"""The open document: its history, its name, whether it is saved. Every change of pixels goes through here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.document.diff import difference
from studio.document.history import History
from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect
from studio.domain.signal import Signal

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.ids import OutputId


@dataclass(slots=True, kw_only=True)
class OpenDocument:
    """What is known of the document beside its pixels. `key` names it in the recovery folder and to jobs."""

    key: str
    title: str
    history: History
    path: str | None = None
    parent: OutputId | None = None
    saved_at: float | None = None
    recovered_from: str | None = None


class Editor:
    """Holds one document or none. `changed` tells what to repaint, `replaced` that it is another document."""

    def __init__(self) -> None:
        self.document: OpenDocument | None = None
        self.changed: Signal[Changes] = Signal()
        self.replaced: Signal[None] = Signal()

    @property
    def state(self) -> DocumentState | None:
        """The current state."""
        return self.document.history.state if self.document else None

    def open(
        self,
        state: DocumentState,
        title: str,
        *,
        path: str | None = None,
        parent: OutputId | None = None,
        saved: bool = True,
    ) -> OpenDocument:
        """Put a document in the place of the one that is open. It counts as saved until it is changed, but for one
        that was recovered."""
        history = History("Open", state)
        if saved:
            history.mark_saved()
        self.document = OpenDocument(key=uuid4().hex, title=title, history=history, path=path, parent=parent)
        self._replaced()
        return self.document

    def close(self) -> None:
        """No document any more."""
        self.document = None
        self._replaced()

    def push(self, title: str, state: DocumentState, *, key: str | None = None) -> None:
        """Make a state current, as one step of the history."""
        if self.document is None:
            return
        before = self.document.history.state
        self.document.history.push(title, state, key=key)
        self._moved(before, state)

    def amend(self, state: DocumentState) -> None:
        """Change what undo need not bring back (which layer is the active one): no step of its own."""
        if self.document is not None:
            before = self.document.history.state
            self.document.history.amend(state)
            self._moved(before, state)

    def undo(self) -> None:
        """One step back."""
        if self.document is not None:
            before = self.document.history.state
            self._moved(before, self.document.history.undo())

    def redo(self) -> None:
        """One step forth."""
        if self.document is not None:
            before = self.document.history.state
            self._moved(before, self.document.history.redo())

    def go_to(self, index: int) -> None:
        """To a step of the history; nothing happens where there is none of this index."""
        if self.document is not None and 0 <= index < len(self.document.history.steps):
            before = self.document.history.state
            self._moved(before, self.document.history.go_to(index))

    def settle(self) -> None:
        """The gesture is over: the next change of the same kind is a step of its own."""
        if self.document is not None:
            self.document.history.settle()

    def mark_saved(self, document: OpenDocument, state: DocumentState, path: str, at: float) -> None:
        """This state of a document, which may not be open any more, lies on the disk now."""
        document.history.mark_saved(state)
        document.path, document.title, document.saved_at = path, os.path.basename(path), at
        if self.document is document:
            self.changed.emit(Changes(rect=Rect(x=0, y=0, width=0, height=0), touched=Touched.LAYERS))

    @property
    def dirty(self) -> bool:
        """Whether there is something that is not saved."""
        return self.document is not None and self.document.history.is_dirty

    def _moved(self, before: DocumentState, after: DocumentState) -> None:
        if before is not after:
            self.changed.emit(difference(before, after))

    def _replaced(self) -> None:
        self.replaced.emit(None)
        box = self.state.box if self.state else Rect(x=0, y=0, width=0, height=0)
        self.changed.emit(Changes(rect=box, touched=Touched.EVERYTHING))
