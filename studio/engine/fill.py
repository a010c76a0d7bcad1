"""Remove what is under a mask: the hole is filled from what is around it.

Each region of the hole is filled in a box with room around it, at a size at which patches reach over the structure of
the picture (and at which the time is bounded); the detail that the smaller size lacks is then taken from the places
that the fill resembles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import Bytes, Flags, check, enlarged, opaque, shrunk
from studio.engine.detail import sharpened
from studio.engine.events import Event, Preview, Progress, Result
from studio.engine.hole import CONTEXT, Region, regions
from studio.engine.patch import synthesised
from studio.engine.smooth import healed, is_flat, membrane

if TYPE_CHECKING:
    from collections.abc import Iterator


class Quality(Enum):
    """How much time a fill may take; the value is the radius of the compared patches."""

    FAST = 3
    NORMAL = 5
    BEST = 7


_SIDE = {Quality.FAST: 640, Quality.NORMAL: 900, Quality.BEST: 1200}
_HOLE = {Quality.FAST: 60_000, Quality.NORMAL: 120_000, Quality.BEST: 200_000}
_PREVIEW_SIDE = 256
_PREVIEW_RADIUS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FillOptions:
    """`forbidden` (height, width), 255 where nothing may be copied from; seeds count up from `seed`."""

    quality: Quality = Quality.NORMAL
    seed: int = 0
    count: int = 1
    forbidden: Bytes | None = None
    context: float = CONTEXT
    preview: bool = True


def fill(picture: Bytes, mask: Bytes, options: FillOptions | None = None) -> Iterator[Event]:
    """A preview, then `count` results, with progress between; all of the picture's size and channels.

    picture (height, width, 3 or 4), mask (height, width): what is not 0 is filled, and 1 to 254 is blended with what
    was there. Where the mask is 0 every byte stays. Equal input gives equal bytes. Raises UsageError `mask-empty` or
    `mask-full`, ProviderError where the engine cannot go on, ValueError for arrays of the wrong shape.
    """
    wanted = options or FillOptions()
    check(picture, mask)
    hole: Flags = mask > 0
    if not hole.any():
        raise trouble("mask-empty")
    forbidden = _never(hole, wanted)
    if (hole | forbidden).all():
        raise trouble("mask-full")
    found = regions(hole, wanted.context)
    if wanted.preview:
        yield Progress(phase="Preview", fraction=0.0)
        yield Preview(picture=_previewed(picture, mask, found, forbidden, wanted.seed))
    for index in range(wanted.count):
        seed = wanted.seed + index
        for done, layer in enumerate(_layers(picture, found, forbidden, wanted.quality, seed)):
            if done < len(found):
                yield Progress(phase="Filling", fraction=(index + done / len(found)) / wanted.count)
            else:
                yield Result(index=index, seed=seed, picture=_blended(picture, layer, mask))


def _never(hole: Flags, options: FillOptions) -> Flags:
    if options.forbidden is None:
        return np.zeros_like(hole)
    if options.forbidden.shape != hole.shape:
        raise ValueError(f"`forbidden` is {hole.shape} bytes here, not {options.forbidden.shape}")
    return (options.forbidden > 0) & ~hole


def _previewed(picture: Bytes, mask: Bytes, found: list[Region], forbidden: Flags, seed: int) -> Bytes:
    canvas = picture.copy()
    for region in found:
        crop, hole, never = _cropped(canvas, region, forbidden)
        small = _small(crop, hole, never, _PREVIEW_SIDE / region.box.long_side)
        filled = synthesised(small.picture, small.hole, forbidden=small.forbidden, radius=_PREVIEW_RADIUS, seed=seed)
        _put(canvas, region, enlarged(filled, region.box.width, region.box.height))
    return _blended(picture, canvas, mask)


def _layers(picture: Bytes, found: list[Region], forbidden: Flags, quality: Quality, seed: int) -> Iterator[Bytes]:
    """The picture before each region, and at last with all of them filled."""
    canvas = picture.copy()
    for region in found:
        yield canvas
        crop, hole, never = _cropped(canvas, region, forbidden)
        _put(canvas, region, _filled(crop, hole, never, region.thin, quality, seed))
        if canvas.shape[2] == 4:
            _fill_alpha(canvas, region)
    yield canvas


def _cropped(canvas: Bytes, region: Region, forbidden: Flags) -> tuple[Bytes, Flags, Flags]:
    box = region.box.slices
    return opaque(canvas[box]), region.hole, np.ascontiguousarray(forbidden[box])


def _filled(crop: Bytes, hole: Flags, never: Flags, thin: bool, quality: Quality, seed: int) -> Bytes:
    """The crop (height, width, 3) with its hole filled."""
    if thin:
        return healed(crop, hole)
    if (hole | never).all():
        return membrane(crop, hole)
    factor = _factor(crop, hole, quality)
    small = _small(crop, hole, never, factor)
    if is_flat(small.picture, small.hole > 0, small.never > 0):
        filled = membrane(small.picture, small.hole > 0)
    else:
        filled = synthesised(small.picture, small.hole, forbidden=small.forbidden, radius=quality.value, seed=seed)
    return sharpened(crop, filled, small.hole > 0, ~((small.hole > 0) | (small.never > 0)), seed)


def _factor(crop: Bytes, hole: Flags, quality: Quality) -> float:
    by_side = _SIDE[quality] / max(crop.shape[:2])
    by_hole = float(np.sqrt(_HOLE[quality] / max(1, int(hole.sum()))))
    return min(1.0, by_side, by_hole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Small:
    picture: Bytes
    hole: Bytes
    never: Bytes

    @property
    def forbidden(self) -> Bytes | None:
        return self.never if self.never.any() else None


def _small(crop: Bytes, hole: Flags, never: Flags, factor: float) -> _Small:
    """At `factor` times the size; a small pixel that holds any of the hole is of the hole."""
    height, width = hole.shape
    size = max(1, round(width * min(1.0, factor))), max(1, round(height * min(1.0, factor)))
    if size == (width, height):
        return _Small(picture=crop, hole=_bytes(hole), never=_bytes(never & ~hole))
    touched, barred = _touched(hole, size), _touched(never, size)
    return _Small(picture=shrunk(crop, *size), hole=_bytes(touched), never=_bytes(barred & ~touched))


def _touched(flags: Flags, size: tuple[int, int]) -> Flags:
    share = cv2.resize(np.asarray(flags, np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(share > 0)


def _bytes(flags: Flags) -> Bytes:
    return np.asarray(flags, np.uint8) * np.uint8(255)


def _put(canvas: Bytes, region: Region, crop: Bytes) -> None:
    canvas[region.box.slices][..., :3][region.hole] = crop[region.hole]


def _fill_alpha(canvas: Bytes, region: Region) -> None:
    """Alpha closed smoothly from its rim: patches would punch holes where colour alone was alike."""
    box = region.box.slices
    alpha = np.ascontiguousarray(canvas[box][..., 3])
    closed = membrane(np.repeat(alpha[..., np.newaxis], 3, axis=2), region.hole)[..., 0]
    canvas[box][..., 3][region.hole] = closed[region.hole]


def _blended(picture: Bytes, filled: Bytes, mask: Bytes) -> Bytes:
    """The picture with `filled` in place of it as far as the mask says; exactly the picture where it says 0."""
    result = picture.copy()
    sure = mask == 255
    result[sure] = filled[sure]
    soft = (mask > 0) & ~sure
    share = mask[soft].astype(np.float32)[:, np.newaxis] / 255
    mixed = picture[soft] * (1 - share) + filled[soft] * share
    result[soft] = np.rint(mixed).astype(np.uint8)
    return result
