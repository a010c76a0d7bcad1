"""What the lists of masks and steps have in common: how they lie in their panel, and how a row is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.labels import Line
from studio.ui.widgets.paint import focus_ring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QListWidgetItem, QStyleOptionViewItem

DATA = Qt.ItemDataRole.UserRole


def stack(panel: QWidget, empty: QWidget, rows: QListWidget) -> QVBoxLayout:
    """The list, or in its place what is said where it is empty."""
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows.setMouseTracking(True)
    rows.viewport().setAutoFillBackground(False)
    empty.setContentsMargins(14, 12, 14, 12)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Line())
    column.addWidget(empty, 1, Qt.AlignmentFlag.AlignTop)
    column.addWidget(rows, 1)
    return column


def arrange(
    rows: QListWidget, known: Sequence[str], wanted: Sequence[str], made: Callable[[], QListWidgetItem]
) -> None:
    """Turn the items of the known keys into those of the wanted ones. An item that stays is the same, wherever it goes,
    and so is the field that is open in it."""
    held, there, stay, nowhere = list(known), set(known), set(wanted), rows.rootIndex()
    for at in reversed(range(len(held))):
        if held[at] not in stay:
            rows.takeItem(at)
            del held[at]
    for at, key in enumerate(wanted):
        if key not in there:
            rows.insertItem(at, made())
            held.insert(at, key)
        elif held[at] != key:
            was = held.index(key)
            rows.model().moveRow(nowhere, was, nowhere, at)
            held.insert(at, held.pop(was))


class RowPainter(QStyledItemDelegate):
    """Ground and focus of a row; what is in it comes from `draw`."""

    HEIGHT, LINES = 28, 1

    def __init__(self, owner: QListWidget) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, max(self.HEIGHT, self.LINES * self._list.fontMetrics().height() + 10))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens = tokens_of(self._list)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.raised if selected else tokens.hover))
        self.draw(painter, rect, index)
        if selected and self._list.hasFocus():
            focus_ring(painter, rect, 2, tokens.link)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """The row itself."""

    def line(self, painter: QPainter, rect: QRect, text: str, colour: str) -> None:
        """A line of text, cut where there is no room."""
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
