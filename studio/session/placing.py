"""An answer's bytes laid over the document that is open. Runs in the pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.pictures import flattened
from studio.domain.geometry import Rect
from studio.domain.request import Outcome
from studio.framing.crop import landing
from studio.framing.masks import mask_file
from studio.framing.place import as_layer, as_mask, cut_out, same_outside
from studio.imaging.decode import decode
from studio.imaging.paste import paste
from studio.imaging.thumbnails import thumbnail
from studio.imaging.tiles import raster_of, read
from studio.session.staging import Answer

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.pixels import Pixels
    from studio.domain.request import EditRequest, Placement

THUMBNAIL = 144


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placing:
    """The order, the answer's file, the document that it is laid over, and the paste mask's file."""

    request: EditRequest
    data: bytes
    state: DocumentState
    paste: bytes | None
    rough: bool = False
    """A preview on the way: nothing is measured, so that it is seen sooner."""


def answer_of(work: Placing) -> Answer:
    """Ready to be shown. Raises ImagingError where the answer is no picture."""
    answer = decode(work.data, "The result").pixels
    placement = work.request.placement
    match work.request.outcome:
        case Outcome.PICTURE:
            return Answer(raster=raster_of(answer), mask=None, thumbnail=thumbnail(answer, THUMBNAIL))
        case Outcome.LAYER if placement is not None:
            return Answer(raster=cut_out(answer, placement), mask=None, thumbnail=thumbnail(answer, THUMBNAIL))
        case Outcome.MASK if placement is not None:
            return Answer(raster=as_mask(answer, placement), mask=None, thumbnail=thumbnail(answer, THUMBNAIL))
        case _ if placement is not None and work.paste is not None:
            return _pasted(work, answer, placement, mask_file(work.paste))
        case _:
            return Answer(raster=raster_of(answer), mask=None, thumbnail=thumbnail(answer, THUMBNAIL))


def _pasted(work: Placing, answer: Pixels, placement: Placement, paste_mask: Pixels) -> Answer:
    base = flattened(work.state, placement.box)
    raster, mask = as_layer(answer, placement, base, paste_mask, work.request.outcome, rough=work.rough)
    if work.rough:
        return Answer(raster=raster, mask=mask, thumbnail=thumbnail(answer, THUMBNAIL))
    _, corner = landing(placement, work.request.outcome)
    box = Rect(x=corner.x, y=corner.y, width=placement.box.width, height=placement.box.height)
    # What the layer shows is measured, not the answer: the same pixels that the canvas will paint.
    pasted = paste(base, read(raster, box), paste_mask)
    return Answer(
        raster=raster,
        mask=mask,
        thumbnail=thumbnail(pasted, THUMBNAIL),
        outside=same_outside(base, pasted, paste_mask),
    )
