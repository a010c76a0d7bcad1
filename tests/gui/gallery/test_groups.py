"""A hundred jobs that fail of the same thing are told once, and can be looked at one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from studio.domain.catalogue import problem
from studio.domain.job import JobState
from studio.session.face.views import Notice
from studio.ui.gallery.queue_rows import FEWEST, Group, rows
from tests.gui.gallery.queue_cards import Queue, card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.session.face.views import JobCard
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

MANY = problem("rate-limited", provider="NanoGPT", when="at 12:30")
LOST = problem("connection-lost", provider="NanoGPT")


def _failed(many: int) -> tuple[JobCard, ...]:
    return tuple(card(f"f{at:03}", JobState.FAILED, created=1000.0 + at, problem=MANY) for at in range(many))


def test_a_hundred_failures_are_one_bar_one_card_and_no_dialog(
    window: MainWindow, docked: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    for at in range(100):
        desk.show_jobs(_failed(at + 1))
        desk.noticed.emit(Notice(text=MANY.what, problem=MANY))
    (bar,) = window.notices.bars()
    assert bar.count == 100
    assert window.notices.toast() is None
    (group,) = docked.groups()
    assert docked.panel.widgets() == [group]
    assert group.title.text() == f"100 jobs failed: {MANY.title}"
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()] == []


def test_a_group_opens_closes_and_goes_as_one(queue: Queue, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_jobs((card("live"), *_failed(40)))
    (group,) = queue.groups()
    qtbot.mouseClick(queue.button(group, "Open"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(queue.panel.widgets()) == 42)
    assert queue.jobs() == ["live", *[f"f{at:03}" for at in range(39, -1, -1)]]
    qtbot.mouseClick(queue.button(group, "Close"), Qt.MouseButton.LeftButton)
    assert len(queue.panel.widgets()) == 2
    qtbot.mouseClick(queue.button(group, "Remove"), Qt.MouseButton.LeftButton)
    assert desk.called("remove_cards") == [(tuple(f"f{at:03}" for at in range(39, -1, -1)),)]
    assert desk.called("run_again") == []


def test_looking_again_at_all_of_them_asks_for_those_that_may_bring_something(
    queue: Queue, desk: FakeDesk, qtbot: QtBot
) -> None:
    lost = [card(f"u{at}", JobState.UNKNOWN, problem=LOST, can_look=at != 1) for at in range(4)]
    desk.show_jobs(tuple(lost))
    (group,) = queue.groups()
    assert group.title.text() == f"4 jobs may have been charged: {LOST.title}"
    qtbot.mouseClick(queue.button(group, "Look again at all"), Qt.MouseButton.LeftButton)
    assert {job for (job,) in desk.called("look_again")} == {"u0", "u2", "u3"}


def test_a_group_grows_and_dissolves_in_place(queue: Queue, desk: FakeDesk) -> None:
    desk.show_jobs(_failed(FEWEST))
    (group,) = queue.groups()
    desk.show_jobs(_failed(FEWEST + 1))
    assert queue.groups() == [group]
    assert group.title.text().startswith(f"{FEWEST + 1} jobs")
    desk.show_jobs(_failed(FEWEST - 1))
    assert queue.groups() == []
    assert len(queue.panel.widgets()) == FEWEST - 1


@pytest.mark.parametrize(
    "others",
    [
        {"provider": "Naga"},
        {"problem": LOST},
        {"problem": None},
        {"state": JobState.UNKNOWN},
        {"state": JobState.CANCELLED},
    ],
)
def test_only_what_failed_of_the_same_is_put_together(others: dict[str, object]) -> None:
    facts: dict[str, object] = {"state": JobState.FAILED, "problem": MANY} | others
    one = [card(f"a{at}", JobState.FAILED, problem=MANY) for at in range(FEWEST - 1)]
    other = [card(f"b{at}", **facts) for at in range(FEWEST - 1)]  # pyright: ignore[reportArgumentType]  fields by name
    assert not any(isinstance(row, Group) for _, row in rows([*one, *other]))


def test_more_than_can_be_shown_are_counted(queue: Queue, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_jobs(tuple(card(f"q{at:03}", JobState.QUEUED, place=at + 1) for at in range(130)))
    qtbot.waitUntil(lambda: len(queue.panel.widgets()) == 100, timeout=60_000)
    assert queue.panel.more.text() == "and 30 more"
    assert queue.panel.more.isVisible()
