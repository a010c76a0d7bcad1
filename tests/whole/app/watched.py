"""The real program with a voice, for tests that kill it: says what it does, and can be held at an instant.

Run with `-m` and the program's own arguments. Said on its output, one a line: `mask SHA` when the document's mask has
changed, `layers N` when its layers have, `saving SHA` and `saved SHA` around each recovery copy, `event NAME` when a
job's event is in the journal, `phase TEXT` of a running job, `target NAME` of a drag over the canvas. Asked by a line
`where TEXT` on its input, it says `at X Y`, the middle of what has this text, or these words for screen readers, once
that is seen on the screen; asked `window TITLE` it says `window ID` once there is one with this in its title, asked
`front TITLE` it says `front ID` once such a window has the keyboard, asked `main` it says so once the main window has
it, asked `picture` it says so once the canvas shows one, asked `target NAME` it says `at X Y`, the middle of that
target for drags. HELD names an instant; there the thread that comes to it says `held` and never goes on, so that a kill
finds the disk as it is then:

    file GLOB N       before the N-th file of this path is renamed to its place, when it is written whole beside it
    before NAME N     before the N-th event of this kind is journalled
    after NAME N      when it was
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from studio.app.run import run
from studio.domain.changes import Touched
from studio.jobs.ledger import Ledger
from studio.session.application import Studio
from studio.storage.journal import Journal
from studio.storage.recovery import RecoveryStore
from studio.ui.canvas.drop import DropTargets, Target
from studio.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPoint

    from studio.document.state import DocumentState
    from studio.domain.changes import Changes
    from studio.domain.gallery import GalleryEntry
    from studio.domain.ids import JobId
    from studio.domain.job import Job, JobEvent, ProviderPreview, ProviderProgress
    from studio.domain.recovery import RecoveryEntry
    from studio.imaging.tiles import Raster
    from studio.session.editor import Editor
    from studio.session.face.desk import Desk

LOOK_MS = 20


def say(*words: object) -> None:
    """One write, so that lines of several threads do not mix."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def fingerprint(mask: Raster) -> str:
    """Of the mask's pixels, wherever they are not 0."""
    found = hashlib.sha256()
    for key, tile in sorted(mask.tiles.items()):
        pixels = tile.pixels
        rows = [pixels.data[y * pixels.stride :][: pixels.size.width] for y in range(pixels.size.height)]
        data = b"".join(rows)
        if any(data):
            found.update(repr(key).encode() + data)
    return found.hexdigest()


class Hold:
    """The one instant at which a thread is stopped for good."""

    def __init__(self, wanted: str) -> None:
        self._kind, self._name, number = (wanted or "- - 0").split(" ")
        self._left = int(number)

    def here(self, kind: str, name: str) -> None:
        """Say that a thread is at this instant; it stays there if that is the wanted one."""
        if kind != self._kind or not fnmatch.fnmatch(name, self._name):
            return
        self._left -= 1
        if self._left == 0:
            say("held")
            threading.Event().wait()


