"""How long a 12 MP photo takes from Run to preview, first and third result, how smooth the window stays, and how long
Cancel takes to end a job.

Run `python -m tests.bench.main_job` (offscreen). The window is the real one with the real engine in its process; a
timer of 4 ms on the window's thread notes every gap, first while nothing happens, then while the job runs. A bare
window in a process of its own has such a timer too: what both of them waited is the machine's.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import Qt, QTimer

from studio.app.ground import resources
from studio.app.opening import Opening
from studio.cli.window import OpenWindow
from studio.domain.geometry import Point, Rect
from studio.domain.job import JobState
from studio.domain.pen import Brush, PenSample
from studio.session.face.views import StagingView, Tool
from studio.storage.folders import Folders
from studio.storage.lock import acquire
from studio.storage.settings_read import read_settings
from studio.ui.application import make_application
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow
from tests.bench.bare import watched
from tests.bench.gaps import Phase

if TYPE_CHECKING:
    from studio.domain.ids import JobId
    from studio.session.face.views import JobCard

IDLE_S = 2.0
CANCELLED_AFTER_S = (0.3, 1.0, 3.0)
"""After Run: while the engine makes the preview, and while it fills."""
TICK_MS = 4
CENTRE = Point(x=2000, y=1500)


def photo(folder: Path) -> Path:
    """The sample, scaled to 4000 x 3000."""
    with Image.open(resources() / "sample" / "friends.jpg") as picture:
        picture.resize((4000, 3000)).save(folder / "p12.jpg", quality=92)
    return folder / "p12.jpg"


class Bench:
    """Follows the desk's signals; keeps what it saw."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._began = 0.0
        self._last = time.perf_counter()
        self._phase: Phase | None = None
        self.seen: list[Phase] = []
        self.found: dict[str, float] = {}
        self.cancelled: list[float] = []
        """Milliseconds from Cancel to its end."""
        self._job: JobId | None = None
        self._known: set[JobId] = set()
        self._timer = QTimer(window)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._poll = QTimer(window)
        self._poll.setInterval(50)
        self._poll.timeout.connect(self._ready)
        self._poll.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._phase is not None:
            self._phase.gaps.append((now, (now - self._last) * 1000))
        self._last = now

    def _ready(self) -> None:
        desk = self._window.desk
        size = desk.canvas.size() if desk is not None else None
        if desk is None or size is None or not desk.canvas.picture(Rect.of_size(size), 2):
            return
        self._poll.stop()
        self._timer.start()
        self._last = time.perf_counter()
        self._phase = Phase("idle")
        QTimer.singleShot(int(IDLE_S * 1000), self._window, self._paint)

    def _paint(self) -> None:
        desk = self._window.desk
        assert desk is not None
        self._end()
        desk.set_tool(Tool.BRUSH)
        desk.set_brush(Brush(size=1130.0, hardness=1.0, pressure_size=False))
        desk.canvas.begin(PenSample(x=CENTRE.x, y=CENTRE.y))
        desk.canvas.end()
        desk.form.set_count(3)
        desk.staging_changed.connect(self._staged)
        QTimer.singleShot(1500, self._window, self._run)

    def _run(self) -> None:
        assert self._window.desk is not None
        self._phase = Phase("job")
        self._last = self._began = time.perf_counter()
        self._window.desk.perform("generate.run")

    def _staged(self, view: StagingView | None) -> None:
        if view is None:
            return
        assert self._window.desk is not None
        now = time.perf_counter() - self._began
        if view.variations:
            self.found.setdefault("preview", now)
        if any(not each.preview for each in view.variations):
            self.found.setdefault("first", now)
        if not view.running and len(view.variations) == 3 and not any(each.preview for each in view.variations):
            self.found.setdefault("third", now)
            self._end()
            self._window.desk.staging_changed.disconnect(self._staged)
            self._window.desk.jobs_changed.connect(self._cards)
            self._again()

    def _again(self) -> None:
        """One more job, which is cancelled; after the last the window is closed."""
        assert self._window.desk is not None
        if len(self.cancelled) == len(CANCELLED_AFTER_S):
            self._window.close()
            return
        self._known = {card.job for card in self._window.desk.job_cards()}
        self._window.desk.perform("generate.run")
        QTimer.singleShot(int(CANCELLED_AFTER_S[len(self.cancelled)] * 1000), self._window, self._cancel)

    def _cancel(self) -> None:
        assert self._window.desk is not None
        new = [card.job for card in self._window.desk.job_cards() if card.job not in self._known]
        if not new:  # a machine that stood still has not taken the order yet
            QTimer.singleShot(TICK_MS, self._window, self._cancel)
            return
        self._job, self._began = new[0], time.perf_counter()
        self._window.desk.results.cancel_job(new[0])

    def _cards(self, cards: tuple[JobCard, ...]) -> None:
        """Cancel has ended it when its card says so."""
        card = next((card for card in cards if card.job == self._job), None)
        if card is not None and card.state.is_final:
            assert card.state is JobState.CANCELLED, card.state
            self._job = None
            self.cancelled.append(round((time.perf_counter() - self._began) * 1000, 1))
            QTimer.singleShot(1500, self._window, self._again)

    def _end(self) -> None:
        assert self._phase is not None
        self._phase.end()
        self.seen.append(self._phase)
        self._phase = None


def main() -> None:
    """One run."""
    with tempfile.TemporaryDirectory() as folder:
        folders = Folders.at(os.path.join(folder, "data"))
        folders.make()
        lock = acquire(folders.data, window=True)
        assert lock is not None
        app = make_application(["overpaint"])
        settings = read_settings(folders.settings).settings
        window = MainWindow(settings, Theme(app, settings.theme), layout_file=os.path.join(folder, "window.ini"))
        window.resize(window.sizeHint())
        opening = Opening(app, window, folders, OpenWindow(files=(str(photo(Path(folder))),)))
        bench = Bench(window)
        window.show()
        with watched(TICK_MS) as bare:
            app.exec()
        opening.end()
        lock.release()
        print(json.dumps({f"{name}_s": round(value, 2) for name, value in bench.found.items()}))
        print(json.dumps({"cancelled_ms": bench.cancelled}))
        for phase in bench.seen:
            print(json.dumps({phase.name: phase.told(bare)}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
