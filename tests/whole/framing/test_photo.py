"""A real photograph, all the way: outside of the paste mask not one byte of it changes."""

from __future__ import annotations

import numpy as np

from studio.document.edits import new_document
from studio.document.masked import with_mask
from studio.document.stroke import BrushTool
from studio.domain.capabilities import Capabilities, MaskUse
from studio.domain.geometry import Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.request import Outcome
from studio.framing.masks import gray
from studio.framing.place import finish, same_outside
from studio.framing.prepare import Order, prepare, source_png
from studio.imaging.arrays import pixels_of, view
from studio.imaging.decode import decode
from studio.imaging.masks import blurred
from studio.imaging.paste import paste
from studio.imaging.png import png
from studio.imaging.resample import resize
from tests.core.imaging.pictures import FRIENDS, bgra, noise
from tests.core.imaging.pictures import gray as gray_of

FILL = Capabilities(mask=MaskUse.REQUIRED)


def opened(data: bytes) -> Pixels:
    return decode(data, "test").pixels


def test_nothing_outside_the_paste_mask_changes_by_a_byte() -> None:
    """Through real files all the way: photo, PNG sent, PNG answered at another size, PNG finished."""
    photo = decode(FRIENDS.read_bytes(), FRIENDS.name).pixels
    state = new_document(photo)
    tool = BrushTool(state.mask, Brush(size=photo.size.width / 12))
    tool.begin(PenSample(x=photo.size.width * 0.4, y=photo.size.height * 0.5))
    tool.motion([PenSample(x=photo.size.width * 0.45, y=photo.size.height * 0.55)])
    found = prepare(Order(state=with_mask(state, tool.end()), capabilities=FILL))
    assert found.paste_mask is not None

    sent = opened(found.base)
    answered = png(resize(pixels_of(view(sent)[:, ::-1].copy(), PixelFormat.BGRA), Size(width=300, height=333)))
    paste = gray(opened(found.paste_mask))
    source = opened(source_png(state))
    finished = opened(png(finish(source, opened(answered), found.placement, paste, Outcome.PASTE)))

    box = found.placement.box
    whole = np.zeros((photo.size.height, photo.size.width), np.uint8)
    whole[box.y : box.bottom, box.x : box.right] = view(paste)
    assert finished.size == photo.size
    assert np.array_equal(view(finished)[whole == 0], view(photo)[whole == 0])
    assert same_outside(photo, finished, pixels_of(whole, PixelFormat.GRAY)) == 0
    assert np.count_nonzero((view(finished) != view(photo)).any(axis=2)) > box.size.area // 20


def test_a_photograph_keeps_every_byte_outside_of_the_mask() -> None:
    photo = decode(FRIENDS.read_bytes(), "friends").pixels
    height, width = photo.size.height, photo.size.width
    mask = np.zeros((height, width), np.uint8)
    mask[1000:1300, 900:1200] = 255
    soft = gray_of(blurred(mask, 1.5))
    result = view(paste(photo, bgra(noise(width, height, opaque=True)), soft))
    outside = view(soft) == 0
    assert np.array_equal(result[outside], view(photo)[outside])
    assert (result[mask == 255] != view(photo)[mask == 255]).any()
