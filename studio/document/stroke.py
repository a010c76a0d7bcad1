"""Brush, rectangle and lasso on the mask: plain objects, replayable from a recording of pen samples.

All take samples in document space and give the box (document space) that must be painted anew. Nothing is changed
until `end`, which gives the new mask; after `cancel` it is as if nothing had happened.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from studio.domain.geometry import Rect
from studio.domain.pen import PenSample
from studio.imaging.dabs import MaskStroke, Stamps
from studio.imaging.masks import How, combine, polygon, rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.pen import Brush
    from studio.imaging.tiles import Raster, Tile

NOTHING = Rect(x=0, y=0, width=0, height=0)


class StrokeTool(Protocol):
    """What the canvas drives."""

    @property
    def mask(self) -> Raster:
        """The mask under it; another one of its size may be put there."""
        ...

    @mask.setter
    def mask(self, mask: Raster) -> None: ...

    def begin(self, sample: PenSample) -> Rect:
        """The pen goes down."""
        ...

    def motion(self, samples: Sequence[PenSample]) -> Rect:
        """It moves; samples that no pen can send (not a number, no pressure in mid-stroke) are left out."""
        ...

    def tile(self, column: int, row: int) -> Tile | None:
        """The mask's tile as it is to be shown now; None where nothing is masked."""
        ...

    def end(self) -> Raster:
        """It goes up: the new mask, sharing all tiles that were not touched."""
        ...

    def cancel(self) -> Rect:
        """It never happened."""
        ...

    def shape(self) -> Sequence[PenSample]:
        """The corners to draw while it runs; empty where the mask itself shows it."""
        ...


def line_from(last: PenSample, to: PenSample) -> tuple[PenSample, PenSample]:
    """The two samples of a straight stroke from where the last one ended, with the pressure of now."""
    return PenSample(x=last.x, y=last.y, pressure=to.pressure), to


class BrushTool:
    """Paints or erases, as its brush says. One object for one stroke."""

    def __init__(self, mask: Raster, brush: Brush, stamps: Stamps | None = None) -> None:
        """`stamps` may be kept from stroke to stroke, which saves drawing them anew."""
        self._stroke = MaskStroke(mask, brush, stamps)
        self._dirty = NOTHING
        self.last: PenSample | None = None
        """Where the pen was last: a straight line of the next stroke starts there."""

    def begin(self, sample: PenSample) -> Rect:
        """The first dab, at once."""
        return self.motion((sample,))

    def motion(self, samples: Sequence[PenSample]) -> Rect:
        """Dabs along the samples."""
        dirty = self._stroke.to(samples)
        self._dirty = self._dirty.united(dirty)
        self.last = next(reversed(_finite(samples)), self.last)
        return dirty

    def tile(self, column: int, row: int) -> Tile | None:
        """The mask's tile with the stroke so far in it; None where nothing is masked."""
        return self._stroke.tile(column, row)

    @property
    def mask(self) -> Raster:
        """The mask under it. The strength of the stroke is kept by itself, so that any mask can lie there."""
        return self._stroke.mask

    @mask.setter
    def mask(self, mask: Raster) -> None:
        self._stroke.mask = mask

    def end(self) -> Raster:
        """The mask with the stroke in it, or the very same mask where it changed nothing."""
        return self._stroke.finish()

    def cancel(self) -> Rect:
        """Everything the stroke had touched must be painted anew; the mask it began on is as it was."""
        return self._dirty

    def shape(self) -> Sequence[PenSample]:
        """Empty: the dabs show themselves."""
        return ()


class RectangleTool:
    """Two corners of a box; whole pixels, the nearest edges to where the pen was."""

    def __init__(self, mask: Raster, how: How) -> None:
        self.mask = mask
        self._how: How = how
        self._corners: tuple[PenSample, ...] = ()

    def begin(self, sample: PenSample) -> Rect:
        """The first corner."""
        self._corners = _finite((sample,))
        return NOTHING

    def motion(self, samples: Sequence[PenSample]) -> Rect:
        """The other corner follows the pen."""
        before = self._box()
        points = (*self._corners, *_finite(samples))
        self._corners = (points[0], points[-1]) if len(points) > 1 else points
        return before.united(self._box())

    def tile(self, column: int, row: int) -> Tile | None:
        """The mask's tile, as it was: the shape counts from its end on."""
        return self.mask.tiles.get((column, row))

    def end(self) -> Raster:
        """The box joined with the mask as the tool was told. A box without a pixel is a click: replacing with it
        clears the mask, else nothing changes."""
        return _joined(self.mask, rectangle(self.mask.size, self._box()), self._how)

    def cancel(self) -> Rect:
        """Where the shape was drawn."""
        return self._box()

    def shape(self) -> Sequence[PenSample]:
        """The four corners, around the box; empty before it has two."""
        if len(self._corners) < 2:
            return ()
        box = self._box()
        edges = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
        return tuple(PenSample(x=x, y=y) for x, y in edges)

    def _box(self) -> Rect:
        if len(self._corners) < 2:
            return NOTHING
        xs = sorted(round(each.x) for each in self._corners)
        ys = sorted(round(each.y) for each in self._corners)
        return Rect.from_edges(xs[0], ys[0], xs[1], ys[1])


class LassoTool:
    """A free outline, closed by a straight line from its end to its start."""

    def __init__(self, mask: Raster, how: How) -> None:
        self.mask = mask
        self._how: How = how
        self._points: list[PenSample] = []

    def begin(self, sample: PenSample) -> Rect:
        """The first point."""
        self._points = list(_finite((sample,)))
        return NOTHING

    def motion(self, samples: Sequence[PenSample]) -> Rect:
        """The outline goes on; the closing line moves, so all of its box is painted anew."""
        self._points.extend(_finite(samples))
        return _around(self._points)

    def tile(self, column: int, row: int) -> Tile | None:
        """The mask's tile, as it was: the shape counts from its end on."""
        return self.mask.tiles.get((column, row))

    def end(self) -> Raster:
        """The outline's inside joined with the mask as the tool was told."""
        points = [(each.x, each.y) for each in self._points]
        return _joined(self.mask, polygon(self.mask.size, points), self._how)

    def cancel(self) -> Rect:
        """Where the shape was drawn."""
        return _around(self._points)

    def shape(self) -> Sequence[PenSample]:
        """The points so far."""
        return tuple(self._points)


def _joined(mask: Raster, shape: Raster, how: How) -> Raster:
    if not shape.tiles and not mask.tiles:
        return mask
    return combine(mask, shape, how)


def _finite(samples: Sequence[PenSample]) -> tuple[PenSample, ...]:
    return tuple(each for each in samples if math.isfinite(each.x) and math.isfinite(each.y))


def _around(points: Sequence[PenSample]) -> Rect:
    if not points:
        return NOTHING
    xs, ys = [each.x for each in points], [each.y for each in points]
    return Rect.from_edges(
        math.floor(min(xs)) - 1, math.floor(min(ys)) - 1, math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1
    )
