"""Pictures in immutable tiles. Two states of a picture share every tile that no edit touched, as the same object.

Tiles lie on a grid of 256 pixels from the picture's top left corner. Those at the right and the bottom edge are
cropped to the picture, so a tile never holds bytes outside of it. A place without a tile is all zero bytes.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from studio.domain.geometry import Point, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, blank, part, pixels_of, view

if TYPE_CHECKING:
    from collections.abc import Mapping

TILE = 256
"""Edge of a tile in pixels."""

TileKey: TypeAlias = tuple[int, int]
"""Column and row of a tile."""

ORIGIN = Point(x=0, y=0)


def _fresh_id() -> int:
    return secrets.randbits(64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tile:
    """One piece of a picture, compared by identity. `id` is drawn at random, so no two tiles ever share one."""

    pixels: Pixels
    id: int = field(default_factory=_fresh_id)

    @property
    def weight(self) -> int:
        """Bytes that its pixels take."""
        return self.pixels.size.area * self.pixels.format.bytes_per_pixel


def _no_tiles() -> Mapping[TileKey, Tile]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Raster:
    """A tiled picture: a layer (BGRA, straight alpha) or a mask (gray, 255 = will change). Compared by identity."""

    size: Size
    format: PixelFormat
    tiles: Mapping[TileKey, Tile] = field(default_factory=_no_tiles)


Mask: TypeAlias = Raster
"""A raster of format GRAY; 255 = will change."""


def tile_rect(size: Size, key: TileKey) -> Rect:
    """The box of a tile in a picture of this size; empty where the tile would lie outside."""
    x, y = key[0] * TILE, key[1] * TILE
    return Rect(x=x, y=y, width=max(0, min(TILE, size.width - x)), height=max(0, min(TILE, size.height - y)))


def empty(size: Size, pixel_format: PixelFormat = PixelFormat.BGRA) -> Raster:
    """A picture of zero bytes: transparent, or nothing masked."""
    return Raster(size=size, format=pixel_format)


def empty_mask(size: Size) -> Mask:
    """A mask with nothing masked."""
    return empty(size, PixelFormat.GRAY)


def full_mask(size: Size) -> Mask:
    """A mask with everything masked. All tiles of one size are one object."""
    made: dict[Size, Tile] = {}
    tiles: dict[TileKey, Tile] = {}
    for key in Rect.of_size(size).tiles(TILE):
        box = tile_rect(size, key).size
        if box not in made:
            made[box] = new_tile(np.full((box.height, box.width), 255, np.uint8))
        tiles[key] = made[box]
    return replace(empty_mask(size), tiles)


def solid(mask: Mask) -> Raster:
    """An opaque picture of a mask's size, wherever the mask has tiles."""
    tiles: dict[TileKey, Tile | None] = {}
    for key in mask.tiles:
        box = tile_rect(mask.size, key).size
        tiles[key] = new_tile(np.full((box.height, box.width, 4), 255, np.uint8))
    return replace(empty(mask.size), tiles)


def new_tile(array: Bytes) -> Tile:
    """A tile around an array that the caller gives away."""
    pixel_format = PixelFormat.GRAY if array.ndim == 2 else PixelFormat.BGRA
    return Tile(pixels=pixels_of(array, pixel_format))


def tile_or_none(array: Bytes) -> Tile | None:
    """A tile around an array that the caller gives away; None where all of it is zero."""
    return new_tile(array) if array.any() else None


def replace(raster: Raster, tiles: Mapping[TileKey, Tile | None]) -> Raster:
    """The raster with some tiles put in, or taken out where None. The same raster where nothing changes."""
    merged = dict(raster.tiles)
    for key, tile in tiles.items():
        if tile is None:
            merged.pop(key, None)
        else:
            merged[key] = tile
    if len(merged) == len(raster.tiles) and all(merged[key] is raster.tiles.get(key) for key in tiles if key in merged):
        return raster
    return Raster(size=raster.size, format=raster.format, tiles=MappingProxyType(merged))


def raster_of(pixels: Pixels, offset: Point = ORIGIN, size: Size | None = None) -> Raster:
    """A raster with these pixels at `offset` in a picture of `size` (by default that of the pixels).

    Tiles of zero bytes are left out. Where most of the picture stays, its tiles are views into the pixels' own
    memory, so that a large photograph is not held twice; else they are copies, so that a small rest does not keep
    all of it alive.
    """
    canvas = size or pixels.size
    placed = Rect(x=offset.x, y=offset.y, width=pixels.size.width, height=pixels.size.height)
    whole = view(pixels)
    pixel_format = PixelFormat.GRAY if pixels.format is PixelFormat.GRAY else PixelFormat.BGRA
    kept = [key for key in placed.intersected(Rect.of_size(canvas)).tiles(TILE) if _any(whole, placed, canvas, key)]
    shares = len(kept) * TILE * TILE * 2 > placed.size.area
    tiles: dict[TileKey, Tile | None] = {}
    for key in kept:
        box = tile_rect(canvas, key)
        shared = _window(pixels, box.translated(-offset.x, -offset.y)) if shares and placed.contains(box) else None
        if shared is not None:
            tiles[key] = Tile(pixels=shared)
        else:
            array = blank(box.size, pixel_format)
            inside = box.intersected(placed)
            part(array, inside.translated(-box.x, -box.y))[...] = part(whole, inside.translated(-placed.x, -placed.y))
            tiles[key] = new_tile(array)
    return replace(Raster(size=canvas, format=pixel_format), tiles)


