"""A layout that fills rows from the leading edge and wraps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class FlowLayout(QLayout):
    """Items keep their own size; hidden ones take no room."""

    def __init__(self, parent: QWidget, *, spacing: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def arrange(self, widgets: Sequence[QWidget]) -> None:
        """Hold these widgets in this order; those that it held already keep their items, the others go."""
        known = {id(item.widget()): item for item in self._items}
        kept = [(widget, known.pop(id(widget), None)) for widget in widgets]
        self._items = []
        for widget, item in kept:
            if item is None:
                self.addWidget(widget)
            else:
                self._items.append(item)
        self.invalidate()

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]  the stub forgets None
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]  the stub forgets None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Kept by width until an item changes: Qt asks six times each time that a card is added to a hundred."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        first, y, end, spacing = rect.x(), rect.y(), rect.right() + 1, self.spacing()
        x, tallest = first, 0
        owner = self.parentWidget()
        mirrored = owner is not None and owner.isRightToLeft()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            wide = size.width()
            if x > first and x + wide > end:
                x, y, tallest = first, y + tallest + spacing, 0
            if move:
                item.setGeometry(QRect(QPoint(end - (x - first) - wide if mirrored else x, y), size))
            x += wide + spacing
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()
