from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication

from studio.ui import keymap
from studio.ui.canvas.hold import HeldKeys
from studio.ui.dialogs.settings import SettingsDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.ui.dialogs.keys_page import KeysPage
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


@pytest.fixture
def page(window: MainWindow) -> Iterator[KeysPage]:
    window.commands.run("edit.settings")
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, SettingsDialog)]
    dialog.list.turn_to("keys")
    yield dialog.keys
    dialog.close()


def press_key(page: KeysPage, qtbot: QtBot, key: Qt.Key, *, control: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.editor.entry, key, modifiers)
    assert not page.editor.entry.keySequence().isEmpty()


def keys(window: MainWindow, command: str) -> list[str]:
    return [keymap.plain(each.toString()) for each in window.actions_of_window[command].shortcuts()]


def test_a_command_gets_a_second_key_at_once(window: MainWindow, desk: FakeDesk, page: KeysPage, qtbot: QtBot) -> None:
    page.choose("mask.invert")
    press_key(page, qtbot, Qt.Key.Key_F9)
    assert page.editor.warning.text() == ""
    page.editor.add.click()
    assert dict(desk.settings().keys) == {"mask.invert": "Ctrl+Shift+I; F9"}
    assert keys(window, "mask.invert") == ["Ctrl+Shift+I", "F9"]


def test_a_conflict_is_said_before_and_the_key_moves_only_then(
    window: MainWindow, desk: FakeDesk, page: KeysPage, qtbot: QtBot
) -> None:
    page.choose("mask.invert")
    press_key(page, qtbot, Qt.Key.Key_K, control=True)
    assert "Find a command" in page.editor.warning.text()
    assert not desk.settings().keys
    page.editor.add.click()
    assert keys(window, "mask.invert") == ["Ctrl+Shift+I", "Ctrl+K"]
    assert keys(window, "help.palette") == []
    assert window.menu_row.find_button.text() == "Find a command"


def test_keys_that_the_canvas_holds_cannot_be_taken(desk: FakeDesk, page: KeysPage, qtbot: QtBot) -> None:
    page.choose("mask.invert")
    press_key(page, qtbot, Qt.Key.Key_Space)
    assert page.editor.warning.text()
    assert not page.editor.add.isEnabled()
    page.editor.add.click()
    assert not desk.settings().keys


def test_a_key_is_removed_and_reset_brings_it_back(window: MainWindow, desk: FakeDesk, page: KeysPage) -> None:
    page.choose("edit.redo")
    chip = next(
        each
        for each in page.editor.findChildren(QAbstractButton)
        if each.accessibleName() == "Remove the key Ctrl+Y" and each.isVisibleTo(page.editor)
    )
    chip.click()
    assert keys(window, "edit.redo") == ["Ctrl+Shift+Z"]
    page.editor.back.click()
    assert keys(window, "edit.redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert not desk.settings().keys


def test_reset_takes_a_key_back_from_who_has_it_now(
    window: MainWindow, desk: FakeDesk, page: KeysPage, qtbot: QtBot
) -> None:
    page.choose("mask.invert")
    press_key(page, qtbot, Qt.Key.Key_K, control=True)
    page.editor.add.click()
    page.choose("help.palette")
    page.editor.back.click()
    assert keys(window, "help.palette") == ["Ctrl+K"]
    assert keys(window, "mask.invert") == ["Ctrl+Shift+I"]
    assert not desk.settings().keys


def test_one_click_resets_all(window: MainWindow, desk: FakeDesk, page: KeysPage, qtbot: QtBot) -> None:
    before = {row.id: keys(window, row.id) for row in window.actions_of_window.rows}
    for command, key in (("tool.brush", Qt.Key.Key_P), ("mask.clear", Qt.Key.Key_F7)):
        page.choose(command)
        press_key(page, qtbot, key)
        page.editor.add.click()
    assert window.actions_of_window.tip("tool.brush") == "Mask brush  (B)"
    assert page.reset_all.isEnabled()
    page.reset_all.click()
    assert {row.id: keys(window, row.id) for row in window.actions_of_window.rows} == before
    assert not desk.settings().keys


def test_tips_tell_the_new_key(window: MainWindow, page: KeysPage, qtbot: QtBot) -> None:
    page.choose("generate.run")
    page.editor.removed.emit("Ctrl+Return")
    page.editor.removed.emit("Ctrl+Enter")
    press_key(page, qtbot, Qt.Key.Key_F5)
    page.editor.add.click()
    assert window.generate.run.button.toolTip().endswith("(F5)")


def test_a_letter_given_to_any_command_is_dead_in_text_fields(
    window: MainWindow, desk: FakeDesk, page: KeysPage, qtbot: QtBot
) -> None:
    page.choose("mask.invert")
    press_key(page, qtbot, Qt.Key.Key_P)
    page.editor.add.click()
    page.window().hide()
    window.activateWindow()
    window.generate.prompt.setFocus()
    qtbot.waitUntil(window.generate.prompt.hasFocus)
    qtbot.keyClick(window.generate.prompt, Qt.Key.Key_P)
    assert not desk.called("perform")
    window.canvas.surface.setFocus()
    qtbot.keyClick(window.canvas.surface, Qt.Key.Key_P)
    assert desk.called("perform") == [("mask.invert",)]


def test_a_tool_s_new_keys_can_be_held(desk: FakeDesk) -> None:
    held = HeldKeys(desk, lambda: 0, lambda _: None)
    held.set_keys({"tool.lasso": "P; F8"})
    assert held.wants(Qt.Key.Key_P)
    assert held.wants(Qt.Key.Key_F8)
    assert not held.wants(Qt.Key.Key_L)


def test_the_search_finds_commands_by_name_and_key(page: KeysPage) -> None:
    page.field.setText("inverse ctrl")
    shown = [item.text(0) for item in page._items.values() if not item.isHidden()]
    assert shown == ["Invert mask"]


@pytest.mark.parametrize("text", ["Ctrl+;; Ctrl+A", "F9", "", "Ctrl+Shift+Z; Ctrl+Y"])
def test_several_keys_in_one_text_come_back_the_same(text: str) -> None:
    parts = keymap.split(text)
    assert keymap.BETWEEN.join(parts) == text
    assert all(keymap.plain(part) == part for part in parts)
    assert all(QKeySequence(part).count() == 1 for part in parts)
