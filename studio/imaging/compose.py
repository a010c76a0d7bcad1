"""Layers to one picture. QPainter blends; what it must not touch is copied.

Painting over straight alpha changes pixels even where nothing is painted, so: the bytes of the lowest layer that is
Normal, opaque and unmasked are copied; QPainter works only on blocks that an upper layer covers; and where all upper
alphas are 0 the bytes below are copied back. A picture that nothing was painted on comes out bit for bit.

QtGui's QImage and QPainter need neither an application object nor a display.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtGui import QImage, QPainter

from studio.domain.geometry import Point, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, blank, is_opaque, part, pixels_of, view
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NORMAL = "normal"

_Mode = QPainter.CompositionMode

BLENDS: Mapping[str, QPainter.CompositionMode] = MappingProxyType(
    {
        NORMAL: _Mode.CompositionMode_SourceOver,
        "multiply": _Mode.CompositionMode_Multiply,
        "screen": _Mode.CompositionMode_Screen,
        "overlay": _Mode.CompositionMode_Overlay,
        "darken": _Mode.CompositionMode_Darken,
        "lighten": _Mode.CompositionMode_Lighten,
        "color-dodge": _Mode.CompositionMode_ColorDodge,
        "color-burn": _Mode.CompositionMode_ColorBurn,
        "hard-light": _Mode.CompositionMode_HardLight,
        "soft-light": _Mode.CompositionMode_SoftLight,
        "difference": _Mode.CompositionMode_Difference,
        "plus": _Mode.CompositionMode_Plus,
        "dst-in": _Mode.CompositionMode_DestinationIn,
        "dst-out": _Mode.CompositionMode_DestinationOut,
        "src-atop": _Mode.CompositionMode_SourceAtop,
        "dst-atop": _Mode.CompositionMode_DestinationAtop,
    }
)
"""Blend modes by their OpenRaster names without `svg:`. A name that is not here is painted as Normal."""

WHOLE_BLOCK = frozenset({"dst-in", "dst-atop"})
"""Modes that change pixels where the layer itself is empty."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerPicture:
    """A layer as it is painted. `raster` (BGRA, straight alpha) and `mask` (gray, 255 = shown, the same size) lie in
    the layer's space, whose corner stands at `offset` in document space."""

    raster: Raster
    offset: Point = ORIGIN
    opacity: float = 1.0
    blend: str = NORMAL
    visible: bool = True
    mask: Raster | None = None

    @property
    def plain(self) -> bool:
        """Whether its bytes may be copied where nothing lies below."""
        return self.opacity >= 1 and self.mask is None and self.blend not in BLENDS.keys() - {NORMAL}


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
    return pixels_of(_converted(array, QImage.Format.Format_ARGB32_Premultiplied), PixelFormat.BGRA_PREMULTIPLIED)


def _shown(layers: Sequence[LayerPicture], place: Rect) -> list[LayerPicture]:
    """The layers that may put something into a box."""
    return [each for each in layers if each.visible and (_reaches(each, place) or each.blend in WHOLE_BLOCK)]


def _reaches(layer: LayerPicture, place: Rect) -> bool:
    if layer.opacity <= 0:
        return False
    inside = place.translated(-layer.offset.x, -layer.offset.y).intersected(Rect.of_size(layer.raster.size))
    masked = layer.mask
    return any(key in layer.raster.tiles and (masked is None or key in masked.tiles) for key in inside.tiles(TILE))


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
        array[..., 3] = cv2.multiply(alpha, view(read(layer.mask, inside)), scale=layer.opacity / 255)
    return array


def _painted(ground: Bytes, upper: Sequence[LayerPicture], place: Rect) -> Bytes:
    canvas = _image(ground, QImage.Format.Format_ARGB32).convertToFormat(QImage.Format.Format_RGBA64_Premultiplied)
    untouched = np.ones((place.height, place.width), np.bool_)
    painter = QPainter(canvas)
    for layer in upper:
        array = _masked(layer, place)
        painter.setCompositionMode(BLENDS.get(layer.blend, BLENDS[NORMAL]))
        painter.drawImage(0, 0, _image(array, QImage.Format.Format_ARGB32))
        untouched &= array[..., 3] == 0 if layer.blend not in WHOLE_BLOCK else False
    painter.end()
    result = _bytes_of(canvas.convertToFormat(QImage.Format.Format_ARGB32))
    result[untouched] = ground[untouched]
    return result


def _image(array: Bytes, image_format: QImage.Format) -> QImage:
    """An image around an array's memory, which the caller keeps alive as long as the image."""
    whole = np.ascontiguousarray(array)
    height, width = whole.shape[:2]
    image = QImage(whole.reshape(-1).data.toreadonly(), width, height, width * 4, image_format)
    return image if whole is array else image.copy()


def _converted(array: Bytes, image_format: QImage.Format) -> Bytes:
    return _bytes_of(_image(array, QImage.Format.Format_ARGB32).convertToFormat(image_format))


def _bytes_of(image: QImage) -> Bytes:
    """A copy of an image's bytes that may be written to; its rows have no gaps at four bytes a pixel."""
    array = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return array[:, : image.width()].copy()
