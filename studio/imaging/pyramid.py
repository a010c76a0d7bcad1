"""Reduced copies of a raster, each half the size of the one before, for showing it small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import Bytes, Floats, as_bytes, blank, is_opaque, pixels_of, view
from studio.imaging.tiles import (
    TILE,
    Raster,
    Tile,
    TileKey,
    empty,
    new_tile,
    replace,
    tile_rect,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.domain.pixels import Pixels

SMALLEST_SIDE = 256
"""No level is made beneath a picture whose longer side fits this many pixels."""


def levels_of(raster: Raster) -> tuple[Raster, ...]:
    """The picture at 1/2, 1/4, 1/8 ... of its size (rounded up), until one tile holds it. Not the picture itself."""
    levels: list[Raster] = []
    above = raster
    while max(above.size.width, above.size.height) > SMALLEST_SIDE:
        level = _level(above, empty(_halved(above.size), above.format), above.tiles.keys())
        levels.append(level)
        above = level
    return tuple(levels)


def renewed(levels: Sequence[Raster], raster: Raster, dirty: Iterable[TileKey]) -> tuple[Raster, ...]:
    """The levels of a picture of the same size after some of its tiles changed; all else is shared."""
    if levels and levels[0].size != _halved(raster.size):
        return levels_of(raster)
    made: list[Raster] = []
    above, keys = raster, frozenset(dirty)
    for level in levels:
        above = _level(above, level, keys)
        keys = frozenset((column // 2, row // 2) for column, row in keys)
        made.append(above)
    return tuple(made)


def reduce(pixels: Pixels) -> Pixels:
    """Half the width and height (rounded up), by the mean of each 2 x 2; straight colours weigh by their alpha."""
    return pixels_of(halved(view(pixels), weigh=pixels.format is PixelFormat.BGRA), pixels.format)


def halved(array: Bytes, *, weigh: bool = True) -> Bytes:
    """As `reduce`, on an array. Only straight colours are to be weighed."""
    height, width = array.shape[:2]
    if height == 0 or width == 0:
        return np.zeros(((height + 1) // 2, (width + 1) // 2, *array.shape[2:]), np.uint8)
    if height % 2 or width % 2:
        array = as_bytes(cv2.copyMakeBorder(array, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE))
    size = (array.shape[1] // 2, array.shape[0] // 2)
    plain = as_bytes(cv2.resize(array, size, interpolation=cv2.INTER_AREA))
    # An opaque result had opaque sources (or one level off), so no weights are needed: looking at a quarter of the
    # pixels is quicker than looking at all of them first.
    if array.ndim == 2 or not weigh or is_opaque(plain):
        return plain
    return weighted(array, size)


def weighted(array: Bytes, size: tuple[int, int]) -> Bytes:
    """A straight BGRA array reduced by area to (width, height), colours weighing as much as their alpha."""
    alpha: Floats = array[..., 3].astype(np.float32)
    colours = array[..., :3].astype(np.float32) * alpha[..., None]
    small = np.asarray(cv2.resize(np.dstack((colours, alpha)), size, interpolation=cv2.INTER_AREA), np.float32)
    small[..., :3] /= np.maximum(small[..., 3:], np.float32(1e-6))
    return np.clip(np.rint(small), 0, 255).astype(np.uint8)


def _halved(size: Size) -> Size:
    return Size(width=(size.width + 1) // 2, height=(size.height + 1) // 2)


def _level(above: Raster, level: Raster, dirty: Iterable[TileKey]) -> Raster:
    """The next level with the tiles under some tiles of the level above made anew."""
    tiles: dict[TileKey, Tile | None] = {}
    for key in {(column // 2, row // 2) for column, row in dirty}:
        tiles[key] = _made(above, key, tile_rect(level.size, key).size)
    return replace(level, tiles)


def _made(above: Raster, key: TileKey, size: Size) -> Tile | None:
    """The tile that up to four tiles of the level above make; None where there are none."""
    array = blank(size, above.format)
    found = False
    for row in (0, 1):
        for column in (0, 1):
            tile = above.tiles.get((key[0] * 2 + column, key[1] * 2 + row))
            if tile is not None:
                small = halved(view(tile.pixels))
                top, left = row * TILE // 2, column * TILE // 2
                array[top : top + small.shape[0], left : left + small.shape[1]] = small
                found = True
    return new_tile(array) if found else None
