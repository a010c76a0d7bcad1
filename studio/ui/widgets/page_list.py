"""The list of pages at the leading side of a window that has several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = 30
NARROWEST, WIDEST, AROUND = 140, 280, 40


class PageList(QListWidget):
    """Each row holds the name of its page. As wide as its longest title wants, within reason."""

    def __init__(self, name: str, pages: Iterable[tuple[str, str]]) -> None:
        """`name` is the accessible one; the pages are names and titles."""
        super().__init__()
        self.setObjectName("pages")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        wide = 0
        for page, title in pages:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, page)
            item.setSizeHint(QSize(0, max(LINE, self.fontMetrics().height() + 12)))
            self.addItem(item)
            wide = max(wide, self.fontMetrics().horizontalAdvance(title))
        self.setFixedWidth(min(max(wide + AROUND, NARROWEST), WIDEST))

    def page(self) -> str:
        """The name of the chosen page; empty before one is."""
        item = self.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def turn_to(self, page: str) -> None:
        """Choose a page by its name."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == page and self.currentRow() != row:
                self.setCurrentRow(row)
