"""Pictures that nobody can take for real ones: what the playground answers with, and how it reads masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, pixels_of, view
from studio.imaging.resample import resize

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = "DEMO"
STRIPE = 24
"""Width of a stripe in pixels."""
_FONT = cv2.FONT_HERSHEY_SIMPLEX


def demo_picture(
    base: Pixels | None, change: Pixels | None, size: Size, shade: int, others: Sequence[Pixels] = ()
) -> Pixels:
    """A picture of `size`: the base, where `change` (gray, 255 = changed, of any size) says so replaced by stripes in
    a colour of its own for each `shade`, with the word DEMO on them. Without a mask the stripes shine through the
    whole base, and the other pictures are shown along its lower edge in their order. BGRA, opaque where the base is.
    """
    fill = _stripes(size, shade)
    if base is None:
        return pixels_of(_worded(fill, (0, 0, size.width, size.height)), PixelFormat.BGRA)
    ground = np.array(view(resize(base, size)))
    if change is None:
        mixed = as_bytes(cv2.addWeighted(ground, 0.6, fill, 0.4, 0))
        _insets(mixed, others)
        return pixels_of(_worded(mixed, (0, 0, size.width, size.height)), PixelFormat.BGRA)
    strength = view(resize(change, size)) >= 128
    box = tuple(int(side) for side in cv2.boundingRect(strength.astype(np.uint8)))
    _worded(fill, (box[0], box[1], box[2], box[3]))
    ground[strength] = fill[strength]
    return pixels_of(ground, PixelFormat.BGRA)


def changed_by_alpha(pixels: Pixels) -> Pixels:
    """A mask whose transparent pixels are changed, as gray with 255 = changed."""
    return pixels_of(255 - view(pixels)[..., 3], PixelFormat.GRAY)


def changed_by_white(pixels: Pixels) -> Pixels:
    """A mask whose white pixels are changed, whatever their alpha, as gray with 255 = changed."""
    return pixels_of(as_bytes(cv2.cvtColor(view(pixels), cv2.COLOR_BGRA2GRAY)), PixelFormat.GRAY)


def same_change(first: Pixels, second: Pixels) -> bool:
    """Whether two gray masks of one size change the same pixels, both taken as yes or no."""
    return bool(np.array_equal(view(first) >= 128, view(second) >= 128))


def _stripes(size: Size, shade: int) -> Bytes:
    light, dark = _colour(shade, 235), _colour(shade, 150)
    across = np.add.outer(np.arange(size.height), np.arange(size.width)) // STRIPE % 2
    return np.array([dark, light], np.uint8)[across]


def _colour(shade: int, value: int) -> tuple[int, int, int, int]:
    # Golden angle steps: neighbours in number are far apart in hue.
    hue = np.array([[[shade * 69 % 180, 170, value]]], np.uint8)
    blue, green, red = (int(part) for part in as_bytes(cv2.cvtColor(hue, cv2.COLOR_HSV2BGR))[0, 0])
    return blue, green, red, 255


def _worded(array: Bytes, box: tuple[int, int, int, int]) -> Bytes:
    """The word written into a box (left, top, width, height) of the array, which is changed."""
    left, top, width, height = box
    if width < 12 or height < 8:
        return array
    (wide, tall), _ = cv2.getTextSize(WORD, _FONT, 1.0, 2)
    scale = min(width * 0.8 / wide, height * 0.5 / tall)
    place = (left + int(width - wide * scale) // 2, top + int(height + tall * scale) // 2)
    weight = max(1, round(scale * 2))
    cv2.putText(array, WORD, place, _FONT, scale, (0, 0, 0, 255), weight * 3, cv2.LINE_AA)
    cv2.putText(array, WORD, place, _FONT, scale, (255, 255, 255, 255), weight, cv2.LINE_AA)
    return array


def _insets(array: Bytes, others: Sequence[Pixels]) -> None:
    side = min(array.shape[0], array.shape[1] // max(1, len(others))) // 5
    if side < 8:
        return
    for place, other in enumerate(others):
        left = side // 4 + place * (side + side // 4)
        if left + side > array.shape[1]:
            return
        array[-side - side // 4 : -(side // 4), left : left + side] = view(resize(other, Size(width=side, height=side)))
