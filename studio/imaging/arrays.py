"""`Pixels` as numpy arrays and back, without a copy. Only this room and the engine's know arrays."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels

if TYPE_CHECKING:
    from studio.domain.geometry import Rect

Bytes: TypeAlias = npt.NDArray[np.uint8]
"""Bytes of shape (height, width, 4) in the order blue, green, red, alpha, or (height, width) for gray."""

Floats: TypeAlias = npt.NDArray[np.float32]


def view(pixels: Pixels) -> Bytes:
    """The same memory as an array of shape (height, width, 4), or (height, width) for gray. Not to be written to."""
    width, height, depth = pixels.size.width, pixels.size.height, pixels.format.bytes_per_pixel
    if depth == 1:
        array = np.ndarray((height, width), np.uint8, buffer=pixels.data, strides=(pixels.stride, 1))
    else:
        array = np.ndarray((height, width, 4), np.uint8, buffer=pixels.data, strides=(pixels.stride, 4, 1))
    array.flags.writeable = False
    return array


def pixels_of(array: Bytes, pixel_format: PixelFormat) -> Pixels:
    """The array as Pixels: the same memory where its rows lie one after the other, else a copy.

    The caller gives the array away: nobody may write to it afterwards. Raises ValueError where the shape does not
    go with the format.
    """
    depth = pixel_format.bytes_per_pixel
    if array.dtype != np.uint8 or array.shape[2:] != (() if depth == 1 else (4,)):
        raise ValueError(f"an array of shape {array.shape} is not {pixel_format.value}")
    whole = np.ascontiguousarray(array)
    height, width = whole.shape[:2]
    return Pixels(
        size=Size(width=width, height=height),
        stride=width * depth,
        format=pixel_format,
        data=whole.reshape(-1).data.toreadonly(),
    )


def blank(size: Size, pixel_format: PixelFormat) -> Bytes:
    """A new array of zeros that may be written to."""
    shape = (size.height, size.width)
    return np.zeros(shape if pixel_format is PixelFormat.GRAY else (*shape, 4), np.uint8)


def part(array: Bytes, box: Rect) -> Bytes:
    """The box cut out of an array, as a view; the box lies within the array."""
    return array[box.y : box.bottom, box.x : box.right]


def size_of(array: Bytes) -> Size:
    """Width and height of an array."""
    return Size(width=array.shape[1], height=array.shape[0])


def as_bytes(array: object) -> Bytes:
    """What OpenCV gave for bytes that went in: bytes again, which its own types do not say."""
    return cast("Bytes", array)


def is_opaque(array: Bytes) -> bool:
    """Whether every alpha of a BGRA array is 255."""
    if array.size == 0:
        return True
    # Four bytes at a time: twice as quick as looking at every fourth byte.
    common = np.bitwise_and.reduce(array.view(np.uint32), axis=None)
    return int(common).to_bytes(4, sys.byteorder)[3] == 255
