"""The window first, then the session behind it: built off the window's thread and attached when it is ready.

Heavy modules are imported inside of functions on purpose: at the first frame none of them may be loaded.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from studio.app.ground import resources
from studio.domain.problems import StorageError, StudioError
from studio.storage.settings_read import read_settings
from studio.ui.application import make_application
from studio.ui.posting import Poster
from studio.ui.theme.palette import Theme
from studio.ui.translate import load_language
from studio.ui.window import MainWindow

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from studio.app.handover.counter import Counter
    from studio.app.rooms import Rooms
    from studio.cli.window import OpenWindow
    from studio.domain.problems import Problem
    from studio.session.application import Studio
    from studio.storage.folders import Folders
    from studio.storage.lock import Lock
    from studio.ui.application import Application
    from studio.ui.signals import SystemSignals

IDLE_MS = 2000


def open_window(asked: OpenWindow, folders: Folders, lock: Lock) -> int:
    """The window, until it is closed; then the lock of its data folder is let go."""
    app = make_application(["overpaint"])
    found = read_settings(folders.settings, folders.cache / "settings.kept")
    load_language(found.settings.language, app)
    theme = Theme(app, found.settings.theme)
    window = MainWindow(
        found.settings, theme, layout_file=str(folders.config / "window.ini"), log_folder=str(folders.log)
    )
    opening = Opening(app, window, folders, asked)
    if app.platformName() == "offscreen":
        window.resize(window.sizeHint())
    window.show()
    status = app.exec()
    opening.end()
    lock.release()
    return opening.status or status


class Opening:
    """Brings the session to a window that is already shown, and takes it down again."""

    def __init__(self, app: Application, window: MainWindow, folders: Folders, asked: OpenWindow) -> None:
        self.status = 0
        self._app = app
        self._window = window
        self._folders = folders
        self._asked = asked
        self._poster = Poster()
        self._signals: SystemSignals | None = None
        self._rooms: Rooms | None = None
        self._opened: asyncio.Task[Rooms] | None = None
        self._studio: Studio | None = None
        self._counter: Counter | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._ending = False
        self._warned = False
        # The session is taken down after the window is closed; only then the loop may end.
        app.setQuitOnLastWindowClosed(False)
        window.painted.connect(self._begin)
        window.closing.connect(self._leave)

    def _begin(self) -> None:
        from studio.ui.signals import SystemSignals

        self._signals = SystemSignals(lambda: self._poster.post(self._close), self._poster)
        threading.Thread(target=self._load, name="opening", daemon=True).start()

    def _load(self) -> None:
        from studio.app.precedence import give_short_turns
        from studio.app.preloading import JOBS, WORK, preload

        give_short_turns(os.getpid())  # Linux calls the window's thread as it calls the process
        preload(WORK)
        self._poster.post(self._build)
        preload(JOBS)

    def _build(self) -> None:
        if self._ending:
            return
        from concurrent.futures import ThreadPoolExecutor

        import qasync

        self._loop = qasync.QEventLoop(self._app, already_running=True)
        # Its own would be the toolkit's threads, which abort the program where they stand idle at its end.
        self._loop.set_default_executor(ThreadPoolExecutor(1, "home"))
        self._task = self._loop.create_task(self._furnish())

    async def _furnish(self) -> None:
        """The session, and then all that makes what is opened later open at once."""
        from studio.app.preloading import DIALOGS, FACE, preload_between_events

        await preload_between_events(FACE)
        if self._ending:
            return
        await self._attach()
        if self._ending:
            return
        await preload_between_events(DIALOGS)
        self._poster.later(IDLE_MS, self._warm)

    async def _attach(self) -> None:
        import asyncio

        from studio.app.rooms import Rooms
        from studio.session.application import Studio

        opened = Rooms.open(self._folders, self._poster.post, resources(), patient=True)
        self._opened = asyncio.get_running_loop().create_task(opened)
        try:
            self._rooms = await self._opened
        except StorageError as error:
            self._tell(error.problem)
            return
        if self._ending:
            return
        self._rooms.refuge.wanted.connect(self._tell)
        self._window.folder_chosen.connect(self._rooms.keep_in)
        settings = self._rooms.settings
        self._studio = Studio(self._rooms.window_world(), settings)
        self._studio.document_changed.connect(self._changed)
        for _ in self._window.attaching(self._studio):
            await asyncio.sleep(0)  # what the user does meanwhile comes first
            if self._ending:  # that was closing
                return
        for found in self._rooms.problems:
            self._tell(found)
        await self._studio.start()
        if self._ending:
            return
        if self._asked.files:
            self._studio.document.open(self._asked.files)
        await self._take_orders(self._rooms, self._studio)
        if self._asked.demo:
            self._demonstrate(self._studio)

    async def _take_orders(self, rooms: Rooms, studio: Studio) -> None:
        from studio.app.preloading import JOBS, preload

        world = rooms.terminal_world(lambda: studio.settings().providers, studio.change_providers)
        await world.offload.compute(preload, JOBS)  # waits for what is on its way
        from studio.app.handover.counter import Counter
        from studio.session.terminal import Terminal

        desk = Terminal(world)
        self._counter = Counter(self._folders.data, world.offload, desk, self._show, studio.gallery.refresh)
        await self._counter.open()

    def _show(self, files: Sequence[str]) -> None:
        """What a second start of the program was given, and the window itself."""
        if self._studio is not None and files:
            self._studio.document.open(files)
        self._window.come_forward()

    def _warm(self) -> None:
        # By now all modules are loaded. Looking for garbage among them took 30 ms, in whichever thread was due, so it
        # begins here, and they stay out of it.
        gc.freeze()
        gc.enable()
        if self._rooms is not None and self._loop is not None and not self._ending:
            self._rooms.warm()
            self._task = self._loop.create_task(self._rooms.back_up())

    def _tell(self, found: Problem) -> None:
        from studio.session.face.views import Notice

        self._window.say(Notice(text=found.what, problem=found))

    def _demonstrate(self, studio: Studio) -> None:
        from studio.ui.demo import Demo

        folder = Path.cwd() / "overpaint-demo"
        self._demo = Demo(self._window, studio, resources() / "sample" / "stroke.json", folder)
        self._demo.finished.connect(self._demonstrated)
        self._demo.failed.connect(self._demo_failed)
        self._demo.start()

    def _demonstrated(self, made: list[tuple[str, str]]) -> None:
        for name, where in made:
            print(f"{name}: {where}", flush=True)
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            self._close()

    def _demo_failed(self, sentence: str) -> None:
        print(f"The demo ended early: {sentence}", file=sys.stderr)
        self.status = 1
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            self._close()

    def _leave(self) -> None:
        """The user closed the window: it comes back where what they did cannot be kept, and closes the next time."""
        if self._ending or self._loop is None or self._studio is None or self._warned:
            self._close()
            return
        self._window.hide()
        self._task = self._loop.create_task(self._keep_and_close(self._studio))

    async def _keep_and_close(self, studio: Studio) -> None:
        import logging

        from studio.domain.catalogue import problem

        view = studio.document_view()
        try:
            await studio.keep()
        except Exception as error:  # the window's edge: whatever it was, nobody may be left with a window that has gone
            logging.getLogger(__name__).info("the last copy was not written", exc_info=True)
            found = error.problem if isinstance(error, StudioError) else problem("bug")
            self._warned = True
            self._window.show()
            self._tell(problem("not-kept", name=view.title if view else "", why=found.what))
            return
        self._close()

    def _changed(self, _: object) -> None:
        self._warned = False

    def _close(self) -> None:
        """Keep what is not saved, stop the work, then end the loop."""
        if self._ending:
            return
        self._ending = True
        self._window.hide()
        if self._loop is None or self._opened is None:
            self._app.quit()
            return
        self._task = self._loop.create_task(self._wind_up())
        # Quitting from within would stop the loop before the task has ended.
        self._task.add_done_callback(lambda _task: self._app.quit())

    async def _wind_up(self) -> None:
        if self._opened is not None and self._rooms is None:
            await self._opened_at_last(self._opened)
        if self._counter is not None:
            await self._counter.shut()
        if self._studio is not None:
            await self._studio.shutdown()
        if self._rooms is not None:
            await self._rooms.end_jobs()
        if self._counter is not None:
            await self._counter.close()
        if self._rooms is not None:
            await self._rooms.close()

    async def _opened_at_last(self, opened: asyncio.Task[Rooms]) -> None:
        """A library that is still being opened, or rescued, is written to: whoever gets the lock would do so too."""
        import asyncio

        await asyncio.wait((opened,))
        self._rooms = opened.result() if opened.exception() is None else None

    def end(self) -> None:
        """After the loop has ended."""
        if self._signals is not None:
            self._signals.end()
        if self._loop is not None:
            self._loop.stop()
