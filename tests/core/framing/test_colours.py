"""What leaves a picture with a profile is in sRGB, and what comes back is brought into the profile: held against
littleCMS reading the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.document.pictures import flattened
from studio.domain.capabilities import Capabilities, MaskUse
from studio.domain.geometry import Margins, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import Colours, Outcome
from studio.framing.colours import arriving
from studio.framing.masks import mask_file
from studio.framing.prepare import Order, prepare
from studio.imaging.arrays import pixels_of, view
from studio.imaging.decode import decode, decode_small
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from tests.fakes.profiles import adobe_rgb, display_p3, linear_srgb, only_to_be_read, small_srgb, through

if TYPE_CHECKING:
    from studio.imaging.arrays import Bytes

SIZE = Size(width=270, height=100)
WIDE = [adobe_rgb(), display_p3(), linear_srgb()]
NAMES = ["Adobe RGB", "P3", "linear sRGB"]


def shades() -> Pixels:
    """No colour of it at the edge of any space."""
    array = np.random.default_rng(4).integers(90, 170, (SIZE.height, SIZE.width, 4), np.uint8)
    array[..., 3] = 255
    return pixels_of(array, PixelFormat.BGRA)


def order(icc: bytes | None, outcome: Outcome = Outcome.PASTE) -> Order:
    state = with_mask(new_document(shades(), icc=icc), rectangle(SIZE, Rect(x=120, y=40, width=40, height=30)))
    takes = Capabilities(outcome=outcome, mask=MaskUse.OPTIONAL)
    return Order(state=state, capabilities=takes, margins=Margins(left=40), colours=Colours.SRGB)


def rgb(pixels: Pixels) -> Bytes:
    return np.ascontiguousarray(view(pixels)[..., 2::-1])


def off(one: Bytes, other: Bytes) -> int:
    return int(np.abs(one.astype(int) - other.astype(int)).max())


@pytest.mark.parametrize("outcome", [Outcome.PASTE, Outcome.CANVAS, Outcome.LAYER, Outcome.PICTURE])
@pytest.mark.parametrize("icc", WIDE, ids=NAMES)
def test_what_leaves_has_the_colours_of_the_picture(icc: bytes, outcome: Outcome) -> None:
    asked = order(icc, outcome)
    found = prepare(asked)
    sent = decode(found.base, "sent")
    assert (sent.icc, found.colours) == (None, Colours.SRGB)
    raw = prepare(replace(asked, colours=Colours.SOURCE))
    before = rgb(decode(raw.base, "raw").pixels)
    assert off(rgb(sent.pixels), through(before, icc, None)) <= 1
    assert off(rgb(sent.pixels), before) > 3
    assert found.placement == raw.placement
    for mask, other in ((found.mask, raw.mask), (found.paste_mask, raw.paste_mask)):
        assert (mask is None) == (other is None)
        # Equal masks are packed to equal bytes nearly always.
        assert mask is None or other is None or np.array_equal(view(mask_file(mask)), view(mask_file(other)))


def test_the_engine_of_this_machine_gets_the_numbers_of_the_picture() -> None:
    asked = replace(order(adobe_rgb()), colours=Colours.SOURCE)
    found = prepare(asked)
    assert asked.state is not None
    assert np.array_equal(view(decode(found.base, "sent").pixels), view(flattened(asked.state, found.placement.box)))
    assert found.colours is Colours.SOURCE


@pytest.mark.parametrize("icc", WIDE, ids=NAMES)
def test_what_the_engine_of_this_machine_gets_is_shown_in_its_colours(icc: bytes) -> None:
    found = prepare(replace(order(icc), colours=Colours.SOURCE))
    sent = decode(found.base, "sent").pixels
    shown = rgb(decode_small(found.base, max(sent.size.width, sent.size.height)))
    assert off(shown, through(rgb(sent), icc, None)) <= 1
    assert off(shown, rgb(sent)) > 3


@pytest.mark.parametrize("icc", [None, small_srgb(), b"junk"], ids=["none", "sRGB", "junk"])
def test_a_picture_in_srgb_leaves_as_it_is(icc: bytes | None) -> None:
    asked = order(icc)
    found, plain = prepare(asked), prepare(replace(order(None), colours=Colours.SOURCE))
    assert found.base == plain.base
    assert found.colours is plain.colours is Colours.PLAIN
    answer = png(shades())
    assert np.array_equal(view(arriving(answer, icc, found.colours, Outcome.PASTE)), view(shades()))


def test_a_picture_into_whose_profile_no_way_leads_keeps_its_numbers_both_ways() -> None:
    found = prepare(order(only_to_be_read()))
    assert found.colours is Colours.SOURCE
    assert found.base == prepare(order(None)).base
    back = arriving(found.base, only_to_be_read(), found.colours, Outcome.PASTE)
    assert np.array_equal(view(back), view(decode(found.base, "sent").pixels))


@pytest.mark.parametrize("outcome", [Outcome.PASTE, Outcome.CANVAS, Outcome.LAYER, Outcome.PICTURE])
@pytest.mark.parametrize("icc", WIDE, ids=NAMES)
def test_an_answer_that_says_nothing_has_the_colours_that_went_out(icc: bytes, outcome: Outcome) -> None:
    back = arriving(png(shades()), icc, Colours.SRGB, outcome)
    assert off(rgb(back), through(rgb(shades()), None, icc)) <= 1
    assert off(through(rgb(back), icc, None), rgb(shades())) <= 2


@pytest.mark.parametrize("colours", list(Colours))
@pytest.mark.parametrize("icc", [None, adobe_rgb()], ids=["sRGB", "Adobe RGB"])
def test_an_answers_own_profile_counts(icc: bytes | None, colours: Colours) -> None:
    back = arriving(png(shades(), icc=display_p3()), icc, colours, Outcome.PASTE)
    assert off(rgb(back), through(rgb(shades()), display_p3(), icc)) <= 1
    assert off(rgb(back), rgb(shades())) > 3


@pytest.mark.parametrize(
    ("answer", "icc", "colours"),
    [
        (None, None, Colours.PLAIN),
        (None, adobe_rgb(), Colours.SOURCE),
        (adobe_rgb(), adobe_rgb(), Colours.SRGB),
        (small_srgb(), None, Colours.PLAIN),
        (None, small_srgb(), Colours.PLAIN),
    ],
    ids=["sRGB", "from here", "the same", "sRGB by name", "a picture in sRGB by name"],
)
def test_an_answer_in_the_pictures_colours_keeps_every_bit(
    answer: bytes | None, icc: bytes | None, colours: Colours
) -> None:
    back = arriving(png(shades(), icc=answer), icc, colours, Outcome.PASTE)
    assert np.array_equal(view(back), view(shades()))


def test_a_mask_has_no_colours() -> None:
    back = arriving(png(shades(), icc=display_p3()), adobe_rgb(), Colours.SRGB, Outcome.MASK)
    assert np.array_equal(view(back), view(shades()))
