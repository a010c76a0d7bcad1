"""A mask as a picture that a model reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import pixels_of, view

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels


def mask_picture(mask: Pixels, threshold: int, *, white: bool, clear: bool) -> Pixels:
    """A picture (BGRA) of a gray mask: what is masked at least so strongly is white where `white`, else black, and
    transparent where `clear`; the rest is black and opaque. No pixel lies in between: readers differ on those."""
    masked = view(mask) >= threshold
    array = np.zeros((*masked.shape, 4), np.uint8)
    array[..., 3] = 255
    array[masked] = (*([255] * 3 if white else [0] * 3), 0 if clear else 255)
    return pixels_of(array, PixelFormat.BGRA)
