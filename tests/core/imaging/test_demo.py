"""Demonstration pictures: they keep what is to be kept and cannot be taken for anything else."""

from __future__ import annotations

import numpy as np

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import pixels_of, view
from studio.imaging.demo import changed_by_alpha, changed_by_white, demo_picture, same_change

SIZE = Size(width=120, height=80)


def plain(value: int = 40) -> Pixels:
    array = np.full((80, 120, 4), value, np.uint8)
    array[..., 3] = 255
    return pixels_of(array, PixelFormat.BGRA)


def left_half() -> Pixels:
    array = np.zeros((80, 120), np.uint8)
    array[:, :60] = 255
    return pixels_of(array, PixelFormat.GRAY)


def test_only_what_the_mask_marks_is_changed() -> None:
    base = plain()
    drawn = view(demo_picture(base, left_half(), SIZE, 1))
    assert np.array_equal(drawn[:, 60:], view(base)[:, 60:])
    assert (drawn[:, :60] != view(base)[:, :60]).any(axis=2).mean() > 0.95


def test_each_shade_is_another_picture_and_the_same_shade_the_same() -> None:
    first, second, again = (view(demo_picture(None, None, SIZE, shade)) for shade in (1, 2, 1))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, again)
    assert (first[..., 3] == 255).all()


def test_the_size_is_the_one_asked_for_and_references_are_shown() -> None:
    larger = Size(width=200, height=100)
    without = view(demo_picture(plain(), None, larger, 1))
    shown = view(demo_picture(plain(), None, larger, 1, (plain(250), plain(0))))
    assert without.shape == shown.shape == (100, 200, 4)
    assert (shown[80:94, 6:18, :3] == 250).all()


def test_nothing_breaks_on_pictures_too_small_for_a_word() -> None:
    tiny = Size(width=3, height=2)
    assert demo_picture(plain(), left_half(), tiny, 1, (plain(),)).size == tiny


def test_a_mask_is_read_by_alpha_and_by_white() -> None:
    array = np.zeros((2, 2, 4), np.uint8)
    array[0, 0] = (255, 255, 255, 0)
    array[0, 1] = (0, 0, 0, 0)
    array[1] = (0, 0, 0, 255)
    mask = pixels_of(array, PixelFormat.BGRA)
    assert view(changed_by_alpha(mask)).tolist() == [[255, 255], [0, 0]]
    assert view(changed_by_white(mask)).tolist() == [[255, 0], [0, 0]]
    assert not same_change(changed_by_alpha(mask), changed_by_white(mask))
