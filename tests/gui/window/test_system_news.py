"""The desktop is told that jobs ended, once for a burst, and never of what stands in front of the user."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.catalogue import problem
from studio.domain.ids import OutputId
from studio.domain.job import JobState
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.system_news import QUIET_MS, SystemNews, summary
from tests.gui.gallery.queue_cards import card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

DONE, FAILED, UNKNOWN = JobState.SUCCEEDED, JobState.FAILED, JobState.UNKNOWN
LATE = problem("rate-limited", provider="NanoGPT", when="later")
SECRET = "my neighbour's new house, seen from the garden"


class Told:
    """A desktop that remembers what it was shown."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.forgotten = 0

    def show(self, text: str) -> None:
        self.texts.append(text)

    def forget(self) -> None:
        self.forgotten += 1


@pytest.fixture
def told(qtbot: QtBot, desk: FakeDesk) -> Told:
    """News of a window that nobody has in front; `told.window` is it."""
    told, window = Told(), QWidget()
    qtbot.addWidget(window)
    told.window = window  # pyright: ignore[reportAttributeAccessIssue]  kept alive with it
    desk.show_jobs(tuple(card(f"j{at}", title=SECRET) for at in range(50)))
    SystemNews(window, told).attach(desk)
    return told


def _end(desk: FakeDesk, job: str, state: JobState, **facts: object) -> None:
    ended = tuple(card(job, state, title=SECRET, **facts) if each.job == job else each for each in desk.job_cards())
    desk.show_jobs(ended)


def test_a_burst_is_one_message_without_the_prompt(told: Told, desk: FakeDesk, qtbot: QtBot) -> None:
    for at in range(50):
        _end(desk, f"j{at}", FAILED if at < 9 else DONE, problem=LATE if at < 9 else None)
    qtbot.waitUntil(lambda: bool(told.texts), timeout=QUIET_MS + 3000)
    assert told.texts == ["Jobs: 41 done, 9 failed"]
    assert SECRET not in told.texts[0]


def test_nothing_is_said_of_what_the_user_saw_cancelled_or_does_not_want(
    told: Told, desk: FakeDesk, qtbot: QtBot
) -> None:
    _end(desk, "j0", JobState.CANCELLED)
    desk.change_settings(replace(desk.settings(), notify=False))
    _end(desk, "j1", DONE)
    desk.change_settings(replace(desk.settings(), notify=True))
    qtbot.wait(QUIET_MS + 300)
    _end(desk, "j2", DONE)
    window: QWidget = told.window  # pyright: ignore[reportAttributeAccessIssue]  kept alive with it
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    qtbot.wait(QUIET_MS + 300)
    assert told.texts == []
    assert told.forgotten == 1


def test_a_window_in_front_needs_no_message(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    told = Told()
    SystemNews(window, told).attach(desk)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    running, waiting = desk.job_cards()
    desk.show_jobs((replace(running, state=DONE, ended=1.0), waiting))
    qtbot.wait(QUIET_MS + 300)
    assert told.texts == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": DONE, "outputs": (OutputId("a-0"),)}, "GPT Image 2: the picture is there"),
        ({"state": DONE, "outputs": (OutputId("a-0"), OutputId("a-1"))}, "GPT Image 2: 2 pictures are there"),
        ({"state": FAILED, "problem": LATE}, f"GPT Image 2 failed: {LATE.title}"),
        ({"state": UNKNOWN, "problem": LATE}, f"GPT Image 2 may have been charged: {LATE.title}"),
    ],
)
def test_a_single_job_is_told_by_its_model(facts: dict[str, object], words: str) -> None:
    assert summary([card(title=SECRET, **facts)]) == words  # pyright: ignore[reportArgumentType]  fields by name


def test_the_settings_switch_it_off(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    from studio.ui.widgets.tick import Tick

    dialog = SettingsDialog(desk, window.actions_of_window, "", window, "work")
    qtbot.addWidget(dialog)
    switch = next(each for each in dialog.findChildren(Tick) if "not in front" in each.text())
    assert switch.isChecked()
    switch.click()
    assert not desk.settings().notify
