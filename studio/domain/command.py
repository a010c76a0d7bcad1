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
