"""Selecting an object by clicks: candidates, more clicks to add or take away, one step of the history."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.imaging.masks import mask_of
from studio.session.face.views import Combine, Tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.document.layer import Layer
    from studio.document.state import DocumentState
    from studio.domain.geometry import Point
    from studio.imaging.tiles import Raster
    from studio.session.editor import Editor
    from studio.session.face.views import ToolView
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
        self._shown: Raster | None = None
        self._chosen = 0
        self._asked = 0
        self._run = 0
        self._layers: tuple[Layer, ...] = ()
        self._picture = ""
        self._in_hand = False
        tooling.changed.connect(self._follow)

    def _follow(self, view: ToolView) -> None:
        """The tool was taken in hand: what looks for objects gets ready."""
        took, self._in_hand = view.tool is Tool.SELECT and not self._in_hand, view.tool is Tool.SELECT
        if took:
            self._selector.warm()

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
        self._asked += 1
        self._tooling.set_busy(busy=True)
        self._tasks.spawn(self._select(state, self._asked, self._add, self._subtract))

    async def _select(
        self, state: DocumentState, mine: int, add: tuple[Point, ...], subtract: tuple[Point, ...]
    ) -> None:
        """The best guess is shown as soon as it is there; the others join it. What a later click, a stroke or another
        picture overtook is heard to its end all the same: to break it off would end the engine that the next click
        needs."""
        found: tuple[Raster, ...] = ()
        try:
            picture = await self._offload.compute(flattened, state)
            if mine != self._asked:
                return
            guesses = self._selector.select(picture, self._key(state), add, subtract)
            async with aclosing(guesses):
                async for guess in guesses:
                    found += (await self._offload.compute(mask_of, guess),)
                    if mine == self._asked:
                        self._take(found, state)
        finally:
            if mine == self._asked:
                self._tooling.set_busy(busy=False)

    def _take(self, found: tuple[Raster, ...], state: DocumentState) -> None:
        """What was found by now, for clicks on this state."""
        if len(found) > 1:
            self._masks = found
            self._tooling.set_candidates(len(found), self._chosen)
        elif self._still(state):
            self._masks, self._chosen = found, 0
            self._tooling.set_busy(busy=False)
            self._show()
        else:
            self.forget()  # the picture is another one, or its mask was changed meanwhile

    def _key(self, state: DocumentState) -> str:
        """Names the picture for the selector's cache; never the same for two pictures."""
        if self._layers is not state.layers:
            self._layers = state.layers
            self._picture = uuid4().hex
        return self._picture

    def _still(self, state: DocumentState) -> bool:
        now = self._editor.state
        return now is not None and now.layers is state.layers and (now.mask is state.mask or now.mask is self._shown)

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
            after = with_mask(state, mask)
            self._shown = after.mask
            self._editor.push(TITLE, after, key=f"select-{self._run}")
            self._tooling.set_candidates(len(self._masks), self._chosen)

    def forget(self) -> None:
        """Something else was done to the mask: the clicks count no more, nor what is still being found for them."""
        self._asked += 1
        self._tooling.set_busy(busy=False)
        self._add, self._subtract, self._masks = (), (), ()
        self._tooling.set_candidates(0, 0)

    @property
    def candidates(self) -> Sequence[Raster]:
        """The guesses that can be cycled through."""
        return self._masks
