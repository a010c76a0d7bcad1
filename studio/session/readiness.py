"""Which needs of the commands are met now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from studio.domain.command import Needs

if TYPE_CHECKING:
    from studio.session.cards import Cards
    from studio.session.editor import Editor
    from studio.session.gallery import Gallery
    from studio.session.results import Results
    from studio.session.selecting import ObjectSelection


class Situation(Protocol):
    """What the needs of commands are about."""

    cards: Cards
    editor: Editor
    gallery: Gallery
    selection: ObjectSelection
    staging: Results


def needs_met(now: Situation, *, runs_alone: bool) -> Needs:
    """The needs that are met. `runs_alone`: the chosen model makes pictures where none is open."""
    document, state = now.editor.document, now.editor.state
    met = Needs.NOTHING
    if document is not None and state is not None:
        met |= Needs.DOCUMENT | Needs.LAYER | Needs.RUNNABLE
        met |= Needs.MASK if state.mask.tiles else Needs.NOTHING
        met |= Needs.UNDO if document.history.can_undo else Needs.NOTHING
        met |= Needs.REDO if document.history.can_redo else Needs.NOTHING
    met |= Needs.RUNNABLE if runs_alone else Needs.NOTHING
    met |= Needs.STAGING if now.staging.waits else Needs.NOTHING
    met |= now.gallery.met()
    met |= Needs.RUNNING_JOB if now.cards.active() else Needs.NOTHING
    met |= Needs.CANDIDATES if now.selection.candidates else Needs.NOTHING
    return met
