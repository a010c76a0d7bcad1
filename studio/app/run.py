"""The entry: a verb goes to the terminal, anything else opens the window."""

from __future__ import annotations

import os
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.app.ground import locked, resources
from studio.cli.main import main as cli_main
from studio.storage.folders import Folders

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from studio.session.face.terminal import TerminalDesk

NO_DISPLAY = 2


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status."""
    asked = cli_main(arguments, build_terminal)
    if isinstance(asked, int):
        return asked
    if not has_display():
        if not asked.demo:
            print(
                "There is no display to open a window on. Set DISPLAY, or use a verb: overpaint --help lists them.",
                file=sys.stderr,
            )
            return NO_DISPLAY
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The toolkit is not loaded for a verb.
    from studio.app.opening import open_window

    return open_window(asked)


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@asynccontextmanager
async def build_terminal(data_dir: str | None, *, read_only: bool) -> AsyncIterator[TerminalDesk]:
    """The rooms behind a terminal's desk. A verb that writes needs the data folder for itself."""
    # Loaded for a verb only: the window must stand before any of it is read.
    import asyncio

    from studio.app.rooms import Rooms
    from studio.session.terminal import Terminal

    folders = Folders.at(data_dir)
    lock = None if read_only else locked(folders)
    try:
        post = asyncio.get_running_loop().call_soon_threadsafe
        rooms = await Rooms.open(folders, post, resources(), read_only=read_only)
        desk = Terminal(rooms.terminal_world())
        try:
            yield desk
        finally:
            await desk.close()
            await rooms.close()
    finally:
        if lock is not None:
            lock.release()
