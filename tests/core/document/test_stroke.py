"""Tools replay the same; cancelled they leave nothing; their boxes cover what changed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document.stroke import BrushTool, LassoTool, RectangleTool, StrokeTool, line_from
from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.imaging.masks import How, box, rectangle, share
from studio.imaging.tiles import changed, empty_mask, read_all

SIZE = Size(width=600, height=520)
MASK = rectangle(SIZE, Rect(x=100, y=100, width=50, height=50))
COORDINATE = st.floats(-2000, 3000) | st.sampled_from([math.nan, math.inf, -math.inf])
SAMPLES = st.lists(
    st.builds(PenSample, x=COORDINATE, y=COORDINATE, pressure=st.floats(-0.5, 1.5)), min_size=1, max_size=12
)


def pen(x: float, y: float, pressure: float = 1.0) -> PenSample:
    return PenSample(x=x, y=y, pressure=pressure)


def tools() -> list[StrokeTool]:
    brush = Brush(size=30)
    return [BrushTool(MASK, brush), RectangleTool(MASK, "add"), LassoTool(MASK, "subtract")]


@settings(max_examples=40)
@given(SAMPLES)
def test_no_pen_breaks_a_tool_and_replaying_gives_the_same(samples: list[PenSample]) -> None:
    for first, second in zip(tools(), tools(), strict=True):
        masks: list[bytes] = []
        for tool, pieces in ((first, [samples[1:]]), (second, [[each] for each in samples[1:]])):
            tool.begin(samples[0])
            for piece in pieces:
                tool.motion(piece)
            masks.append(bytes(read_all(tool.end()).data))
        assert masks[0] == masks[1]


def test_the_first_dab_shows_on_the_press() -> None:
    tool = BrushTool(empty_mask(SIZE), Brush(size=40))
    dirty = tool.begin(pen(300, 200))
    assert dirty.contains(Rect(x=285, y=185, width=30, height=30))
    assert tool.tile(1, 0) is not None


def test_the_boxes_told_cover_all_that_changed() -> None:
    tool = BrushTool(empty_mask(SIZE), Brush(size=40))
    told = tool.begin(pen(50, 50)).united(tool.motion([pen(400, 90), pen(300, 400)]))
    found = box(tool.end())
    assert found is not None
    assert told.contains(found)


def test_a_cancelled_stroke_leaves_the_mask_and_tells_where_it_was() -> None:
    before = bytes(read_all(MASK).data)
    tool = BrushTool(MASK, Brush(size=40))
    dirty = tool.begin(pen(300, 200)).united(tool.motion([pen(350, 200)]))
    assert tool.cancel() == dirty
    assert bytes(read_all(MASK).data) == before


def test_a_stroke_beside_the_picture_changes_nothing() -> None:
    tool = BrushTool(MASK, Brush(size=10))
    tool.begin(pen(-500, -500))
    assert tool.end() is MASK


def test_erasing_takes_off_what_it_crosses() -> None:
    tool = BrushTool(MASK, Brush(size=200, hardness=1, erases=True))
    tool.begin(pen(125, 125))
    assert share(tool.end()) == 0


def test_a_straight_line_starts_where_the_last_stroke_ended() -> None:
    first = BrushTool(empty_mask(SIZE), Brush(size=20))
    first.begin(pen(50, 50))
    assert first.last is not None
    start, end = line_from(first.last, pen(450, 50, 0.5))
    assert start == pen(50, 50, 0.5)
    line = BrushTool(first.end(), Brush(size=20, pressure_size=False))
    line.begin(start)
    line.motion([end])
    drawn = box(line.end(), 128)
    assert drawn is not None
    assert Rect(x=39, y=39, width=422, height=22).contains(drawn)
    assert drawn.contains(Rect(x=42, y=42, width=416, height=16))


@pytest.mark.parametrize(
    ("how", "masked"),
    [("replace", 400), ("add", 2500 + 400 - 100), ("subtract", 2500 - 100), ("intersect", 100)],
)
def test_a_rectangle_joins_the_mask_as_told(how: How, masked: int) -> None:
    tool = RectangleTool(MASK, how)
    tool.begin(pen(159.6, 160.2))
    tool.motion([pen(0, 0), pen(140.4, 139.7)])
    assert [(each.x, each.y) for each in tool.shape()] == [(140, 140), (160, 140), (160, 160), (140, 160)]
    assert share(tool.end()) * SIZE.area == pytest.approx(masked)


def test_a_click_with_the_rectangle_clears_or_does_nothing() -> None:
    expected: list[tuple[How, int]] = [("replace", 0), ("add", 2500), ("subtract", 2500)]
    for how, left in expected:
        tool = RectangleTool(MASK, how)
        tool.begin(pen(10, 10))
        assert tool.shape() == ()
        assert share(tool.end()) * SIZE.area == pytest.approx(left)


def test_a_click_on_an_empty_mask_makes_no_step() -> None:
    mask = empty_mask(SIZE)
    tool = LassoTool(mask, "replace")
    tool.begin(pen(10, 10))
    assert tool.end() is mask


def test_a_lasso_closes_itself() -> None:
    tool = LassoTool(empty_mask(SIZE), "add")
    tool.begin(pen(100, 100))
    tool.motion([pen(200, 100), pen(200, 200)])
    dirty = tool.motion([pen(100, 200)])
    assert len(tool.shape()) == 4
    mask = tool.end()
    assert share(mask) * SIZE.area == pytest.approx(10_000, rel=0.03)
    assert dirty.contains(box(mask) or Rect.of_size(SIZE))
    assert tool.cancel() == dirty


def test_shapes_leave_the_mask_until_they_end() -> None:
    for tool in (RectangleTool(MASK, "replace"), LassoTool(MASK, "replace")):
        tool.begin(pen(0, 0))
        tool.motion([pen(300, 0), pen(300, 300)])
        assert tool.tile(0, 0) is MASK.tiles[0, 0]
        assert not changed(MASK, tool.end()).is_empty
