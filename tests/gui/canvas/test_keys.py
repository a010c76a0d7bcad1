"""Keys of the canvas: held tools, the hand, the crosshair, candidates. None of them can stick."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from studio.domain.ids import JobId
from studio.session.face.views import CompareMode, StagingView, Tool, VariationRow
from studio.ui.canvas.hold import SWITCH_MS, HeldKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.gui.canvas.conftest import Stage

Key = Qt.Key
Type = QEvent.Type


class Clock:
    """Milliseconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock(stage: Stage) -> Clock:
    clock = Clock()
    stage.area._held._clock = clock
    return clock


def test_a_held_tool_goes_back(stage: Stage, clock: Clock) -> None:
    stage.hand.down(Key.Key_E)
    assert stage.desk.tool_view().tool is Tool.ERASER
    clock.now += SWITCH_MS
    stage.hand.up(Key.Key_E)

    assert stage.desk.tool_view().tool is Tool.BRUSH


def test_a_short_press_switches_for_good(stage: Stage, clock: Clock) -> None:
    stage.hand.down(Key.Key_E)
    clock.now += SWITCH_MS - 1
    stage.hand.up(Key.Key_E)

    assert stage.desk.tool_view().tool is Tool.ERASER


def test_a_short_press_in_which_something_was_painted_goes_back(stage: Stage, clock: Clock) -> None:
    stage.hand.down(Key.Key_E)
    stage.hand.drag((100, 100), (120, 120))
    stage.hand.up(Key.Key_E)

    assert stage.desk.tool_view().tool is Tool.BRUSH


def test_a_key_let_go_in_mid_stroke_waits_for_its_end(stage: Stage, clock: Clock) -> None:
    stage.hand.down(Key.Key_E)
    stage.hand.move(100, 100)
    stage.hand.press()
    stage.hand.up(Key.Key_E)
    assert stage.desk.tool_view().tool is Tool.ERASER
    stage.hand.release()

    assert stage.desk.tool_view().tool is Tool.BRUSH


def test_backslash_hides_the_overlay_while_held(stage: Stage) -> None:
    stage.hand.down(Key.Key_Backslash)
    assert not stage.desk.tool_view().overlay_shown
    stage.hand.up(Key.Key_Backslash)

    assert stage.desk.tool_view().overlay_shown


def test_backslash_leaves_a_hidden_overlay_hidden(stage: Stage) -> None:
    stage.desk.set_overlay_shown(False)
    stage.hand.down(Key.Key_Backslash)
    stage.hand.up(Key.Key_Backslash)

    assert not stage.desk.tool_view().overlay_shown


def test_the_original_shows_while_its_key_is_held(stage: Stage) -> None:
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    stage.hand.down(Key.Key_O)
    stage.desk.compare_changed.emit(CompareMode.HOLD)
    stage.hand.up(Key.Key_O)

    assert [call[0] for call in stage.desk.called("set_compare")] == [CompareMode.HOLD, CompareMode.SPLIT]


def test_sixty_sequences_with_lost_releases_leave_nothing_stuck(stage: Stage, clock: Clock) -> None:
    """Keys go down and up in any order, some releases never come, the focus goes now and then. After the focus is
    lost at the latest the person's own tool is back and nothing is held."""
    keys = [Key.Key_E, Key.Key_H, Key.Key_Space, Key.Key_B, Key.Key_Z, Key.Key_Backslash, Key.Key_O, Key.Key_M]
    chance = random.Random(5)
    for _ in range(60):
        chosen = stage.desk.tool_view().tool
        for _ in range(chance.randint(1, 8)):
            key = chance.choice(keys)
            stage.hand.down(key)
            clock.now += SWITCH_MS + chance.randint(0, 400)
            if chance.random() < 0.3:
                stage.hand.drag((200, 200), (230, 220))
            if chance.random() < 0.6:
                stage.hand.up(chance.choice([key, chance.choice(keys)]))
        stage.hand.lose_focus()
        stage.desk.compare_changed.emit(CompareMode.OFF)

        assert stage.desk.tool_view().tool is chosen
        assert stage.desk.tool_view().overlay_shown
        assert not stage.area._held.space
        assert not stage.area._gestures.dragging


