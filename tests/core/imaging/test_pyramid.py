"""Reduced copies are means of what lies under them, and only what changed is made anew."""

from __future__ import annotations

import numpy as np
import pytest

from studio.domain.geometry import Rect
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import pixels_of, view
from studio.imaging.pyramid import levels_of, reduce, renewed
from studio.imaging.tiles import changed_tiles, empty, new_tile, raster_of, read, read_all, replace
from tests.core.imaging.pictures import bgra, gray, noise, size


def test_levels_halve_until_one_tile_holds_them() -> None:
    sizes = [level.size for level in levels_of(raster_of(bgra(noise(1001, 601, opaque=True))))]
    assert sizes == [size(501, 301), size(251, 151)]
    assert levels_of(raster_of(bgra(noise(256, 10)))) == ()


def test_a_level_is_the_mean_of_four() -> None:
    array = noise(1000, 600, opaque=True)
    level = view(read_all(levels_of(raster_of(bgra(array)))[0]))
    mean = array.astype(float).reshape(300, 2, 500, 2, 4).mean(axis=(1, 3))
    assert np.abs(level - mean).max() <= 0.5


def test_a_mask_has_levels_too() -> None:
    array = noise(700, 513)[..., 0]
    levels = levels_of(raster_of(gray(array)))
    assert levels[0].format is PixelFormat.GRAY
    assert view(read_all(levels[0]))[0, 0] == pytest.approx(array[:2, :2].mean(), abs=0.5)


def test_colours_weigh_as_much_as_their_alpha() -> None:
    array = np.zeros((2, 2, 4), np.uint8)
    array[0, 0] = (10, 20, 30, 255)
    array[0, 1] = (255, 255, 255, 0)
    assert view(reduce(bgra(array)))[0, 0].tolist() == [10, 20, 30, 64]
    premultiplied = pixels_of(array, PixelFormat.BGRA_PREMULTIPLIED)
    assert view(reduce(premultiplied))[0, 0, 0] == 66


def test_a_change_renews_what_lies_above_it_only() -> None:
    before = raster_of(bgra(noise(2000, 1500, opaque=True)))
    levels = levels_of(before)
    after = replace(before, {(5, 2): new_tile(np.full((256, 256, 4), 200, np.uint8))})
    fresh = renewed(levels, after, [(5, 2)])
    assert [changed_tiles(old, new) for old, new in zip(levels, fresh, strict=True)] == [{(2, 1)}, {(1, 0)}, {(0, 0)}]
    for made, whole in zip(fresh, levels_of(after), strict=True):
        assert np.array_equal(view(read_all(made)), view(read_all(whole)))


def test_empty_places_stay_empty() -> None:
    raster = replace(empty(size(2000, 2000)), {(7, 7): new_tile(np.full((208, 208, 4), 9, np.uint8))})
    levels = levels_of(raster)
    assert [list(level.tiles) for level in levels] == [[(3, 3)], [(1, 1)], [(0, 0)]]
    cleared = renewed(levels, empty(size(2000, 2000)), [(7, 7)])
    assert [list(level.tiles) for level in cleared] == [[], [], []]


def test_another_size_makes_all_anew() -> None:
    old = levels_of(raster_of(bgra(noise(600, 600, opaque=True))))
    new = raster_of(bgra(noise(900, 500, opaque=True)))
    levels = renewed(old, new, [])
    assert levels[0].size == size(450, 250)
    assert view(read(levels[0], Rect(x=449, y=249, width=1, height=1))).any()
