"""An answer's bytes laid over the document that is open, or into a layer of it. Runs in the pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.pictures import flattened, picture
from studio.domain.geometry import Rect
from studio.domain.request import Outcome
from studio.framing.colours import arriving
from studio.framing.crop import landing
from studio.framing.masks import mask_file
from studio.framing.place import as_layer, as_mask, cut_out, same_outside
from studio.imaging.colour import colour_to_srgb
from studio.imaging.compose import flatten
from studio.imaging.paste import paste
from studio.imaging.resample import resize
from studio.imaging.thumbnails import fitted, thumbnail
from studio.imaging.tiles import raster_of, read
from studio.session.staging import Answer

if TYPE_CHECKING:
    from studio.document.layer import Layer
    from studio.document.state import DocumentState
    from studio.domain.pixels import Pixels
    from studio.domain.request import EditRequest, Placement
    from studio.imaging.tiles import Raster

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
    icc, placement = work.state.icc, work.request.placement
    answer = arriving(work.data, icc, work.request.colours, work.request.outcome)
    match work.request.outcome:
        case Outcome.PICTURE:
            return Answer(raster=raster_of(answer), mask=None, thumbnail=_small(answer, icc))
        case Outcome.LAYER if placement is not None:
            return Answer(raster=cut_out(answer, placement), mask=None, thumbnail=_small(answer, icc))
        case Outcome.MASK if placement is not None:
            return Answer(raster=as_mask(answer, placement), mask=None, thumbnail=_small(answer, None))
        case _ if placement is not None and work.paste is not None:
            return _pasted(work, answer, placement, mask_file(work.paste))
        case _:
            return Answer(raster=raster_of(answer), mask=None, thumbnail=_small(answer, icc))


def _small(pixels: Pixels, icc: bytes | None) -> Pixels:
    """As the bar of the variations paints it, which knows no profile."""
    return thumbnail(colour_to_srgb(resize(pixels, fitted(pixels.size, THUMBNAIL)), icc), THUMBNAIL)


def _pasted(work: Placing, answer: Pixels, placement: Placement, paste_mask: Pixels) -> Answer:
    base = flattened(work.state, placement.box)
    raster, mask = as_layer(answer, placement, base, paste_mask, work.request.outcome, rough=work.rough)
    if work.rough:
        return Answer(raster=raster, mask=mask, thumbnail=_small(answer, work.state.icc))
    patch = read(raster, _landed(placement, work.request.outcome))
    return _measured(raster, mask, base, patch, paste_mask, icc=work.state.icc)


def _measured(
    raster: Raster, mask: Raster | None, base: Pixels, patch: Pixels, paste_mask: Pixels, *, icc: bytes | None
) -> Answer:
    """What the layer shows in the box is measured, not the answer: the same pixels that the canvas will paint. `icc`
    is the profile of all of it."""
    pasted = paste(base, patch, paste_mask)
    return Answer(
        raster=raster,
        mask=mask,
        thumbnail=_small(pasted, icc),
        outside=same_outside(base, pasted, paste_mask),
    )


def _landed(placement: Placement, outcome: Outcome) -> Rect:
    """Where the box lies in the document once the answer is in it, which is where it lies in the answer's layer."""
    _, corner = landing(placement, outcome)
    return Rect(x=corner.x, y=corner.y, width=placement.box.width, height=placement.box.height)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Varying:
    """Another variation of an applied layer: the order, the document as it is now, the layer in it, and the variation
    as it was placed before, else its file."""

    request: EditRequest
    state: DocumentState
    layer: Layer
    raster: Raster | None
    data: bytes = b""


def variation_of(work: Varying) -> Answer | None:
    """Ready to be shown in the layer, whose space and mask stay what they were made as: wherever it lies by now,
    nothing outside of the mask changes. None where the layer is not as the order makes it. Raises ImagingError where
    the file is no picture."""
    placement, layer, outcome = work.request.placement, work.layer, work.request.outcome
    if placement is None or landing(placement, outcome)[0] != layer.raster.size:
        return None
    box, raster, icc = _landed(placement, outcome), work.raster, work.state.icc
    if layer.mask is None:
        raster = raster or cut_out(_answer(work), placement)
        return Answer(raster=raster, mask=None, thumbnail=_small(read(raster, box), icc))
    # The picture under the layer, where the layer lies now: what is around the mask there is what it must go with.
    below = tuple(picture(each) for each in work.state.layers[: work.state.index(layer.id)])
    base, mask = flatten(below, box.translated(layer.offset.x, layer.offset.y)), read(layer.mask, box)
    if raster is None:
        raster, _ = as_layer(_answer(work), placement, base, mask, outcome)
    return _measured(raster, layer.mask, base, read(raster, box), mask, icc=icc)


def _answer(work: Varying) -> Pixels:
    return arriving(work.data, work.state.icc, work.request.colours, work.request.outcome)
