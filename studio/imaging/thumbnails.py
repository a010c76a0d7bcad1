"""Small pictures for lists and galleries."""

from __future__ import annotations

import cv2
import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, pixels_of, view
from studio.imaging.resample import resize


def fitted(size: Size, side: int) -> Size:
    """The size with its longer side brought down to `side`; never larger than it was, never under one pixel."""
    longest = max(size.width, size.height, 1)
    if longest <= side:
        return size
    return Size(width=max(1, round(size.width * side / longest)), height=max(1, round(size.height * side / longest)))


def thumbnail(pixels: Pixels, side: int) -> Pixels:
    """The picture reduced by area so that its longer side is at most `side`, ready to be painted (BGRX, premultiplied
    BGRA where not all is opaque, or gray)."""
    small = pixels if pixels.size.is_empty else resize(pixels, fitted(pixels.size, side))
    if small.format is not PixelFormat.BGRA:
        return small
    return _for_painting(view(small))


def _for_painting(array: Bytes) -> Pixels:
    alpha = array[..., 3]
    if (alpha == 255).all():
        return pixels_of(array, PixelFormat.BGRX)
    whole = array.copy()
    for channel in range(3):
        whole[..., channel] = as_bytes(cv2.multiply(np.ascontiguousarray(array[..., channel]), alpha, scale=1 / 255))
    return pixels_of(whole, PixelFormat.BGRA_PREMULTIPLIED)
