"""The list of layers: painted rows whose eye and lock can be pressed, and an order that can be dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QToolTip,
)

from studio.ui.layers.lists import arrange
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import smaller
from studio.ui.widgets.paint import focus_ring
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint
    from PySide6.QtGui import QDropEvent, QHelpEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QAbstractItemDelegate, QStyleOptionViewItem, QWidget

    from studio.domain.ids import LayerId
    from studio.session.face.views import LayerRow

HEIGHT, THUMB, HIT = 44, 32, 28
ROW = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1


class LayerList(QListWidget):
    """Tells what the user does to a layer; shows nothing that the session did not say."""

    chosen = Signal(str)
    moved = Signal(str, int)
    renamed = Signal(str, str)
    shown = Signal(str, bool)
    locked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[LayerRow, ...] = ()
        self._active: str | None = None
        self._quiet = False
        self.setAccessibleName(tr("Layers"))
        self.setItemDelegate(_LayerPainter(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._current_changed)
        self.itemDoubleClicked.connect(self.editItem)

    def show_rows(self, rows: tuple[LayerRow, ...], active: str | None) -> None:
        """Show these rows; the scroll position stays, and a name that is being typed is left alone: it stays with its
        layer, and where it is on the screen as far as the list can be scrolled."""
        self._quiet = True
        typed = self._typed()
        before = 0 if typed is None else self.visualItemRect(typed).top()
        arrange(self, [row.id for row in self._rows], [row.id for row in rows], _item)
        known = {row.id: row for row in self._rows}
        for at, row in enumerate(rows):
            old = known.get(row.id)
            if old != row:
                _fill(self.item(at), row, picture=old is None or old.thumbnail is not row.thumbnail)
        self._rows, self._active = rows, active
        self._mark_active()
        typed = self._typed()
        if typed is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualItemRect(typed).top() - before)
        self._quiet = False

    def _typed(self) -> QListWidgetItem | None:
        """The item whose name is being typed."""
        if self.state() is not QAbstractItemView.State.EditingState:
            return None
        items = (self.item(at) for at in range(self.count()))
        return next((item for item in items if self.itemWidget(item) is not None), None)

    def _mark_active(self) -> None:
        """The toolkit ends the typing in a row that is current no more, so the other one is only selected meanwhile."""
        at = next((at for at, row in enumerate(self._rows) if row.id == self._active), -1)
        if not self._types_in_current():
            self.setCurrentRow(at)
        elif at >= 0:
            self.item(at).setSelected(True)

    def _types_in_current(self) -> bool:
        typed = self._typed()
        return typed is not None and self.row(typed) == self.currentRow()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        stays = self._types_in_current()  # else a key went to another row, and that is what the user wants
        super().closeEditor(editor, hint)
        if stays:
            self._quiet = True
            self.setAutoScroll(False)  # a press on a row ends the typing too, and has to find that row where it is
            self._mark_active()
            self.setAutoScroll(True)
            self._quiet = False

    def layer_at(self, at: QPoint) -> LayerId | None:
        """The layer under a point of the viewport."""
        item = self.itemAt(at)
        return None if item is None else item.data(ROW).id

    def rename(self, layer: str) -> None:
        """Start typing another name."""
        for at, row in enumerate(self._rows):
            if row.id == layer:
                self.editItem(self.item(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_F2 and item is not None:
            self.editItem(item)
        elif event.key() == Qt.Key.Key_Space and item is not None:
            self.shown.emit(item.data(ROW).id, not item.data(ROW).visible)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() is Qt.MouseButton.LeftButton:
            row: LayerRow = item.data(ROW)
            eye, lock = corners(self.visualItemRect(item), self.isRightToLeft())
            if eye.contains(event.position().toPoint()):
                self.shown.emit(row.id, not row.visible)
                return
            if lock.contains(event.position().toPoint()):
                self.locked.emit(row.id, not row.locked)
                return
        super().mousePressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.currentItem()
        target = self.itemAt(event.position().toPoint())
        if item is not None:
            to = self.row(target) if target is not None else self.count() - 1
            self.moved.emit(item.data(ROW).id, to)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self._tip(event)  # pyright: ignore[reportArgumentType]  a tool tip event is a QHelpEvent
            return True
        return super().viewportEvent(event)

    def _tip(self, event: QHelpEvent) -> None:
        item = self.itemAt(event.pos())
        if item is None:
            return
        row: LayerRow = item.data(ROW)
        eye, lock = corners(self.visualItemRect(item), self.isRightToLeft())
        text = f"{row.name}\n{row.note}"
        if eye.contains(event.pos()):
            text = tr("Hide the layer  (Space)") if row.visible else tr("Show the layer  (Space)")
        elif lock.contains(event.pos()):
            text = tr("Unlock the layer") if row.locked else tr("Lock the layer")
        QToolTip.showText(event.globalPos(), text, self)

    def _current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._quiet:
            self.chosen.emit(item.data(ROW).id)


def corners(rect: QRect, mirrored: bool) -> tuple[QRect, QRect]:
    """Where the eye and the lock of a row are."""
    y = rect.center().y() - HIT // 2 + 1
    if mirrored:
        return QRect(rect.left() + 8, y, HIT, HIT), QRect(rect.left() + 8 + HIT, y, HIT, HIT)
    return QRect(rect.right() - 7 - HIT, y, HIT, HIT), QRect(rect.right() - 7 - 2 * HIT, y, HIT, HIT)


def _item() -> QListWidgetItem:
    item = QListWidgetItem()
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled
        | Qt.ItemFlag.ItemIsSelectable
        | Qt.ItemFlag.ItemIsEditable
        | Qt.ItemFlag.ItemIsDragEnabled
    )
    return item


def _fill(item: QListWidgetItem, row: LayerRow, *, picture: bool) -> None:
    item.setText(row.name)
    item.setData(ROW, row)
    if picture:
        item.setData(PICTURE, None if row.thumbnail is None else pixmap_of(row.thumbnail))
    state = tr("shown") if row.visible else tr("hidden")
    lock = tr("locked") if row.locked else ""
    words = ", ".join(part for part in (row.name, row.note, state, lock) if part)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, words)


class _LayerPainter(QStyledItemDelegate):
    def __init__(self, owner: LayerList) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, max(HEIGHT, 2 * self._list.fontMetrics().height() + 10))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens, row = tokens_of(self._list), index.data(ROW)
        picture: QPixmap | None = index.data(PICTURE)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens.raised if selected else tokens.hover))
        mirrored = self._list.isRightToLeft()
        if selected:
            painter.fillRect(
                rect.right() - 1 if mirrored else rect.left(), rect.top(), 2, rect.height(), QColor(tokens.link)
            )
        left = rect.right() - 13 - THUMB if mirrored else rect.left() + 14
        painter.setOpacity(1.0 if row.visible else 0.45)
        thumbnail(
            painter, QRect(left, rect.top() + (rect.height() - THUMB) // 2, THUMB, THUMB), picture, 4, tokens.field
        )
        self._words(painter, rect, index)
        painter.setOpacity(1.0)
        eye, lock = corners(rect, mirrored)
        icons.paint(painter, "eye" if row.visible else "eye-off", eye, 16, QColor(tokens.dim))
        if row.locked:
            icons.paint(painter, "lock", lock, 16, QColor(tokens.dim))
        elif state & QStyle.StateFlag.State_MouseOver:
            icons.paint(painter, "lock-open", lock, 16, QColor(tokens.dim))
        if selected and self._list.hasFocus():
            focus_ring(painter, rect, 2, tokens.link)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        tokens, row = tokens_of(self._list), index.data(ROW)
        room = _text_room(rect, self._list.isRightToLeft())
        line = room.height() // 2
        painter.setFont(self._list.font())
        painter.setPen(QColor(tokens.text))
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room.width())
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(room.x(), room.y(), room.width(), line + 1), align, name)
        painter.setFont(smaller(smaller(self._list.font())))
        painter.setPen(QColor(tokens.dim))
        note = painter.fontMetrics().elidedText(row.note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.x(), room.y() + line, room.width(), line), align, note)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName(tr("Name of the layer"))
        field.setText(index.data(ROW).name)
        field.editingFinished.connect(lambda: self._hand_on(field))
        return field

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """The editor has the name since it was made. The toolkit would fill it anew whenever anything of the row
        changes, its thumbnail too, over what is being typed."""

    def _hand_on(self, field: QLineEdit) -> None:
        """What was typed is taken over while the typing goes on; else the focus left it, by Escape perhaps."""
        if field.hasFocus():
            self.commitData.emit(field)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        editor.setGeometry(_text_room(rect, self._list.isRightToLeft()).adjusted(-6, 4, 0, -4))

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if not isinstance(editor, QLineEdit) or not editor.isModified():
            return
        editor.setModified(False)
        name, row = editor.text().strip(), index.data(ROW)
        if name and name != row.name:
            self._list.renamed.emit(row.id, name)


def _text_room(rect: QRect, mirrored: bool) -> QRect:
    room = rect.adjusted(14 + THUMB + 10, 5, -8 - 2 * HIT, -5)
    return rect.adjusted(8 + 2 * HIT, 5, -14 - THUMB - 10, -5) if mirrored else room
