"""Which box of the document is sent, at which size, and where it lands. Boxes are document space, sizes sent space."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.geometry import Margins, Point, Rect, Size
from studio.domain.request import Outcome

if TYPE_CHECKING:
    from studio.domain.request import Placement

_RATIO = re.compile(r"([0-9]{1,5})\s*[x*×:]\s*([0-9]{1,5})", re.IGNORECASE)
CONTEXT = 0.7
"""Share of the mask's box that is added on each side: what a fill copies from and a model understands it by."""
SMALLEST = 256
"""The least side of a box: around a mask of a few pixels a share of its size would hold nothing to go by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The size that is sent, and how much of it on each side is padding."""

    sent: Size
    padding: Margins = field(default_factory=Margins)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWish:
    """How a frame is to be: `context` times the mask's size on each side, sides of at least half of what the model
    works best at (`best_side`), multiples of `multiple`, and of the shape `ratio` (width by height) in which the answer
    was asked for, so that nothing is stretched."""

    context: float = CONTEXT
    best_side: int | None = None
    multiple: int = 1
    ratio: float | None = None


def frame_for(mask_box: Rect, document: Size, wish: FrameWish | None = None) -> Rect:
    """The box around a mask with room around it, within the document.

    Its sides are at least SMALLEST. All that is wished for holds as far as the document reaches: at an edge the box is
    pushed inwards rather than cut.
    """
    wish = wish or FrameWish()
    least = max(SMALLEST, (wish.best_side or 0) // 2)
    width = _length(mask_box.width, least, wish)
    height = _length(mask_box.height, least, wish)
    if wish.ratio is not None:
        width, height = max(width, round(height * wish.ratio)), max(height, round(width / wish.ratio))
    x, width = _span(mask_box.x, mask_box.width, width, document.width)
    y, height = _span(mask_box.y, mask_box.height, height, document.height)
    return Rect(x=x, y=y, width=width, height=height)


def ratio_of(size: object) -> float | None:
    """The shape (width by height) that a provider's word for a size names, as 1024x1024, 1024*768 or 16:9 do; None
    where it names none."""
    found = _RATIO.fullmatch(size.strip()) if isinstance(size, str) else None
    if found is None or not (int(found[1]) and int(found[2])):
        return None
    return int(found[1]) / int(found[2])


def whole_frame(document: Size) -> Rect:
    """The box of the whole document."""
    return Rect.of_size(document)


def extend_box(document: Size, margins: Margins) -> Rect:
    """The box of the document grown by the margins; its corner lies at -left, -top. Negative margins count as 0."""
    return Rect.from_edges(
        -max(0, margins.left),
        -max(0, margins.top),
        document.width + max(0, margins.right),
        document.height + max(0, margins.bottom),
    )


def margins_of(box: Rect, document: Size) -> Margins:
    """How far a box reaches outside of the document on each side."""
    return Margins(
        left=max(0, -box.x),
        top=max(0, -box.y),
        right=max(0, box.right - document.width),
        bottom=max(0, box.bottom - document.height),
    )


def landing(placement: Placement, outcome: Outcome) -> tuple[Size, Point]:
    """The document's size once the answer is in it, and where the box's corner stands in it then."""
    sent = placement.box
    if outcome is not Outcome.CANVAS:
        return placement.document, Point(x=sent.x, y=sent.y)
    margins = margins_of(sent, placement.document)
    grown = extend_box(placement.document, margins)
    return grown.size, Point(x=sent.x + margins.left, y=sent.y + margins.top)


def fit(box: Size, *, max_side: int | None = None, multiple: int = 1) -> Fit:
    """The size that a box is sent at: its own, scaled down where its long side is over `max_side`, never up; then
    padded at the right and at the bottom to multiples of `multiple`."""
    limit = max(multiple, max_side // multiple * multiple) if max_side else None
    scale = min(1.0, limit / max(box.width, box.height)) if limit else 1.0
    width, height = max(1, round(box.width * scale)), max(1, round(box.height * scale))
    sent = Size(width=_up(width, multiple), height=_up(height, multiple))
    return Fit(sent=sent, padding=Margins(right=sent.width - width, bottom=sent.height - height))


def _length(length: int, least: int, wish: FrameWish) -> int:
    return _up(max(length + 2 * math.ceil(length * wish.context), least), wish.multiple)


def _span(start: int, length: int, wanted: int, limit: int) -> tuple[int, int]:
    """Start and length along one axis of a document of this length."""
    wanted = min(limit, wanted)
    middle = start - (wanted - length) // 2
    return max(0, min(middle, limit - wanted)), wanted


def _up(length: int, multiple: int) -> int:
    return -(-length // multiple) * multiple
