"""The masks that are kept with the picture, and the buttons to bring masks in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from studio.session.face.tools import Combine
from studio.ui.layers.lists import DATA, RowPainter, stack
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import Line, dim_label, smaller
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import percent

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, MaskRow
    from studio.ui.actions import Actions

THUMB = 32


class MaskList(QListWidget):
    """Tells what the user does to a kept mask. A double click or Enter uses it, with Shift adds it to the mask that is
    there, with Alt takes it away, as with the shapes."""

    used = Signal(str, object)
    """A name and how (`Combine`)."""
    renamed = Signal(str, str)
    deleted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[MaskRow, ...] = ()
        self.setAccessibleName(tr("Kept masks"))
        painter = _MaskPainter(self)
        painter.renamed.connect(self.renamed)
        self.setItemDelegate(painter)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def show_rows(self, rows: tuple[MaskRow, ...]) -> None:
        """Show these; a name that is being typed is left alone while the same masks are there."""
        if rows == self._rows:
            return
        if [row.name for row in rows] != [row.name for row in self._rows]:
            at = self.currentRow()
            self.clear()
            for _ in rows:
                item = QListWidgetItem()
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.addItem(item)
            self.setCurrentRow(min(at, len(rows) - 1))
        for at, row in enumerate(rows):
            self.item(at).setText(row.name)
            self.item(at).setData(DATA, (row, None if row.thumbnail is None else pixmap_of(row.thumbnail)))
            self.item(at).setToolTip(row.name)
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, key = self.currentItem(), Qt.Key(event.key())
        if item is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_F2:
            self.editItem(item)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(item.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use(item, event.modifiers())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() is Qt.MouseButton.LeftButton:
            self._use(item, event.modifiers())

    def _use(self, item: QListWidgetItem, held: Qt.KeyboardModifier) -> None:
        adds, takes = held & Qt.KeyboardModifier.ShiftModifier, held & Qt.KeyboardModifier.AltModifier
        self.used.emit(item.text(), Combine.ADD if adds else Combine.SUBTRACT if takes else Combine.REPLACE)

    def _menu(self, at: QPoint) -> None:
        item = self.itemAt(at)
        if item is None:
            return
        name = item.text()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Use"), lambda: self.used.emit(name, Combine.REPLACE))
        menu.addAction(tr("Add to the mask"), lambda: self.used.emit(name, Combine.ADD))
        menu.addAction(tr("Take from the mask"), lambda: self.used.emit(name, Combine.SUBTRACT))
        menu.addSeparator()
        menu.addAction(tr("Rename  (F2)"), lambda: self._rename(name))
        menu.addAction(tr("Delete  (Del)"), lambda: self.deleted.emit(name))
        menu.popup(self.viewport().mapToGlobal(at))

    def _rename(self, name: str) -> None:
        """Start typing; the list may have changed since the menu was opened."""
        for item in self.findItems(name, Qt.MatchFlag.MatchExactly):
            self.editItem(item)


class MasksPanel(QWidget):
    """The kept masks, and the buttons to bring masks in and out."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.list = MaskList()
        self.empty = dim_label(tr("Masks that you keep with the picture appear here."), wrap=True)
        column = stack(self, self.empty, self.list)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=6)
        for command, text, icon in (
            ("mask.keep", tr("Keep"), ""),
            ("mask.invert", tr("Invert"), ""),
            ("mask.clear", tr("Clear"), ""),
            ("mask.import", "", "download"),
            ("mask.export", "", "upload"),
        ):
            button = Button(text, icon=icon, look=Look.EDGED).follow(actions[command])
            button.name_it(actions[command].text().rstrip("…"), actions.tip(command))
            flow.addWidget(button)
        column.addWidget(Line())
        frame = QVBoxLayout()
        frame.setContentsMargins(14, 6, 14, 6)
        frame.addWidget(buttons)
        column.addLayout(frame)
        self.show_state(None)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is, from now on."""
        self.list.used.connect(desk.document.use_mask)
        self.list.renamed.connect(desk.document.rename_mask)
        self.list.deleted.connect(desk.document.delete_mask)
        desk.document_changed.connect(self.show_state)
        self.show_state(desk.document_view())

    def show_state(self, view: DocumentView | None) -> None:
        """Show the kept masks."""
        rows = () if view is None else view.masks
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def sizeHint(self) -> QSize:
        return QSize(328, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)


class _MaskPainter(RowPainter):
    renamed = Signal(str, str)
    HEIGHT, LINES = 44, 2

    def draw(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens = tokens_of(self._list)
        row, picture = index.data(DATA)
        mirrored = self._list.isRightToLeft()
        left = rect.right() - 13 - THUMB if mirrored else rect.left() + 14
        thumbnail(
            painter, QRect(left, rect.top() + (rect.height() - THUMB) // 2, THUMB, THUMB), picture, 4, tokens.field
        )
        room = _text_room(rect, mirrored)
        half = room.height() // 2
        self.line(painter, QRect(room.x(), room.y(), room.width(), half), row.name, tokens.text)
        painter.setFont(smaller(self._list.font()))
        lower = QRect(room.x(), room.y() + half, room.width(), half)
        self.line(painter, lower, tr("{share} of the picture", share=percent(row.share, digits=1)), tokens.dim)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName(tr("Name of the mask"))
        return field

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Once: a thumbnail that comes while a name is typed leaves it alone."""
        if isinstance(editor, QLineEdit) and not editor.isModified() and not editor.text():
            editor.setText(index.data())
            editor.selectAll()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        editor.setGeometry(_text_room(rect, self._list.isRightToLeft()).adjusted(-6, -1, 0, 1))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        name = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        if name and name != index.data():
            self.renamed.emit(index.data(), name)


def _text_room(rect: QRect, mirrored: bool) -> QRect:
    beside = 14 + THUMB + 10
    return rect.adjusted(14, 5, -beside, -5) if mirrored else rect.adjusted(beside, 5, -14, -5)
