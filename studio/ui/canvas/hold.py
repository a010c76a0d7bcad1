"""Keys that count while they are held: a tool for a moment, the hand, the original, no overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from studio.session.face.commands import COMMANDS
from studio.session.face.tools import Tool
from studio.ui.keymap import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.session.face.desk import Desk

SWITCH_MS = 200
"""A press shorter than this switches the tool for good, a longer one until the key is let go."""


class HeldKeys:
    """At most one of each kind is held at a time, and `release_all` forgets them: no lost key release sticks.

    `clock` counts milliseconds; `show_original` shows the picture without the result while told so.
    """

    def __init__(self, desk: Desk, clock: Callable[[], int], show_original: Callable[[bool], None]) -> None:
        self._desk = desk
        self._clock = clock
        self._show_original = show_original
        self._tools: dict[int, Tool] = {}
        self._compare_keys: set[int] = set()
        self.set_keys({})
        self.space = False
        """Whether the hand is meant, whatever the tool."""
        self._key = 0
        self._since = 0
        self._before: Tool | None = None
        self._used = False
        self._dragging = False
        self._due = False
        self._overlay_off = False
        self._original = 0

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """The user's own keys by command id; only keys without modifiers can be held."""
        self._tools = {}
        for tool in Tool:
            for key in _keys_of(f"tool.{tool.value}", keys):
                self._tools[key] = tool
        self._compare_keys = set(_keys_of("compare.hold", keys))

    def wants(self, key: int) -> bool:
        """Whether a key (without modifiers) is ours while the canvas has the focus."""
        return key in self._tools or key in self._compare_keys or key in (Qt.Key.Key_Space, Qt.Key.Key_Backslash)

    def press(self, key: int) -> bool:
        """A key went down (not by repeating); tells whether it is ours."""
        if key == Qt.Key.Key_Space:
            self.space = True
        elif key == Qt.Key.Key_Backslash:
            self._hide_overlay()
        elif key in self._compare_keys:
            self._original = key
            self._show_original(True)
        elif key in self._tools:
            self._hold(key)
        else:
            return False
        return True

    def release(self, key: int) -> None:
        """A key went up. One whose press was lost means nothing."""
        if key == Qt.Key.Key_Space:
            self.space = False
        elif key == Qt.Key.Key_Backslash:
            self._restore_overlay()
        elif key == self._original:
            self._stop_original()
        elif key == self._key:
            self._release_tool()

    def drag_began(self) -> None:
        """The held tool is used: letting go brings the old one back, however short it was."""
        self._used = self._dragging = True

    def drag_ended(self) -> None:
        """Now a tool whose key was let go meanwhile goes back."""
        self._dragging = False
        if self._due:
            self._let_go(restore=True)

    def release_all(self) -> None:
        """The focus is gone: as if every key had been let go."""
        self.space = False
        self._restore_overlay()
        self._stop_original()
        self._let_go(restore=True)

    def _release_tool(self) -> None:
        if self._dragging:
            self._due = True
            return
        self._let_go(restore=self._used or self._clock() - self._since >= SWITCH_MS)

    def _hold(self, key: int) -> None:
        before = self._desk.tool_view().tool
        if self._key:
            # The release of the key before was lost, or two are held: the tool from before both comes back.
            before = self._before or before
        self._key, self._since, self._before = key, self._clock(), before
        self._used = self._due = False
        if self._tools[key] is not self._desk.tool_view().tool:
            self._desk.set_tool(self._tools[key])

    def _let_go(self, *, restore: bool) -> None:
        before, self._key, self._before, self._due = self._before, 0, None, False
        if restore and before is not None and before is not self._desk.tool_view().tool:
            self._desk.set_tool(before)

    def _hide_overlay(self) -> None:
        if self._desk.tool_view().overlay_shown:
            self._overlay_off = True
            self._desk.set_overlay_shown(False)

    def _restore_overlay(self) -> None:
        if self._overlay_off:
            self._overlay_off = False
            self._desk.set_overlay_shown(True)

    def _stop_original(self) -> None:
        if self._original:
            self._original = 0
            self._show_original(False)


def _keys_of(command: str, own: Mapping[str, str]) -> list[int]:
    texts = keys_of(next(row for row in COMMANDS if row.id == command), own)
    combinations = [_chord(text) for text in texts if text]
    return [each.key() for each in combinations if each.keyboardModifiers() == Qt.KeyboardModifier.NoModifier]


def _chord(text: str) -> QKeyCombination:
    return QKeySequence(text)[0]  # pyright: ignore[reportIndexIssue]  the stub forgets that it is a sequence
