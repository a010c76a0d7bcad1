"""How long a 12 MP photo takes from Run to preview, first and third result, and how smooth the window stays.

Run `python -m tests.bench.main_job` (offscreen). The window is the real one with the real engine in its process; a
timer of 4 ms on the window's thread notes every gap, first while nothing happens, then while the job runs: the two
are to be compared, since machines are noisy.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QTimer

from studio.app.ground import resources
from studio.app.opening import Opening
from studio.cli.window import OpenWindow
from studio.domain.geometry import Point, Rect
from studio.domain.pen import Brush, PenSample
from studio.session.face.views import StagingView, Tool
from studio.storage.folders import Folders
from studio.storage.lock import acquire
from studio.storage.settings_read import read_settings
from studio.ui.application import make_application
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow

IDLE_S = 2.0
CENTRE = Point(x=2000, y=1500)


def photo(folder: Path) -> Path:
    """The sample, scaled to 4000 x 3000."""
    with Image.open(resources() / "sample" / "friends.jpg") as picture:
        picture.resize((4000, 3000)).save(folder / "p12.jpg", quality=92)
    return folder / "p12.jpg"


class Bench:
    """Follows the desk's signals; prints one JSON line at the end."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._began = 0.0
        self._last = time.perf_counter()
        self._gaps: dict[str, list[float]] = {"idle": [], "job": []}
        self._phase = ""
        self._found: dict[str, float] = {}
        self._timer = QTimer(window)
        self._timer.setInterval(4)
        self._timer.timeout.connect(self._tick)
        self._poll = QTimer(window)
        self._poll.setInterval(50)
        self._poll.timeout.connect(self._ready)
        self._poll.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._phase:
            self._gaps[self._phase].append((now - self._last) * 1000)
        self._last = now

    def _ready(self) -> None:
        desk = self._window.desk
        size = desk.canvas.size() if desk is not None else None
        if desk is None or size is None or not desk.canvas.picture(Rect.of_size(size), 2):
            return
        self._poll.stop()
        self._timer.start()
        self._last = time.perf_counter()
        self._phase = "idle"
        QTimer.singleShot(int(IDLE_S * 1000), self._window, self._paint)

    def _paint(self) -> None:
        desk = self._window.desk
        assert desk is not None
        self._phase = ""
        desk.set_tool(Tool.BRUSH)
        desk.set_brush(Brush(size=1130.0, hardness=1.0, pressure_size=False))
        desk.canvas.begin(PenSample(x=CENTRE.x, y=CENTRE.y))
        desk.canvas.end()
        desk.form.set_count(3)
        desk.staging_changed.connect(self._staged)
        QTimer.singleShot(1500, self._window, self._run)

    def _run(self) -> None:
        assert self._window.desk is not None
        self._phase = "job"
        self._last = self._began = time.perf_counter()
        self._window.desk.perform("generate.run")

    def _staged(self, view: StagingView | None) -> None:
        if view is None:
            return
        now = time.perf_counter() - self._began
        if view.variations:
            self._found.setdefault("preview", now)
        if any(not each.preview for each in view.variations):
            self._found.setdefault("first", now)
        if not view.running and len(view.variations) == 3 and not any(each.preview for each in view.variations):
            self._found.setdefault("third", now)
            self._phase = ""
            self._tell()

    def _tell(self) -> None:
        report: dict[str, float] = {f"{name}_s": round(value, 2) for name, value in self._found.items()}
        for phase, gaps in self._gaps.items():
            ordered = sorted(gaps)
            report[f"{phase}_worst_gap_ms"] = round(ordered[-1], 1)
            report[f"{phase}_p99_gap_ms"] = round(ordered[int(len(ordered) * 0.99)], 1)
        print(json.dumps(report), flush=True)
        self._window.close()


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
        app.exec()
        opening.end()
        lock.release()
        del bench


if __name__ == "__main__":
    sys.exit(main())