class Looker(QObject):
    """Finds what is on the screen. Asked on any thread, looks on the window's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._answers = {
            "where": _where,
            "window": _window,
            "front": _front,
            "main": self._main,
            "picture": self._picture,
            "target": self._target,
        }
        self._asked: list[tuple[str, str]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        # Not through sys.stdin: its lock would be asked for again when the interpreter ends.
        with os.fdopen(os.dup(0)) as lines:
            for line in lines:
                what, _, text = line.strip().partition(" ")
                self._asked.append((what, text))

    def _look(self) -> None:
        while self._asked:
            what, text = self._asked[0]
            answer = self._answers[what](text)
            if not answer:
                return
            self._asked.pop(0)
            say(answer)

    def _main(self, _text: str) -> str:
        return "main" if self._window.isActiveWindow() and QApplication.activeModalWidget() is None else ""

    def _picture(self, _: str) -> str:
        return "picture" if self._window.canvas.surface.has_picture else ""

    def _target(self, name: str) -> str:
        targets = self._window.canvas.findChild(DropTargets)
        if targets is None:
            return ""
        return _at(targets.mapToGlobal(targets.boxes()[Target[name]].center()))


def _front(title: str) -> str:
    window = QApplication.activeWindow()
    return f"front {window.winId()}" if window is not None and title in window.windowTitle() else ""


def _window(title: str) -> str:
    found = [each for each in QApplication.topLevelWidgets() if _is_seen(each) and title in each.windowTitle()]
    return f"window {found[0].winId()}" if found else ""


def _widgets() -> Iterator[QWidget]:
    """All of them by way of their windows: a list of every widget there is holds some that are just going."""
    for window in QApplication.topLevelWidgets():
        yield window
        yield from window.findChildren(QWidget)


def _where(text: str) -> str:
    found = next((each for each in _widgets() if _is_seen(each) and text in _texts(each)), None)
    if found is None:
        return ""
    return _at(found.mapToGlobal(found.rect().center()))


def _at(place: QPoint) -> str:
    return f"at {place.x()} {place.y()}"


def _is_seen(widget: QWidget) -> bool:
    """A window stands where it stays once it is exposed."""
    window = widget.window().windowHandle()
    return widget.isVisible() and window is not None and window.isExposed()


def _texts(widget: QWidget) -> str:
    text: Any = getattr(widget, "text", None)
    title = widget.windowTitle() if widget.isWindow() else ""
    shown = str(text()) if callable(text) else ""
    return "\n".join((title, shown, widget.accessibleName(), widget.accessibleDescription()))


def say_changes(changes: Changes, editor: Editor) -> None:
    if changes.touched & Touched.MASK:
        say("mask", fingerprint(editor.state.mask) if editor.state else "")
    if changes.touched & Touched.LAYERS:
        say("layers", len(editor.state.layers) if editor.state else 0)


def listen_to_the_window() -> None:
    attaching = MainWindow.attaching

    def attached(self: MainWindow, desk: Desk) -> Iterator[None]:
        yield from attaching(self, desk)
        Looker(self)
        assert isinstance(desk, Studio)
        editor = desk.editor
        editor.changed.connect(lambda changes: say_changes(changes, editor))

    MainWindow.attaching = attached


def listen_to_the_disk(hold: Hold) -> None:
    save, append, rename = RecoveryStore.save, Journal.append, os.replace

    def saved(self: RecoveryStore, entry: RecoveryEntry, state: DocumentState) -> None:
        say("saving", fingerprint(state.mask))
        save(self, entry, state)
        say("saved", fingerprint(state.mask))

    def appended(self: Journal, job: JobId, event: JobEvent, gallery: GalleryEntry | None = None) -> Job:
        hold.here("before", type(event).__name__)
        after = append(self, job, event, gallery)
        say("event", type(event).__name__)
        hold.here("after", type(event).__name__)
        return after

    def renamed(source: str, target: str) -> None:
        hold.here("file", str(target))
        rename(source, target)

    RecoveryStore.save, Journal.append, os.replace = saved, appended, renamed


def listen_to_the_jobs() -> None:
    tell = Ledger.tell

    def told(self: Ledger, job: Job, news: ProviderProgress | ProviderPreview) -> None:
        say("phase", getattr(news, "phase", "preview"))
        tell(self, job, news)

    Ledger.tell = told


def listen_to_drags() -> None:
    point = DropTargets.point

    def pointed(self: DropTargets, at: QPoint) -> Target:
        target = point(self, at)
        say("target", target.name)
        return target

    DropTargets.point = pointed


if __name__ == "__main__":
    listen_to_the_window()
    listen_to_drags()
    listen_to_the_disk(Hold(os.environ.get("HELD", "")))
    listen_to_the_jobs()
    sys.exit(run(sys.argv[1:]))
