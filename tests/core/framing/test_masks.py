"""Mask files mean what the command line says they mean."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.framing.masks import mask_pixels, read_mask
from studio.imaging.arrays import pixels_of, view
from studio.imaging.decode import decode
from studio.imaging.png import png

SIZE = Size(width=8, height=6)


def coloured(*, white: bool, transparent: bool) -> Pixels:
    """The left half white or the right half transparent, the rest black and opaque."""
    array = np.zeros((6, 8, 4), np.uint8)
    array[..., 3] = 255
    if white:
        array[:, :4, :3] = 255
    if transparent:
        array[:, 4:, 3] = 0
    return decode(png(pixels_of(array, PixelFormat.BGRA)), "mask.png").pixels


def halves(pixels: Pixels, means: str | None = None) -> tuple[int, int]:
    """Strength in the left and in the right half."""
    mask = view(mask_pixels(read_mask(pixels, SIZE, means)))
    return int(mask[:, :4].mean()), int(mask[:, 4:].mean())


def test_an_opaque_picture_masks_where_it_is_white() -> None:
    assert halves(coloured(white=True, transparent=False)) == (255, 0)


def test_a_picture_with_holes_masks_where_it_is_transparent() -> None:
    assert halves(coloured(white=True, transparent=True)) == (0, 255)


def test_what_is_said_overrules_the_file() -> None:
    assert halves(coloured(white=True, transparent=True), "white") == (255, 0)
    assert halves(coloured(white=False, transparent=True), "transparent") == (0, 255)


def test_gray_files_are_read_exactly() -> None:
    levels = np.linspace(0, 255, 48).astype(np.uint8).reshape(6, 8)
    pixels = decode(png(pixels_of(levels, PixelFormat.GRAY)), "mask.png").pixels
    assert np.array_equal(view(mask_pixels(read_mask(pixels, SIZE))), levels)


@pytest.mark.parametrize(
    ("pixels", "size", "means", "code"),
    [
        (coloured(white=True, transparent=False), Size(width=9, height=6), None, "mask-size"),
        (coloured(white=False, transparent=False), SIZE, None, "mask-empty"),
        (coloured(white=True, transparent=False), SIZE, "transparent", "mask-empty"),
        (coloured(white=True, transparent=False), SIZE, "black", "bad-parameter"),
    ],
)
def test_what_is_no_mask_is_refused(pixels: Pixels, size: Size, means: str | None, code: str) -> None:
    with pytest.raises(UsageError) as error:
        read_mask(pixels, size, means)
    assert error.value.problem.code == code
