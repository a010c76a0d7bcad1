"""Strokes over a mask: soft round stamps, merged by maximum to add and by minimum of the inverse to erase.

As stamps are merged by maximum, a stroke that crosses itself never grows stronger than its opacity.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from studio.domain.geometry import Rect
from studio.domain.pen import PenSample
from studio.imaging.arrays import Bytes, part, view
from studio.imaging.tiles import TILE, Mask, Tile, TileKey, new_tile, replace, tile_or_none, tile_rect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studio.domain.pen import Brush

SMALLEST = 0.5
"""The least diameter of a dab in pixels, however light the pen."""
FAR = 1e6
"""A pen further away than this many pixels is a fault of its driver."""
LARGE = 256
"""From this diameter on a stamp takes so much of a frame that it is drawn before it is needed."""
NOTHING = Rect(x=0, y=0, width=0, height=0)


class Dab(NamedTuple):
    """One print of the brush: centre and diameter in document pixels, strength 0 to 1. A tuple, as a stroke makes
    thousands of them."""

    x: float
    y: float
    diameter: float
    strength: float


class StampKey(NamedTuple):
    """What tells one stamp from another: strength of 255, place within a pixel in steps."""

    diameter: float
    hardness: float
    strength: int
    across: int
    down: int


class Stamps:
    """Soft round stamps, kept. Not for several threads."""

    def __init__(self, limit: int = 32 << 20) -> None:
        """Keeps at most `limit` bytes of stamps."""
        self._limit = limit
        self._weight = 0
        self._kept: dict[StampKey, Bytes] = {}

    def stamp(self, dab: Dab, hardness: float) -> tuple[int, int, Bytes]:
        """Left, top and bytes of the stamp for a dab. Places are rounded to a quarter of a pixel, from
        64 pixels on to a half."""
        diameter = _rounded(dab.diameter)
        steps, half = _steps(diameter), _half(diameter)
        column, across = divmod(math.floor(dab.x * steps + 0.5), steps)
        row, down = divmod(math.floor(dab.y * steps + 0.5), steps)
        key = StampKey(diameter, hardness, round(dab.strength * 255), across, down)
        found = self._kept.get(key)
        if found is None:
            found = _draw(key)
            self._keep(key, found)
        return column - half, row - half, found

    def lacking(self, brush: Brush) -> Callable[[], Mapping[StampKey, Bytes]] | None:
        """The work for another thread that draws what this brush will print with full pressure, for `take`; None where
        all of it is there, or is small enough to be drawn when it is asked for."""
        diameter = _rounded(brush.size)
        if diameter < LARGE:
            return None
        places = itertools.product(range(_steps(diameter)), repeat=2)
        keys = [StampKey(diameter, brush.hardness, round(brush.opacity * 255), *place) for place in places]
        missing = [key for key in keys if key not in self._kept]
        return (lambda: {key: _draw(key) for key in missing}) if missing else None

    def take(self, drawn: Mapping[StampKey, Bytes]) -> None:
        """Keep what was drawn elsewhere."""
        for key in drawn.keys() - self._kept.keys():
            self._keep(key, drawn[key])

    def _keep(self, key: StampKey, stamp: Bytes) -> None:
        self._weight += stamp.nbytes
        while self._kept and self._weight > self._limit:
            self._weight -= self._kept.pop(next(iter(self._kept))).nbytes
        self._kept[key] = stamp


def _rounded(diameter: float) -> float:
    """To half a pixel, from 50 on to a pixel: what a varying pressure asks for shall often be there already."""
    return max(SMALLEST, round(diameter * 2) / 2) if diameter < 50 else round(diameter)


def _steps(diameter: float) -> int:
    """Places within a pixel, in each direction."""
    return 4 if diameter < 64 else 2


def _half(diameter: float) -> int:
    return math.ceil(diameter / 2 + 0.5)


def _draw(key: StampKey) -> Bytes:
    """A disc around (half, half) + place. Its edge falls off from hardness x radius to the radius as a smooth step,
    and over one pixel at least, so that a hard edge is not jagged."""
    diameter, hardness, strength, across, down = key
    half, steps = _half(diameter), _steps(diameter)
    radius = diameter / 2
    outer = max(radius, radius * hardness + 0.5)
    inner = min(radius * hardness, outer - 1.0)
    if outer - inner <= 1.0:
        outer, inner = radius + 0.5, radius - 0.5
    # A disc is the same on all sides, so a quarter of it is worked out: a large one takes the time of some frames.
    axis = np.arange(2 * half + 1, dtype=np.float32) + np.float32(0.5 - half)
    wide, column = np.unique(np.square(axis - np.float32(across / steps)), return_inverse=True)
    high, row = np.unique(np.square(axis - np.float32(down / steps)), return_inverse=True)
    distance = np.sqrt(np.add.outer(high, wide))
    share = np.clip((np.float32(outer) - distance) / np.float32(outer - inner), 0, 1)
    if outer - inner > 1.5:
        share *= share * (3 - 2 * share)
    return np.rint(share * strength).astype(np.uint8).take(row, 0).take(column, 1)


class MaskStroke:
    """A stroke while the pen is down. The mask it began on stays as it is; drop the stroke and nothing happened."""

    def __init__(self, mask: Mask, brush: Brush, stamps: Stamps | None = None) -> None:
        """`stamps` may be kept from stroke to stroke, which saves drawing them anew."""
        self._mask = mask
        self._brush = brush
        self._stamps = stamps or Stamps()
        # Zeroed memory costs nothing until a page of it is written to, whatever the picture's size.
        self._strength = np.zeros((mask.size.height, mask.size.width), np.uint8)
        self._bounds = Rect.of_size(mask.size)
        self._touched: set[TileKey] = set()
        self._live: dict[TileKey, Tile | None] = {}
        self._span = (0, 0, -1, -1)
        self._last: PenSample | None = None
        self._ahead = 0.0

    def to(self, samples: Iterable[PenSample]) -> Rect:
        """Draw on to these samples; gives the box of the mask that changed (document space), empty where none.

        The first sample prints a dab at once. Samples that cannot be (not a number, far away), that stand still or
        that lost their pressure in mid-stroke are left out.
        """
        left, top, right, bottom = self._bounds.width, self._bounds.height, 0, 0
        for sample in samples:
            for dab in self._dabs(sample):
                x0, y0, x1, y1 = self._print(dab)
                if x0 < x1 and y0 < y1:
                    left, top, right, bottom = min(left, x0), min(top, y0), max(right, x1), max(bottom, y1)
        dirty = Rect.from_edges(left, top, right, bottom)
        return NOTHING if dirty.is_empty else dirty

    def tile(self, column: int, row: int) -> Tile | None:
        """The mask's tile as it is now, the running stroke included; None where nothing is masked."""
        key = (column, row)
        if key not in self._touched:
            return self._mask.tiles.get(key)
        if key not in self._live:
            self._live[key] = self._merged(key)
        return self._live[key]

    @property
    def mask(self) -> Mask:
        """The mask under the stroke; another one of its size may be put there."""
        return self._mask

    @mask.setter
    def mask(self, mask: Mask) -> None:
        if mask is not self._mask:
            self._mask = mask
            self._live.clear()

    def finish(self) -> Mask:
        """The mask with the stroke in it. It shares every tile whose bytes are the same as before."""
        return replace(self._mask, {key: self.tile(*key) for key in self._touched})

    def _merged(self, key: TileKey) -> Tile | None:
        old = self._mask.tiles.get(key)
        strength = part(self._strength, tile_rect(self._mask.size, key))
        if old is None:
            return None if self._brush.erases else tile_or_none(strength.copy())
        before = view(old.pixels)
        after = np.minimum(before, ~strength) if self._brush.erases else np.maximum(before, strength)
        if np.array_equal(before, after):
            return old
        return new_tile(after) if after.any() else None

    def _dabs(self, sample: PenSample) -> list[Dab]:
        """The dabs on the way from the last sample to this one."""
        clean = self._cleaned(sample)
        if clean is None:
            return []
        last, self._last = self._last, clean
        if last is None:
            first = self._dab(clean.x, clean.y, clean.pressure)
            self._ahead = spacing(first.diameter)
            return [first]
        return self._between(last, clean)

    def _cleaned(self, sample: PenSample) -> PenSample | None:
        pressed = self._brush.pressure_size or self._brush.pressure_opacity
        pressure = sample.pressure if pressed else 1.0
        if not (math.isfinite(sample.x) and math.isfinite(sample.y) and math.isfinite(pressure) and pressure > 0):
            return None
        if abs(sample.x) > FAR or abs(sample.y) > FAR:
            return None
        if self._last is not None and (sample.x, sample.y) == (self._last.x, self._last.y):
            return None
        if sample.pressure == min(1.0, pressure):
            return sample
        return PenSample(x=sample.x, y=sample.y, pressure=min(1.0, pressure))

    def _between(self, last: PenSample, now: PenSample) -> list[Dab]:
        dx, dy, more = now.x - last.x, now.y - last.y, now.pressure - last.pressure
        length = math.hypot(dx, dy)
        start, end = self._inside(last, dx, dy)
        if self._ahead < start * length:
            self._ahead = start * length
        dabs: list[Dab] = []
        while self._ahead <= length:
            share = self._ahead / length
            if share > end:
                break
            dab = self._dab(last.x + dx * share, last.y + dy * share, last.pressure + more * share)
            dabs.append(dab)
            self._ahead += spacing(dab.diameter)
        self._ahead = max(0.0, self._ahead - length)
        return dabs

    def _inside(self, last: PenSample, dx: float, dy: float) -> tuple[float, float]:
        """From which share of the way to which the brush can reach the picture (after Liang and Barsky), so that a
        wild jump does not print a million dabs beside it."""
        width, height = self._bounds.width, self._bounds.height
        if 0 <= last.x <= width and 0 <= last.y <= height and 0 <= last.x + dx <= width and 0 <= last.y + dy <= height:
            return 0.0, 1.0
        reach = self._brush.size / 2 + 1
        start, end = 0.0, 1.0
        for at, step, edge in ((last.x, dx, width), (last.y, dy, height)):
            if step == 0:
                if not -reach <= at <= edge + reach:
                    return 1.0, 0.0
                continue
            near, far = sorted(((-reach - at) / step, (edge + reach - at) / step))
            start, end = max(start, near), min(end, far)
        return start, end

    def _dab(self, x: float, y: float, pressure: float) -> Dab:
        brush = self._brush
        size = brush.size * pressure if brush.pressure_size else brush.size
        strength = brush.opacity * pressure if brush.pressure_opacity else brush.opacity
        return Dab(x=x, y=y, diameter=max(SMALLEST, size), strength=min(1.0, max(0.0, strength)))

    def _print(self, dab: Dab) -> tuple[int, int, int, int]:
        """Merge a dab's stamp; gives the edges of the box it covers within the picture."""
        left, top, stamp = self._stamps.stamp(dab, self._brush.hardness)
        height, width = stamp.shape
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(self._bounds.width, left + width), min(self._bounds.height, top + height)
        if x0 >= x1 or y0 >= y1:
            return 0, 0, 0, 0
        if x1 - x0 < width or y1 - y0 < height:
            stamp = stamp[y0 - top : y1 - top, x0 - left : x1 - left]
        under = self._strength[y0:y1, x0:x1]
        cv2.max(under, stamp, under)
        self._touch((x0 // TILE, y0 // TILE, (x1 - 1) // TILE, (y1 - 1) // TILE))
        return x0, y0, x1, y1

    def _touch(self, span: tuple[int, int, int, int]) -> None:
        """Note the tiles from one column and row to another as changed."""
        if span == self._span and not self._live:
            return
        self._span = span
        for row in range(span[1], span[3] + 1):
            for column in range(span[0], span[2] + 1):
                self._touched.add((column, row))
                self._live.pop((column, row), None)


def spacing(diameter: float) -> float:
    """Pixels between two dabs: a tenth of the diameter, and for large brushes so little that the edge between two
    dabs stays within an eighth of a pixel of the straight line (spacing squared / 8 radius)."""
    return max(0.5, min(0.1 * diameter, math.sqrt(0.5 * diameter)))
