"""What a held button or pen does, from press to release. Each is begun by being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from studio.domain.pen import PenSample

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.face.desk import CanvasFace
    from studio.ui.canvas.surface import Surface
    from studio.ui.canvas.transform import ViewTransform

Modifier = Qt.KeyboardModifier
LOCK_AFTER = 3.0
"""Document pixels times zoom (device pixels) after which Shift knows which axis is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Where mouse or pen are, in device pixels of the canvas."""

    x: float
    y: float
    pressure: float = 1.0
    modifiers: Qt.KeyboardModifier = Modifier.NoModifier

    def sample(self, view: ViewTransform) -> PenSample:
        """The same in document space."""
        x, y = view.to_document(self.x, self.y)
        return PenSample(x=x, y=y, pressure=self.pressure)


class Drag(Protocol):
    """Made on the press. Then any number of `move`, and one of `end` and `cancel`."""

    def move(self, pointer: Pointer) -> None: ...
    def end(self) -> None: ...
    def cancel(self) -> None: ...


class PanDrag:
    """Moves the picture by whole device pixels."""

    def __init__(self, surface: Surface, pointer: Pointer) -> None:
        self._surface = surface
        self._start = surface.view
        self._from = pointer

    def move(self, pointer: Pointer) -> None:
        """The picture follows the hand."""
        dx, dy = round(pointer.x - self._from.x), round(pointer.y - self._from.y)
        self._surface.set_view(self._start.panned(dx, dy))

    def end(self) -> None:
        """It stays where it is."""

    def cancel(self) -> None:
        """Back to where it was."""
        self._surface.set_view(self._start)


class ZoomDrag:
    """The zoom tool: a click steps in (Alt: out), a drag to the right zooms in and to the left out."""

    def __init__(self, surface: Surface, pointer: Pointer) -> None:
        self._surface = surface
        self._start = surface.view
        self._from = pointer
        self._scrubbed = False

    def move(self, pointer: Pointer) -> None:
        """Doubles every 120 view pixels."""
        far = (pointer.x - self._from.x) / self._start.ratio
        self._scrubbed = self._scrubbed or abs(far) > LOCK_AFTER
        if self._scrubbed:
            zoom = self._start.zoom * 2 ** (far / 120)
            self._surface.set_view(self._start.zoomed(zoom, (self._from.x, self._from.y)), zooming=True)

    def end(self) -> None:
        """Without a drag it was a click."""
        if not self._scrubbed:
            step = -1 if self._from.modifiers & Modifier.AltModifier else 1
            self._surface.set_view(self._start.stepped(step, (self._from.x, self._from.y)), zooming=True)

    def cancel(self) -> None:
        """Back to the zoom before."""
        self._surface.set_view(self._start)


class StrokeDrag:
    """A brush stroke. With `line_from` it begins there: a straight line to the press. Shift locks an axis."""

    def __init__(
        self, canvas: CanvasFace, surface: Surface, pointer: Pointer, line_from: PenSample | None = None
    ) -> None:
        self._canvas = canvas
        self._surface = surface
        self.last = pointer.sample(surface.view)
        self._anchor: PenSample | None = None
        self._across: bool | None = None
        if line_from is None:
            canvas.begin(self.last)
        else:
            canvas.begin(line_from)
            canvas.move([self.last])
        surface.flush()

    def move(self, pointer: Pointer) -> None:
        """On to there."""
        sample = pointer.sample(self._surface.view)
        if pointer.modifiers & Modifier.ShiftModifier:
            locked = self._locked(sample)
            if locked is None:
                return
            sample = locked
        else:
            self._anchor = self._across = None
        self.last = sample
        self._canvas.move([sample])

    def end(self) -> None:
        """One step of the history."""
        self._canvas.end()

    def cancel(self) -> None:
        """It never happened."""
        self._canvas.cancel()

    def _locked(self, sample: PenSample) -> PenSample | None:
        if self._anchor is None:
            self._anchor, self._across = self.last, None
        dx, dy = sample.x - self._anchor.x, sample.y - self._anchor.y
        if self._across is None:
            if max(abs(dx), abs(dy)) * self._surface.view.zoom < LOCK_AFTER:
                return None
            self._across = abs(dx) >= abs(dy)
        if self._across:
            return PenSample(x=sample.x, y=self._anchor.y, pressure=sample.pressure)
        return PenSample(x=self._anchor.x, y=sample.y, pressure=sample.pressure)


class LassoDrag:
    """A free shape; `redraw` shows it as it grows."""

    def __init__(self, canvas: CanvasFace, surface: Surface, pointer: Pointer, redraw: Callable[[], None]) -> None:
        self._canvas = canvas
        self._surface = surface
        self._redraw = redraw
        canvas.begin(pointer.sample(surface.view))

    def move(self, pointer: Pointer) -> None:
        """Another corner."""
        self._canvas.move([pointer.sample(self._surface.view)])
        self._redraw()

    def end(self) -> None:
        """Filled: one step of the history."""
        self._canvas.end()
        self._redraw()

    def cancel(self) -> None:
        """It never happened."""
        self._canvas.cancel()
        self._redraw()


class RectangleDrag:
    """A rectangle between two corners: Shift makes it a square, Alt grows it from its centre. Modifiers that were
    held on the press already meant something else (add, subtract) and count from their next press on."""

    def __init__(self, canvas: CanvasFace, surface: Surface, pointer: Pointer, redraw: Callable[[], None]) -> None:
        self._canvas = canvas
        self._surface = surface
        self._redraw = redraw
        self._start = pointer.sample(surface.view)
        self._first = self._start
        self._spent = pointer.modifiers
        canvas.begin(self._first)

    def move(self, pointer: Pointer) -> None:
        """The second corner is there."""
        self._spent &= pointer.modifiers
        held = pointer.modifiers & ~self._spent
        sample = pointer.sample(self._surface.view)
        dx, dy = sample.x - self._start.x, sample.y - self._start.y
        if held & Modifier.ShiftModifier:
            edge = max(abs(dx), abs(dy))
            dx, dy = edge if dx >= 0 else -edge, edge if dy >= 0 else -edge
        first = self._start
        if held & Modifier.AltModifier:
            first = PenSample(x=self._start.x - dx, y=self._start.y - dy)
        if first != self._first:
            self._first = first
            self._canvas.cancel()
            self._canvas.begin(first)
        self._canvas.move([PenSample(x=self._start.x + dx, y=self._start.y + dy)])
        self._redraw()

    def end(self) -> None:
        """Filled: one step of the history."""
        self._canvas.end()
        self._redraw()

    def cancel(self) -> None:
        """It never happened."""
        self._canvas.cancel()
        self._redraw()
