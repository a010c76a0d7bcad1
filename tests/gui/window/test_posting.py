"""News from other threads reaches the window in order, and lets frames be painted between."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from studio.ui.posting import SHARE_S, Poster

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def computed(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def test_what_several_threads_post_is_run_in_their_order(qtbot: QtBot) -> None:
    poster, ran = Poster(), list[tuple[int, int]]()

    def posts(thread: int) -> None:
        for number in range(200):
            poster.post(lambda number=number: ran.append((thread, number)))

    threads = [threading.Thread(target=posts, args=(each,)) for each in range(3)]
    for each in threads:
        each.start()
    qtbot.waitUntil(lambda: len(ran) == 600)
    for thread in range(3):
        assert [number for by, number in ran if by == thread] == list(range(200))


def test_a_timer_has_its_turn_among_much_that_was_posted(qtbot: QtBot) -> None:
    poster, seen = Poster(), list[str]()
    timer = QTimer()
    timer.timeout.connect(lambda: seen.append("timer"))
    timer.start(0)
    for _ in range(12):
        poster.post(lambda: (seen.append("work"), computed(SHARE_S / 2)))
    qtbot.waitUntil(lambda: seen.count("work") == 12)
    timer.stop()
    runs = "".join("." if each == "work" else " " for each in seen).split()
    assert len(runs) >= 4
    assert max(len(run) for run in runs) <= 3


def test_what_was_posted_behind_a_dialog_and_after_a_failure_runs(qtbot: QtBot) -> None:
    poster, ran = Poster(), list[str]()
    dialog = QEventLoop()

    def open_dialog() -> None:
        computed(2 * SHARE_S)
        dialog.exec()
        ran.append("closed")

    def fail() -> None:
        raise ValueError("a failure")

    poster.post(open_dialog)
    poster.post(fail)
    poster.post(lambda: ran.append("within"))
    poster.post(dialog.quit)
    with qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: "closed" in ran)
    assert ran == ["within", "closed"]
    assert [kind for kind, _, _ in caught] == [ValueError]
