"""What news cost the window while a hundred cards of the queue are in their panel, beside the same for one card.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.queue_panel

Times of the window's thread (medians and worst) in ms, so that what else the machine does counts little.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.domain.settings import Settings
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow
from tests.fakes.desk_scene import filled_desk, thumb
from tests.gui.gallery.queue_cards import card

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.session.face.views import JobCard
    from tests.fakes.desk import FakeDesk

ROUNDS = 200
RUNNING, QUEUED, FAILED, DONE = JobState.RUNNING, JobState.QUEUED, JobState.FAILED, JobState.SUCCEEDED


def measured(works: list[Callable[[], None]]) -> tuple[float, float]:
    """Median and worst time of these calls, with the loop run between them."""
    took: list[float] = []
    for work in works:
        begin = time.thread_time()
        work()
        took.append((time.thread_time() - begin) * 1000)
        QTest.qWait(1)
    return sorted(took)[len(took) // 2], max(took)


class Bench:
    """The window with so many cards: four run, half of the others wait."""

    def __init__(self, window: MainWindow, desk: FakeDesk, many: int) -> None:
        self._window, self._desk = window, desk
        assert window.gallery.queue is not None
        self._panel = window.gallery.queue
        picture = thumb("friends")
        states = [RUNNING] * min(4, many) + [QUEUED] * (many // 2) + [DONE] * many
        self.cards: list[JobCard] = [
            card(f"j{at:03}", state, place=at if state is QUEUED else None, thumbnail=picture, created=1000.0 + at)
            for at, state in enumerate(states[:many])
        ]
        self.show()
        while len(self._panel.widgets()) < many:
            QTest.qWait(10)

    def show(self) -> None:
        """All cards as they are."""
        self._desk.show_jobs(tuple(self.cards))

    def progress(self, at: int) -> None:
        """One of those that run is further on."""
        place = at % min(4, len(self.cards))
        self.cards[place] = replace(self.cards[place], state=RUNNING, fraction=at / ROUNDS)
        self.show()

    def end(self, at: int) -> None:
        """One fails, and all that wait go up a place."""
        trouble = problem("rate-limited", provider="NanoGPT", when="later")
        waiting = [place for place, each in enumerate(self.cards) if each.state is QUEUED]
        for place in waiting[1:]:
            self.cards[place] = replace(self.cards[place], place=(self.cards[place].place or 1) - 1)
        if waiting:
            gone = self.cards[waiting[0]]
            self.cards[waiting[0]] = replace(gone, state=FAILED, place=None, ended=1.0 + at, problem=trouble)
        self.show()


def main() -> None:
    """Print the table."""
    app = QApplication([])
    window, desk = MainWindow(Settings(theme="dark"), Theme(app, "dark")), filled_desk(pictures=False)
    window.resize(1366, 768)
    window.show()
    window.attach(desk)
    window.commands.run("panel.queue")
    medians: dict[tuple[str, int], float] = {}
    for many in (1, 100):
        bench = Bench(window, desk, many)
        for name, work, rounds in (("progress", bench.progress, ROUNDS), ("end", bench.end, many // 2)):
            if rounds:
                median, worst = measured([lambda at=at, work=work: work(at) for at in range(rounds)])
                medians[name, many] = median
                print(f"{many:4} cards, {name:10} median {median:6.2f}  worst {worst:6.2f}")
    print(f"progress, 100 cards over 1: {medians['progress', 100] / medians['progress', 1]:.2f}x")
    window.close()


if __name__ == "__main__":
    main()
