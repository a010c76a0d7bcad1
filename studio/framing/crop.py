"""Which box of the document is sent, and at which size. Boxes are document space, sizes sent space."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from studio.domain.geometry import Margins, Rect, Size

CONTEXT = 0.7
"""Share of the mask's box that is added on each side: what a fill copies from and a model understands it by."""
SMALLEST = 256
"""The least side of a box: around a mask of a few pixels a share of its size would hold nothing to go by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The size that is sent, and how much of it on each side is padding."""

    sent: Size
    padding: Margins = field(default_factory=Margins)


def frame_for(
    mask_box: Rect, document: Size, *, context: float = CONTEXT, best_side: int | None = None, multiple: int = 1
) -> Rect:
    """The box around a mask with `context` times its size on each side, within the document.

    Its sides are at least SMALLEST and half of what the model works best at (`best_side`), and multiples of
    `multiple`, as far as the document reaches. At an edge it is pushed inwards rather than cut.
    """
    least = max(SMALLEST, (best_side or 0) // 2)
    x, width = _span(mask_box.x, mask_box.width, document.width, _Wish(context, least, multiple))
    y, height = _span(mask_box.y, mask_box.height, document.height, _Wish(context, least, multiple))
    return Rect(x=x, y=y, width=width, height=height)


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


def fit(box: Size, *, max_side: int | None = None, multiple: int = 1) -> Fit:
    """The size that a box is sent at: its own, scaled down where its long side is over `max_side`, never up; then
    padded at the right and at the bottom to multiples of `multiple`."""
    limit = max(multiple, max_side // multiple * multiple) if max_side else None
    scale = min(1.0, limit / max(box.width, box.height)) if limit else 1.0
    width, height = max(1, round(box.width * scale)), max(1, round(box.height * scale))
    sent = Size(width=_up(width, multiple), height=_up(height, multiple))
    return Fit(sent=sent, padding=Margins(right=sent.width - width, bottom=sent.height - height))


@dataclass(frozen=True, slots=True)
class _Wish:
    context: float
    least: int
    multiple: int


def _span(start: int, length: int, limit: int, wish: _Wish) -> tuple[int, int]:
    """Start and length along one axis of a document of this length."""
    wanted = max(length + 2 * math.ceil(length * wish.context), wish.least)
    wanted = min(limit, _up(wanted, wish.multiple))
    middle = start - (wanted - length) // 2
    return max(0, min(middle, limit - wanted)), wanted


def _up(length: int, multiple: int) -> int:
    return -(-length // multiple) * multiple
