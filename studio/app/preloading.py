"""What a window needs beyond its first frame: each module would hold up the window where it was first used. A terminal
that only asks loads none of it.

What does not touch the toolkit is loaded on a thread of its own. What does is loaded on the window's thread, module by
module with events in between: PySide makes the class for a kind of widget when it is first asked for, keeps no lock
while it does, and another thread that asks for another one meanwhile ends the program.
"""

from __future__ import annotations

import asyncio
import importlib

WORK = (
    "keyring",
    "studio.app.rooms",
    "studio.providers.remote",
    "studio.session.application",
    "studio.storage.recovery",
    "studio.storage.thumbs",
)
"""For the session behind the window."""
FACE = (
    "studio.imaging.painting",
    "studio.ui.canvas.drags",
    "studio.ui.canvas.gestures",
    "studio.ui.canvas.staging",
    "studio.ui.canvas.surface",
    "studio.ui.canvas.furniture",
    "studio.ui.desktop_notes",
    "studio.ui.dialogs.amount",
    "studio.ui.dialogs.openers",
    "studio.ui.dialogs.recovery",
    "studio.ui.gallery.model",
    "studio.ui.widgets.busy_sign",
    "studio.ui.gallery.queue_card",
    "studio.ui.gallery.queue",
    "studio.ui.gallery.queue_header",
    "studio.ui.gallery.strip",
    "studio.ui.generate.ratio",
    "studio.ui.generate.controls",
    "studio.ui.layers.lists",
    "studio.ui.layers.history",
    "studio.ui.layers.masks",
    "studio.ui.layers.layers",
    "studio.ui.notices",
    "studio.ui.system_news",
    "studio.ui.theme.menu_icons",
)
"""What the window shows with a session, and what else touches the toolkit: the blending of layers, in the pools."""
ORDERS = ("studio.session.terminal_orders", "studio.providers.preparing", "studio.providers.transport")
"""For whoever orders."""
JOBS = (
    *ORDERS,
    "studio.app.handover.counter",
    "studio.framing.place",
    "studio.session.terminal",
    "studio.storage.ora_read",
    "studio.storage.ora_write",
)
"""For what is asked of it later, in its threads too: those would take turns with the window while they load."""
DIALOGS = (
    "studio.ui.dialogs.export",
    "studio.ui.dialogs.typesetting",
    "studio.ui.dialogs.help",
    "studio.ui.dialogs.keys_page",
    "studio.ui.dialogs.providers.detail",
    "studio.ui.dialogs.providers.page",
    "studio.ui.dialogs.settings",
    "studio.ui.finder.keys",
    "studio.ui.finder.palette",
    "studio.ui.gallery.info",
    "studio.ui.generate.picker",
    "studio.ui.options.shapes",
)
"""What opens when it is asked for."""


def preload(names: tuple[str, ...]) -> None:
    """Load these, in this order."""
    for name in names:
        importlib.import_module(name)


async def preload_between_events(names: tuple[str, ...]) -> None:
    """The same on the window's thread, and what the user does comes first."""
    for name in names:
        importlib.import_module(name)
        await asyncio.sleep(0)
