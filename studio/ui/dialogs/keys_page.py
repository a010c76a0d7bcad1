"""The page of the settings where commands get other keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.ui import keymap
from studio.ui.actions import key_text
from studio.ui.menu_row import MENUS
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import Line, dim_label, heading

if TYPE_CHECKING:
    from studio.domain.command import Command
    from studio.session.face.desk import Desk
    from studio.ui.actions import Actions

ID = Qt.ItemDataRole.UserRole


class KeysPage(QWidget):
    """The table of commands with a search field, and below it the keys of the chosen one. Takes effect at once."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self.field = Field(tr("Search commands and keys"), hint=tr("Search commands and keys"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._search)
        self.reset_all = Button(tr("Reset all"), look=Look.EDGED)
        self.reset_all.clicked.connect(lambda: self._keep({}))
        self.tree = self._made_tree()
        self.editor = KeyEditor()
        self.editor.added.connect(self._add)
        self.editor.removed.connect(self._remove)
        self.editor.reset.connect(self._reset)
        self.editor.typed.connect(self._warn)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.field, 1)
        head.addWidget(self.reset_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        column.addWidget(Line())
        column.addWidget(self.editor)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._fill()
        self.show_keys()
        # With their words: the view measures a column anew for each that changes in it.
        self.tree.addTopLevelItems(list(self._groups.values()))
        self.tree.expandAll()

    def choose(self, command: str) -> None:
        """Show the keys of a command below."""
        self.tree.setCurrentItem(self._items[command])

    def show_keys(self) -> None:
        """What is in the settings now."""
        own = self._own
        for row in self._actions.rows:
            item = self._items[row.id]
            words = "   ".join(dict.fromkeys(_words(key) for key in keymap.keys_of(row, own)))
            if words != item.text(1):
                item.setText(1, words)
            font = item.font(1)
            if font.bold() != (row.id in own):
                font.setBold(row.id in own)
                item.setFont(1, font)
        self.reset_all.setEnabled(bool(own))
        self._show_chosen()

    @property
    def _own(self) -> dict[str, str]:
        return dict(self._desk.settings().keys)

    @property
    def _chosen(self) -> Command | None:
        item = self.tree.currentItem()
        return None if item is None else self._actions.row(item.data(0, ID) or "")

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(tr("Commands and their keys"))
        tree.setHeaderLabels([tr("Command"), tr("Keys")])
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setRootIsDecorated(False)
        tree.currentItemChanged.connect(self._show_chosen)
        return tree

    def _fill(self) -> None:
        for menu in MENUS:
            group = QTreeWidgetItem([tr(menu)])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self._groups[menu] = group
            for row in self._actions.rows:
                if row.menu == menu:
                    item = QTreeWidgetItem([self._actions[row.id].text().rstrip("…"), ""])
                    item.setData(0, ID, row.id)
                    group.addChild(item)
                    self._items[row.id] = item

    def _search(self, text: str) -> None:
        words = text.lower().split()
        shown: set[str] = set()
        for row in self._actions.rows:
            item = self._items[row.id]
            hay = f"{item.text(0)} {item.text(1)} {' '.join(row.words)}".lower()
            item.setHidden(not all(word in hay for word in words))
            if not item.isHidden():
                shown.add(row.menu)
        for menu, group in self._groups.items():
            group.setHidden(menu not in shown)

    def _show_chosen(self) -> None:
        row, own = self._chosen, self._own
        if row is None:
            self.editor.show_nothing()
        else:
            title = self._actions[row.id].text().rstrip("…")
            self.editor.show_command(title, keymap.keys_of(row, own), is_own=row.id in own)

    def _warn(self, key: str) -> None:
        row = self._chosen
        held = keymap.HELD.get(keymap.plain(key))
        other = None if row is None else keymap.taken_by(self._actions.rows, self._own, key, row.id)
        if held is not None:
            self.editor.warn(tr("{key} is kept for {use}.", key=_words(key), use=tr(held)), allowed=False)
        elif other is not None:
            title = self._actions[other.id].text().rstrip("…")
            self.editor.warn(
                tr("{key} is the key of “{title}”. Adding it takes it from there.", key=_words(key), title=title)
            )
        else:
            self.editor.warn("")

    def _add(self, key: str) -> None:
        row = self._chosen
        if row is not None:
            had = keymap.keys_of(row, self._own)
            self._give(row, (*(each for each in had if keymap.plain(each) != keymap.plain(key)), key))

    def _remove(self, key: str) -> None:
        row = self._chosen
        if row is not None:
            self._give(row, tuple(each for each in keymap.keys_of(row, self._own) if each != key))

    def _reset(self) -> None:
        row = self._chosen
        if row is not None:
            self._give(row, row.keys)

    def _give(self, row: Command, keys: tuple[str, ...]) -> None:
        self._keep(keymap.changed(self._actions.rows, self._own, row.id, keys))

    def _keep(self, own: dict[str, str]) -> None:
        self._desk.change_settings(replace(self._desk.settings(), keys=tuple(sorted(own.items()))))
        self.show_keys()


class KeyEditor(QWidget):
    """The keys of one command: each can be removed, another be added by pressing it."""

    typed = Signal(str)
    added = Signal(str)
    removed = Signal(str)
    reset = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = heading("")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(6)
        self._shown: list[QWidget] = []
        self._allowed = True
        self.entry = QKeySequenceEdit()
        self.entry.setMaximumSequenceLength(1)
        self.entry.setClearButtonEnabled(True)
        self.entry.setAccessibleName(tr("Press a new key"))
        self.entry.keySequenceChanged.connect(self._pressed)
        self.add = Button(tr("Add key"), look=Look.ACCENT)
        self.add.clicked.connect(self._add)
        self.back = Button(tr("Reset"), look=Look.EDGED)
        self.back.clicked.connect(self.reset)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addSpacing(8)
        head.addLayout(self._keys)
        head.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(dim_label(tr("New key")))
        row.addWidget(self.entry, 1)
        row.addWidget(self.add)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.warning)
        self.warning.setFixedHeight(2 * self.warning.fontMetrics().lineSpacing())

    def show_nothing(self) -> None:
        """No command is chosen."""
        self.show_command("", (), is_own=False)
        self.title.setText(tr("Choose a command to change its keys."))
        self.entry.setEnabled(False)

    def show_command(self, title: str, keys: tuple[str, ...], *, is_own: bool) -> None:
        """Show these keys; Reset is there where they are not those of the table."""
        for widget in self._shown:
            self._keys.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = [self._chip(key) for key in keys]
        for chip in self._shown:
            self._keys.addWidget(chip)
            chip.show()
        self.title.setText(title)
        self.back.setEnabled(is_own)
        self.entry.setEnabled(True)
        self.entry.clear()
        self.warn("")

    def warn(self, text: str, *, allowed: bool = True) -> None:
        """What stands against the pressed key, before it is taken."""
        self._allowed = allowed
        self.warning.setText(text)
        self.add.setEnabled(allowed and not self.entry.keySequence().isEmpty())

    def _chip(self, key: str) -> Button:
        chip = Button(_words(key), icon="x", look=Look.EDGED)
        chip.icon_size, chip.height_hint = 12, 24
        words = tr("Remove the key {key}", key=_words(key))
        chip.name_it(words, words)
        chip.clicked.connect(lambda: self.removed.emit(key))
        return chip

    def _pressed(self, sequence: QKeySequence) -> None:
        self.typed.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))

    def _add(self) -> None:
        key = self.entry.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if key and self._allowed:
            self.added.emit(key)


def _words(key: str) -> str:
    return key_text(QKeySequence(key))
