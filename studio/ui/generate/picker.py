"""The list of models with a search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QVBoxLayout

from studio.ui.generate.words import provider_name, takes_words
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import smaller
from studio.ui.widgets.paint import box
from studio.ui.words import cost

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from studio.domain.capabilities import Model
    from studio.session.face.views import FormView

MODEL = Qt.ItemDataRole.UserRole
BADGES = Qt.ItemDataRole.UserRole + 1
ROW = 62


class ModelPicker(QFrame):
    """A popup. Typing searches, the arrow keys walk, Enter takes, Escape leaves."""

    chosen = Signal(str)

    def __init__(self, view: FormView, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._view = view
        self.search = Field(tr("Search models"), hint=tr("Search models"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Models"))
        self.list.setItemDelegate(_ModelRow(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.textChanged.connect(self.fill)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.search.installEventFilter(self)
        self.fill("")

    def open_below(self, button: QWidget) -> None:
        """Show it under the button, inside of its screen."""
        rows = min(6, max(1, self.list.count()))
        self.resize(max(button.width(), 300), rows * ROW + 60)
        at = button.mapToGlobal(QPoint(0, button.height() + 4))
        area = button.screen().availableGeometry()
        at.setY(max(area.top(), min(at.y(), area.bottom() - self.height())))
        at.setX(max(area.left(), min(at.x(), area.right() - self.width())))
        self.move(at)
        self.show()
        self.search.setFocus()

    def fill(self, words: str) -> None:
        """List the models in whose name, note or provider all words occur."""
        self.list.clear()
        for model in self._view.models:
            hay = f"{model.name} {model.note} {provider_name(self._view, model)}".lower()
            if all(word in hay for word in words.lower().split()):
                self._add(model)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is event.Type.KeyPress:
            key = event.key()  # pyright: ignore[reportAttributeAccessIssue]  a key press is a QKeyEvent
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentItem() is not None:
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _add(self, model: Model) -> None:
        item = QListWidgetItem(model.name)
        item.setData(MODEL, model.id)
        item.setToolTip(model.note)
        badges = [provider_name(self._view, model), takes_words(model), cost(model.price, free=model.free)]
        item.setData(BADGES, (model.note, " · ".join(part for part in badges if part)))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, model.note)
        self.list.addItem(item)
        if self._view.model is not None and model.id == self._view.model.id:
            self.list.setCurrentItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(MODEL))
        self.close()


class _ModelRow(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        widget = option.widget  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens = tokens_of(widget)
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            edge = tokens.link if state & QStyle.StateFlag.State_Selected else None
            box(painter, rect.adjusted(0, 1, 0, -1), 6, tokens.raised, edge)
        note, badges = index.data(BADGES)
        font = QFont(widget.font())
        font.setWeight(QFont.Weight.DemiBold)
        small = smaller(widget.font())
        third = rect.height() // 3
        for line, (text, look, ink) in enumerate(
            ((index.data(), font, tokens.text), (note, small, tokens.dim), (badges, small, tokens.dim))
        ):
            painter.setFont(look)
            painter.setPen(QColor(ink))
            room = QRect(rect.x() + 8, rect.y() + 2 + line * third - line, rect.width() - 16, third)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        painter.restore()