def test_repeating_keys_count_once(stage: Stage, clock: Clock) -> None:
    stage.hand.down(Key.Key_E)
    for _ in range(5):
        clock.now += 60
        stage.hand.key(Type.KeyPress, Key.Key_E, repeat=True)
        stage.hand.key(Type.KeyRelease, Key.Key_E, repeat=True)
    assert stage.desk.tool_view().tool is Tool.ERASER
    stage.hand.up(Key.Key_E)

    assert stage.desk.tool_view().tool is Tool.BRUSH


def test_own_keys_are_held_too(stage: Stage) -> None:
    held = HeldKeys(stage.desk, lambda: 0, lambda shown: None)
    held.set_keys({"tool.eraser": "R", "tool.lasso": "Ctrl+L"})

    assert held.wants(Key.Key_R)
    assert not held.wants(Key.Key_E)
    assert not held.wants(Key.Key_L)


def _claimed(stage: Stage, key: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    event = QKeyEvent(Type.ShortcutOverride, key, modifiers)
    event.ignore()
    QApplication.sendEvent(stage.area.surface, event)
    return event.isAccepted()


def test_held_keys_are_taken_before_the_windows_shortcuts(stage: Stage) -> None:
    assert _claimed(stage, Key.Key_E)
    assert _claimed(stage, Key.Key_Space)
    assert not _claimed(stage, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert not _claimed(stage, Key.Key_X)
    assert not _claimed(stage, Key.Key_Tab)
    assert not _claimed(stage, Key.Key_Escape)


def test_tab_cycles_candidates_while_there_are_some(stage: Stage) -> None:
    stage.desk.show_tool(replace(stage.desk.tool_view(), tool=Tool.SELECT, candidates=3))
    stage.hand.down(Key.Key_Tab)
    stage.hand.down(Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)

    assert stage.desk.canvas.calls == [("cycle", 1), ("cycle", -1)]


def test_a_picture_can_be_masked_with_the_keyboard_alone(stage: Stage) -> None:
    for _ in range(3):
        stage.hand.down(Key.Key_Right)
    stage.hand.down(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.hand.down(Key.Key_Return)
    stage.hand.down(Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    stage.hand.down(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)

    dab, line = stage.desk.canvas.strokes
    assert dab[0].x % 1 == dab[0].y % 1 == 0.5
    assert line[0] == dab[0]
    assert line[-1].x == dab[0].x - 10


def test_arrows_and_enter_belong_to_a_waiting_result(stage: Stage) -> None:
    row = VariationRow(output=None, label="One")
    stage.desk.show_staging(StagingView(job=JobId("job"), variations=(row,), index=0, note=""))

    assert not _claimed(stage, Key.Key_Right)
    assert not _claimed(stage, Key.Key_Return)


@pytest.mark.parametrize("focus", ["canvas", "elsewhere"])
def test_a_shortcut_of_the_window_fires_only_where_the_canvas_leaves_it(
    stage: Stage, focus: str, press: Callable[[int], None]
) -> None:
    fired = []
    action = QAction("Eraser", stage.area)
    action.setShortcut(QKeySequence("E"))
    action.triggered.connect(lambda: fired.append("action"))
    stage.area.addAction(action)
    target = stage.area.surface if focus == "canvas" else stage.area._staging.apply
    stage.area._staging.show()
    target.setFocus()
    press(Key.Key_E)

    assert fired == ([] if focus == "canvas" else ["action"])


@pytest.fixture
def press(stage: Stage) -> Callable[[int], None]:
    from PySide6.QtTest import QTest  # QtTest is only in test environments

    def press(key: int) -> None:
        stage.area.activateWindow()
        QTest.keyClick(stage.area.window().windowHandle(), Key(key))

    return press
