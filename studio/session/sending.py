"""What Run would send now, as the canvas shows it: the frame and its size in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.geometry import Margins
from studio.domain.request import Outcome
from studio.framing.crop import FrameWish, extend_box, fit, frame_for, ratio_of
from studio.framing.hole import reach
from studio.session.form import Situation

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.capabilities import Model
    from studio.domain.geometry import Rect, Size
    from studio.domain.settings import Settings
    from studio.session.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen beside the document: the model, the provider's word for a size, how far the canvas is pulled."""

    model: Model | None
    size: object
    margins: Margins


def situation(state: DocumentState | None, rows: Rows, chosen: Chosen, settings: Settings) -> Situation:
    """What the form must know of the document."""
    if state is None:
        return Situation()
    model = chosen.model
    frame = _frame(state, rows.mask_box(), chosen, settings)
    return Situation(
        has_document=True,
        masked=rows.masked(),
        frame=frame,
        frame_label=_label(frame, model) if frame is not None else "",
        sent=_sent(state.size if frame is None else frame.size, model),
    )


def _frame(state: DocumentState, masked: Rect | None, chosen: Chosen, settings: Settings) -> Rect | None:
    if chosen.model is None:
        return None
    takes, margins = chosen.model.capabilities, chosen.margins
    if takes.outcome is Outcome.CANVAS:
        return extend_box(state.size, margins) if margins != Margins() else None
    if takes.outcome is not Outcome.PASTE or masked is None:
        return None
    # The same box as `framing.prepare.frame_of` finds, from the mask's box as it was measured in the pool.
    pasted = masked.grown(settings.grow + reach(settings.feather)).intersected(state.box)
    return frame_for(pasted, state.size, FrameWish(best_side=takes.best_side, ratio=ratio_of(chosen.size)))


def _sent(size: Size, model: Model | None) -> Size:
    return fit(size, max_side=model.capabilities.max_side if model else None).sent


def _label(frame: Rect, model: Model | None) -> str:
    sent = _sent(frame.size, model)
    how = "at full size" if sent == frame.size else f"as {sent.width} × {sent.height}"
    return f"Sent: {frame.width} × {frame.height} {how}"
