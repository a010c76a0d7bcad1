"""The window's own rows of the command table: its panels, and what only it can do."""

from __future__ import annotations

from studio.domain.command import Command
from studio.domain.ids import CommandId

PANELS = {
    "generate": "Generate panel",
    "layers": "Layers panel",
    "masks": "Masks panel",
    "history": "History panel",
    "gallery": "Gallery panel",
}
"""By the names of the docks."""

PANEL_COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=CommandId(f"panel.{name}"),
            title=title,
            menu="View",
            group=4,
            icon="panel-right",
            words=("dock", "show"),
            checkable=True,
        )
        for name, title in PANELS.items()
    ),
    Command(
        id=CommandId("panel.float"),
        title="Float the focused panel",
        menu="View",
        group=5,
        icon="picture-in-picture",
        words=("dock", "undock", "detach"),
    ),
    Command(
        id=CommandId("panel.fold"),
        title="Fold the gallery",
        menu="View",
        group=5,
        keys=("Ctrl+G",),
        icon="panel-bottom-close",
        words=("collapse", "queue"),
    ),
    Command(
        id=CommandId("panel.queue"),
        title="Show the queue",
        menu="View",
        group=5,
        icon="list",
        words=("jobs", "running"),
    ),
    Command(
        id=CommandId("panel.next"),
        title="Next panel",
        menu="View",
        group=5,
        keys=("F6",),
        icon="arrow-right",
        words=("focus", "keyboard"),
    ),
    Command(
        id=CommandId("file.recover"),
        title="Recover unsaved pictures…",
        menu="File",
        group=2,
        icon="archive-restore",
        words=("crash", "autosave", "restore"),
    ),
)
