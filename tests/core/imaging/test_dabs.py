"""Strokes touch little, never exceed their opacity, and drop what a pen cannot have done."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.imaging.arrays import view
from studio.imaging.dabs import Dab, MaskStroke, Stamps, spacing
from studio.imaging.masks import box, rectangle, share
from studio.imaging.tiles import changed, changed_tiles, empty_mask, full_mask, read_all, tile_rect

LARGE = Size(width=6000, height=4000)
SMALL = Size(width=640, height=520)
SAMPLES = st.lists(
    st.builds(
        PenSample,
        x=st.floats(-300, 900) | st.sampled_from([math.nan, math.inf, 1e300, -1e5]),
        y=st.floats(-300, 900) | st.sampled_from([math.nan, -math.inf, 1e5]),
        pressure=st.floats(-1, 2) | st.just(math.nan),
    ),
    max_size=6,
)


def at(x: float, y: float, pressure: float = 1.0) -> PenSample:
    return PenSample(x=x, y=y, pressure=pressure)


def brush(size: float = 200, hardness: float = 0.8, opacity: float = 1.0, *, erases: bool = False) -> Brush:
    return Brush(size=size, hardness=hardness, opacity=opacity, erases=erases)


@pytest.mark.parametrize(
    "corner", [(3072.0, 2048.0), (3000.0, 2000.0), (3199.5, 2175.25), (0.0, 0.0), (5999.9, 3999.9)]
)
def test_one_dab_on_24_megapixels_makes_at_most_four_tiles(corner: tuple[float, float]) -> None:
    before = full_mask(LARGE)
    stroke = MaskStroke(before, brush(erases=True))
    stroke.to([at(*corner)])
    after = stroke.finish()
    new = [key for key in before.tiles if after.tiles.get(key) is not before.tiles[key]]
    assert 1 <= len(new) <= 4
    assert all(after.tiles[key] is before.tiles[key] for key in before.tiles if key not in new)
    assert len(before.tiles) == 24 * 16


def test_a_dab_on_nothing_makes_at_most_four_tiles() -> None:
    stroke = MaskStroke(empty_mask(LARGE), brush())
    dirty = stroke.to([at(3072, 2048)])
    assert set(stroke.finish().tiles) == {(11, 7), (12, 7), (11, 8), (12, 8)}
    assert Rect(x=2972, y=1948, width=200, height=200).grown(3).contains(dirty)


def test_the_first_dab_shows_on_the_press() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(40))
    assert not stroke.to([at(100, 100)]).is_empty
    tile = stroke.tile(0, 0)
    assert tile is not None
    assert view(tile.pixels)[100, 100] == 255


def test_a_dab_is_round_where_it_is_and_hard_at_its_edge() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(101, hardness=1.0))
    stroke.to([at(200.5, 200.5)])
    array = view(read_all(stroke.finish())).astype(float)
    rows, columns = np.mgrid[:520, :640] + 0.5
    distance = np.hypot(columns - 200.5, rows - 200.5)
    assert (array[distance < 49.5] == 255).all()
    assert (array[distance > 51.5] == 0).all()
    assert array.sum() / 255 == pytest.approx(math.pi * 50.5**2, rel=0.01)


@pytest.mark.parametrize("diameter", [0.5, 9, 63, 64, 255, 400])
@pytest.mark.parametrize("hardness", [0.0, 0.8, 1.0])
@pytest.mark.parametrize("place", [(0.0, 0.0), (0.5, 0.0), (0.25, 0.75), (0.5, 0.5)])
def test_every_byte_of_a_stamp_is_what_its_distance_says(
    diameter: float, hardness: float, place: tuple[float, float]
) -> None:
    dab = Dab(x=40 + place[0], y=30 + place[1], diameter=diameter, strength=0.9)
    left, top, stamp = Stamps().stamp(dab, hardness)
    steps = 4 if diameter < 64 else 2
    x, y = (math.floor(each * steps + 0.5) / steps for each in (dab.x, dab.y))
    rows, columns = np.mgrid[: stamp.shape[0], : stamp.shape[1]] + 0.5
    distance = np.hypot(columns + left - x, rows + top - y)
    outer, inner = max(diameter / 2, diameter / 2 * hardness + 0.5), diameter / 2 * hardness
    inner = min(inner, outer - 1)
    if outer - inner <= 1:
        outer, inner = diameter / 2 + 0.5, diameter / 2 - 0.5
    share = np.clip((outer - distance) / (outer - inner), 0, 1)
    if outer - inner > 1.5:
        share = share * share * (3 - 2 * share)
    assert np.abs(stamp - np.rint(share * round(0.9 * 255))).max() <= 1


def test_what_is_drawn_ahead_is_what_a_stroke_prints() -> None:
    ahead, large = Stamps(), brush(400, opacity=0.6)
    work = ahead.lacking(large)
    assert work is not None
    drawn = work()
    ahead.take(drawn)
    assert ahead.lacking(large) is None
    assert ahead.lacking(brush(200)) is None
    for x, y in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        dab = Dab(x=x, y=y, diameter=400, strength=0.6)
        printed = ahead.stamp(dab, large.hardness)
        assert any(printed[2] is each for each in drawn.values())
        assert np.array_equal(printed[2], Stamps().stamp(dab, large.hardness)[2])


def test_a_soft_dab_falls_off_evenly() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(200, hardness=0.0))
    stroke.to([at(300.5, 260.5)])
    row = view(read_all(stroke.finish()))[260, 300:420].astype(int)
    assert row[0] == 255
    assert (np.diff(row) <= 0).all()
    assert row[50] == pytest.approx(128, abs=6)
    assert row[102] == 0


def test_a_place_within_a_pixel_counts() -> None:
    first, second = MaskStroke(empty_mask(SMALL), brush(9)), MaskStroke(empty_mask(SMALL), brush(9))
    first.to([at(50.0, 50.5)])
    second.to([at(50.5, 50.5)])
    left = view(read_all(first.finish()))[50].astype(int)
    right = view(read_all(second.finish()))[50].astype(int)
    assert (left != right).any()
    assert (left * np.arange(640)).sum() / left.sum() == pytest.approx(49.5, abs=0.1)
    assert (right * np.arange(640)).sum() / right.sum() == pytest.approx(50.0, abs=0.1)


def test_a_stroke_over_itself_never_exceeds_its_opacity() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(80, opacity=0.5))
    stroke.to([at(100 + 60 * math.sin(i), 100 + 60 * math.cos(i)) for i in range(40)])
    assert int(view(read_all(stroke.finish())).max()) == 128


def test_two_strokes_do_not_weaken_what_was_stronger() -> None:
    before = rectangle(SMALL, Rect(x=0, y=0, width=300, height=300))
    stroke = MaskStroke(before, brush(80, opacity=0.5))
    stroke.to([at(100, 100), at(120, 100)])
    assert stroke.finish() is before


def test_an_eraser_takes_away_and_leaves_no_empty_tile() -> None:
    before = rectangle(SMALL, Rect(x=10, y=10, width=20, height=20))
    stroke = MaskStroke(before, brush(200, erases=True))
    stroke.to([at(20, 20)])
    assert not stroke.finish().tiles
    assert share(before) > 0
    assert MaskStroke(empty_mask(SMALL), brush(erases=True)).finish().tiles == {}


def test_a_half_strong_eraser_leaves_half() -> None:
    stroke = MaskStroke(full_mask(SMALL), brush(80, opacity=0.5, erases=True))
    stroke.to([at(100, 100), at(110, 100), at(100, 100)])
    assert view(read_all(stroke.finish()))[100, 100] == 127


def test_a_fast_line_has_no_gaps() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(20, hardness=1.0))
    stroke.to([at(20, 100), at(620, 100)])
    assert (view(read_all(stroke.finish()))[100, 20:620] == 255).all()


def test_pressure_widens_along_the_way() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(100, hardness=1.0))
    stroke.to([at(60, 200, 0.1), at(560, 200, 1.0)])
    widths = np.count_nonzero(view(read_all(stroke.finish())), axis=0)
    assert 8 <= widths[60] <= 14
    assert widths[310] == pytest.approx(55, abs=5)
    assert (np.diff(widths[70:560].astype(int)) >= -1).all()


def test_pressure_can_weaken_instead() -> None:
    painted = Brush(size=40, hardness=1.0, pressure_size=False, pressure_opacity=True)
    stroke = MaskStroke(empty_mask(SMALL), painted)
    stroke.to([at(100, 100, 0.5)])
    assert int(view(read_all(stroke.finish())).max()) == 128


@pytest.mark.parametrize("bad", [at(math.nan, 5), at(5, math.inf), at(1e9, 5), at(300, 5, 0.0), at(5, 300, math.nan)])
def test_what_a_pen_cannot_do_is_left_out(bad: PenSample) -> None:
    clean, dirty = MaskStroke(empty_mask(SMALL), brush(30)), MaskStroke(empty_mask(SMALL), brush(30))
    clean.to([at(50, 50), at(150, 90)])
    dirty.to([bad, at(50, 50), bad, at(50, 50, 0.2), at(150, 90), bad])
    assert np.array_equal(view(read_all(clean.finish())), view(read_all(dirty.finish())))


def test_samples_in_one_call_or_in_many_paint_the_same() -> None:
    samples = [at(20 + 7 * i, 100 + 40 * math.sin(i / 5), 0.5 + i / 200) for i in range(80)]
    one, many = MaskStroke(empty_mask(SMALL), brush(50)), MaskStroke(empty_mask(SMALL), brush(50), Stamps(10_000))
    one.to(samples)
    for sample in samples:
        many.to([sample])
    assert np.array_equal(view(read_all(one.finish())), view(read_all(many.finish())))


@settings(max_examples=30)
@given(SAMPLES, st.floats(0.1, 300), st.booleans())
def test_the_dirty_boxes_hold_all_that_changed(samples: list[PenSample], diameter: float, erases: bool) -> None:
    before = rectangle(SMALL, Rect(x=200, y=150, width=200, height=200))
    stroke = MaskStroke(before, brush(diameter, erases=erases))
    dirty = Rect(x=0, y=0, width=0, height=0)
    for sample in samples:
        dirty = dirty.united(stroke.to([sample]))
    after = stroke.finish()
    rows, columns = np.nonzero(view(read_all(before)) != view(read_all(after)))
    if len(rows):
        found = Rect.from_edges(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
        assert dirty.contains(found)
        assert changed(before, after).contains(found)
    assert Rect.of_size(SMALL).contains(dirty)
    for key in changed_tiles(before, after):
        assert not tile_rect(SMALL, key).intersected(dirty).is_empty
        assert stroke.tile(*key) is after.tiles.get(key)


def test_a_jump_far_away_is_not_followed_dab_by_dab() -> None:
    stroke = MaskStroke(empty_mask(SMALL), brush(10))
    dirty = stroke.to([at(100, 100), at(900_000, 100), at(900_000, 900_000), at(100, 120)])
    assert box(stroke.finish()) is not None
    assert dirty.right == SMALL.width


def test_large_dabs_are_set_close_enough_for_a_straight_edge() -> None:
    for diameter in (1.0, 20.0, 200.0, 2000.0):
        step = spacing(diameter)
        assert step <= max(0.5, diameter / 10)
        assert diameter / 2 - math.sqrt((diameter / 2) ** 2 - (step / 2) ** 2) <= 0.13
