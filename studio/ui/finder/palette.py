"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QVBoxLayout, QWidget

from studio.ui.finder.score import ranked
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import dim_label, smaller
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from studio.ui.actions import Actions

ROW = Qt.ItemDataRole.UserRole
WIDTH, LINE, MOST = 560, 32, 12


class CommandPalette(QWidget):
    """Floats at the top of the window. Tells `chosen` with the id of a command that can run."""

    chosen = Signal(str)

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._recent: list[str] = []
        self._before: QWidget | None = None
        self.setAccessibleName(tr("Find a command"))
        self.field = Field(tr("Find a command"), hint=tr("Find a command"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Line(self.list, actions))
        self.list.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.nothing = dim_label(tr("No command of this name."))
        self.nothing.setIndent(8)
        column.addWidget(self.nothing)
        self.field.textChanged.connect(self.fill)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.hide()

    def open(self) -> None:
        """Show it, empty, with the last used commands first."""
        window = self.window()
        self._before = window.focusWidget()
        width = min(WIDTH, window.width() - 32)
        self.setGeometry((window.width() - width) // 2, 48, width, self._tall())
        self.field.clear()
        self.fill("")
        self.raise_()
        self.show()
        self.field.setFocus()

    def _tall(self) -> int:
        lines = min(max(self.list.count(), 1), MOST)
        return min(lines * LINE + self.field.sizeHint().height() + 24, self.window().height() - 72)

    def leave(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def fill(self, typed: str) -> None:
        """List what fits, the best first."""
        self.list.clear()
        for row in ranked(typed, self._actions.rows, self._recent):
            item = QListWidgetItem(self._actions[row.id].text())
            item.setData(ROW, row)
            why = self._actions.missing(row)
            words = ", ".join(part for part in (item.text(), self._actions.key(row.id), why) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self.resize(self.width(), self._tall())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and self.isVisible() and not self.isAncestorOf(self.window()):
            self._before = None
            self.hide()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(QPainter(self), self.rect(), 10, tokens.panel, tokens.edge)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            row = min(max(self.list.currentRow() + steps[key], 0), self.list.count() - 1)
            self.list.setCurrentRow(row)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._take(self.list.currentItem())
            return True
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False

    def _take(self, item: QListWidgetItem) -> None:
        row = item.data(ROW)
        if self._actions.missing(row):
            return
        self._recent = [row.id, *(each for each in self._recent if each != row.id)][:20]
        self.leave()
        self.chosen.emit(row.id)


class _Line(QStyledItemDelegate):
    def __init__(self, owner: QListWidget, actions: Actions) -> None:
        super().__init__(owner)
        self._list, self._actions = owner, actions

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens, row = tokens_of(self._list), index.data(ROW)
        why = self._actions.missing(row)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            box(painter, rect.adjusted(0, 1, -2, -1), 6, tokens.raised, tokens.link)
        ink = QColor(tokens.dim if why else tokens.text)
        mirrored = self._list.isRightToLeft()
        left = rect.right() - 32 if mirrored else rect.left() + 8
        icons.paint(painter, row.icon, QRect(left, rect.y(), 20, rect.height()), 16, ink)
        painter.setPen(ink)
        room = rect.adjusted(12, 0, -38, 0) if mirrored else rect.adjusted(38, 0, -12, 0)
        key = self._actions.key(row.id)
        lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        trail = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        title = index.data()
        painter.drawText(room, lead, title)
        painter.setPen(QColor(tokens.dim))
        painter.drawText(room, trail, key)
        taken = painter.fontMetrics().horizontalAdvance(title) + 14
        spare = room.width() - taken - painter.fontMetrics().horizontalAdvance(key) - 14
        painter.setFont(smaller(self._list.font()))
        note = painter.fontMetrics().elidedText(why or tr(row.menu), Qt.TextElideMode.ElideRight, spare)
        beside = room.adjusted(0, 0, -taken, 0) if mirrored else room.adjusted(taken, 0, 0, 0)
        painter.drawText(beside, lead, note)
        painter.restore()
