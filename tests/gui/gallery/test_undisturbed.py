"""Work goes on while jobs end: nothing that arrives moves focus, caret, text, scroll or selection."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.session.face.views import GalleryView, Notice
from tests.fakes.desk_scene import gallery_row
from tests.gui.gallery.queue_cards import Queue, card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.session.face.views import JobCard
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

LETTERS = "abcdefghij klmnop qrstu vwxyz"
LATE = problem("rate-limited", provider="NanoGPT", when="later")


def _typed() -> str:
    draw = random.Random(7)
    return "".join(draw.choice(LETTERS) for _ in range(500))


class Day:
    """Fifty jobs that go on and end one after the other; of each tenth letter one does."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self.rows = tuple(gallery_row(500 - at) for at in range(100))
        self.jobs: dict[str, JobCard] = {f"j{at:02}": card(f"j{at:02}", created=1000.0 + at) for at in range(50)}
        self.ended = 0
        desk.show_gallery(GalleryView(rows=self.rows, total=100))
        desk.show_jobs(tuple(self.jobs.values()))

    def go_on(self, letter: int) -> None:
        """Progress at every letter, an end at every tenth."""
        name = f"j{letter % 50:02}"
        if not self.jobs[name].state.is_final:
            self.jobs[name] = card(name, created=self.jobs[name].created, fraction=letter / 500)
        if letter % 10 == 0:
            self._end(f"j{self.ended:02}")
        self._desk.show_jobs(tuple(self.jobs.values()))

    def _end(self, name: str) -> None:
        failed = self.ended % 3 == 0
        state = JobState.FAILED if failed else JobState.SUCCEEDED
        self.jobs[name] = card(name, state, created=self.jobs[name].created, problem=LATE if failed else None)
        self.ended += 1
        if failed:
            self._desk.noticed.emit(Notice(text=LATE.what, problem=LATE))
        else:
            self.rows = (gallery_row(500 + self.ended), *self.rows)
            self._desk.show_gallery(GalleryView(rows=self.rows, total=len(self.rows)))


def test_five_hundred_letters_are_typed_while_fifty_jobs_end(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    day, prompt, strip = Day(desk), window.generate.prompt, window.gallery.strip
    assert strip is not None
    strip.choose(day.rows[40].id)
    strip.horizontalScrollBar().setValue(3000)
    seen = strip.visualRect(strip.rows.at(day.rows[40].id)).left()
    chosen = day.rows[40].id
    window.activateWindow()
    prompt.setFocus()
    qtbot.waitUntil(prompt.hasFocus)
    prompt.clear()
    for letter, text in enumerate(_typed()):
        qtbot.keyClicks(QApplication.focusWidget(), text)
        day.go_on(letter)
    assert day.ended == 50
    assert prompt.hasFocus()
    assert prompt.toPlainText() == _typed()
    assert prompt.textCursor().position() == 500
    assert [row.id for row in strip.selected()] == [chosen]
    assert strip.visualRect(strip.rows.at(chosen)).left() == seen
    assert strip.isVisible()
    assert window.notices.bars()[0].count == 17


def test_the_queue_stays_where_it_was_scrolled_to(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    old = [card(f"old{at:02}", JobState.SUCCEEDED, created=100.0 - at) for at in range(40)]
    desk.show_jobs(tuple(old))
    qtbot.waitUntil(lambda: len(docked.panel.widgets()) == 40)
    bar = docked.panel.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    bar.setValue(600)
    top = docked.panel.area.viewport().mapTo(docked.panel, QPoint(0, 0)).y()
    places = {each: each.mapTo(docked.panel, QPoint(0, 0)) for each in docked.panel.widgets()}
    seen = [each for each, at in places.items() if at.y() + each.height() > top]
    watched = min(seen, key=lambda each: places[each].toTuple()[::-1])
    for at in range(12):
        desk.show_jobs((*(card(f"new{each}", created=2000.0 + each) for each in range(at + 1)), *old))
        assert watched.mapTo(docked.panel, QPoint(0, 0)).y() == places[watched].y()
        qtbot.wait(20)
        assert watched.mapTo(docked.panel, QPoint(0, 0)).y() == places[watched].y()
