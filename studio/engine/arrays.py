"""Types of the arrays in this room, and OpenCV's calls with those types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

Bytes: TypeAlias = npt.NDArray[np.uint8]
"""A picture of shape (height, width, 3 or 4) in the order red, green, blue, alpha, or a mask (height, width)."""

Floats: TypeAlias = npt.NDArray[np.float32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Integers: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A half-open box of pixels; slices an array with `array[box.slices]`."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def long_side(self) -> int:
        """The longer of both."""
        return max(self.width, self.height)

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns as an index."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def grown(self, x: int, y: int, shape: Sequence[int]) -> Box:
        """Wider by x and higher by y on each side, kept inside of an array of this shape."""
        return Box(
            left=max(0, self.left - x),
            top=max(0, self.top - y),
            right=min(shape[1], self.right + x),
            bottom=min(shape[0], self.bottom + y),
        )

    def moved(self, x: int, y: int) -> Box:
        """The box shifted."""
        return Box(left=self.left + x, top=self.top + y, right=self.right + x, bottom=self.bottom + y)

    def scaled(self, factor: float, shape: Sequence[int]) -> Box:
        """The box around the same content in an array of this shape that is `factor` times as large."""
        return Box(
            left=max(0, int(self.left * factor)),
            top=max(0, int(self.top * factor)),
            right=min(shape[1], max(1, int(np.ceil(self.right * factor)))),
            bottom=min(shape[0], max(1, int(np.ceil(self.bottom * factor)))),
        )


def box_of(mask: Bytes | Flags) -> Box | None:
    """The smallest box around everything that is not 0; None where all is 0."""
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(mask[top:bottom].any(axis=0))
    return Box(left=int(columns[0]), top=top, right=int(columns[-1]) + 1, bottom=bottom)


def shrunk(array: Bytes, width: int, height: int) -> Bytes:
    """Resampled by area, for making smaller."""
    return np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def enlarged(array: Bytes, width: int, height: int) -> Bytes:
    """Resampled by cubic splines, for making larger."""
    return np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def stretched(array: Floats, width: int, height: int) -> Floats:
    """A smooth field resampled linearly to another size."""
    return np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def within(picture: Bytes, long_side: int) -> Bytes:
    """The picture made smaller so that its long side is at most this; itself where it is."""
    height, width = picture.shape[:2]
    factor = long_side / max(height, width)
    if factor >= 1:
        return picture
    return shrunk(picture, max(1, round(width * factor)), max(1, round(height * factor)))


def box_mean(array: Floats, radius: int) -> Floats:
    """Mean over a square window of 2 x radius + 1, with the border mirrored."""
    side = 2 * radius + 1
    return np.asarray(cv2.blur(array, (side, side), borderType=cv2.BORDER_REFLECT), dtype=np.float32)


def gaussian(array: Floats, sigma: float) -> Floats:
    """Blurred by a Gaussian of this standard deviation in pixels."""
    return np.asarray(cv2.GaussianBlur(array, (0, 0), sigma), dtype=np.float32)


def disc(radius: int) -> Bytes:
    """A round structuring element."""
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def dilated(mask: Bytes, radius: int) -> Bytes:
    """The mask grown by this many pixels all round."""
    if radius <= 0:
        return mask
    return np.asarray(cv2.dilate(mask, disc(radius)), dtype=np.uint8)


def eroded(mask: Bytes, radius: int) -> Bytes:
    """The mask shrunk by this many pixels all round; the border of the array does not eat into it."""
    if radius <= 0:
        return mask
    return np.asarray(cv2.erode(mask, disc(radius)), dtype=np.uint8)


def opaque(picture: Bytes) -> Bytes:
    """Red, green and blue alone, C-contiguous."""
    return np.ascontiguousarray(picture[..., :3])


def check(picture: Bytes, mask: Bytes | None = None) -> None:
    """Raise ValueError unless these are an RGB or RGBA picture and a mask of its size, both of bytes, not empty."""
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] not in (3, 4) or picture.size == 0:
        raise ValueError(f"a picture is (height, width, 3 or 4) bytes, not {picture.shape} {picture.dtype}")
    if mask is not None and (mask.dtype != np.uint8 or mask.shape != picture.shape[:2]):
        raise ValueError(f"a mask is {picture.shape[:2]} bytes here, not {mask.shape} {mask.dtype}")
