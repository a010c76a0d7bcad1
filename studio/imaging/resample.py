"""Pictures cut, padded and brought to another size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from studio.domain.geometry import Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, blank, is_opaque, part, pixels_of, size_of, view

if TYPE_CHECKING:
    from studio.domain.geometry import Margins


def crop(pixels: Pixels, box: Rect) -> Pixels:
    """The pixels in a box of the picture; zero bytes where the box reaches outside."""
    whole = Rect.of_size(pixels.size)
    if box == whole:
        return pixels
    array = blank(box.size, pixels.format)
    inside = box.intersected(whole)
    part(array, inside.translated(-box.x, -box.y))[...] = part(view(pixels), inside)
    return pixels_of(array, pixels.format)


def pad(pixels: Pixels, margins: Margins, fill: Literal["edge", "reflect", "zero"] = "edge") -> Pixels:
    """The picture with margins around it: its edge pixels repeated, itself mirrored, or zero bytes."""
    kinds = {"edge": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT, "zero": cv2.BORDER_CONSTANT}
    sides = (margins.top, margins.bottom, margins.left, margins.right)
    if not any(sides):
        return pixels
    return pixels_of(as_bytes(cv2.copyMakeBorder(view(pixels), *sides, kinds[fill])), pixels.format)


def resize(pixels: Pixels, size: Size, *, rough: bool = False) -> Pixels:
    """The picture at another size: by area where it shrinks, Lanczos where it grows. Colours weigh by their alpha.
    `rough` grows it by cubic splines, for what is looked at in passing: that takes a tenth of the time.

    Raises ValueError where either size is empty.
    """
    if size == pixels.size:
        return pixels
    if size.is_empty or pixels.size.is_empty:
        raise ValueError(f"{pixels.size} cannot become {size}")
    straight = pixels.format is PixelFormat.BGRA
    return pixels_of(resized(view(pixels), size, straight=straight, rough=rough), pixels.format)


def resized(array: Bytes, size: Size, *, straight: bool = True, rough: bool = False) -> Bytes:
    """As `resize`, on an array. Only straight colours are to be weighed by their alpha."""
    before = size_of(array)
    shrinks = size.width <= before.width and size.height <= before.height
    how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC if rough else cv2.INTER_LANCZOS4
    to = (size.width, size.height)
    if array.ndim == 2 or not straight or is_opaque(array):
        return as_bytes(cv2.resize(array, to, interpolation=how))
    return _weighted(array, to, how)


def _weighted(array: Bytes, to: tuple[int, int], how: int) -> Bytes:
    alpha = array[..., 3:].astype(np.float32)
    whole = np.concatenate((array[..., :3].astype(np.float32) * alpha, alpha), axis=2)
    small = np.asarray(cv2.resize(whole, to, interpolation=how), np.float32)
    small[..., :3] /= np.maximum(small[..., 3:], np.float32(0.5))
    return np.clip(np.rint(small), 0, 255).astype(np.uint8)
