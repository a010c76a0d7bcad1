"""Laws of the box that is sent, and of its size."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.geometry import Margins, Rect, Size
from studio.framing.crop import (
    CONTEXT,
    SMALLEST,
    FrameWish,
    extend_box,
    fit,
    frame_for,
    margins_of,
    ratio_of,
    whole_frame,
)

SIDES = st.integers(1, 9000)
SIZES = st.builds(Size, width=SIDES, height=SIDES)
MULTIPLES = st.sampled_from([1, 8, 16, 64])


@st.composite
def masked(draw: st.DrawFn) -> tuple[Rect, Size]:
    """A document and the box of a mask within it."""
    document = draw(SIZES)
    x, y = draw(st.integers(0, document.width - 1)), draw(st.integers(0, document.height - 1))
    width, height = draw(st.integers(1, document.width - x)), draw(st.integers(1, document.height - y))
    return Rect(x=x, y=y, width=width, height=height), document


@given(masked(), st.none() | st.integers(64, 2048), MULTIPLES)
def test_the_frame_holds_the_mask_with_its_context_and_lies_in_the_document(
    case: tuple[Rect, Size], best_side: int | None, multiple: int
) -> None:
    mask, document = case
    frame = frame_for(mask, document, FrameWish(best_side=best_side, multiple=multiple))
    assert frame.contains(mask)
    assert whole_frame(document).contains(frame)
    least = max(SMALLEST, (best_side or 0) // 2)
    for got, own, limit in (
        (frame.width, mask.width, document.width),
        (frame.height, mask.height, document.height),
    ):
        assert got >= min(limit, max(least, own * (1 + 2 * CONTEXT)))
        assert got == limit or got % multiple == 0
        assert got <= max(own + 2 * math.ceil(own * CONTEXT), least) + multiple


@given(masked())
def test_the_mask_is_in_the_middle_where_there_is_room(case: tuple[Rect, Size]) -> None:
    mask, document = case
    frame = frame_for(mask, document)
    left, right = mask.x - frame.x, frame.right - mask.right
    if frame.x > 0 and frame.right < document.width:
        assert abs(left - right) <= 1


@given(SIZES, st.none() | st.integers(64, 4096), MULTIPLES)
def test_what_is_sent_fits_and_is_never_larger(box: Size, max_side: int | None, multiple: int) -> None:
    found = fit(box, max_side=max_side, multiple=multiple)
    inner = (found.sent.width - found.padding.right, found.sent.height - found.padding.bottom)
    assert found.sent.width % multiple == 0
    assert found.sent.height % multiple == 0
    assert 0 <= found.padding.right < multiple
    assert 0 <= found.padding.bottom < multiple
    assert 1 <= inner[0] <= box.width
    assert 1 <= inner[1] <= box.height
    if max_side is not None:
        assert max(found.sent.width, found.sent.height) <= max(max_side, multiple)
    if max_side is None or max(box.width, box.height) <= max_side - max_side % multiple:
        assert inner == (box.width, box.height)


@given(SIZES, st.integers(256, 4096))
def test_scaling_keeps_the_shape_within_half_a_pixel(box: Size, max_side: int) -> None:
    sent = fit(box, max_side=max_side).sent
    scale = min(1.0, max_side / max(box.width, box.height))
    assert abs(sent.width - box.width * scale) <= 0.5 or sent.width == 1
    assert abs(sent.height - box.height * scale) <= 0.5 or sent.height == 1


@given(SIZES, st.builds(Margins, left=SIDES, top=SIDES, right=SIDES, bottom=SIDES))
def test_margins_come_back_from_the_box(document: Size, margins: Margins) -> None:
    box = extend_box(document, margins)
    assert margins_of(box, document) == margins
    assert box.contains(whole_frame(document))


def test_margins_that_cut_count_as_none() -> None:
    document = Size(width=10, height=20)
    assert extend_box(document, Margins(left=-3, bottom=4)) == Rect(x=0, y=0, width=10, height=24)


@pytest.mark.parametrize(
    ("mask", "frame"),
    [
        (Rect(x=1000, y=1000, width=1000, height=500), Rect(x=300, y=650, width=2400, height=1200)),
        (Rect(x=0, y=0, width=10, height=10), Rect(x=0, y=0, width=256, height=256)),
        (Rect(x=3990, y=1500, width=10, height=10), Rect(x=3744, y=1377, width=256, height=256)),
        (Rect(x=0, y=0, width=4000, height=3000), Rect(x=0, y=0, width=4000, height=3000)),
    ],
)
def test_frames_on_12_megapixels(mask: Rect, frame: Rect) -> None:
    assert frame_for(mask, Size(width=4000, height=3000)) == frame


@given(masked(), st.sampled_from(["1024x1024", "16:9", "1024*1536", "2×3"]))
def test_the_frame_has_the_shape_of_the_answer_where_the_document_has_room(case: tuple[Rect, Size], size: str) -> None:
    mask, document = case
    ratio = ratio_of(size)
    assert ratio is not None
    frame = frame_for(mask, document, FrameWish(ratio=ratio))
    assert frame.contains(mask)
    assert whole_frame(document).contains(frame)
    if frame.width < document.width and frame.height < document.height:
        assert abs(frame.width / frame.height - ratio) < 0.02
    plain = frame_for(mask, document)
    assert frame.width >= plain.width
    assert frame.height >= plain.height


@pytest.mark.parametrize("size", ["auto", "1k", "", "0x4", "4x0", None, 3, "1024x", "x", "1024x1024x3"])
def test_words_that_name_no_shape_have_none(size: object) -> None:
    assert ratio_of(size) is None
