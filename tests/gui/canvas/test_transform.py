"""The view transform: points stay under the pointer, edges meet, the picture cannot be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.geometry import Rect, Size
from studio.ui.canvas.transform import KEEP, MAX_ZOOM, MIN_ZOOM, STEPS, ViewTransform, next_step, previous_step

SIZES = st.builds(Size, width=st.integers(1, 12000), height=st.integers(1, 12000))
VIEWS = st.builds(Size, width=st.integers(64, 4000), height=st.integers(64, 3000))
RATIOS = st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
ZOOMS = st.floats(MIN_ZOOM, MAX_ZOOM)
SHARES = st.floats(0.0, 1.0)


@st.composite
def transforms(draw: st.DrawFn) -> ViewTransform:
    start = ViewTransform(document=draw(SIZES), view=draw(VIEWS), zoom=draw(ZOOMS), ratio=draw(RATIOS))
    return start.centred(draw(SHARES) * start.document.width, draw(SHARES) * start.document.height)


@given(transforms(), st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_there_and_back(view: ViewTransform, x: float, y: float) -> None:
    back = view.to_document(*view.to_device(x, y))

    assert back == pytest.approx((x, y), abs=1e-6)


@given(transforms(), SHARES, SHARES, st.lists(st.sampled_from([1, -1]), min_size=20, max_size=20))
def test_zooming_keeps_the_point_under_the_pointer(
    view: ViewTransform, across: float, down: float, steps: list[int]
) -> None:
    """Over 20 steps in and out the point drifts by less than a pixel, while the picture's edge is not in the way."""
    pointer = (across * view.view.width, down * view.view.height)
    target = view.to_document(*pointer)
    inside = 0 <= target[0] <= view.document.width and 0 <= target[1] <= view.document.height
    moved = view
    for step in steps:
        free = moved.stepped(step, pointer)
        if not inside or free.to_device(*target) != pytest.approx(pointer, abs=1e-3):
            return
        moved = free

    assert moved.to_device(*target) == pytest.approx(pointer, abs=0.5)


def test_zooming_in_the_middle_of_a_picture_never_drifts() -> None:
    view = ViewTransform(document=Size(width=4000, height=3000), view=Size(width=1000, height=700)).fitted(24)
    pointer = (613.0, 288.0)
    target = view.to_document(*pointer)
    for step in (1,) * 20 + (-1,) * 20:
        view = view.stepped(step, pointer)

    assert view.to_device(*target) == pytest.approx(pointer, abs=0.01)


@given(transforms(), st.integers(1, 300), st.integers(-50, 9000), st.integers(-50, 9000))
def test_neighbours_share_their_edge(view: ViewTransform, edge: int, x: int, y: int) -> None:
    left = view.device_rect(Rect(x=x, y=y, width=edge, height=edge))
    right = view.device_rect(Rect(x=x + edge, y=y, width=edge, height=edge))

    assert left.right == right.x


@given(transforms(), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_panning_never_loses_the_picture(view: ViewTransform, dx: float, dy: float) -> None:
    moved = view.panned(dx, dy)
    seen = moved.picture.intersected(Rect.of_size(moved.view))
    least = min(KEEP, moved.document.width * moved.zoom, moved.view.width / 2) - 2

    assert seen.width >= least


@given(transforms())
def test_corners_can_come_to_the_middle(view: ViewTransform) -> None:
    """A brush on the corner needs room on both sides of it."""
    x, y = view.centred(0, 0).to_device(0, 0)

    assert (x, y) == pytest.approx((view.view.width / 2, view.view.height / 2), abs=1)


@given(transforms(), st.integers(0, 64))
def test_fit_shows_all_of_it(view: ViewTransform, margin: int) -> None:
    fitted = view.fitted(margin)
    if fitted.zoom == MIN_ZOOM or margin * 2 + 2 > min(view.view.width, view.view.height):
        return

    assert fitted.zoom <= 1.0
    assert Rect.of_size(view.view).grown(1).contains(fitted.picture)


@given(transforms())
def test_the_level_has_a_pixel_for_each_device_pixel_and_not_four(view: ViewTransform) -> None:
    scale = view.zoom * 2**view.level

    assert view.level == 0 if view.zoom >= 1.0 else 0.5 < scale <= 1.0 + 1e-6


def test_actual_size_is_one_picture_pixel_on_one_device_pixel() -> None:
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=1600, height=1200), ratio=2.0)

    assert view.device_rect(Rect(x=0, y=0, width=900, height=700)).size == Size(width=900, height=700)
    assert view.from_view(100, 50) == (200, 100)


@given(ZOOMS)
def test_steps_go_on(zoom: float) -> None:
    assert next_step(zoom) > zoom or zoom >= MAX_ZOOM * 0.999
    assert previous_step(zoom) < zoom or zoom <= MIN_ZOOM * 1.001
    assert 1.0 in STEPS


@given(transforms(), VIEWS, RATIOS)
def test_a_resized_canvas_keeps_its_middle(view: ViewTransform, size: Size, ratio: float) -> None:
    middle = view.to_document(view.view.width / 2, view.view.height / 2)
    after = view.resized(size, ratio)

    assert after.to_device(*middle) == pytest.approx((size.width / 2, size.height / 2), abs=max(KEEP, 2))
