"""What a window needs beyond its first frame, loaded on a thread of its own: each module would hold up the window where
it was first used. A terminal that only asks loads none of it."""

from __future__ import annotations

import importlib

WORK = (
    "keyring",
    "qasync",
    "studio.app.rooms",
    "studio.imaging.painting",
    "studio.providers.remote",
    "studio.session.application",
    "studio.storage.recovery",
    "studio.storage.thumbs",
)
"""For the session behind the window."""
FACE = (
    "studio.ui.canvas.furniture",
    "studio.ui.canvas.surface",
    "studio.ui.desktop_notes",
    "studio.ui.dialogs.amount",
    "studio.ui.dialogs.openers",
    "studio.ui.dialogs.recovery",
    "studio.ui.gallery.model",
    "studio.ui.gallery.queue",
    "studio.ui.gallery.queue_header",
    "studio.ui.gallery.strip",
    "studio.ui.generate.controls",
    "studio.ui.generate.ratio",
    "studio.ui.layers.history",
    "studio.ui.layers.layers",
    "studio.ui.notices",
    "studio.ui.system_news",
    "studio.ui.theme.menu_icons",
)
"""What the window shows with a session."""
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
    "studio.ui.dialogs.help",
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
