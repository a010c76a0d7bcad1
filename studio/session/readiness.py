"""Which commands can run now, and what is missing where one cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.command import Needs

if TYPE_CHECKING:
    from studio.domain.command import Command

MISSING: tuple[tuple[Needs, str], ...] = (
    (Needs.DOCUMENT, "Open a picture first."),
    (Needs.RUNNABLE, "Open a picture first."),
    (Needs.STAGING, "No result waits on the canvas."),
    (Needs.MASK, "Paint a mask first."),
    (Needs.UNDO, "There is nothing to undo."),
    (Needs.REDO, "There is nothing to redo."),
    (Needs.LAYER, "Choose a layer first."),
    (Needs.GALLERY_SELECTION, "Choose a picture in the gallery first."),
    (Needs.TRASH_SELECTION, "Choose a picture in the trash first."),
    (Needs.RUNNING_JOB, "No job is running."),
    (Needs.CANDIDATES, "Select an object first."),
)


def missing(command: Command, met: Needs) -> str:
    """What stands in a command's way, in a sentence; empty where nothing does."""
    for need, sentence in MISSING:
        if need in command.needs and need not in met:
            return sentence
    return ""
