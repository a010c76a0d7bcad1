"""Remove what is under a mask: the hole is filled from what is around it.

Each region of the hole is filled in a box with room around it, at a size at which patches reach over the structure of
the picture (and at which the time is bounded); the detail that the smaller size lacks is then taken from the places
that the fill resembles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from studio.domain.catalogue import trouble
from studio.engine.arrays import Bytes, Flags, check, enlarged, opaque, shrunk
from studio.engine.detail import sharpened
from studio.engine.events import Event, Preview, Progress, Result
from studio.engine.hole import CONTEXT, Region, regions
from studio.engine.level import Level, as_mask
from studio.engine.patch import synthesised
from studio.engine.smooth import healed, is_flat, membrane

if TYPE_CHECKING:
    from collections.abc import Iterator


class Quality(Enum):
    """How much time a fill may take; the value is the radius of the compared patches."""

    FAST = 3
    NORMAL = 5
    BEST = 7


# Small on purpose: there the patches reach over whole structures. The detail comes afterwards.
_SIDE = {Quality.FAST: 400, Quality.NORMAL: 500, Quality.BEST: 700}
_HOLE = {Quality.FAST: 20_000, Quality.NORMAL: 30_000, Quality.BEST: 60_000}
_PREVIEW_SHOWN = 1024
"""Longest side of a preview, so that it is not the copying that one waits for."""
_PREVIEW_SIDE = 256
_PREVIEW_HOLE = 5_000
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
    """A preview, which may be smaller, then `count` results, with progress between; all of the picture's channels, and
    the results of its size.

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
        yield Progress(phase="Making a preview", fraction=0.0)
        yield Preview(picture=_previewed(picture, mask, forbidden, wanted))
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


def _previewed(picture: Bytes, mask: Bytes, forbidden: Flags, wanted: FillOptions) -> Bytes:
    """Roughly what will come, found at a size at which nobody waits."""
    factor = min(1.0, _PREVIEW_SHOWN / max(mask.shape))
    size = max(1, round(mask.shape[1] * factor)), max(1, round(mask.shape[0] * factor))
    shown, strength = shrunk(picture, *size), shrunk(mask, *size)
    never = shrunk(as_mask(forbidden), *size) > 0
    canvas = shown.copy()
    for region in regions(strength > 0, wanted.context):
        full = _cropped(canvas, region, never)
        small = full.smaller(min(_PREVIEW_SIDE / max(full.shape), float(np.sqrt(_PREVIEW_HOLE / max(1, full.area)))))
        if small.source.any():
            filled = _synthesised(small, _PREVIEW_RADIUS, wanted.seed)
        else:
            filled = membrane(small.picture, small.hole)
        _put(canvas, region, enlarged(filled, region.box.width, region.box.height))
    return _blended(shown, canvas, strength)


def _layers(picture: Bytes, found: list[Region], forbidden: Flags, quality: Quality, seed: int) -> Iterator[Bytes]:
    """The picture before each region, and at last with all of them filled."""
    canvas = picture.copy()
    for region in found:
        yield canvas
        full = _cropped(canvas, region, forbidden)
        _put(canvas, region, healed(full.picture, full.hole) if region.thin else _filled(full, quality, seed))
        if canvas.shape[2] == 4:
            _fill_alpha(canvas, region)
    yield canvas


def _cropped(canvas: Bytes, region: Region, forbidden: Flags) -> Level:
    box = region.box.slices
    return Level(picture=opaque(canvas[box]), hole=region.hole, never=np.ascontiguousarray(forbidden[box]))


def _filled(full: Level, quality: Quality, seed: int) -> Bytes:
    """The picture of a level with its hole filled: small, then with the detail of the full size."""
    if not full.source.any():
        return membrane(full.picture, full.hole)
    small = full.smaller(_factor(full, quality))
    flat = is_flat(small.picture, small.hole, small.never)
    filled = membrane(small.picture, small.hole) if flat else _synthesised(small, quality.value, seed)
    return sharpened(full, small, filled, seed)


def _synthesised(level: Level, radius: int, seed: int) -> Bytes:
    never = as_mask(level.never) if level.never.any() else None
    return synthesised(level.picture, as_mask(level.hole), forbidden=never, radius=radius, seed=seed)


def _factor(full: Level, quality: Quality) -> float:
    return min(1.0, _SIDE[quality] / max(full.shape), float(np.sqrt(_HOLE[quality] / max(1, full.area))))


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
