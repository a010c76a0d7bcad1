"""The list of keys, by menu, with a search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from studio.ui.actions import key_text
from studio.ui.menu_row import MENUS
from studio.ui.translate import tr
from studio.ui.widgets.fields import Field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.ui.actions import Actions


class KeyList(QDialog):
    """Made from the command table, so that it tells what is."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(520, 600)
        self.field = Field(tr("Search commands and keys"), hint=tr("Search commands and keys"))
        self.field.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Keyboard shortcuts"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([tr("Command"), tr("Key")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setRootIsDecorated(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.field)
        column.addWidget(self.tree)
        self.field.textChanged.connect(self._search)
        self._fill(actions)

    def _fill(self, actions: Actions) -> None:
        groups: list[QTreeWidgetItem] = []
        for menu in MENUS:
            rows = [row for row in actions.rows if row.menu == menu and row.keys]
            if not rows:
                continue
            group = QTreeWidgetItem([tr(menu)])
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            groups.append(group)
            for row in rows:
                keys = "   ".join(dict.fromkeys(key_text(each) for each in actions[row.id].shortcuts()))
                group.addChild(QTreeWidgetItem([actions[row.id].text().rstrip("…"), keys]))
        # With their rows: the view measures a column anew for each that comes to it.
        self.tree.addTopLevelItems(groups)
        self.tree.expandAll()

    def _search(self, text: str) -> None:
        words = text.lower().split()
        for at in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(at)
            if group is None:
                continue
            seen = 0
            for line in range(group.childCount()):
                child = group.child(line)
                if child is None:
                    continue
                hay = f"{child.text(0)} {child.text(1)}".lower()
                child.setHidden(not all(word in hay for word in words))
                seen += not child.isHidden()
            group.setHidden(not seen)
