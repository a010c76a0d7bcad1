"""From a model's answer back to the document: registered, colour-matched, pasted. Functions for a worker thread.

Every answer is placed by its transform record, through its own size, whatever size it comes in. Outside of the paste
mask not one byte of the picture changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.geometry import Margins, Point, Rect, Size
from studio.domain.request import Outcome
from studio.framing.crop import landing
from studio.framing.masks import gray
from studio.imaging.compare import differing
from studio.imaging.masks import box
from studio.imaging.paste import match_colour, paste
from studio.imaging.resample import crop, resize
from studio.imaging.tiles import raster_of, read_all

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.domain.request import Placement
    from studio.imaging.tiles import Mask, Raster


RING = 48
"""At least so many pixels around the paste mask are compared for colour."""


def register(answer: Pixels, placement: Placement, *, rough: bool = False) -> Pixels:
    """The answer (returned space, any size) without its padding, at the size of the placement's box. `rough` as
    `resize` has it."""
    if placement.padding == Margins():
        return resize(answer, placement.box.size, rough=rough)
    # Padding is whole pixels of what was sent, so of an answer it is whole pixels where that is a multiple of it.
    times = max(1, _times(answer.size.width, placement.sent.width), _times(answer.size.height, placement.sent.height))
    sent = placement.sent
    whole = resize(answer, Size(width=sent.width * times, height=sent.height * times), rough=rough)
    return resize(crop(whole, _inner(whole.size, placement)), placement.box.size, rough=rough)


def _times(length: int, sent: int) -> int:
    return -(-length // sent)


def place(answer: Pixels, placement: Placement, base: Pixels, paste_mask: Pixels) -> Pixels:
    """The base crop with the answer pasted in (all but the answer of the size of the placement's box). Where the
    paste mask is 0 every byte is the base's."""
    mask = gray(paste_mask)
    near, patch = _patch(answer, placement, base, mask)
    around = Rect.of_size(base.size).translated(-near.x, -near.y)
    return paste(base, crop(patch, around), mask)


def as_layer(
    answer: Pixels,
    placement: Placement,
    base: Pixels,
    paste_mask: Pixels,
    outcome: Outcome = Outcome.PASTE,
    *,
    rough: bool = False,
) -> tuple[Raster, Mask]:
    """The answer as a layer over the picture and the mask that shows it, for `flatten` to give what `finish` does.

    Both are of the size of the document as it is afterwards (for CANVAS grown, so the box's corner moves by the left
    and top margins) and hold the tiles around the paste mask alone. `base` is the picture's crop of the placement's
    box. The layer is one that replaces (see `LayerPicture`): an answer's holes are holes in the picture. `rough` leaves
    the answer's colours as they came, and grows it by cubic splines.
    """
    size, corner = landing(placement, outcome)
    mask = gray(paste_mask)
    near, patch = _patch(answer, placement, None if rough else base, mask)
    place_of_patch = Point(x=corner.x + near.x, y=corner.y + near.y)
    return raster_of(patch, place_of_patch, size), raster_of(crop(mask, near), place_of_patch, size)


def cut_out(answer: Pixels, placement: Placement) -> Raster:
    """A layer of the document's size with the answer's own alpha: something cut out."""
    size, corner = landing(placement, Outcome.LAYER)
    return raster_of(register(answer, placement), corner, size)


def as_mask(answer: Pixels, placement: Placement) -> Mask:
    """The answer as a mask of the document's size: something selected. White is selected where it has colours."""
    size, corner = landing(placement, Outcome.MASK)
    return raster_of(gray(register(answer, placement)), corner, size)


def finish(source: Pixels, answer: Pixels, placement: Placement, paste_mask: Pixels | None, outcome: Outcome) -> Pixels:
    """The finished picture: for PASTE and CANVAS the source with the answer in it, the latter grown; for LAYER what
    was cut out, for MASK the mask (gray), both of the source's size; for PICTURE the answer as it is.

    `source` is the whole picture (BGRA, document space) as it was when the order was prepared. Raises ValueError
    where it is not of the placement's document size or where pasting lacks its mask.
    """
    if outcome is Outcome.PICTURE:
        return answer
    if outcome is Outcome.LAYER:
        return read_all(cut_out(answer, placement))
    if outcome is Outcome.MASK:
        return read_all(as_mask(answer, placement))
    if source.size != placement.document or paste_mask is None:
        raise ValueError(f"an answer for {placement.document} cannot be pasted into {source.size}")
    return _pasted(source, answer, placement, gray(paste_mask), outcome)


def same_outside(before: Pixels, after: Pixels, paste_mask: Pixels) -> int:
    """How many pixels outside of the paste mask differ in any byte (all of one size): measured, for the promise that
    nothing changed there. Raises ValueError where the sizes differ."""
    return differing(before, after, gray(paste_mask))


def _pasted(source: Pixels, answer: Pixels, placement: Placement, mask: Pixels, outcome: Outcome) -> Pixels:
    size, corner = landing(placement, outcome)
    sent = placement.box
    near, patch = _patch(answer, placement, crop(source, sent), mask)
    canvas = Rect(x=sent.x - corner.x, y=sent.y - corner.y, width=size.width, height=size.height)
    around = Rect(x=-corner.x, y=-corner.y, width=size.width, height=size.height)
    return paste(crop(source, canvas), crop(patch, around.translated(-near.x, -near.y)), crop(mask, around))


def _patch(answer: Pixels, placement: Placement, base: Pixels | None, mask: Pixels) -> tuple[Rect, Pixels]:
    """The part of the answer that is pasted, in its box (box space), with its colours moved to those of the base
    around it; roughly, and with its own colours, where there is none."""
    near = _near(mask)
    registered = crop(register(answer, placement, rough=base is None), near)
    if base is None:
        return near, registered
    return near, match_colour(registered, crop(base, near), crop(mask, near))


def _near(mask: Pixels) -> Rect:
    """The part of the box (box space) that a paste looks at: the mask with a ring of what is around it, whose colours
    count. The nearest say most, and a small hole in a large crop costs little."""
    found = box(raster_of(mask)) or Rect(x=0, y=0, width=1, height=1)
    ring = max(RING, max(found.width, found.height) // 8)
    return found.grown(ring).intersected(Rect.of_size(mask.size))


def _inner(whole: Size, placement: Placement) -> Rect:
    """What is not padding, in a picture of the sent space scaled to this size."""
    sent, padding = placement.sent, placement.padding
    across, down = whole.width / sent.width, whole.height / sent.height
    return Rect.from_edges(
        round(padding.left * across),
        round(padding.top * down),
        round((sent.width - padding.right) * across),
        round((sent.height - padding.bottom) * down),
    )
