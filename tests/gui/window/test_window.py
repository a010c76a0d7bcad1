from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QWidget

from studio.domain.settings import Settings
from studio.session.face.commands import WINDOW_COMMANDS
from studio.session.face.views import Tool, ToolView
from studio.ui.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from tests.fakes.desk import FakeDesk


def inside(window: QWidget, part: QWidget) -> bool:
    """Whether all of a part is in sight in the window."""
    box = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    return part.isVisible() and window.rect().contains(box) and part.visibleRegion().boundingRect() == part.rect()


def test_on_a_small_laptop_all_that_matters_is_in_sight(window: MainWindow) -> None:
    assert (window.width(), window.height()) == (1366, 768)
    assert inside(window, window.generate.run.button)
    assert "free" in window.generate.run.button.text()
    assert inside(window, window.generate.prompt)
    assert inside(window, window.layers)
    assert inside(window, window.gallery.header)
    assert window.canvas.isVisible()
    assert window.canvas.width() > 900
    assert window.canvas.height() > 400


def test_the_drawing_s_measures(window: MainWindow) -> None:
    assert window.menu_row.height() == 28
    assert window.options.height() == 40
    assert window.tools.width() == 48
    assert window.status.height() == 24
    assert window.generate.run.button.height() == 40
    assert 280 <= window.docks["generate"].width() <= 440
    assert abs(window.docks["gallery"].height() - 176) <= 4


def test_every_control_has_a_name_and_is_large_enough_to_hit(window: MainWindow) -> None:
    controls = [
        each
        for kind in (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
        for each in window.findChildren(kind)
        if each.isVisible() and not each.objectName().startswith("qt_")
    ]
    buttons = [each for each in controls if isinstance(each, QAbstractButton) and type(each).__module__[:6] == "studio"]
    assert len(buttons) > 30
    assert not [each for each in buttons if not each.accessibleName().strip()]
    assert not [each.accessibleName() for each in buttons if min(each.width(), each.height()) < 24]


def test_a_click_on_a_tool_goes_to_the_session(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    button = next(each for each in window.tools.findChildren(QAbstractButton) if each.accessibleName() == "Lasso")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.called("perform") == [("tool.lasso",)]
    desk.show_tool(ToolView(tool=Tool.LASSO))
    assert button.isChecked()


def test_commands_of_the_window_stay_and_others_go_to_the_session(window: MainWindow, desk: FakeDesk) -> None:
    window.commands.run("view.fit")
    window.commands.run("mask.invert")
    assert desk.called("perform") == [("mask.invert",)]


def test_what_the_session_asks_back_is_done_here(window: MainWindow, desk: FakeDesk) -> None:
    desk.asked.emit("prompt.focus")
    assert window.generate.prompt.hasFocus() or window.focusWidget() is window.generate.prompt


def test_every_window_command_is_known_here(window: MainWindow) -> None:
    openers = window.commands.openers()
    unknown = [
        command for command in WINDOW_COMMANDS if not window.commands.knows(command) and not openers.knows(command)
    ]
    assert not unknown


def test_readiness_enables_actions(window: MainWindow, desk: FakeDesk) -> None:
    assert window.actions_of_window["edit.undo"].isEnabled()
    assert not window.actions_of_window["edit.redo"].isEnabled()


def test_title_size_and_saving_are_told(window: MainWindow, desk: FakeDesk) -> None:
    view = desk.document_view()
    assert view is not None
    assert window.status.size_text.text() == "2056 × 3088"
    assert window.status.masked.text() == "Mask 6.2 %"
    desk.show_document(replace(view, dirty=True))
    assert window.isWindowModified()
    desk.show_document(None)
    assert not window.status.size_text.text()


def test_the_gallery_folds_to_its_header(window: MainWindow, qtbot: QtBot) -> None:
    window.fold_gallery()
    qtbot.waitUntil(lambda: window.docks["gallery"].height() <= 44)
    header = window.gallery.header
    assert header.isVisible()
    assert header.width() > 600
    assert header.rect().contains(header.field.geometry())
    assert not header.field.geometry().intersects(header.fold.geometry())
    window.fold_gallery()
    qtbot.waitUntil(lambda: not window.gallery.folded and window.docks["gallery"].height() > 100)


def test_tab_hides_the_panels_and_brings_the_same_back(window: MainWindow) -> None:
    window.docks["gallery"].hide()
    window.show_panels(False)
    assert not window.generate.isVisible()
    window.show_panels(True)
    assert window.generate.isVisible()
    assert not window.gallery.isVisible()


def test_the_arrangement_comes_back_after_a_restart(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    path = window.layout_of_panels.path
    window.docks["history"].hide()
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.docks["gallery"])
    window.close()
    again = MainWindow(Settings(theme="dark"), theme, layout_file=path)
    qtbot.addWidget(again)
    again.show()
    assert again.dockWidgetArea(again.docks["gallery"]) == Qt.DockWidgetArea.LeftDockWidgetArea
    assert not again.docks["history"].isVisible()
    again.commands.run("view.reset")
    assert again.dockWidgetArea(again.docks["gallery"]) == Qt.DockWidgetArea.BottomDockWidgetArea


@pytest.mark.parametrize("at", [(-5000, -5000), (9000, 10), (10, 9000)])
def test_no_window_lies_off_the_screens_after_a_restart(
    window: MainWindow, theme: Theme, qtbot: QtBot, at: tuple[int, int]
) -> None:
    window.move(*at)
    window.docks["masks"].setFloating(True)
    window.docks["masks"].move(*at)
    path = window.layout_of_panels.path
    window.close()
    again = MainWindow(Settings(theme="dark"), theme, layout_file=path)
    qtbot.addWidget(again)
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.intersects(again.frameGeometry())
    assert area.contains(again.frameGeometry().topLeft())
    assert not again.docks["masks"].isFloating() or area.intersects(again.docks["masks"].frameGeometry())


def test_f6_walks_all_panels_and_comes_back(window: MainWindow) -> None:
    window.activateWindow()
    seen: list[str] = []
    for _ in range(8):
        window.commands.run("panel.next")
        seen.append(window.commands.focused_panel())
    assert {"generate", "gallery", ""} <= set(seen)
