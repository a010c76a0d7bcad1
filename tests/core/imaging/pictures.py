"""Pictures for the tests of this room."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import pixels_of
from studio.imaging.decode import decode

if TYPE_CHECKING:
    from studio.imaging.arrays import Bytes

PHOTOS = Path(__file__).parents[2] / "photos"
FRIENDS = PHOTOS / "friends_by_Aitzol_Berasategi.jpg"
WINE = PHOTOS / "Wine_by_Jakkub_Mede.jpg"


@cache
def friends() -> Pixels:
    """A photograph."""
    return decode(FRIENDS.read_bytes(), "friends").pixels


def noise(width: int, height: int, *, seed: int = 1, opaque: bool = False) -> Bytes:
    """Random straight BGRA; the left quarter is wholly transparent unless all is to be opaque."""
    array = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    array[..., 3] = 255 if opaque else array[..., 3]
    if not opaque:
        array[:, : width // 4, 3] = 0
    return array


def bgra(array: Bytes) -> Pixels:
    return pixels_of(array.copy(), PixelFormat.BGRA)


def gray(array: Bytes) -> Pixels:
    return pixels_of(array.copy(), PixelFormat.GRAY)


def size(width: int, height: int) -> Size:
    return Size(width=width, height=height)
