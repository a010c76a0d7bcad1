"""Tiles give back what was put in, and share what did not change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.geometry import Point, Rect
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import view
from studio.imaging.tiles import (
    TILE,
    changed,
    changed_tiles,
    empty,
    empty_mask,
    full_mask,
    new_tile,
    raster_of,
    read,
    read_all,
    replace,
    resized_canvas,
    shifted,
    tile_rect,
)
from tests.core.imaging.pictures import bgra, gray, noise, size

SIDES = st.integers(1, 600)
PLACES = st.integers(-400, 700)


def windowed(array: np.ndarray, box: Rect) -> np.ndarray:
    """What a box shows of an array, zeros outside: the plain way."""
    result = np.zeros((box.height, box.width, *array.shape[2:]), np.uint8)
    for y in range(max(0, box.y), min(array.shape[0], box.bottom)):
        left, right = max(0, box.x), min(array.shape[1], box.right)
        if left < right:
            result[y - box.y, left - box.x : right - box.x] = array[y, left:right]
    return result


@settings(max_examples=25)
@given(SIDES, SIDES, PLACES, PLACES, st.integers(0, 300), st.integers(0, 300))
def test_any_box_reads_what_was_put_in(width: int, height: int, x: int, y: int, across: int, down: int) -> None:
    array = noise(width, height)
    box = Rect(x=x, y=y, width=across, height=down)
    assert np.array_equal(view(read(raster_of(bgra(array)), box)), windowed(array, box))


@settings(max_examples=25)
@given(SIDES, SIDES, PLACES, PLACES)
def test_a_picture_lies_where_it_was_put(width: int, height: int, x: int, y: int) -> None:
    array = noise(width, height)
    raster = raster_of(bgra(array), Point(x=x, y=y), size(500, 400))
    shown = windowed(array, Rect(x=-x, y=-y, width=500, height=400))
    assert np.array_equal(view(read_all(raster)), shown)
    assert all(view(tile.pixels).any() for tile in raster.tiles.values())


@settings(max_examples=25)
@given(SIDES, SIDES, PLACES, PLACES, SIDES, SIDES)
def test_a_resized_canvas_is_a_window(width: int, height: int, x: int, y: int, across: int, down: int) -> None:
    array = noise(width, height)[..., 0]
    box = Rect(x=x, y=y, width=across, height=down)
    resized = resized_canvas(raster_of(gray(array)), box)
    assert resized.size == box.size
    assert np.array_equal(view(read_all(resized)), windowed(array, box))


def test_gaps_between_rows_do_not_matter() -> None:
    array = noise(700, 520)
    whole = bgra(array)
    narrow = Pixels(size=size(640, 520), stride=whole.stride, format=PixelFormat.BGRA, data=whole.data)
    assert np.array_equal(view(read_all(raster_of(narrow))), array[:, :640])


def test_a_photograph_is_not_held_twice() -> None:
    picture = bgra(noise(1024, 1024, opaque=True))
    raster = raster_of(picture)
    own = view(picture)
    sharing = [tile for tile in raster.tiles.values() if np.shares_memory(view(tile.pixels), own)]
    assert len(raster.tiles) == 16
    assert len(sharing) >= 12


def test_a_small_rest_does_not_keep_a_large_picture_alive() -> None:
    array = np.zeros((1024, 1024, 4), np.uint8)
    array[300, 300] = 9
    picture = bgra(array)
    raster = raster_of(picture)
    assert list(raster.tiles) == [(1, 1)]
    assert not np.shares_memory(view(raster.tiles[1, 1].pixels), view(picture))


def test_tiles_at_the_edge_are_cropped_to_the_picture() -> None:
    raster = raster_of(bgra(noise(300, 270, opaque=True)))
    assert raster.tiles[1, 1].pixels.size == size(44, 14)
    assert tile_rect(raster.size, (1, 1)) == Rect(x=256, y=256, width=44, height=14)
    assert raster.tiles[1, 1].weight == 44 * 14 * 4


def test_nobody_can_write_to_a_tile() -> None:
    raster = raster_of(bgra(noise(300, 300, opaque=True)))
    array = view(raster.tiles[0, 0].pixels)
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 1
    assert raster.tiles[1, 1].pixels.data.readonly


def test_a_change_is_found_by_identity() -> None:
    before = raster_of(bgra(noise(1000, 800, opaque=True)))
    after = replace(before, {(1, 2): new_tile(np.ones((TILE, TILE, 4), np.uint8)), (3, 0): None})
    assert changed_tiles(before, after) == {(1, 2), (3, 0)}
    assert changed(before, after) == Rect(x=256, y=0, width=744, height=768)
    assert changed(before, before).is_empty
    assert changed(before, empty(size(20, 10))) == Rect(x=0, y=0, width=1000, height=800)


def test_replacing_a_tile_by_itself_gives_the_same_raster() -> None:
    raster = raster_of(bgra(noise(300, 300, opaque=True)))
    assert replace(raster, {(0, 0): raster.tiles[0, 0], (9, 9): None}) is raster


def test_a_canvas_grown_by_whole_tiles_shares_them() -> None:
    raster = raster_of(bgra(noise(768, 512, opaque=True)))
    grown = resized_canvas(raster, Rect(x=-256, y=-512, width=1500, height=1500))
    assert all(grown.tiles[column + 1, row + 2] is tile for (column, row), tile in raster.tiles.items())
    assert resized_canvas(raster, Rect.of_size(raster.size)) is raster


def test_shifting_forth_and_back_loses_only_what_left() -> None:
    array = noise(300, 300)[..., 0]
    back = shifted(shifted(raster_of(gray(array)), 10, -20), -10, 20)
    assert np.array_equal(view(read_all(back))[20:, :290], array[20:, :290])
    assert not view(read_all(back))[:20].any()


def test_masks_begin_empty_or_full() -> None:
    assert not view(read_all(empty_mask(size(300, 20)))).any()
    full = full_mask(size(1000, 700))
    assert (view(read_all(full)) == 255).all()
    assert full.tiles[0, 0] is full.tiles[2, 1]
