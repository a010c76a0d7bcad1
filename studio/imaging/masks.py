"""Masks made, combined and measured. A mask is a gray `Raster`; 255 = will change.

All of it works tile by tile or on the box around what is masked, so a small mask on a large picture stays cheap.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, TypeAlias

import cv2
import numpy as np

from studio.domain.geometry import Point, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, pixels_of, view
from studio.imaging.tiles import (
    TILE,
    Mask,
    Raster,
    Tile,
    TileKey,
    empty_mask,
    full_mask,
    raster_of,
    read_array,
    replace,
    tile_or_none,
    tile_rect,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

How: TypeAlias = Literal["replace", "add", "subtract", "intersect"]
"""How a new selection meets the mask that is there."""

HALF = 128
"""From this strength on a pixel counts as masked where a yes or no is needed."""
LARGEST_KERNEL = 16
"""Radius from which growing goes in steps: the cost of one step rises with the square of its radius."""
OUTLINE_PIXELS = 4_000_000
"""Outlines of more pixels than this are found at a reduced size."""


def rectangle(size: Size, box: Rect) -> Mask:
    """A box fully masked, cut to the picture."""
    inside = box.intersected(Rect.of_size(size))
    return _placed(size, inside, np.full((inside.height, inside.width), 255, np.uint8))


def polygon(size: Size, points: Sequence[tuple[float, float]]) -> Mask:
    """A closed polygon fully masked, its edge smoothed; where it crosses itself, inside and outside alternate.

    Points are document coordinates (the centre of the first pixel is 0.5). Fewer than three mask nothing.
    """
    finite = [point for point in points if math.isfinite(point[0]) and math.isfinite(point[1])]
    if len(finite) < 3:
        return empty_mask(size)
    corners = np.clip(np.array(finite, np.float64), -1e5, 1e5)
    left, top = np.floor(corners.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
    inside = Rect.from_edges(left, top, right, bottom).grown(1).intersected(Rect.of_size(size))
    if inside.is_empty:
        return empty_mask(size)
    # Sixteenths of a pixel; OpenCV's whole numbers are centres of pixels, a document's are corners.
    fixed = np.rint((corners - 0.5 - (inside.x, inside.y)) * 16).astype(np.int32)
    array = np.zeros((inside.height, inside.width), np.uint8)
    cv2.fillPoly(array, [fixed], (255,), cv2.LINE_AA, 4)
    return _placed(size, inside, array)


def combine(mask: Mask, other: Mask, how: How) -> Mask:
    """The mask with another one of the same size put in its place, added, taken off, or only what is in both.

    Raises ValueError where the sizes differ.
    """
    if mask.size != other.size:
        raise ValueError(f"masks of {mask.size} and {other.size} cannot be combined")
    if how == "replace":
        return other
    keys = mask.tiles.keys() if how == "intersect" else other.tiles.keys()
    return replace(mask, {key: _combined(mask.tiles.get(key), other.tiles.get(key), how) for key in keys})


def _combined(tile: Tile | None, other: Tile | None, how: How) -> Tile | None:
    if tile is None:
        return other if how == "add" else None
    if other is None:
        return None if how == "intersect" else tile
    before, with_it = view(tile.pixels), view(other.pixels)
    if how == "add":
        after = np.maximum(before, with_it)
    elif how == "subtract":
        after = np.minimum(before, np.bitwise_not(with_it))
    else:
        after = np.minimum(before, with_it)
    return tile if np.array_equal(before, after) else tile_or_none(after)


def invert(mask: Mask) -> Mask:
    """What was masked is not, and the other way round."""
    full = full_mask(mask.size)
    tiles: dict[TileKey, Tile | None] = dict(full.tiles)
    made: dict[int, Tile | None] = {}
    for key, tile in mask.tiles.items():
        if tile.id not in made:
            made[tile.id] = tile_or_none(np.bitwise_not(view(tile.pixels)))
        tiles[key] = made[tile.id]
    return replace(empty_mask(mask.size), tiles)


def grow(mask: Mask, pixels: int) -> Mask:
    """The mask grown by so many pixels all around, or shrunk where negative. Edges of the picture do not shrink it."""
    found = box(mask)
    if found is None or pixels == 0:
        return mask
    inside = found.grown(max(pixels, 0) + 1).intersected(Rect.of_size(mask.size))
    return _placed(mask.size, inside, grown(read_array(mask, inside), pixels))


def grown(array: Bytes, pixels: int) -> Bytes:
    """A gray array grown (or shrunk) with a round kernel; large radii in several steps."""
    step = cv2.dilate if pixels > 0 else cv2.erode
    left = abs(pixels)
    while left > 0:
        radius = min(left, LARGEST_KERNEL)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        array = as_bytes(step(array, kernel))
        left -= radius
    return array


def feather(mask: Mask, radius: float) -> Mask:
    """The mask's edge softened: a Gaussian of sigma radius / 2, so it fades over about the radius on either side.

    At an edge of the picture it fades as if the mask went on beyond.
    """
    found = box(mask)
    if found is None or radius <= 0:
        return mask
    inside = found.grown(math.ceil(radius * 2) + 1).intersected(Rect.of_size(mask.size))
    return _placed(mask.size, inside, blurred(read_array(mask, inside), radius / 2))


def blurred(array: Bytes, sigma: float) -> Bytes:
    """A gray array under a Gaussian; large ones as three box blurs, whose cost does not rise with the radius."""
    if sigma <= 8:
        return as_bytes(cv2.GaussianBlur(array, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE))
    # Three boxes of width w have the variance (w * w - 1) / 4.
    width = round(math.sqrt(4 * sigma * sigma + 1)) | 1
    for _ in range(3):
        array = as_bytes(cv2.blur(array, (width, width), borderType=cv2.BORDER_REPLICATE))
    return array


def box(mask: Mask, threshold: int = 1) -> Rect | None:
    """The smallest box around every pixel of at least this strength; None where there is none."""
    found = Rect(x=0, y=0, width=0, height=0)
    for key, tile in mask.tiles.items():
        place = tile_rect(mask.size, key)
        if found.contains(place):
            continue
        array = view(tile.pixels)
        x, y, width, height = cv2.boundingRect((array >= threshold).view(np.uint8))
        found = found.united(Rect(x=place.x + x, y=place.y + y, width=width, height=height))
    return None if found.is_empty else found


def share(mask: Mask) -> float:
    """How much of the picture is masked, 0 to 1; half strength counts half."""
    if mask.size.is_empty:
        return 0.0
    sums: dict[int, int] = {}
    for tile in mask.tiles.values():
        if tile.id not in sums:
            sums[tile.id] = int(view(tile.pixels).sum(dtype=np.int64))
    return sum(sums[tile.id] for tile in mask.tiles.values()) / (255 * mask.size.area)


def is_empty(mask: Mask, threshold: int = 1) -> bool:
    """Whether no pixel has at least this strength."""
    return not any(bool((view(tile.pixels) >= threshold).any()) for tile in mask.tiles.values())


def is_full(mask: Mask, threshold: int = 255) -> bool:
    """Whether every pixel has at least this strength."""
    if any(key not in mask.tiles for key in Rect.of_size(mask.size).tiles(TILE)):
        return False
    return all(bool((view(tile.pixels) >= threshold).all()) for tile in mask.tiles.values())


def outline(mask: Mask) -> tuple[tuple[Point, ...], ...]:
    """Closed rings around what is masked at half strength or more (document space), holes included.

    Corners are corners of pixels. Rings are simplified by up to a pixel, and by more where the masked box has over
    4 million pixels.
    """
    found = box(mask, HALF)
    if found is None:
        return ()
    scale = min(1.0, math.sqrt(OUTLINE_PIXELS / found.size.area))
    array = read_array(mask, found)
    if scale < 1:
        reduced = (max(1, round(found.width * scale)), max(1, round(found.height * scale)))
        array = as_bytes(cv2.resize(array, reduced, interpolation=cv2.INTER_AREA))
    return _rings(array, found)


def _rings(array: Bytes, found: Rect) -> tuple[tuple[Point, ...], ...]:
    # Doubled with nearest neighbours, contours run around the outer side of pixels and not through their centres.
    height, width = array.shape
    binary = np.pad((array >= HALF).view(np.uint8), 1)
    doubled = as_bytes(cv2.resize(binary, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST))
    contours, _ = cv2.findContours(doubled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    across, down = found.width / width, found.height / height
    rings: list[tuple[Point, ...]] = []
    for contour in contours:
        near = cv2.approxPolyDP(contour, 2.0, True).reshape(-1, 2)
        corners = np.rint((near + 0.5) / 2 - 1).tolist()
        points = [(found.x + x * across, found.y + y * down) for x, y in corners]
        rings.append(tuple(Point(x=round(x), y=round(y)) for x, y in points))
    return tuple(ring for ring in rings if len(ring) > 2)


def from_alpha(raster: Raster) -> Mask:
    """A mask as strong as a layer is opaque."""
    tiles = {key: tile_or_none(view(tile.pixels)[..., 3].copy()) for key, tile in raster.tiles.items()}
    return replace(empty_mask(raster.size), tiles)


def mask_of(pixels: Pixels, means: Literal["auto", "white", "transparent"] = "auto") -> Mask:
    """A mask out of a picture: transparent = masked where it has an alpha that is not all opaque, else white = masked.

    Gray pixels are taken as they are. `means` overrules how a picture with colour is read.
    """
    array = view(pixels)
    if array.ndim == 2:
        return raster_of(pixels)
    transparent = means == "transparent" or (means == "auto" and bool((array[..., 3] != 255).any()))
    gray = np.bitwise_not(array[..., 3]) if transparent else as_bytes(cv2.cvtColor(array, cv2.COLOR_BGRA2GRAY))
    return raster_of(pixels_of(gray, PixelFormat.GRAY))


def _placed(size: Size, inside: Rect, array: Bytes) -> Mask:
    if inside.is_empty:
        return empty_mask(size)
    pixels = pixels_of(array, PixelFormat.GRAY)
    return raster_of(pixels, offset=Point(x=inside.x, y=inside.y), size=size)
