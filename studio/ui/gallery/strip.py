"""The strip of thumbnails: one row while the panel is low, more when it is tall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from studio.ui.gallery.model import PICTURE, ROW, GalleryModel, Index
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.theme.tokens import BADGE, STAR
from studio.ui.translate import tr
from studio.ui.widgets.paint import box
from studio.ui.widgets.thumbnails import thumbnail

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.session.face.views import GalleryRow, GalleryView

EDGE, GAP = 112, 12
CELL = EDGE + GAP
HOVER_MS = 450


class GalleryStrip(QListView):
    """Tells which pictures are selected, opened, starred, trashed, about to be dragged, and looked at closely."""

    picked = Signal(object)
    opened = Signal(str)
    starred = Signal(str, bool)
    trashed = Signal(object)
    prepare = Signal(str)
    looked_at = Signal(object, QRect)
    """The row under the pointer or the keyboard, with its place (global); None when it is left."""

    def __init__(self, model: GalleryModel) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(tr("Gallery"))
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(HOVER_MS)
        self._hover.timeout.connect(self._look)
        self._under: QModelIndex | None = None
        self.activated.connect(self._open)

    def show_state(self, view: GalleryView) -> None:
        """Show the rows; what is in sight stays in sight when newer ones come in front."""
        bar = self.horizontalScrollBar() if not self.isWrapping() else self.verticalScrollBar()
        first = self.indexAt(QPoint(GAP + 4, GAP + 4))
        anchor: GalleryRow | None = first.data(ROW) if bar.value() > 0 and first.isValid() else None
        before = self.visualRect(first)
        self.rows.show_state(view)
        if anchor is not None:
            after = self.visualRect(self.rows.at(anchor.id))
            shift = after.left() - before.left() if not self.isWrapping() else after.top() - before.top()
            bar.setValue(bar.value() + shift)

    def selected(self) -> list[GalleryRow]:
        """The selected rows, in the order of the strip."""
        return [index.data(ROW) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def choose(self, output: str) -> None:
        """Select one picture."""
        index = self.rows.at(output)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def sizeHint(self) -> QSize:
        return QSize(400, CELL + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        tall = event.size().height() >= 2 * CELL
        if tall != self.isWrapping():
            self.setWrapping(tall)
        super().resizeEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.picked.emit([row.id for row in self.selected()])

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus() and not self.underMouse():
            self._wait_for(self.rows.index(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.selected()
        if event.key() == Qt.Key.Key_Delete and rows:
            self.trashed.emit([row.id for row in rows])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and rows:
            self.opened.emit(rows[0].id)
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._leave()
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            for row in self.selected() or [index.data(ROW)]:
                self.prepare.emit(row.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._wait_for(self.indexAt(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._leave()
        if self.isWrapping() or event.angleDelta().x():
            super().wheelEvent(event)
            return
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - round(event.angleDelta().y() / 120 * CELL))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._leave()
        super().focusOutEvent(event)

    def _wait_for(self, index: QModelIndex) -> None:
        if self._under is not None and index == self._under:
            return
        self._leave()
        self._under = index
        if index.isValid():
            self._hover.start()

    def _look(self) -> None:
        if self._under is not None and self._under.isValid():
            rect = self.visualRect(self._under)
            place = QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())
            self.looked_at.emit(self._under.data(ROW), place)

    def _leave(self) -> None:
        self._hover.stop()
        if self._under is not None:
            self._under = None
            self.looked_at.emit(None, QRect())

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW).id)


class _Painter(QStyledItemDelegate):
    def __init__(self, strip: GalleryStrip) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(CELL, CELL)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens, row = tokens_of(self._strip), index.data(ROW)
        picture: QPixmap | None = index.data(PICTURE)
        at = QRect(rect.x() + GAP // 2, rect.y() + 3, EDGE, EDGE)
        painter.save()
        thumbnail(painter, at, picture, 6, tokens.field)
        if picture is None:
            icons.paint(painter, "image", at, 20, QColor(tokens.dim))
        if row.starred:
            badge = QRect(at.right() - 22, at.top() + 4, 19, 19)
            painter.setOpacity(0.75)
            box(painter, badge, 5, BADGE)
            painter.setOpacity(1.0)
            icons.paint(painter, "star", badge, 13, QColor(STAR))
        if row.applied:
            badge = QRect(at.left() + 4, at.top() + 4, 19, 19)
            painter.setOpacity(0.75)
            box(painter, badge, 5, BADGE)
            painter.setOpacity(1.0)
            icons.paint(painter, "check", badge, 13, QColor(tokens.on_accent))
        if state & QStyle.StateFlag.State_Selected:
            _ring(painter, at, 2, tokens.link)
        elif state & QStyle.StateFlag.State_MouseOver:
            _ring(painter, at, 1, tokens.edge)
        if state & QStyle.StateFlag.State_HasFocus and self._strip.hasFocus():
            _ring(painter, at.adjusted(-2, -2, 2, 2), 1, tokens.text)
        painter.restore()


def _ring(painter: QPainter, at: QRect, width: int, colour: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(at.toRectF().adjusted(-1, -1, 1, 1), 7, 7)
