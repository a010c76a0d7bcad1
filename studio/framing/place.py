"""From a model's answer back to the document: registered, colour-matched, pasted. Functions for a worker thread.

Every answer is placed by its transform record, through its own size, whatever size it comes in. Outside of the paste
mask not one byte of the picture changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.geometry import Margins, Point, Rect, Size
from studio.domain.request import Outcome
from studio.framing.crop import extend_box, margins_of
from studio.framing.masks import gray
from studio.imaging.compare import differing
from studio.imaging.paste import match_colour, paste
from studio.imaging.resample import crop, resize
from studio.imaging.tiles import raster_of, read_all

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.domain.request import Placement
    from studio.imaging.tiles import Mask, Raster


def register(answer: Pixels, placement: Placement) -> Pixels:
    """The answer (returned space, any size) without its padding, at the size of the placement's box."""
    if placement.padding == Margins():
        return resize(answer, placement.box.size)
    sent = placement.sent
    smaller = answer.size.width < sent.width or answer.size.height < sent.height
    # An answer smaller than what was sent has pixels too coarse to cut the padding off to the pixel.
    whole = resize(answer, sent) if smaller else answer
    return resize(crop(whole, _inner(whole.size, placement)), placement.box.size)


def place(answer: Pixels, placement: Placement, base: Pixels, paste_mask: Pixels) -> Pixels:
    """The base crop with the answer pasted in (all but the answer of the size of the placement's box). Where the
    paste mask is 0 every byte is the base's."""
    return paste(base, matched(answer, placement, base, paste_mask), gray(paste_mask))


def matched(answer: Pixels, placement: Placement, base: Pixels, paste_mask: Pixels) -> Pixels:
    """The answer registered and with its colours moved to those of the base where nothing is masked."""
    return match_colour(register(answer, placement), base, gray(paste_mask))


def as_layer(
    answer: Pixels, placement: Placement, base: Pixels, paste_mask: Pixels, outcome: Outcome = Outcome.PASTE
) -> tuple[Raster, Mask]:
    """The answer as a layer over the picture and the mask that shows it. Both are of the size of the document as it
    is afterwards (for CANVAS grown, so the box's corner moves by the left and top margins) and hold the box's tiles
    alone. `base` is the picture's crop of the placement's box."""
    size, corner = landing(placement, outcome)
    return (
        raster_of(matched(answer, placement, base, paste_mask), corner, size),
        raster_of(gray(paste_mask), corner, size),
    )


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
    size, corner = landing(placement, outcome)
    document = Rect(x=placement.box.x - corner.x, y=placement.box.y - corner.y, width=size.width, height=size.height)
    around = Rect(x=-corner.x, y=-corner.y, width=size.width, height=size.height)
    patch = matched(answer, placement, crop(source, placement.box), paste_mask)
    return paste(crop(source, document), crop(patch, around), crop(gray(paste_mask), around))


def landing(placement: Placement, outcome: Outcome) -> tuple[Size, Point]:
    """The document's size once the answer is in it, and where the box's corner stands in it then."""
    box = placement.box
    if outcome is not Outcome.CANVAS:
        return placement.document, Point(x=box.x, y=box.y)
    margins = margins_of(box, placement.document)
    grown = extend_box(placement.document, margins)
    return grown.size, Point(x=box.x + margins.left, y=box.y + margins.top)


def same_outside(before: Pixels, after: Pixels, paste_mask: Pixels) -> int:
    """How many pixels outside of the paste mask differ in any byte (all of one size): measured, for the promise that
    nothing changed there. Raises ValueError where the sizes differ."""
    return differing(before, after, gray(paste_mask))


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
