"""Between `Pixels`, which travel, and this room's arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import pixels_of, view

if TYPE_CHECKING:
    from studio.engine.arrays import Bytes


def array_of(pixels: Pixels) -> Bytes:
    """RGB, or RGBA where some pixel is not opaque; a mask or alpha as it is. Raises ValueError for premultiplied."""
    if pixels.format is PixelFormat.BGRA_PREMULTIPLIED:
        raise ValueError("the engine works with straight alpha")
    seen = view(pixels)
    if pixels.format is PixelFormat.GRAY:
        return np.ascontiguousarray(seen)
    clear = pixels.format is PixelFormat.BGRA and int(seen[..., 3].min(initial=255)) < 255
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_BGRA2RGBA if clear else cv2.COLOR_BGRA2RGB), np.uint8)


def pixels_from(array: Bytes) -> Pixels:
    """BGRX from RGB, BGRA from RGBA, gray from a mask."""
    if array.ndim == 2:
        return pixels_of(array, PixelFormat.GRAY)
    if array.shape[2] == 4:
        return pixels_of(np.asarray(cv2.cvtColor(array, cv2.COLOR_RGBA2BGRA), np.uint8), PixelFormat.BGRA)
    return pixels_of(np.asarray(cv2.cvtColor(array, cv2.COLOR_RGB2BGRA), np.uint8), PixelFormat.BGRX)


def use_threads(count: int) -> None:
    """How many threads OpenCV may use in this process."""
    cv2.setNumThreads(count)
