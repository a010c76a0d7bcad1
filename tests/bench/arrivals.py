"""How smooth the real window stays while eight answers of 20 MB arrive, are checked, finished and written.

Run `python -m tests.bench.arrivals [--events]` (offscreen). The server is a process of its own. A timer of 1 ms on the
window's thread notes every gap, and the canvas is painted 62 times a second: first while nothing happens, then while
answers with the pictures in them arrive, then while pictures are fetched by address; idle is what the others are to be
compared with. Beside it a bare window of the same toolkit has a timer too: what both of them waited is the machine's.
On Linux it is told too how long the window's thread computed in all and how long it was ready to and had no processor.
With `--events` every event that it takes is timed, by the clock and by what the thread itself computed: the difference
is waiting for the interpreter's lock or for a processor. That costs a call of Python's for each event, so that gaps are
larger.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from studio.app.ground import resources
from studio.app.opening import Opening
from studio.cli.window import OpenWindow
from studio.domain.ids import ModelId, ProviderId
from studio.session.clicks import APART
from studio.storage.folders import Folders
from studio.storage.lock import acquire
from studio.storage.settings_read import read_settings
from studio.ui import application
from studio.ui.canvas.surface import Surface
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow
from tests.bench.bare import watched
from tests.bench.gaps import Phase
from tests.bench.heavy import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from studio.session.face.desk import Desk

JOBS = 8
IDLE_S = 3.0
TICK_MS = 1
HOLD_S = 1.5
HEAVY = ProviderId("heavy")
MODEL = ModelId("gpt-image-2")


class Watched(QApplication):
    """Times every event that is not inside of another."""

    phase: Phase | None = None
    _depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        self._depth += 1
        start, computed = time.perf_counter(), time.thread_time()
        phase = self.phase
        name = f"{event.type().name} to {type(receiver).__name__}"
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            if phase is not None and not self._depth:
                spent, computed = (time.perf_counter() - start) * 1000, (time.thread_time() - computed) * 1000
                before = phase.calls.get(name, (0.0, 0.0))
                phase.calls[name] = (max(before[0], spent), max(before[1], computed))


class BenchTimer(QTimer):
    """Tells this file's timers from the program's."""


class Bench:
    """Goes through the phases."""

    def __init__(self, app: QApplication, window: MainWindow, server: dict[str, str]) -> None:
        self._app, self._window, self._server = app, window, server
        self._phase: Phase | None = None
        self.seen: list[Phase] = []
        self._last = self._last_press = 0.0
        self._steps: Iterator[Callable[[], bool]] | None = None
        self._until: Callable[[], bool] = lambda: window.desk is not None
        self._ticks = _timer(window, TICK_MS, self._tick)
        self._paints = _timer(window, 16, self._paint)
        self._poll = _timer(window, 50, self._look)
        self._poll.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._phase is not None:
            self._phase.gaps.append((now, (now - self._last) * 1000))
        self._last = now

    def _paint(self) -> None:
        self._surface.repaint()
        if self._phase is not None:
            self._phase.frames += 1

    def _look(self) -> None:
        if not self._until():
            return
        assert self._window.desk is not None
        self._steps = self._steps or self._course(self._window.desk)
        try:
            self._until = next(self._steps)
        except StopIteration:
            self._poll.stop()
            self._window.close()

    def _course(self, desk: Desk) -> Iterator[Callable[[], bool]]:
        """What is done, and after each part what is waited for."""
        yield lambda: desk.canvas.size() is not None
        desk.providers.add("openai", url=f"{self._server['url']}/openai/v1", provider=HEAVY)
        yield lambda: bool(desk.providers.rows())
        desk.providers.set(HEAVY, "parallel", str(JOBS))
        yield lambda: ("parallel", str(JOBS)) in desk.providers.rows()[0].settings
        desk.providers.give_key(HEAVY, self._server["key"], session_only=True)
        yield lambda: any(each.id == MODEL for each in desk.form_view().models)
        desk.form.set_model(MODEL, HEAVY)
        desk.form.set_count(1)
        (self._surface,) = self._window.findChildren(Surface)
        self._ticks.start()
        self._paints.start()
        self._begin("idle")
        rest = time.perf_counter() + IDLE_S
        yield lambda: time.perf_counter() > rest
        self._end()
        yield from self.phases(desk)

    def phases(self, desk: Desk) -> Iterator[Callable[[], bool]]:
        """What is measured beside idle."""
        for words in ("within the answer", "by link"):
            yield from self.ordered(desk, words, JOBS)
            ends = [card.state.value for card in desk.job_cards()]
            assert ends == ["succeeded"] * len(ends), ends

    def ordered(self, desk: Desk, words: str, jobs: int) -> Iterator[Callable[[], bool]]:
        """So many orders, until all have ended."""
        before = len(desk.job_cards())
        self._begin(words)
        for number in range(jobs):
            desk.form.set_prompt(f"{words} {number}")
            yield lambda: desk.form_view().run.enabled
            there = before + number + 1
            yield lambda there=there: self._pressed(desk, there)
        yield lambda: all(card.state.is_final for card in desk.job_cards())
        self._end()

    def _pressed(self, desk: Desk, wanted: int) -> bool:
        """Whether there are so many jobs; else Run is pressed, which does nothing while another is made ready, and
        takes presses that come too close for one."""
        if len(desk.job_cards()) >= wanted:
            return True
        if time.perf_counter() - self._last_press > 1.1 * APART:
            self._last_press = time.perf_counter()
            desk.perform("generate.run")
        return False

    def _begin(self, name: str) -> None:
        self._last = time.perf_counter()
        self._phase = Phase(name)
        if isinstance(self._app, Watched):
            self._app.phase = self._phase

    def _end(self) -> None:
        assert self._phase is not None
        self._phase.end()
        self.seen.append(self._phase)
        self._phase = None
        if isinstance(self._app, Watched):
            self._app.phase = None


def _timer(parent: QObject, milliseconds: int, work: Callable[[], None]) -> QTimer:
    timer = BenchTimer(parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(milliseconds)
    timer.timeout.connect(work)
    return timer


def main(kind: type[Bench], serving: AbstractContextManager[dict[str, str]]) -> None:
    """One run."""
    with tempfile.TemporaryDirectory() as folder, serving as server:
        folders = Folders.at(os.path.join(folder, "data"))
        folders.make()
        lock = acquire(folders.data, window=True)
        assert lock is not None
        if "--events" in sys.argv:
            application.QApplication = Watched
        app = application.make_application(["overpaint"])
        settings = read_settings(folders.settings).settings
        window = MainWindow(settings, Theme(app, settings.theme), layout_file=os.path.join(folder, "window.ini"))
        window.resize(1440, 900)
        opening = Opening(app, window, folders, OpenWindow(files=(str(resources() / "sample" / "friends.jpg"),)))
        bench = kind(app, window, server)
        window.show()
        with watched(TICK_MS) as bare:
            app.exec()
        opening.end()
        lock.release()
        for phase in bench.seen:
            print(json.dumps({phase.name: phase.told(bare)}), flush=True)


if __name__ == "__main__":
    sys.exit(main(Bench, served(HOLD_S)))