def _any(whole: Bytes, placed: Rect, canvas: Size, key: TileKey) -> bool:
    inside = tile_rect(canvas, key).intersected(placed).translated(-placed.x, -placed.y)
    array = part(whole, inside)
    return bool(array[0, 0].any()) or bool(array.any())


def _window(pixels: Pixels, box: Rect) -> Pixels | None:
    """A box of the pixels in their own memory; None where its last row would reach past the memory's end."""
    start = box.y * pixels.stride + box.x * pixels.format.bytes_per_pixel
    end = start + box.height * pixels.stride
    if end > pixels.data.nbytes:
        return None
    pixel_format = PixelFormat.GRAY if pixels.format is PixelFormat.GRAY else PixelFormat.BGRA
    data = pixels.data.cast("B") if pixels.data.format != "B" else pixels.data
    return Pixels(size=box.size, stride=pixels.stride, format=pixel_format, data=data[start:end].toreadonly())


def read(raster: Raster, box: Rect) -> Pixels:
    """The pixels in a box, which may reach outside of the picture: zero bytes there. A whole tile is not copied."""
    keys = list(box.intersected(Rect.of_size(raster.size)).tiles(TILE))
    if len(keys) == 1 and tile_rect(raster.size, keys[0]) == box and keys[0] in raster.tiles:
        return raster.tiles[keys[0]].pixels
    return pixels_of(read_array(raster, box), raster.format)


def read_all(raster: Raster) -> Pixels:
    """The whole picture."""
    return read(raster, Rect.of_size(raster.size))


def read_array(raster: Raster, box: Rect) -> Bytes:
    """As `read`, always as a new array that may be written to."""
    array = blank(box.size, raster.format)
    for key in box.intersected(Rect.of_size(raster.size)).tiles(TILE):
        tile = raster.tiles.get(key)
        if tile is None:
            continue
        place = tile_rect(raster.size, key)
        inside = place.intersected(box)
        source = part(view(tile.pixels), inside.translated(-place.x, -place.y))
        part(array, inside.translated(-box.x, -box.y))[...] = source
    return array


def changed_tiles(before: Raster, after: Raster) -> frozenset[TileKey]:
    """Which tiles are not the same object. All tiles of both where the sizes differ."""
    if before.size != after.size:
        return frozenset(Rect.of_size(before.size).tiles(TILE)) | frozenset(Rect.of_size(after.size).tiles(TILE))
    if before.tiles is after.tiles:
        return frozenset()
    either = before.tiles.keys() | after.tiles.keys()
    return frozenset(key for key in either if before.tiles.get(key) is not after.tiles.get(key))


def changed(before: Raster, after: Raster) -> Rect:
    """The smallest box around all tiles that are not the same object, empty where none; all of both where the sizes
    differ."""
    if before.size != after.size:
        return Rect.of_size(before.size).united(Rect.of_size(after.size))
    return tiles_rect(after.size, changed_tiles(before, after))


def tiles_rect(size: Size, keys: frozenset[TileKey]) -> Rect:
    """The smallest box around these tiles."""
    box = Rect(x=0, y=0, width=0, height=0)
    for key in keys:
        box = box.united(tile_rect(size, key))
    return box


def resized_canvas(raster: Raster, box: Rect) -> Raster:
    """The picture cropped or extended to a box in its own space; the box's corner becomes 0, 0, new places are zero.

    Tiles are shared where the box's corner lies on the grid of tiles and the tile keeps its size.
    """
    if box == Rect.of_size(raster.size):
        return raster
    tiles: dict[TileKey, Tile | None] = {}
    for key in _filled(raster, box):
        place = tile_rect(box.size, key).translated(box.x, box.y)
        old = (place.x // TILE, place.y // TILE)
        if place.x % TILE == 0 and place.y % TILE == 0 and tile_rect(raster.size, old) == place:
            tiles[key] = raster.tiles.get(old)
        else:
            tiles[key] = tile_or_none(read_array(raster, place))
    return replace(Raster(size=box.size, format=raster.format), tiles)


def _filled(raster: Raster, box: Rect) -> frozenset[TileKey]:
    """The new tiles that any tile of the raster reaches into."""
    keys: set[TileKey] = set()
    for key in raster.tiles:
        keys.update(tile_rect(raster.size, key).intersected(box).translated(-box.x, -box.y).tiles(TILE))
    return frozenset(keys)


def shifted(raster: Raster, dx: int, dy: int) -> Raster:
    """What the picture shows moved by dx, dy in a picture of the same size; what leaves it is lost."""
    return resized_canvas(raster, Rect.of_size(raster.size).translated(-dx, -dy))


def content_rect(raster: Raster) -> Rect:
    """A box that holds every byte that is not zero: the box around all tiles, so up to 255 pixels too large."""
    return tiles_rect(raster.size, frozenset(raster.tiles))
