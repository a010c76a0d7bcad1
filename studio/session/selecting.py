"""Selecting an object by clicks: candidates, more clicks to add or take away, one step of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.imaging.masks import mask_of
from studio.session.face.views import Combine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.document.layer import Layer
    from studio.document.state import DocumentState
    from studio.domain.geometry import Point
    from studio.imaging.tiles import Raster
    from studio.session.editor import Editor
    from studio.session.ports import Offload, Selector
    from studio.session.tasks import Tasks
    from studio.session.tooling import Tooling

TITLE = "Select object"


class ObjectSelection:
    """Collects clicks on one state of the picture; a plain click starts anew."""

    def __init__(self, editor: Editor, tooling: Tooling, offload: Offload, selector: Selector, tasks: Tasks) -> None:
        self._editor = editor
        self._tooling = tooling
        self._offload = offload
        self._selector = selector
        self._tasks = tasks
        self._add: tuple[Point, ...] = ()
        self._subtract: tuple[Point, ...] = ()
        self._masks: tuple[Raster, ...] = ()
        self._chosen = 0
        self._asked = 0
        self._run = 0
        self._layers: tuple[Layer, ...] = ()
        self._picture = ""

    def click(self, at: Point, combine: Combine) -> None:
        """Plain: a new object; add or subtract: one more hint about the same one."""
        state = self._editor.state
        if state is None:
            return
        if combine is Combine.REPLACE or not self._add:
            self._add, self._subtract = (at,), ()
            self._run += 1
            self._editor.settle()
        elif combine is Combine.ADD:
            self._add += (at,)
        else:
            self._subtract += (at,)
        self._tasks.spawn(self._select(state))

    async def _select(self, state: DocumentState) -> None:
        self._asked += 1
        mine = self._asked
        self._tooling.set_busy(busy=True)
        try:
            picture = await self._offload.compute(flattened, state)
            found = await self._selector.select(picture, self._key(state), self._add, self._subtract)
            masks = tuple([await self._offload.compute(mask_of, each) for each in found])
        finally:
            if mine == self._asked:
                self._tooling.set_busy(busy=False)
        if mine != self._asked or not self._still(state):
            return  # a later click was made, or the picture is another one
        self._masks, self._chosen = masks, 0
        self._show()

    def _key(self, state: DocumentState) -> str:
        """Names the picture for the selector's cache; never the same for two pictures."""
        if self._layers is not state.layers:
            self._layers = state.layers
            self._picture = uuid4().hex
        return self._picture

    def _still(self, state: DocumentState) -> bool:
        now = self._editor.state
        return now is not None and now.layers is state.layers

    def cycle(self, step: int) -> None:
        """The next or previous guess."""
        if self._masks:
            self._chosen = (self._chosen + step) % len(self._masks)
            self._show()

    def _show(self) -> None:
        state = self._editor.state
        if state is None or not self._masks:
            return
        mask = self._masks[self._chosen]
        if mask.size == state.size:
            self._editor.push(TITLE, with_mask(state, mask), key=f"select-{self._run}")
            self._tooling.set_candidates(len(self._masks), self._chosen)

    def forget(self) -> None:
        """Something else was done to the mask: the clicks count no more."""
        self._add, self._subtract, self._masks = (), (), ()
        self._tooling.set_candidates(0, 0)

    @property
    def candidates(self) -> Sequence[Raster]:
        """The guesses that can be cycled through."""
        return self._masks
