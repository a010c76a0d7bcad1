"""Layers to one picture: `painting` blends; what it must not touch is copied.

Painting over straight alpha changes pixels even where nothing is painted, so: the bytes of the lowest layer that is
Normal, opaque and unmasked are copied; only blocks that an upper layer covers are painted; and where all upper alphas
are 0 the bytes below are copied back. A picture that nothing was painted on comes out bit for bit.

A layer that replaces is mixed in by `paste`, as the finished picture of its order is: the two have the same bytes. The
modes that QPainter lacks are in `tones`.

`painting` is loaded by the first layer that lies on another: a program that sends one photograph never needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.geometry import Point, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, blank, is_opaque, part, pixels_of, view
from studio.imaging.paste import mixed
from studio.imaging.pyramid import reduce
from studio.imaging.tiles import (
    ORIGIN,
    TILE,
    Raster,
    Tile,
    TileKey,
    empty,
    read,
    read_array,
    replace,
    tile_or_none,
    tile_rect,
)
from studio.imaging.tones import TONES, toned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NORMAL = "normal"

BLENDS = frozenset(
    {
        NORMAL, "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light",
        "soft-light", "difference", "plus", "dst-in", "dst-out", "src-atop", "dst-atop",
    }
) | TONES  # fmt: skip
"""Blend modes by their OpenRaster names without `svg:`. A name that is not here is painted as Normal."""

WHOLE_BLOCK = frozenset({"dst-in", "dst-atop"})
"""Modes that change pixels where the layer itself is empty."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerPicture:
    """A layer as it is painted. `raster` (BGRA, straight alpha) and `mask` (gray, 255 = shown, the same size) lie in
    the layer's space, whose corner stands at `offset` in document space. One that `replaces` takes the place of what is
    below its mask: where it is clear itself, the picture becomes clear."""

    raster: Raster
    offset: Point = ORIGIN
    opacity: float = 1.0
    blend: str = NORMAL
    visible: bool = True
    mask: Raster | None = None
    replaces: bool = False

    @property
    def instead(self) -> Raster | None:
        """The mask under which it takes the place of what is below; None where it is blended with that."""
        return self.mask if self.replaces and self.blend not in BLENDS - {NORMAL} else None

    @property
    def plain(self) -> bool:
        """Whether its bytes may be copied where nothing lies below."""
        return self.opacity >= 1 and self.mask is None and self.blend not in BLENDS - {NORMAL}


def flatten(layers: Sequence[LayerPicture], box: Rect) -> Pixels:
    """What the layers (lowest first) show in a box of document space: BGRA, straight alpha, zero where nothing is."""
    array = blank(box.size, PixelFormat.BGRA)
    for key in box.tiles(TILE):
        block = Rect(x=key[0] * TILE, y=key[1] * TILE, width=TILE, height=TILE).intersected(box)
        painted = _block(layers, block)
        if painted is not None:
            part(array, block.translated(-box.x, -box.y))[...] = view(painted)
    return pixels_of(array, PixelFormat.BGRA)


def composite(layers: Sequence[LayerPicture], size: Size) -> Raster:
    """The whole document as a raster. Where only one plain layer is, its own tiles are used and nothing is copied."""
    return replace(empty(size), composite_tiles(layers, size, Rect.of_size(size).tiles(TILE)))


def composite_tiles(
    layers: Sequence[LayerPicture], size: Size, keys: Iterable[TileKey]
) -> Mapping[TileKey, Tile | None]:
    """Some tiles of the composite of a document of this size; None where nothing is to be seen."""
    tiles: dict[TileKey, Tile | None] = {}
    for key in keys:
        place = tile_rect(size, key)
        below = _shared(layers, place)
        if below is not None:
            tiles[key] = below
            continue
        painted = _block(layers, place)
        tiles[key] = None if painted is None else tile_or_none(view(painted))
    return tiles


def for_screen(pixels: Pixels, level: int = 0) -> Pixels:
    """Pixels ready to be painted, scaled by 1 / 2**level: BGRX where all is opaque, else premultiplied BGRA.

    Transparency stays transparent; what lies behind it is the view's affair.
    """
    for _ in range(level):
        pixels = reduce(pixels)
    if pixels.format is not PixelFormat.BGRA:
        return pixels
    array = view(pixels)
    if is_opaque(array):
        return Pixels(size=pixels.size, stride=pixels.stride, format=PixelFormat.BGRX, data=pixels.data)
    from studio.imaging.painting import premultiplied  # loads the toolkit

    return pixels_of(premultiplied(array), PixelFormat.BGRA_PREMULTIPLIED)


def _shown(layers: Sequence[LayerPicture], place: Rect) -> list[LayerPicture]:
    """The layers that may put something into a box."""
    return [each for each in layers if each.visible and (_reaches(each, place) or each.blend in WHOLE_BLOCK)]


