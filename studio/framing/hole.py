"""The two masks of an order: what the model is to fill, and under what its answer is pasted.

A soft rim of the brush still shows the thing that is to go, so all that is painted counts in full; then it is grown
by some pixels, for a rim that is left gives a fill something to continue. The paste mask is 255 on all of that and
fades outwards, where the answer is what was there before anyway.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.domain.geometry import Point, Rect
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.masks import box, combine, feather, full_mask, grow, rectangle
from studio.imaging.tiles import empty_mask, raster_of, read

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.imaging.tiles import Mask

FAINT = 13
"""Paint weaker than this (5 %) cannot be seen and does not count."""
_FIRM = bytes(0 if strength < FAINT else 255 for strength in range(256))


def firmed(painted: Mask) -> Mask:
    """All that is painted, in full."""
    found = box(painted, FAINT)
    if found is None:
        return empty_mask(painted.size)
    soft = read(painted, found)
    firm = bytes(soft.data).translate(_FIRM)
    pixels = Pixels(size=soft.size, stride=soft.stride, format=PixelFormat.GRAY, data=memoryview(firm))
    return raster_of(pixels, Point(x=found.x, y=found.y), painted.size)


def hole_of(painted: Mask, pixels: int) -> Mask:
    """What the model is to fill (document space): all that is painted, in full, grown."""
    return grow(firmed(painted), max(0, pixels))


def paste_mask_of(hole: Mask, radius: float) -> Mask:
    """The hole and a rim around it that fades over about twice the radius; 0 beyond."""
    if radius <= 0:
        return hole
    wide = grow(hole, max(1, round(radius)))
    return combine(feather(wide, radius), hole, "add")


def reach(radius: float) -> int:
    """How many pixels the paste mask reaches beyond the hole at most."""
    return 0 if radius <= 0 else max(1, round(radius)) + math.ceil(radius * 2) + 1


def border_of(outer: Rect, document: Size) -> Mask:
    """Where a box reaches outside of the document (box space): 255 there, 0 on the document. It does not fade, so the
    old picture stays as it is to its edge."""
    inside = Rect.of_size(document).translated(-outer.x, -outer.y)
    return combine(full_mask(outer.size), rectangle(outer.size, inside), "subtract")
