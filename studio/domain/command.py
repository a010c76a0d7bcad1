"""A thing the user can do. Menus, palette, key list, tooltips and help are made from the one table of these."""

from __future__ import annotations

from enum import Flag, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studio.domain.ids import CommandId


class Needs(Flag):
    """What must be true before a command can run; the palette says which one is missing."""

    NOTHING = 0
    DOCUMENT = auto()
    MASK = auto()
    UNDO = auto()
    REDO = auto()
    STAGING = auto()
    LAYER = auto()
    GALLERY_SELECTION = auto()
    RUNNING_JOB = auto()
    RUNNABLE = auto()
    CANDIDATES = auto()
    TRASH_SELECTION = auto()


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Command(NamedTuple):
    """`keys` are portable key texts, the first one shown; `menu` a path like "Mask"; `icon` a Lucide name;
    `words` are other names people search by; `checkable` commands are shown with their state."""

    id: CommandId
    title: str
    menu: str = ""
    group: int = 0
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    icon: str = ""
    words: tuple[str, ...] = ()
    checkable: bool = False
    canvas_only: bool = False
    """Its keys work only while no text field has the focus (single letters)."""
    in_menu: bool = True
    """Whether its menu shows it; the palette, the list of keys and the buttons of problems have every command."""


MISSING: tuple[tuple[Needs, str], ...] = (
    (Needs.DOCUMENT, "Open a picture first."),
    (Needs.RUNNABLE, "Open a picture first."),
    (Needs.STAGING, "No result waits on the canvas."),
    (Needs.MASK, "Paint over what should change first."),
    (Needs.UNDO, "There is nothing to undo."),
    (Needs.REDO, "There is nothing to redo."),
    (Needs.LAYER, "Choose a layer first."),
    (Needs.GALLERY_SELECTION, "Choose a picture in the gallery first."),
    (Needs.TRASH_SELECTION, "Choose a picture in the trash first."),
    (Needs.RUNNING_JOB, "No job is running."),
    (Needs.CANDIDATES, "Select an object first."),
)
"""What is said of each need that is not met; the first of them is."""


def missing(command: Command, met: Needs) -> str:
    """What stands in a command's way, in a sentence; empty where nothing does."""
    lacking = command.needs & ~met
    return next((sentence for need, sentence in MISSING if need in lacking), "") if lacking else ""