def _reaches(layer: LayerPicture, place: Rect) -> bool:
    if layer.opacity <= 0:
        return False
    inside = place.translated(-layer.offset.x, -layer.offset.y).intersected(Rect.of_size(layer.raster.size))
    masked, filled = layer.mask, (layer.instead or layer.raster).tiles
    return any(key in filled and (masked is None or key in masked.tiles) for key in inside.tiles(TILE))


def _shared(layers: Sequence[LayerPicture], place: Rect) -> Tile | None:
    """The tile of the one plain layer that is seen at a place, where it lies on the grid as the place does."""
    shown = _shown(layers, place)
    if len(shown) != 1 or not shown[0].plain:
        return None
    layer = shown[0]
    inside = place.translated(-layer.offset.x, -layer.offset.y)
    key = (inside.x // TILE, inside.y // TILE)
    return layer.raster.tiles.get(key) if tile_rect(layer.raster.size, key) == inside else None


def _block(layers: Sequence[LayerPicture], place: Rect) -> Pixels | None:
    """What the layers show in a box within one place of the grid of tiles; None where nothing."""
    shown = _shown(layers, place)
    if not shown:
        return None
    lowest = _lowest(shown, place)
    upper = shown if lowest is None else shown[lowest + 1 :]
    if lowest is not None and not upper:
        return _source(shown[lowest], place)
    # QPainter rounds the last few pixels of a row its own way, so whole columns of tiles are painted: a pixel must
    # not depend on the box that was asked for.
    left = place.x // TILE * TILE
    wide = Rect(x=left, y=place.y, width=TILE, height=place.height)
    base = view(_source(shown[lowest], wide)) if lowest is not None else blank(wide.size, PixelFormat.BGRA)
    painted = _painted(base, upper, wide)[:, place.x - left : place.right - left]
    return pixels_of(painted, PixelFormat.BGRA)


def _lowest(shown: Sequence[LayerPicture], place: Rect) -> int | None:
    """Which layer's bytes are the ground: the topmost that hides all below, else the lowest where it is plain."""
    for index in range(len(shown) - 1, 0, -1):
        if shown[index].plain and is_opaque(view(_source(shown[index], place))):
            return index
    return 0 if shown[0].plain else None


def _source(layer: LayerPicture, place: Rect) -> Pixels:
    return read(layer.raster, place.translated(-layer.offset.x, -layer.offset.y))


def _masked(layer: LayerPicture, place: Rect) -> Bytes:
    """A layer's pixels in a box, its mask and its opacity multiplied into the alpha.

    QPainter would round the opacity down to a 256th, which is seen: two levels beside what other programs show.
    """
    if layer.mask is None and layer.opacity >= 1:
        return view(_source(layer, place))
    inside = place.translated(-layer.offset.x, -layer.offset.y)
    array = read_array(layer.raster, inside)
    alpha = as_bytes(cv2.extractChannel(array, 3))
    if layer.mask is None:
        array[..., 3] = cv2.convertScaleAbs(alpha, alpha=layer.opacity)
    else:
        array[..., 3] = cv2.multiply(alpha, _strength(layer, layer.mask, place), scale=layer.opacity / 255)
    return array


def _painted(ground: Bytes, upper: Sequence[LayerPicture], place: Rect) -> Bytes:
    """Upper layers on a ground; as many at once as QPainter paints."""
    waiting: list[LayerPicture] = []
    for layer in upper:
        mask = layer.instead
        if layer.blend in TONES:
            ground, waiting = toned(_blended(ground, waiting, place), _masked(layer, place), layer.blend), []
        # One that is half shown is soft all over, and where it is opaque painting it over gives the same quicker.
        elif mask is None or (layer.opacity < 1 and is_opaque(view(_source(layer, place)))):
            waiting.append(layer)
        else:
            strength = as_bytes(cv2.convertScaleAbs(_strength(layer, mask, place), alpha=layer.opacity))
            ground, waiting = mixed(_blended(ground, waiting, place), view(_source(layer, place)), strength), []
    return _blended(ground, waiting, place)


def _strength(layer: LayerPicture, mask: Raster, place: Rect) -> Bytes:
    return view(read(mask, place.translated(-layer.offset.x, -layer.offset.y)))


def _blended(ground: Bytes, upper: Sequence[LayerPicture], place: Rect) -> Bytes:
    if not upper:
        return ground
    from studio.imaging.painting import painted  # loads the toolkit

    untouched = np.ones((place.height, place.width), np.uint8)
    layers: list[tuple[Bytes, str]] = []
    for layer in upper:
        array = _masked(layer, place)
        layers.append((array, layer.blend if layer.blend in BLENDS else NORMAL))
        untouched &= array[..., 3] == 0 if layer.blend not in WHOLE_BLOCK else False
    result = painted(ground, layers)
    cv2.copyTo(ground, untouched, result)
    return result
