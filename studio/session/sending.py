"""What Run would send now, as the canvas shows it: the frame and its size in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse
from studio.domain.geometry import Margins
from studio.domain.request import Outcome
from studio.framing.crop import extend_box, fit, frame_for
from studio.framing.hole import reach
from studio.session.form import Situation

if TYPE_CHECKING:
    from studio.document.state import DocumentState
    from studio.domain.capabilities import Model
    from studio.domain.geometry import Rect
    from studio.domain.settings import Settings
    from studio.session.rows import Rows


def situation(
    state: DocumentState | None, rows: Rows, model: Model | None, margins: Margins, settings: Settings
) -> Situation:
    """What the form must know of the document."""
    if state is None:
        return Situation()
    frame = _frame(state, rows.mask_box(), model, margins, settings)
    return Situation(
        has_document=True,
        masked=rows.masked(),
        frame=frame,
        frame_label=_label(frame, model) if frame is not None else "",
    )


def _frame(
    state: DocumentState, masked: Rect | None, model: Model | None, margins: Margins, settings: Settings
) -> Rect | None:
    if model is None:
        return None
    takes = model.capabilities
    if takes.outcome is Outcome.CANVAS:
        return extend_box(state.size, margins) if margins != Margins() else None
    if takes.mask is MaskUse.NONE or masked is None:
        return None
    # The same box as `framing.prepare.frame_of` finds, from the mask's box as it was measured in the pool.
    pasted = masked.grown(settings.grow + reach(settings.feather)).intersected(state.box)
    return frame_for(pasted, state.size, best_side=takes.best_side)


def _label(frame: Rect, model: Model | None) -> str:
    sent = fit(frame.size, max_side=model.capabilities.max_side if model else None).sent
    how = "at full size" if sent == frame.size else f"as {sent.width} × {sent.height}"
    return f"Sent: {frame.width} × {frame.height} {how}"
