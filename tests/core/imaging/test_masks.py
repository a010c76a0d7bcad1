"""Masks are made, combined and measured as numpy would on the whole picture."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.geometry import Rect
from studio.imaging.arrays import view
from studio.imaging.masks import (
    How,
    box,
    combine,
    feather,
    from_alpha,
    grow,
    invert,
    is_empty,
    is_full,
    mask_of,
    outline,
    polygon,
    rectangle,
    share,
)
from studio.imaging.tiles import Mask, changed_tiles, empty_mask, full_mask, raster_of, read_all
from tests.core.imaging.pictures import bgra, gray, noise, size

SIZE = size(600, 520)
BOXES = st.builds(
    Rect, x=st.integers(-50, 560), y=st.integers(-50, 500), width=st.integers(0, 300), height=st.integers(0, 300)
)
PLAIN = {
    "replace": lambda a, b: b,
    "add": np.maximum,
    "subtract": lambda a, b: np.minimum(a, 255 - b),
    "intersect": np.minimum,
}


def bytes_of(mask: Mask) -> np.ndarray:
    return view(read_all(mask))


def soft(seed: int = 1) -> np.ndarray:
    """A few soft blobs."""
    array = np.zeros((SIZE.height, SIZE.width), np.uint8)
    places = np.random.default_rng(seed)
    for _ in range(3):
        x, y = int(places.integers(50, 550)), int(places.integers(50, 470))
        cv2.circle(array, (x, y), int(places.integers(10, 60)), (255,), -1)
    return np.asarray(cv2.GaussianBlur(array, (0, 0), 4))


@settings(max_examples=20)
@given(BOXES, st.sampled_from(["replace", "add", "subtract", "intersect"]), st.integers(1, 5))
def test_combining_is_what_numpy_says(place: Rect, how: How, seed: int) -> None:
    first, second = soft(seed), bytes_of(rectangle(SIZE, place))
    combined = combine(raster_of(gray(first)), rectangle(SIZE, place), how)
    assert np.array_equal(bytes_of(combined), PLAIN[how](first, second))


def test_combining_shares_what_stays() -> None:
    mask = full_mask(size(2000, 2000))
    less = combine(mask, rectangle(mask.size, Rect(x=300, y=300, width=10, height=10)), "subtract")
    assert changed_tiles(mask, less) == {(1, 1)}
    assert combine(mask, rectangle(mask.size, Rect(x=300, y=300, width=10, height=10)), "add").tiles == mask.tiles
    with pytest.raises(ValueError, match="cannot be combined"):
        combine(mask, empty_mask(SIZE), "add")


@given(BOXES)
def test_a_rectangle_masks_its_box_and_no_more(place: Rect) -> None:
    mask = rectangle(SIZE, place)
    inside = place.intersected(Rect.of_size(SIZE))
    assert box(mask) == (None if inside.is_empty else inside)
    assert share(mask) == pytest.approx(inside.size.area / SIZE.area)


def test_a_polygon_covers_its_area_where_it_is() -> None:
    ring = [(300 + 150 * math.cos(i * 0.1), 260 + 150 * math.sin(i * 0.1)) for i in range(63)]
    array = bytes_of(polygon(SIZE, ring)).astype(float)
    area = 0.5 * abs(sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True)))
    assert array.sum() / 255 == pytest.approx(area, rel=0.01)
    rows, columns = np.mgrid[: SIZE.height, : SIZE.width] + 0.5
    assert (array * columns).sum() / array.sum() == pytest.approx(300, abs=0.2)
    assert (array * rows).sum() / array.sum() == pytest.approx(260, abs=0.2)
    assert ((array > 0) & (array < 255)).any()


def test_a_polygon_that_is_none_masks_nothing() -> None:
    assert is_empty(polygon(SIZE, [(1, 1), (5, 5)]))
    assert is_empty(polygon(SIZE, [(math.nan, 1), (5, 5), (math.inf, 2), (9, 1)]))
    assert is_empty(polygon(SIZE, [(-100, -100), (-50, -100), (-50, -60)]))
    assert is_full(polygon(SIZE, [(-1e9, -1e9), (1e9, -1e9), (1e9, 1e9), (-1e9, 1e9)]))


def test_inverting_twice_gives_it_back() -> None:
    array = soft()
    mask = raster_of(gray(array))
    assert np.array_equal(bytes_of(invert(mask)), 255 - array)
    assert np.array_equal(bytes_of(invert(invert(mask))), array)
    assert is_full(invert(empty_mask(SIZE)))
    assert not invert(full_mask(SIZE)).tiles


@pytest.mark.parametrize("pixels", [1, 5, 16, 40])
def test_growing_reaches_as_far_as_asked(pixels: int) -> None:
    mask = rectangle(SIZE, Rect(x=200, y=200, width=60, height=50))
    assert box(grow(mask, pixels)) == Rect(x=200, y=200, width=60, height=50).grown(pixels)
    corner = bytes_of(grow(mask, pixels))[200 - pixels, 200 - pixels]
    assert corner == 0, "a round kernel does not reach the corner"


def test_shrinking_takes_off_and_leaves_the_edge_of_the_picture() -> None:
    mask = rectangle(SIZE, Rect(x=0, y=100, width=300, height=100))
    assert box(grow(mask, -7)) == Rect(x=0, y=107, width=293, height=86)
    assert is_empty(grow(mask, -60))
    assert is_full(grow(full_mask(SIZE), -5))
    assert grow(mask, 0) is mask


@pytest.mark.parametrize("radius", [2.0, 12.0, 40.0])
def test_feathering_softens_the_edge_evenly(radius: float) -> None:
    array = bytes_of(feather(rectangle(SIZE, Rect(x=0, y=0, width=300, height=520)), radius))
    row = array[260].astype(int)
    assert (np.diff(row) <= 0).all()
    assert row[299] + row[300] == pytest.approx(255, abs=4)
    sixteenth = int(np.argmax(row < 255 * 0.1587))
    assert sixteenth - 300 == pytest.approx(radius / 2, abs=1.2), "one sigma out"
    assert (array[0] == array[260]).all(), "it fades as if it went on beyond the picture"


def test_feathering_leaves_far_tiles_alone() -> None:
    mask = combine(
        rectangle(size(3000, 3000), Rect(x=0, y=0, width=50, height=50)), empty_mask(size(3000, 3000)), "add"
    )
    assert set(feather(mask, 4).tiles) == {(0, 0)}


def test_box_and_share_know_strengths() -> None:
    array = np.zeros((SIZE.height, SIZE.width), np.uint8)
    array[100:110, 100:140] = 100
    array[105, 120] = 200
    mask = raster_of(gray(array))
    assert box(mask) == Rect(x=100, y=100, width=40, height=10)
    assert box(mask, 128) == Rect(x=120, y=105, width=1, height=1)
    assert box(mask, 201) is None
    assert share(mask) == pytest.approx(array.sum() / 255 / array.size)
    assert not is_full(mask)
    assert is_empty(mask, 201)


def test_the_outline_goes_around_pixels() -> None:
    rings = outline(rectangle(SIZE, Rect(x=10, y=20, width=30, height=40)))
    assert len(rings) == 1
    assert {(point.x, point.y) for point in rings[0]} == {(10, 20), (40, 20), (40, 60), (10, 60)}


def test_the_outline_has_a_ring_for_each_hole() -> None:
    outer = rectangle(SIZE, Rect(x=100, y=100, width=200, height=200))
    holed = combine(outer, rectangle(SIZE, Rect(x=150, y=150, width=50, height=50)), "subtract")
    assert len(outline(holed)) == 2
    assert outline(empty_mask(SIZE)) == ()


def test_the_outline_of_a_large_mask_is_found_reduced() -> None:
    large = size(3000, 2000)
    ring = outline(full_mask(large))[0]
    assert {(point.x, point.y) for point in ring} == {(0, 0), (3000, 0), (3000, 2000), (0, 2000)}


def test_an_alpha_becomes_a_mask() -> None:
    array = noise(400, 300)
    assert np.array_equal(bytes_of(from_alpha(raster_of(bgra(array)))), array[..., 3])


def test_a_picture_becomes_a_mask() -> None:
    array = noise(40, 30, opaque=True)
    array[...] = 255
    array[:, :10, :3] = 0
    assert np.array_equal(bytes_of(mask_of(bgra(array))), array[..., 0]), "white is masked"
    array[:5, :, 3] = 0
    assert np.array_equal(bytes_of(mask_of(bgra(array))), 255 - array[..., 3]), "transparent is masked"
    assert np.array_equal(bytes_of(mask_of(bgra(array), "white")), array[..., 0])
    assert np.array_equal(bytes_of(mask_of(gray(array[..., 1]))), array[..., 1])
