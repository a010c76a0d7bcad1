"""The steps that were done, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.ui.layers.lists import DATA, RowPainter, stack
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import dim_label

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, HistoryRow
    from studio.ui.actions import Actions


class HistoryPanel(QWidget):
    """A click goes to a step; those that were undone are dimmed and stay until something new is done."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._rows: tuple[HistoryRow, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("History"))
        self.list.setItemDelegate(_StepPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.empty = dim_label(tr("What you do appears here step by step."), wrap=True)
        stack(self, self.empty, self.list)
        self.show_state(None)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        desk.document_changed.connect(self.show_state)
        self.show_state(desk.document_view())

    def show_state(self, view: DocumentView | None) -> None:
        """Show the steps and which one is the present."""
        rows = () if view is None else view.history
        if rows != self._rows:
            self._follow(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        now = -1 if view is None else view.history_index
        for at, row in enumerate(rows):
            item = self.list.item(at)
            item.setData(DATA, (row, row.index == now, row.index > now))
            if row.index == now and self.list.currentRow() != at:
                self.list.setCurrentRow(at)

    def sizeHint(self) -> QSize:
        return QSize(328, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    def _follow(self, rows: tuple[HistoryRow, ...]) -> None:
        same = 0
        while same < min(len(rows), len(self._rows)) and rows[same] == self._rows[same]:
            same += 1
        while self.list.count() > same:
            self.list.takeItem(self.list.count() - 1)
        for row in rows[same:]:
            self.list.addItem(QListWidgetItem(tr(row.title)))
        self._rows = rows

    def _go(self, item: QListWidgetItem) -> None:
        if self._desk is not None:
            self._desk.document.go_to(item.data(DATA)[0].index)


class _StepPainter(RowPainter):
    def draw(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = tokens_of(self._list)
        _, now, undone = index.data(DATA)
        dot = QRect(0, 0, 6, 6)
        room = rect.adjusted(32, 0, -14, 0)
        dot.moveCenter(rect.center())
        dot.moveLeft(rect.left() + 16)
        if self._list.isRightToLeft():
            room = rect.adjusted(14, 0, -32, 0)
            dot.moveRight(rect.right() - 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.link if now else tokens.dim))
        painter.setBrush(QColor(tokens.link) if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        self.line(painter, room, index.data(), tokens.dim if undone else tokens.text)
