"""How long a bare window is kept waiting beside ours: what of our gaps is the machine's.

`python -m tests.bench.bare MILLISECONDS` shows a QMainWindow with nothing in it (offscreen) and has its timer look at
the clock every so many milliseconds until its input ends, then prints when it was late, as a JSON list of pairs of
`time.perf_counter` (the same clock in all processes on Linux and macOS).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LATE_S = 0.003
"""Later than its timer by so much."""


@dataclass(slots=True)
class Bare:
    """Filled when `watched` is left."""

    gaps: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def worst_ms(self, began: float, ended: float) -> float:
        """The longest gap in a stretch of time; 0 where it was never late."""
        return max(self._lengths(began, ended), default=0.0)

    def over(self, limit: float, began: float, ended: float) -> int:
        """How many gaps in a stretch of time were longer than so many milliseconds."""
        return sum(length > limit for length in self._lengths(began, ended))

    def without(self, gaps: Sequence[tuple[float, float]]) -> list[float]:
        """The lengths of gaps (when each ended, and its milliseconds) less what the bare window was late meanwhile."""
        return [length - self._shared_ms(end - length / 1000, end) for end, length in gaps]

    def _lengths(self, began: float, ended: float) -> list[float]:
        return [(end - start) * 1000 for start, end in self.gaps if end > began and start < ended]

    def _shared_ms(self, start: float, end: float) -> float:
        return sum(max(0.0, min(end, to) - max(start, since)) * 1000 for since, to in self.gaps)


@contextmanager
def watched(milliseconds: int) -> Iterator[Bare]:
    """A bare window beside what is done within."""
    bare = Bare()
    command = [sys.executable, "-m", "tests.bench.bare", str(milliseconds)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield bare
        bare.gaps = [(start, end) for start, end in json.loads(process.communicate()[0])]


def main() -> None:
    """Until the input ends."""
    from PySide6.QtCore import QSocketNotifier, Qt, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    interval = int(sys.argv[1])
    late = interval / 1000 + LATE_S
    gaps: list[tuple[float, float]] = []
    last = time.perf_counter()

    def look() -> None:
        nonlocal last
        now = time.perf_counter()
        if now - last > late:
            gaps.append((last, now))
        last = now

    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(look)
    timer.start(interval)
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(app.quit)
    app.exec()
    print(json.dumps(gaps))


if __name__ == "__main__":
    main()
