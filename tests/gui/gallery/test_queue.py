"""The cards of the queue: what can be done with each job, and what news do to them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.ids import OutputId
from studio.domain.job import JobState
from studio.session.face.views import GalleryView, JobCard, QueueView
from studio.ui.gallery import queue_words
from studio.ui.gallery.queue_card import SETTLE_MS, CardWidget
from studio.ui.words import ordinal
from tests.fakes.desk_scene import gallery_row
from tests.gui.gallery.queue_cards import SAID, Queue, card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

QUEUED, RUNNING, DONE = JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED
FAILED, UNKNOWN, CANCELLED = JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED
FOUR = Price(amount="0.04")
OUTPUT = (OutputId("job000040-0"),)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (card(), ["Cancel"]),
        (card(state=QUEUED), ["Cancel"]),
        (card(state=QUEUED, place=2, behind=1), ["Earlier", "Later", "Cancel"]),
        (card(state=DONE, outputs=OUTPUT, again=FOUR), ["Show in gallery", "Send again $0.04", "Remove"]),
        (card(state=DONE, outputs=OUTPUT, free=True), ["Show in gallery", "Run again", "Remove"]),
        (card(state=UNKNOWN, can_look=True), ["Look again", "Send again · price unknown", "Remove"]),
        (card(state=UNKNOWN), ["Send again · price unknown", "Remove"]),
    ],
    ids=lambda value: value.state.value if isinstance(value, JobCard) else "",
)
def test_each_state_offers_what_can_be_done(queue: Queue, desk: FakeDesk, shown: JobCard, said: list[str]) -> None:
    desk.show_jobs((shown,))
    found = [words.replace("Remove the card of Boat j1", "Remove") for words in queue.said(queue.card("j1"))]
    assert sorted(found) == sorted(said)


@pytest.mark.parametrize(
    ("facts", "words", "asked"),
    [
        ({"state": RUNNING}, "Cancel", ("cancel_job", "j1")),
        ({"state": QUEUED, "place": 2, "behind": 1}, "Earlier", ("move_job", "j1", -1)),
        ({"state": QUEUED, "place": 2, "behind": 1}, "Later", ("move_job", "j1", 1)),
        ({"state": UNKNOWN, "can_look": True}, "Look again", ("look_again", "j1")),
        ({"state": FAILED, "again": FOUR}, "Send again $0.04", ("run_again", "j1")),
        ({"state": FAILED}, "Remove", ("remove_card", "j1")),
    ],
)
def test_buttons_go_to_the_session(
    queue: Queue, desk: FakeDesk, qtbot: QtBot, facts: dict[str, object], words: str, asked: tuple[object, ...]
) -> None:
    desk.show_jobs((card(**facts),))  # pyright: ignore[reportArgumentType]  fields by name
    qtbot.mouseClick(queue.button(queue.card("j1"), words), Qt.MouseButton.LeftButton)
    assert desk.calls[-1] == asked


def test_the_first_in_line_cannot_go_earlier_and_the_last_not_later(queue: Queue, desk: FakeDesk) -> None:
    desk.show_jobs((card("a", QUEUED, place=1, behind=1), card("b", QUEUED, place=2)))
    assert not queue.button(queue.card("a"), "Earlier").isEnabled()
    assert queue.button(queue.card("a"), "Later").isEnabled()
    assert not queue.button(queue.card("b"), "Later").isEnabled()
    assert queue.jobs() == ["a", "b"]
    desk.show_jobs((card("a", QUEUED, place=2), card("b", QUEUED, place=1, behind=1)))
    assert queue.jobs() == ["b", "a"]


def test_a_press_that_was_meant_for_cancel_orders_nothing(queue: Queue, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_jobs((card(),))
    desk.show_jobs((card(state=FAILED, again=FOUR),))
    again = queue.button(queue.card("j1"), "Send again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert desk.called("run_again") == []
    qtbot.waitUntil(again.isEnabled, timeout=SETTLE_MS + 2000)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert desk.called("run_again") == [("j1",)]


def test_a_focus_that_loses_its_button_goes_to_no_other_button(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.activateWindow()
    desk.show_jobs((card("a"), card("b"), card("c", FAILED, again=FOUR)))
    cancel = docked.button(docked.card("a"), "Cancel")
    cancel.setFocus()
    qtbot.waitUntil(cancel.hasFocus)
    desk.show_jobs((card("a", DONE, again=FOUR), card("b"), card("c", FAILED, again=FOUR)))
    assert docked.card("a").hasFocus()
    qtbot.keyClick(docked.card("a"), Qt.Key.Key_Space)
    qtbot.keyClick(docked.card("a"), Qt.Key.Key_Return)
    desk.show_jobs((card("b"), card("c", FAILED, again=FOUR)))
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)
    assert not {"run_again", "cancel_job"} & {call[0] for call in desk.calls}


class Paints(QObject):
    """Counts how often a widget or a part of it is painted or laid out anew."""

    def __init__(self, widget: CardWidget) -> None:
        super().__init__(widget)
        self.seen = 0
        for each in (widget, *widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() in (QEvent.Type.Paint, QEvent.Type.LayoutRequest)
        return False


def test_news_of_one_job_touch_its_card_alone(queue: Queue, desk: FakeDesk, qtbot: QtBot) -> None:
    cards = [card(f"j{at}", QUEUED, place=at, behind=9 - at) for at in range(1, 10)]
    desk.show_jobs((card("r", fraction=0.1), *cards))
    qtbot.waitUntil(lambda: len(queue.panel.widgets()) == 10)
    qtbot.wait(50)
    queue.panel.grab()
    others = [Paints(queue.card(each.job)) for each in cards]
    mine = Paints(queue.card("r"))
    for at in range(2, 9):
        desk.show_jobs((card("r", fraction=at / 10), *cards))
        qtbot.wait(5)
    assert mine.seen > 0
    assert [each.seen for each in others] == [0] * 9


def test_a_card_keeps_its_widget_and_its_focus_while_the_job_goes_on(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.activateWindow()
    desk.show_jobs((card("a"), card("b", QUEUED)))
    cancel = docked.button(docked.card("a"), "Cancel")
    cancel.setFocus()
    qtbot.waitUntil(cancel.hasFocus)
    for at in range(20):
        desk.show_jobs((card("a", fraction=at / 20), card("b", QUEUED, place=at + 1)))
    assert cancel.hasFocus()


def test_status_bar_and_card_show_the_same_of_a_job(window: MainWindow, docked: Queue, desk: FakeDesk) -> None:
    told = (("Filling", 0.95, "Filling"), ("Uploading", 0.4, "Uploading 40 %"), ("Working", None, "Working"))
    for phase, fraction, words in told:
        desk.show_jobs((card("a", phase=phase, fraction=fraction), card("b", QUEUED, phase="Waiting in the queue")))
        shown = docked.card("a")
        assert window.status.progress.isHidden() == shown.bar.isHidden() == (fraction is None)
        assert fraction is None or shown.bar.value() == window.status.progress.value() == round(1000 * fraction)
        assert window.status.job.text().endswith(f": {words}")
        assert words in [label.text() for label in shown.findChildren(QLabel)]


def test_a_place_in_the_line_is_said(queue: Queue, desk: FakeDesk) -> None:
    desk.show_jobs((card(state=QUEUED, phase="Waiting in the queue", place=3),))
    assert "Waiting in the queue (3rd)" in [label.text() for label in queue.card("j1").findChildren(QLabel)]
    said = [ordinal(each) for each in (1, 2, 4, 11, 13, 22, 111)]
    assert said == ["1st", "2nd", "4th", "11th", "13th", "22nd", "111th"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": RUNNING}, "about $0.12"),
        ({"state": RUNNING, "price": None}, "price unknown"),
        ({"state": RUNNING, "price": None, "free": True}, "free"),
        ({"state": DONE, "cost": SAID}, "$0.12"),
        ({"state": DONE, "cost": Price(amount="0.15")}, "$0.15 instead of about $0.12"),
        ({"state": DONE, "cost": Price(amount="0.15"), "price": None}, "$0.15"),
        ({"state": DONE, "cost": Price(amount="0")}, "$0.00 instead of about $0.12"),
        ({"state": DONE}, "cost unknown (about $0.12)"),
        ({"state": DONE, "price": None}, "cost unknown"),
        ({"state": UNKNOWN, "billed": None}, "may have cost about $0.12"),
        ({"state": UNKNOWN, "billed": None, "price": None}, "cost unknown"),
        ({"state": CANCELLED, "billed": None}, "may have cost about $0.12"),
        ({"state": CANCELLED, "billed": False}, "not charged"),
        ({"state": JobState.EXPIRED, "billed": True}, "cost unknown (about $0.12)"),
        ({"state": FAILED, "billed": False}, "not charged"),
        ({"state": FAILED, "free": True, "price": None}, "free"),
    ],
)
def test_what_is_not_known_is_said_and_is_never_nothing(facts: dict[str, object], words: str) -> None:
    said = queue_words.bill(card(**facts))  # pyright: ignore[reportArgumentType]  fields by name
    assert said == words


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([{}, {"price": Price(amount="0.03")}], "Send 2 waiting, about $0.15"),
        ([{"price": Price(amount="0.10")}] * 3, "Send 3 waiting, $0.30"),
        ([{}, {"price": None}], "Send 2 waiting, price unknown"),
        ([{}, {"price": Price(amount="1", currency="EUR")}], "Send 2 waiting, price unknown"),
        ([{}, {"price": None, "free": True}], "Send 2 waiting, about $0.12"),
        ([{"price": None, "free": True}], "Send 1 waiting"),
    ],
)
def test_what_all_that_wait_will_cost_is_on_their_button(held: list[dict[str, object]], words: str) -> None:
    cards = [card(state=QUEUED, held=True, **facts) for facts in held]  # pyright: ignore[reportArgumentType]  fields by name
    assert queue_words.send(cards) == words


def test_a_cancel_says_what_it_does_to_the_money(queue: Queue, desk: FakeDesk) -> None:
    desk.show_jobs((card("sent"), card("waits", QUEUED), card("here", free=True, sent=False)))
    tips = {job: queue.button(queue.card(job), "Cancel").toolTip() for job in ("sent", "waits", "here")}
    assert "may still be charged" in tips["sent"]
    assert "nothing is charged" in tips["waits"]
    assert tips["here"] == "Costs nothing."
    seen = {job: "\n".join(each.text() for each in queue.card(job).findChildren(QLabel)) for job in tips}
    assert [job for job, words in seen.items() if "may still be charged" in words] == ["sent"]


def test_show_in_gallery_selects_the_picture_and_clears_a_search_that_hides_it(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    rows = tuple(gallery_row(500 - at) for at in range(100))
    desk.show_gallery(GalleryView(rows=rows[:3], words="fence", total=3))
    desk.show_jobs((card(state=DONE, outputs=(rows[40].id,)),))
    qtbot.mouseClick(docked.button(docked.card("j1"), "Show in gallery"), Qt.MouseButton.LeftButton)
    assert desk.called("search")[-1] == ("", False, False)
    desk.show_gallery(GalleryView(rows=rows, total=100))
    strip = window.gallery.strip
    assert strip is not None
    assert [row.id for row in strip.selected()] == [rows[40].id]
    assert strip.isVisible()


def test_the_header_pauses_goes_on_sends_and_cancels(window: MainWindow, docked: Queue, desk: FakeDesk) -> None:
    header = window.gallery.header.queue
    assert header is not None
    desk.show_jobs((card("a"), card("b", QUEUED, held=True)))
    assert header.send.text() == "Send 1 waiting, about $0.12"
    for button in (header.send, header.pause, header.cancel):
        button.click()
    desk.show_queue(QueueView(paused=True))
    header.pause.click()
    asked = [name for (name,) in desk.called("perform")]
    assert asked == ["generate.send-waiting", "generate.pause", "generate.cancel-all", "generate.go-on"]
    assert header.counters.text() == "Paused · 1 running · 1 waiting"
    desk.show_jobs(())
    assert header.pause.isVisible(), "a pause can be ended when nothing waits"


@pytest.mark.parametrize("seed", range(2))
def test_after_every_one_of_a_thousand_steps_the_counters_are_right(
    window: MainWindow, docked: Queue, desk: FakeDesk, seed: int
) -> None:
    draw, header = random.Random(seed), window.gallery.header.queue
    assert header is not None
    assert docked.panel.isVisible()
    jobs: dict[str, JobCard] = {}
    trouble = [problem("rate-limited", provider="NanoGPT", when="later"), problem("engine-died"), None]
    for number in range(1000):
        act = draw.choice(("new", "move", "move", "move", "gone"))
        name = draw.choice(sorted(jobs)) if jobs and act != "new" else f"j{number}"
        if act == "gone":
            jobs.pop(name, None)
        else:
            jobs[name] = card(name, draw.choice(list(JobState)), problem=draw.choice(trouble))
        desk.show_jobs(tuple(jobs.values()))
        right = Counter(each.state for each in jobs.values())
        assert {state: header.count(state) for state in JobState} == {state: right[state] for state in JobState}
        live = right[RUNNING] + right[QUEUED]
        assert window.gallery.header.tab_text(1) == (f"Queue ({live})" if live else "Queue")
        for state, words in ((RUNNING, "running"), (QUEUED, "waiting"), (FAILED, "failed")):
            assert (f"{right[state]} {words}" in header.counters.text()) == (right[state] > 0)


def test_a_card_that_ends_in_the_dark_is_right_when_it_is_looked_at(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.show_jobs((card(),))
    window.gallery.header.turn(0)
    desk.show_jobs((replace(card(state=DONE), cost=FOUR),))
    window.gallery.header.turn(1)
    words = "$0.04 instead of about $0.12"
    qtbot.waitUntil(lambda: words in [each.text() for each in docked.card("j1").findChildren(QLabel)])


def test_making_cards_opens_no_window(queue: Queue, desk: FakeDesk, qtbot: QtBot) -> None:
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    lost = [card(f"f{at}", FAILED, problem=problem("engine-died")) for at in range(3)]
    desk.show_jobs((card("a"), card("b", QUEUED, place=1), card("c", UNKNOWN, can_look=True), *lost))
    assert {each for each in QApplication.topLevelWidgets() if each.isVisible()} == before
