"""From a frozen document to what is sent. Plain functions with frozen arguments, to be run in a worker thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from studio.document.pictures import flattened
from studio.domain.capabilities import MaskUse
from studio.domain.catalogue import trouble
from studio.domain.geometry import Margins, Size
from studio.domain.request import Colours, Outcome, Placement
from studio.framing.colours import leaving
from studio.framing.crop import CONTEXT, Fit, FrameWish, extend_box, fit, frame_for, whole_frame
from studio.framing.hole import FAINT, border_of, hole_of, paste_mask_of, reach
from studio.imaging.masks import box, full_mask, is_empty, is_full
from studio.imaging.png import png
from studio.imaging.resample import pad, resize
from studio.imaging.tiles import read, read_all

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.capabilities import Capabilities
    from studio.domain.geometry import Rect
    from studio.domain.pixels import Pixels

WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """What `prepare` works from. `frame` is "mask", "whole" or None (by whether anything is masked); `grow` and
    `feather` are document pixels; `margins` is how far an extended canvas is pulled out; `ratio` (width by height) the
    shape in which the answer was asked for; `colours` those in which `base` is to go out."""

    state: DocumentState | None
    capabilities: Capabilities
    frame: str | None = None
    grow: int = 3
    feather: float = 1.5
    margins: Margins = field(default_factory=Margins)
    context: float = CONTEXT
    multiple: int = 1
    ratio: float | None = None
    colours: Colours = Colours.SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """PNG files to be stored and named in the request. `base` and `mask` have the sent size, `paste_mask` (gray) the
    size of `placement.box`; `mask` is None where the model reads none, `paste_mask` where nothing is pasted. `colours`
    are those of `base`. It names the document's profile where those were wanted, as by the engine of this machine, so
    that whoever shows it shows it rightly; what leaves the machine names none."""

    base: bytes
    mask: bytes | None
    paste_mask: bytes | None
    placement: Placement
    outcome: Outcome
    colours: Colours


def prepare(order: Order) -> Prepared:
    """Crop, scale and encode; the whole picture goes by `source_png`, which can run beside.

    Raises UsageError out of the catalogue where there is nothing that could be sent: no-document, mask-size,
    mask-empty, mask-full, margins-empty.
    """
    state = _checked(order)
    frame = frame_of(order)
    size = fit(frame.size, max_side=order.capabilities.max_side, multiple=order.multiple)
    hole, paste_mask = _masks(state, frame, order)
    base, colours = leaving(_scaled(flattened(state, frame), size, "edge"), state.icc, order.colours)
    keeps = order.colours is Colours.SOURCE and colours is Colours.SOURCE
    return Prepared(
        base=png(base, icc=state.icc if keeps else None),
        mask=None if hole is None else png(_scaled(hole, size, "zero")),
        paste_mask=None if paste_mask is None else png(paste_mask),
        placement=Placement(document=state.size, box=frame, sent=size.sent, padding=size.padding),
        outcome=order.capabilities.outcome,
        colours=colours,
    )


def source_png(state: DocumentState) -> bytes:
    """The whole flattened picture with its profile, which the answer is pasted into: as PNG, so bit for bit."""
    return png(flattened(state), icc=state.icc)


def frame_of(order: Order) -> Rect:
    """The box (document space) that `prepare` sends, found quickly enough to be shown while painting; the whole
    document where nothing is masked. Raises UsageError (no-document)."""
    state = _open(order)
    if order.capabilities.outcome is Outcome.CANVAS:
        return extend_box(state.size, order.margins)
    found = box(state.mask, FAINT)
    if order.capabilities.outcome is not Outcome.PASTE or order.frame == WHOLE or found is None:
        return whole_frame(state.size)
    pasted = found.grown(order.grow + reach(order.feather)).intersected(state.box)
    best = order.capabilities.best_side
    return frame_for(
        pasted,
        state.size,
        FrameWish(context=order.context, best_side=best, multiple=order.multiple, ratio=order.ratio),
    )


def _open(order: Order) -> DocumentState:
    if order.state is None:
        raise trouble("no-document")
    return order.state


def _checked(order: Order) -> DocumentState:
    state = _open(order)
    if state.mask.size != state.size:
        raise trouble("mask-size", mask=state.mask.size, picture=state.size)
    outcome = order.capabilities.outcome
    if outcome is Outcome.CANVAS and frame_of(order) == state.box:
        raise trouble("margins-empty")
    if outcome is Outcome.PASTE and order.capabilities.mask is MaskUse.REQUIRED and is_empty(state.mask, FAINT):
        raise trouble("mask-empty")
    return state


def _masks(state: DocumentState, frame: Rect, order: Order) -> tuple[Pixels | None, Pixels | None]:
    """What the model is to fill, where it reads a mask, and under what its answer is pasted, where it is: gray, the
    frame's size."""
    reads = order.capabilities.mask is not MaskUse.NONE
    if order.capabilities.outcome is Outcome.CANVAS:
        border = read_all(border_of(frame, state.size))
        return (border if reads else None), border
    painted = not is_empty(state.mask, FAINT)
    hole = hole_of(state.mask, order.grow)
    if order.capabilities.outcome is not Outcome.PASTE:
        return (read(hole, frame) if reads and painted else None), None
    if not painted:
        return None, read_all(full_mask(frame.size))
    if order.capabilities.mask is MaskUse.REQUIRED and is_full(hole):
        raise trouble("mask-full")
    return (read(hole, frame) if reads else None), read(paste_mask_of(hole, order.feather), frame)


def _scaled(pixels: Pixels, size: Fit, fill: Literal["edge", "zero"]) -> Pixels:
    inner = Size(width=size.sent.width - size.padding.right, height=size.sent.height - size.padding.bottom)
    return pad(resize(pixels, inner), size.padding, fill)
