"""The command table as QActions: menus, buttons, palette and keys all hold the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from studio.domain.command import Command, Needs, missing
from studio.ui.keymap import keys_of, plain, types
from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_WALKING = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
}
"""Keys that lists, buttons and fields need for themselves; as commands they work in the canvas alone."""


class Actions(QObject):
    """Holds an action for every row, made when it is first asked for or when all are. `asked` tells the id of one that
    was triggered."""

    asked = Signal(str)
    rekeyed = Signal()

    def __init__(self, rows: Sequence[Command], keys: Mapping[str, str], window: QWidget) -> None:
        """`keys` are the user's own, by command id."""
        super().__init__(window)
        self.rows = tuple(rows)
        self.met = Needs.NOTHING
        self._keys = dict(keys)
        self._actions: dict[str, QAction] = {}
        self._canvas_keys: set[str] = set()
        self._pictured = False
        self._window = window
        self._unmade: dict[str, Command] = {row.id: row for row in self.rows}

    def __getitem__(self, command: str) -> QAction:
        if command in self._unmade:
            self._add(self._unmade.pop(command))
        return self._actions[command]

    def make_all(self) -> None:
        """Those that nobody has asked for yet; from then on every key works. The first frame shows a quarter of them,
        and does not wait for the others."""
        while self._unmade:
            self._add(self._unmade.pop(next(iter(self._unmade))))

    def row(self, command: str) -> Command | None:
        """The row of the table with this id."""
        return next((row for row in self.rows if row.id == command), None)

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Other keys of the user's own; `rekeyed` tells that tips and texts with keys are out of date."""
        if dict(keys) == self._keys:
            return
        self.make_all()
        self._keys = dict(keys)
        self._canvas_keys.clear()
        for row in self.rows:
            self._bind(self._actions[row.id], row)
        self.rekeyed.emit()

    def add_icons(self) -> None:
        """Give the actions their icons, as menus show them; before the first frame nothing does."""
        if self._pictured:
            return
        self._pictured = True
        self.make_all()
        for row in self.rows:
            action = self._actions[row.id]
            if row.checkable:
                # A menu draws either an icon or a check mark; here the mark tells more.
                action.toggled.connect(lambda _on, action=action: _tick(action))
                _tick(action)
            else:
                _picture(action, row.icon)

    def set_met(self, met: Needs) -> None:
        """Enable what can run now."""
        self.make_all()
        self.met = met
        for row in self.rows:
            self._actions[row.id].setEnabled(row.needs & met == row.needs)

    def missing(self, row: Command) -> str:
        """Why it cannot run now, in a sentence; empty where it can."""
        lacking = missing(row, self.met)
        return tr(lacking) if lacking else ""

    def key(self, command: str) -> str:
        """The shown key as people write it, or nothing."""
        return key_text(self[command].shortcut())

    def tip(self, command: str, text: str = "") -> str:
        """A tool tip: what it does, and its key."""
        words, key = text or self[command].text().rstrip("…"), self.key(command)
        return f"{words}  ({key})" if key else words

    def claims(self, event: QKeyEvent, canvas: QWidget | None) -> bool:
        """Whether a key belongs to the focused widget though a command has it too."""
        chord = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if chord not in self._canvas_keys and event.text() not in self._canvas_keys:
            return False
        focus = QApplication.focusWidget()
        if is_typed_in(focus):
            return True
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return plain and event.key() in _WALKING and not _inside(focus, canvas)

    def _add(self, row: Command) -> None:
        self._actions[row.id] = action = self._made(row)
        self._window.addAction(action)

    def _made(self, row: Command) -> QAction:
        action = QAction(self)
        action.setText(tr(row.title))
        action.setObjectName(row.id)
        action.setCheckable(row.checkable)
        action.setIconVisibleInMenu(True)
        action.setAutoRepeat(row.id.startswith(("brush.", "view.zoom", "edit.", "staging.")))
        action.setEnabled(row.needs & self.met == row.needs)
        self._bind(action, row)
        if row.icon:
            action.setProperty("glyph", row.icon)
        action.triggered.connect(self._triggered)
        return action

    def _bind(self, action: QAction, row: Command) -> None:
        wanted = keys_of(row, self._keys)
        if wanted or action.shortcuts():
            action.setShortcuts([QKeySequence(key) for key in wanted])
        own = row.id in self._keys
        self._canvas_keys.update(plain(key) for key in wanted if row.canvas_only or (own and types(key)))

    def _triggered(self) -> None:
        self.asked.emit(self.sender().objectName())


def _tick(action: QAction) -> None:
    _picture(action, "check" if action.isChecked() else "")


def _picture(action: QAction, name: str) -> None:
    from studio.ui.theme.menu_icons import icon  # no part of the first frame

    action.setIcon(icon(name))


def key_text(sequence: QKeySequence) -> str:
    """A key as the platform writes it, and so as menus do: Ctrl+Enter, Shift+X. The large key is called Enter too."""
    return sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def is_typed_in(widget: QWidget | None) -> bool:
    """Whether letters typed now belong to a field."""
    fields = (QtWidgets.QLineEdit, QtWidgets.QPlainTextEdit, QtWidgets.QTextEdit, QtWidgets.QAbstractSpinBox)
    return isinstance(widget, fields) or (isinstance(widget, QtWidgets.QComboBox) and widget.isEditable())


def _inside(widget: QWidget | None, outer: QWidget | None) -> bool:
    return widget is None or (outer is not None and (widget is outer or outer.isAncestorOf(widget)))
