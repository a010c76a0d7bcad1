"""What is sent, and what is refused before anything is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.document.stroke import BrushTool
from studio.domain.capabilities import Capabilities, MaskUse
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import UsageError
from studio.domain.request import Outcome
from studio.framing.masks import gray
from studio.framing.prepare import Order, frame_of, prepare
from studio.imaging.arrays import pixels_of, view
from studio.imaging.decode import decode
from studio.imaging.masks import feather, full_mask, rectangle
from studio.imaging.tiles import empty_mask

if TYPE_CHECKING:
    from studio.document.state import DocumentState

PHOTO = Path(__file__).parents[2] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
FILL = Capabilities(mask=MaskUse.REQUIRED)
SIZE = Size(width=900, height=700)


def picture(data: bytes) -> Pixels:
    return decode(data, "test").pixels


@pytest.fixture(scope="module")
def plain() -> DocumentState:
    array = np.random.default_rng(0).integers(0, 256, (SIZE.height, SIZE.width, 4), np.uint8)
    array[..., 3] = 255
    return new_document(pixels_of(array, PixelFormat.BGRA))


@pytest.fixture
def painted(plain: DocumentState) -> DocumentState:
    """100 x 80 painted in the middle."""
    return with_mask(plain, rectangle(SIZE, Rect(x=400, y=300, width=100, height=80)))


def order(state: DocumentState | None, capabilities: Capabilities = FILL) -> Order:
    return Order(state=state, capabilities=capabilities)


def test_a_masked_order_sends_the_crop_and_its_masks(painted: DocumentState) -> None:
    found = prepare(order(painted))
    box = found.placement.box
    assert box == frame_of(order(painted))
    assert box.size == found.placement.sent
    assert max(box.width, box.height) < 300
    assert np.array_equal(view(picture(found.base)), view(flattened(painted, box)))
    assert found.mask is not None
    assert found.paste_mask is not None
    hole, paste = view(gray(picture(found.mask))), view(gray(picture(found.paste_mask)))
    assert set(np.unique(hole)) == {0, 255}
    corner = hole[300 - box.y - 3 : 300 - box.y + 83, 400 - box.x + 20 : 400 - box.x + 80]
    assert corner.all()
    assert 106 * 86 - 40 <= np.count_nonzero(hole) <= 106 * 86
    assert (paste[hole == 255] == 255).all()
    rim = (paste > 0) & (paste < 255)
    assert rim.any()
    border = np.concatenate((paste[0], paste[-1], paste[:, 0], paste[:, -1]))
    assert not border.any()


def test_a_faint_rim_of_the_brush_counts_in_full(plain: DocumentState) -> None:
    tool = BrushTool(plain.mask, Brush(size=120, hardness=0.2))
    tool.begin(PenSample(x=450, y=350))
    found = prepare(order(with_mask(plain, tool.end())))
    assert found.mask is not None
    assert np.count_nonzero(view(gray(picture(found.mask)))) > np.pi * 56**2


def test_a_feathered_mask_reaches_as_far_as_it_can_be_seen(painted: DocumentState) -> None:
    soft = with_mask(painted, feather(painted.mask, 40))
    assert frame_of(order(soft)).contains(frame_of(order(painted)).grown(-20))
    found = prepare(order(soft))
    assert found.paste_mask is not None
    assert not view(gray(picture(found.paste_mask)))[0].any()


def test_a_large_crop_is_scaled_and_says_so(painted: DocumentState) -> None:
    small = prepare(order(painted, replace(FILL, max_side=128)))
    assert max(small.placement.sent.width, small.placement.sent.height) == 128
    assert picture(small.base).size == small.placement.sent
    assert small.mask is not None
    assert picture(small.mask).size == small.placement.sent
    assert small.paste_mask is not None
    assert picture(small.paste_mask).size == small.placement.box.size


def test_sizes_that_must_be_multiples_are_padded(painted: DocumentState) -> None:
    odd = Order(state=painted, capabilities=FILL, frame="whole", multiple=64)
    found = prepare(odd)
    assert found.placement.sent == Size(width=960, height=704)
    assert found.placement.padding == Margins(right=60, bottom=4)
    assert found.mask is not None
    assert not view(gray(picture(found.mask)))[:, 900:].any()


def test_the_whole_picture_goes_where_asked_or_where_nothing_is_masked(
    plain: DocumentState, painted: DocumentState
) -> None:
    edits = Capabilities(mask=MaskUse.OPTIONAL)
    whole = prepare(Order(state=painted, capabilities=FILL, frame="whole"))
    assert whole.placement.box == painted.box
    unmasked = prepare(order(plain, edits))
    assert unmasked.placement.box == plain.box
    assert unmasked.mask is None
    assert unmasked.paste_mask is not None
    assert view(gray(picture(unmasked.paste_mask))).min() == 255


def test_a_model_that_reads_no_mask_gets_none_but_is_pasted_under_it(painted: DocumentState) -> None:
    found = prepare(order(painted, Capabilities(mask=MaskUse.NONE)))
    assert found.mask is None
    assert found.paste_mask is not None
    assert found.placement.box == frame_of(order(painted))


@pytest.mark.parametrize("outcome", [Outcome.LAYER, Outcome.MASK, Outcome.PICTURE])
def test_what_is_not_pasted_sends_the_whole_picture(painted: DocumentState, outcome: Outcome) -> None:
    found = prepare(order(painted, Capabilities(outcome=outcome)))
    assert found.placement.box == painted.box
    assert (found.mask, found.paste_mask, found.outcome) == (None, None, outcome)


def test_an_extended_canvas_is_masked_where_it_is_new(painted: DocumentState) -> None:
    extend = Capabilities(outcome=Outcome.CANVAS, mask=MaskUse.REQUIRED)
    found = prepare(Order(state=painted, capabilities=extend, margins=Margins(left=50, bottom=20)))
    assert found.placement.box == Rect(x=-50, y=0, width=950, height=720)
    assert found.mask is not None
    hole = view(gray(picture(found.mask)))
    assert np.count_nonzero(hole) == 950 * 720 - SIZE.area
    assert not hole[:700, 50:].any()
    assert found.paste_mask is not None
    assert np.array_equal(view(gray(picture(found.paste_mask))), hole)
    base = view(picture(found.base))
    assert np.array_equal(base[:700, 50:], view(flattened(painted)))
    assert not base[..., 3][hole == 255].any()


def test_what_cannot_be_sent_says_why(plain: DocumentState) -> None:
    speck = feather(rectangle(SIZE, Rect(x=9, y=9, width=1, height=1)), 9)
    nearly_all = rectangle(SIZE, Rect(x=1, y=1, width=898, height=698))
    refused = {
        "no-document": [order(None)],
        "mask-empty": [order(plain), order(with_mask(plain, speck))],
        "mask-full": [order(with_mask(plain, full_mask(SIZE))), order(with_mask(plain, nearly_all))],
        "mask-size": [order(replace(plain, mask=empty_mask(Size(width=3, height=4))))],
        "margins-empty": [order(plain, Capabilities(outcome=Outcome.CANVAS))],
    }
    for code, each in ((code, each) for code, orders in refused.items() for each in orders):
        with pytest.raises(UsageError) as error:
            prepare(each)
        assert error.value.problem.code == code
