"""Only Run, its key and Send again order anything: no drop, stroke, paste, Enter in a field or start of the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QLineEdit, QWidget

from studio.domain.capabilities import Parameter, ParameterKind
from studio.domain.command import Needs
from studio.domain.job import JobState
from studio.domain.settings import Settings
from studio.session.clicks import Clicks
from studio.session.face.commands import COMMANDS
from studio.session.face.views import Readiness, Tool
from studio.ui.dropping import OUTPUT_MIME
from studio.ui.window import MainWindow
from tests.fakes.desk_scene import PAID_MODEL, filled_desk
from tests.gui.gallery.queue_cards import card

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from tests.fakes.desk import FakeDesk

FREE = {"generate.cancel", "generate.cancel-all", "generate.pause", "generate.go-on"}
BILLS = {str(row.id) for row in COMMANDS if row.id.startswith("generate.")} - FREE


class Ledger:
    """What was ordered through a desk, as its session would count the presses."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk
        self._seen = 0
        self._clicks = Clicks()
        self.orders = 0

    def count(self) -> int:
        """The orders until now."""
        calls, self._seen = self._desk.calls[self._seen :], len(self._desk.calls)
        for name, *rest in calls:
            press = rest[0] if name == "perform" and rest[0] in BILLS else name if name == "run_again" else None
            self.orders += press is not None and self._clicks.counts(press)
        return self.orders


@pytest.fixture
def desk() -> FakeDesk:
    """A paid model with every kind of field, and the day's jobs."""
    desk = filled_desk(paid=True, pictures=False)
    knobs = tuple(
        Parameter(name=f"knob_{at}", label=f"Knob {at}", kind=kind, minimum=0, maximum=9, values=("a", "b"))
        for at, kind in enumerate(ParameterKind)
    )
    desk.show_form(replace(desk.form_view(), model=replace(PAID_MODEL, name="Knobs"), parameters=knobs))
    desk.show_readiness(Readiness(met=~Needs.CANDIDATES))
    return desk


@pytest.fixture
def ledger(desk: FakeDesk) -> Ledger:
    return Ledger(desk)


def test_run_bills_once_and_so_does_its_key(window: MainWindow, ledger: Ledger, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.generate.run.button, Qt.MouseButton.LeftButton)
    assert ledger.count() == 1
    qtbot.wait(450)
    window.activateWindow()
    window.generate.prompt.setFocus()
    qtbot.waitUntil(window.generate.prompt.hasFocus)
    qtbot.keyClick(window.generate.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ledger.count() == 2


def test_a_double_click_on_run_bills_once(window: MainWindow, desk: FakeDesk, ledger: Ledger, qtbot: QtBot) -> None:
    run = window.generate.run.button
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(run, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert len(desk.called("perform")) > 1, "the window hands every press on: the session knows which is which"
    assert ledger.count() == 1


def test_enter_in_a_field_bills_nothing(window: MainWindow, desk: FakeDesk, ledger: Ledger, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    fields: list[QWidget] = [*window.findChildren(QLineEdit), *window.findChildren(QAbstractSpinBox)]
    tried = 0
    for field in (each for each in fields if each.isVisible() and each.isEnabled()):
        field.setFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            qtbot.keyClick(field, key)
        tried += 1
    assert tried >= 5
    window.generate.prompt.setFocus()
    qtbot.keyClick(window.generate.prompt, Qt.Key.Key_Return)
    assert ledger.count() == 0


def _drop(target: QWidget, mime: QMimeData) -> None:
    at, copy, left = target.rect().center(), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    target.dragEnterEvent(QDragEnterEvent(QPoint(at), copy, mime, left, none))
    target.dropEvent(QDropEvent(QPointF(at), copy, mime, left, none))


def test_a_drop_bills_nothing_wherever_it_lands(window: MainWindow, desk: FakeDesk, ledger: Ledger) -> None:
    file, bits, result = QMimeData(), QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile("/pictures/tree.jpg")])
    bits.setData("image/png", b"\x89PNG")
    result.setData(OUTPUT_MIME, b"job000001-0")
    takers = [each for each in window.findChildren(QWidget) if each.acceptDrops() and each.isVisible()]
    for taker in takers:
        for mime in (file, bits, result):
            _drop(taker, mime)
    assert len(takers) >= 2
    assert len(desk.calls) > 0, "something was dropped"
    assert ledger.count() == 0


def test_the_end_of_a_stroke_bills_nothing(window: MainWindow, desk: FakeDesk, ledger: Ledger, qtbot: QtBot) -> None:
    surface = window.canvas.surface
    for tool in (Tool.BRUSH, Tool.ERASER, Tool.SELECT, Tool.RECTANGLE, Tool.LASSO, Tool.EXTEND):
        desk.set_tool(tool)
        qtbot.mousePress(surface, Qt.MouseButton.LeftButton, pos=surface.rect().center())
        qtbot.mouseMove(surface, surface.rect().center() + QPoint(30, 20))
        qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=surface.rect().center() + QPoint(30, 20))
    assert ledger.count() == 0


def test_a_paste_bills_nothing(window: MainWindow, desk: FakeDesk, ledger: Ledger) -> None:
    for command in ("edit.paste", "edit.paste-reference", "file.paste-new"):
        mime = QMimeData()
        mime.setData("image/png", b"\x89PNG")
        QGuiApplication.clipboard().setMimeData(mime)
        window.commands.run(command)
    assert {"paste", "add_reference", "open_bytes"} <= {call[0] for call in desk.calls}
    assert ledger.count() == 0


def test_an_empty_clipboard_is_said_to_be_empty(window: MainWindow, desk: FakeDesk) -> None:
    for command in ("edit.paste", "edit.paste-reference", "file.paste-new"):
        QGuiApplication.clipboard().clear()
        window.commands.run(command)
        assert "clipboard" in " ".join(each.text() for each in window.findChildren(QLabel) if each.isVisible()).lower()
    assert not {"paste", "paste_files", "add_reference", "open_bytes", "open"} & {call[0] for call in desk.calls}


def test_pasted_files_become_layers_and_bill_nothing(window: MainWindow, desk: FakeDesk, ledger: Ledger) -> None:
    paths = ("/pictures/tree.jpg", "/pictures/sky.png")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    QGuiApplication.clipboard().setMimeData(mime)
    window.commands.run("edit.paste")
    assert desk.called("paste_files") == [(paths,)]
    assert ledger.count() == 0


def test_a_start_with_jobs_that_wait_bills_nothing(theme: Theme, desk: FakeDesk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.show_jobs(tuple(card(f"j{at}", JobState.QUEUED, held=True) for at in range(5)))
    ledger = Ledger(desk)
    window = MainWindow(Settings(), theme, layout_file=str(tmp_path / "layout.ini"))
    qtbot.addWidget(window)
    window.show()
    window.attach(desk)
    window.commands.run("panel.queue")
    qtbot.wait(100)
    assert ledger.count() == 0


def test_send_again_bills_once(window: MainWindow, desk: FakeDesk, ledger: Ledger, qtbot: QtBot) -> None:
    window.commands.run("panel.queue")
    desk.show_jobs((card("j1", JobState.FAILED),))
    queue = window.gallery.queue
    assert queue is not None
    qtbot.waitUntil(lambda: len(queue.widgets()) == 1)
    again = next(each for each in queue.widgets()[0].findChildren(QWidget) if "Send again" in each.accessibleName())
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(again, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert len(desk.called("run_again")) > 1
    assert ledger.count() == 1
