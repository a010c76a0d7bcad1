"""A verb goes to the terminal, anything else opens the window, or the files in the window that is open."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from studio.app.desks import TerminalDesks
from studio.cli.main import main as cli_main
from studio.domain.problems import StorageError
from studio.storage.folders import Folders
from studio.storage.lock import acquire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.cli.window import OpenWindow
    from studio.storage.lock import Lock

NO_DISPLAY = 2
STORAGE_TROUBLE = 5


def start(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; the exit status. Called with the search for garbage turned off."""
    # What was imported so far stays, and a verb works with the search for garbage.
    gc.freeze()
    gc.enable()
    asked = cli_main(arguments, TerminalDesks())
    if isinstance(asked, int):
        return asked
    # Most of what is made until the window stands stays; looking for garbage among it would only take time.
    gc.disable()
    if not has_display():
        if not asked.demo:
            print(
                "There is no display to open a window on. Set DISPLAY, or use a verb: overpaint --help lists them.",
                file=sys.stderr,
            )
            return NO_DISPLAY
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folders = Folders.at(asked.data_dir)
    try:
        lock = _lock(folders, asked)
    except StorageError as error:
        print(error.problem.sentence(), file=sys.stderr)
        return STORAGE_TROUBLE
    if lock is None:
        return 0
    # The toolkit is loaded for a window alone: neither for a verb nor for files that another window shows.
    from studio.app.kept_code import kept_code
    from studio.ui.toolkit import load_toolkit

    with kept_code(folders.compiled):
        load_toolkit()
        from studio.app.opening import open_window

    return open_window(asked, folders, lock)


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _lock(folders: Folders, asked: OpenWindow) -> Lock | None:
    """The data folder for our window; None where another window has it and shows the files. Raises StorageError."""
    folders.make()
    lock = acquire(folders.data, window=True)
    if lock is not None:
        return lock
    if asked.demo:
        from studio.domain.catalogue import trouble  # not for a window that opens

        raise trouble("data-in-use", place=folders.data)
    # No window comes without a lock, so what must not be loaded before its first frame may be.
    import asyncio

    from studio.app.handover.courier import hand_files

    return asyncio.run(hand_files(folders.data, asked.files))
