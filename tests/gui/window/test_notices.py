from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from studio.domain.catalogue import problem
from studio.session.face.views import Notice
from studio.ui import notices

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


def press(owner: QWidget, name: str, qtbot: QtBot) -> None:
    button = next(each for each in owner.findChildren(QAbstractButton) if each.accessibleName() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_hundred_equal_problems_are_one_bar_with_a_count(window: MainWindow, desk: FakeDesk) -> None:
    for _ in range(100):
        desk.noticed.emit(Notice(text="", problem=problem("engine-died")))
    (bar,) = window.notices.bars()
    assert bar.accessibleName().startswith("The engine stopped.")
    assert bar.count == 100


def test_problems_without_room_are_counted_and_can_be_seen(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    codes = ("engine-died", "not-an-image", "image-truncated", "disk-full", "clipboard-empty", "layer-lowest")
    for code in codes:
        desk.noticed.emit(Notice(text="", problem=problem(code, place="/a", name="x.png")))
    notices_ = window.notices
    shown = {bar.problem.code for bar in notices_.bars() if bar.isVisible()}
    assert "layer-lowest" in shown
    waiting = len(codes) - len(shown)
    assert waiting > 0
    assert notices_.more.text() == f"and {waiting} more"
    assert window.canvas.rect().contains(notices_.more.geometry())
    assert not any(notices_.more.geometry().intersects(bar.geometry()) for bar in notices_.bars() if bar.isVisible())
    seen = set(shown)
    for _ in codes:
        qtbot.mouseClick(notices_.more, Qt.MouseButton.LeftButton)
        seen |= {bar.problem.code for bar in notices_.bars() if bar.isVisible()}
    assert seen == set(codes)
    hidden = next(bar for bar in notices_.bars() if not bar.isVisible())
    desk.noticed.emit(Notice(text="", problem=problem(hidden.problem.code, place="/a", name="x.png")))
    assert hidden.isVisible()
    assert hidden.count == 2
    for bar in notices_.bars():
        bar.leave()
    assert not notices_.more.isVisible()


def test_a_button_waits_until_the_provider_may_be_asked_again(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    busy = replace(problem("rate-limited", provider="NanoGPT", when="in 2 seconds"), wait=0.2)
    desk.noticed.emit(Notice(text="", problem=busy))
    (bar,) = window.notices.bars()
    button = next(each for each in bar.findChildren(QAbstractButton) if each.text().startswith("Try again at "))
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert button.accessibleName() == "Try again"
    button.click()
    assert desk.called("perform") == [("generate.run",)]
    broke = replace(problem("no-balance", provider="NanoGPT"), wait=60.0)
    desk.noticed.emit(Notice(text="", problem=broke))
    assert all(each.isEnabled() for each in window.notices.bars()[-1].findChildren(QAbstractButton))


def test_a_problem_says_what_it_cost_and_its_button_helps(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.noticed.emit(Notice(text="", problem=problem("engine-died")))
    (bar,) = window.notices.bars()
    assert "Nothing was charged." in bar.accessibleName()
    press(bar, "Run again", qtbot)
    assert desk.called("perform") == [("generate.run",)]
    assert not window.notices.bars()


def test_details_unfold_and_can_be_copied(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.noticed.emit(Notice(text="", problem=problem("write-failed", place="/a/b", detail="ENOSPC on write 7")))
    (bar,) = window.notices.bars()
    low = bar.height()
    press(bar, "Details", qtbot)
    assert bar.height() > low
    press(bar, "Copy", qtbot)
    assert "ENOSPC on write 7" in QGuiApplication.clipboard().text()
    press(bar, "Close", qtbot)
    assert not window.notices.bars()


def test_a_passing_word_offers_undo_and_waits_under_the_pointer(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.noticed.emit(Notice(text="Mask inverted", undo=True))
    desk.noticed.emit(Notice(text="Mask inverted", undo=True))
    toast = window.notices.toast()
    assert toast is not None
    assert toast.accessibleName() == "Mask inverted"
    assert toast.is_going
    toast.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF(QCursor.pos())))
    assert toast.is_going, "it came up under a pointer that did not move"
    toast.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF(QCursor.pos() + QPoint(3, 0))))
    assert not toast.is_going
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast.is_going
    press(toast, "Undo", qtbot)
    assert desk.called("perform") == [("edit.undo",)]
    assert window.notices.toast() is None


def test_a_passing_word_lets_one_with_a_button_be_read_that_came_right_before(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Notice(text="Photo was not saved. It is kept for you.", action="file.recover", button="Show it")
    said = Notice(text="deep.tif has 16 bits a channel and is opened with 8.")

    def shown() -> str:
        toast = window.notices.toast()
        return "" if toast is None else toast.notice.text

    monkeypatch.setattr(notices, "UNREAD_S", 60.0)
    desk.noticed.emit(kept)
    desk.noticed.emit(said)
    assert shown() == kept.text
    toast = window.notices.toast()
    assert toast is not None
    toast.leave()
    assert shown() == said.text
    desk.noticed.emit(kept)
    assert shown() == kept.text, "a button is never kept waiting"
    desk.noticed.emit(said)
    desk.noticed.emit(replace(kept, text="Moved to the trash"))
    assert shown() == "Moved to the trash"
    monkeypatch.setattr(notices, "UNREAD_S", 0.0)
    desk.noticed.emit(said)
    assert shown() == said.text, "the other was there for long enough"


def test_a_passing_word_goes_by_itself_however_often_it_comes(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 5000 <= notices.TOAST_MS <= 8000
    monkeypatch.setattr(notices, "TOAST_MS", 20)
    for _ in range(5):
        desk.noticed.emit(Notice(text="Discarded"))
    toast = window.notices.toast()
    assert toast is not None
    assert toast.isVisible()
    qtbot.waitUntil(lambda: window.notices.toast() is None)
    assert not [each for each in window.canvas.findChildren(notices.Toast) if each.isVisible()]


def test_notices_lie_inside_of_the_canvas(window: MainWindow, desk: FakeDesk) -> None:
    desk.noticed.emit(Notice(text="Saved"))
    desk.noticed.emit(Notice(text="", problem=problem("disk-full", place="/a very long folder/" * 8)))
    toast, (bar,) = window.notices.toast(), window.notices.bars()
    assert toast is not None
    assert window.canvas.rect().contains(toast.geometry())
    assert window.canvas.rect().contains(bar.geometry())


def test_what_was_said_before_there_was_a_session_makes_room_for_a_result(bare: MainWindow, desk: FakeDesk) -> None:
    bare.say(Notice(text="The recent files could not be read"))
    result = desk.staging_view()
    assert result is not None
    desk.show_staging(None)
    bare.attach(desk)
    toast = bare.notices.toast()
    assert toast is not None
    before = toast.y()
    at = bare.canvas.childAt(toast.geometry().center())
    assert at is not None
    assert toast.isAncestorOf(at), "it lies over the picture, which was made later"
    desk.show_staging(result)
    assert toast.y() < before
