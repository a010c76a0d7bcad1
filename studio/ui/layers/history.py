"""The steps that were done, oldest first, and the saved masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import Line, dim_label, smaller
from studio.ui.widgets.paint import focus_ring
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import percent

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, HistoryRow, MaskRow
    from studio.ui.actions import Actions

DATA = Qt.ItemDataRole.UserRole


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
        _stack(self, self.empty, self.list)
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


class MasksPanel(QWidget):
    """What is masked now, the saved masks, and the buttons to bring masks in and out."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._rows: tuple[MaskRow, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Saved masks"))
        self.list.setItemDelegate(_MaskPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.empty = dim_label(tr("Masks that you save with the picture appear here."), wrap=True)
        column = _stack(self, self.empty, self.list)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=6)
        for command, text in (
            ("mask.import", tr("Load")),
            ("mask.export", tr("Save")),
            ("mask.invert", tr("Invert")),
            ("mask.clear", tr("Clear")),
        ):
            button = Button(text, look=Look.EDGED).follow(actions[command])
            button.name_it(actions[command].text().rstrip("…"), actions.tip(command))
            flow.addWidget(button)
        column.addWidget(Line())
        frame = QVBoxLayout()
        frame.setContentsMargins(14, 6, 14, 6)
        frame.addWidget(buttons)
        column.addLayout(frame)
        self.show_state(None)

    def attach(self, desk: Desk) -> None:
        """Show what is, from now on."""
        desk.document_changed.connect(self.show_state)
        self.show_state(desk.document_view())

    def show_state(self, view: DocumentView | None) -> None:
        """Show the saved masks."""
        rows = () if view is None else view.masks
        if rows != self._rows:
            self.list.clear()
            for row in rows:
                item = QListWidgetItem(row.name)
                item.setData(DATA, (row, None if row.thumbnail is None else pixmap_of(row.thumbnail)))
                self.list.addItem(item)
            self._rows = rows
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def sizeHint(self) -> QSize:
        return QSize(328, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)


def _stack(panel: QWidget, empty: QWidget, rows: QListWidget) -> QVBoxLayout:
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


class _Painter(QStyledItemDelegate):
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
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)


class _StepPainter(_Painter):
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


class _MaskPainter(_Painter):
    HEIGHT, LINES = 44, 2

    def draw(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = tokens_of(self._list)
        row, picture = index.data(DATA)
        mirrored = self._list.isRightToLeft()
        left = rect.right() - 45 if mirrored else rect.left() + 14
        thumbnail(painter, QRect(left, rect.top() + (rect.height() - 32) // 2, 32, 32), picture, 4, tokens.field)
        room = rect.adjusted(14, 5, -56, -5) if mirrored else rect.adjusted(56, 5, -14, -5)
        half = room.height() // 2
        self.line(painter, QRect(room.x(), room.y(), room.width(), half), row.name, tokens.text)
        painter.setFont(smaller(self._list.font()))
        lower = QRect(room.x(), room.y() + half, room.width(), half)
        self.line(painter, lower, tr("{share} of the picture", share=percent(row.share, digits=1)), tokens.dim)
