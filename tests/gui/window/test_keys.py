from __future__ import annotations

import string
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.ui.finder.keys import KeyList
from studio.ui.menu_row import MENUS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


def focus(window: MainWindow, qtbot: QtBot, widget: QWidget) -> None:
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


@pytest.mark.parametrize("field", ["prompt", "search", "seed"])
def test_letters_typed_into_a_field_run_nothing(window: MainWindow, desk: FakeDesk, qtbot: QtBot, field: str) -> None:
    widget = {
        "prompt": window.generate.prompt,
        "search": window.gallery.header.field,
        "seed": window.generate.parameters.findChild(QLineEdit),
    }[field]
    assert isinstance(widget, QWidget)
    focus(window, qtbot, widget)
    qtbot.keyClicks(widget, string.ascii_letters + string.digits + ".[]?{}")
    qtbot.keyClick(widget, Qt.Key.Key_Left)
    qtbot.keyClick(widget, Qt.Key.Key_Backspace)
    assert not desk.called("perform")
    assert not desk.called("set_tool")


def test_the_whole_alphabet_arrives_in_the_prompt(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    focus(window, qtbot, window.generate.prompt)
    qtbot.keyClicks(window.generate.prompt, string.ascii_letters)
    assert window.generate.prompt.toPlainText() == string.ascii_letters
    assert desk.called("set_prompt")[-1] == (string.ascii_letters,)


def test_tips_and_lists_write_keys_as_menus_do(window: MainWindow, qtbot: QtBot) -> None:
    actions = window.actions_of_window
    with_keys = [row for row in actions.rows if not actions[row.id].shortcut().isEmpty()]
    assert len(with_keys) > 40
    for row in with_keys:
        in_menus = actions[row.id].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert actions.key(row.id) == in_menus
        assert actions.tip(row.id).endswith(f"({in_menus})")
    listed = KeyList(actions, window)
    qtbot.addWidget(listed)
    found = listed.tree.findItems("Run", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    assert [each.text(1) for each in found] == [actions.key("generate.run")]


def test_letters_run_commands_in_the_canvas(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    focus(window, qtbot, window.canvas.surface)
    qtbot.keyClick(window.canvas.surface, Qt.Key.Key_L)
    assert ("tool.lasso",) in desk.called("perform") or desk.called("set_tool")


def test_ctrl_enter_runs_from_the_prompt_once(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    focus(window, qtbot, window.generate.prompt)
    qtbot.keyClick(window.generate.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.called("perform") == [("generate.run",)]
    assert "\n" not in window.generate.prompt.toPlainText()


def test_arrow_keys_in_the_gallery_walk_the_gallery(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    strip = window.gallery.strip
    assert strip is not None
    focus(window, qtbot, strip)
    strip.choose(strip.rows.rows[0].id)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert [row.id for row in strip.selected()] == [strip.rows.rows[1].id]
    assert not desk.called("perform")


def test_every_key_of_the_table_is_shown_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    keys = KeyList(window.actions_of_window, window)
    qtbot.addWidget(keys)
    lines = keys.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    shown = {line.text(0) for line in lines if line.parent() is not None}
    actions = window.actions_of_window
    assert shown == {actions[row.id].text().rstrip("…") for row in actions.rows if row.keys}


def test_every_command_is_in_a_menu(window: MainWindow) -> None:
    in_menus: set[str] = set()
    for menu in window.menu_row.menus.values():
        window.menu_row.fill(menu)
        in_menus |= {action.objectName() for action in menu.actions() if action.objectName()}
    assert in_menus == {row.id for row in window.actions_of_window.rows if row.in_menu}
    assert {row.menu for row in window.actions_of_window.rows} == set(MENUS)


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    taken: dict[str, str] = {}
    for row in window.actions_of_window.rows:
        for key in row.keys:
            text = QKeySequence(key).toString()
            assert text not in taken, (key, row.id, taken[text])
            taken[text] = row.id


def test_tool_tips_carry_the_key(window: MainWindow) -> None:
    assert window.actions_of_window.tip("tool.brush") == "Mask brush  (B)"
    assert window.actions_of_window.tip("generate.run").endswith("(Ctrl+Enter)")
    assert "(Ctrl++)" in window.actions_of_window.tip("view.zoom-in")
