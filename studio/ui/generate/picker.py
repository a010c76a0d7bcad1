"""The list of models with a search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QVBoxLayout

from studio.ui.generate.offers import OFFER, Kind, Offer, Offers
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import smaller
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from studio.session.face.views import FormView

NARROWEST, ROWS, PAGE = 420, 9, 7
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: PAGE, Qt.Key.Key_PageUp: -PAGE}
TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ModelPicker(QFrame):
    """A popup. Typing searches, the arrow keys walk, Enter takes, Escape leaves."""

    chosen = Signal(str, str)
    """A model's id, and its provider's."""
    typed = Signal(str, str)
    """A provider's id, and the id of a model that no list names."""
    opened = Signal()
    """The providers are to be set up."""

    def __init__(self, view: FormView, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._model = view.model
        self.search = Field(tr("Search models"), hint=tr("Search by name, id or provider, or type an id"))
        self.search.setClearButtonEnabled(True)
        self.offers = Offers(view, self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Models"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_OfferRow(self.list))
        self.list.setModel(self.offers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.textChanged.connect(self.fill)
        self.list.clicked.connect(self._take)
        self.search.installEventFilter(self)
        self.fill("")

    def open_below(self, button: QWidget) -> None:
        """Show it under the button, inside of its screen."""
        self.resize(max(button.width(), NARROWEST), self._tall())
        corner = QPoint(button.width() - self.width(), button.height() + 4)
        if button.isRightToLeft():
            corner.setX(0)
        at = button.mapToGlobal(corner)
        area = button.screen().availableGeometry()
        at.setY(max(area.top(), min(at.y(), area.bottom() - self.height())))
        at.setX(max(area.left(), min(at.x(), area.right() - self.width())))
        self.move(at)
        self.show()
        self.search.setFocus()
        self.list.scrollTo(self.list.currentIndex(), QListView.ScrollHint.PositionAtCenter)

    def fill(self, words: str) -> None:
        """List what fits these words; without any the chosen model is at hand."""
        self.offers.search(words)
        if words.strip() or self._model is None:
            self._go(self.offers.next(-1, 1))
        else:
            self._go(self.offers.place(str(self._model.provider), str(self._model.id)))
        if self.isVisible():
            self.resize(self.width(), self._tall())

    def take_current(self) -> None:
        """Choose the row at hand."""
        if self.list.currentIndex().isValid():
            self._take(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in STEPS:
                self._walk(STEPS[key])
                return True
            if key in TAKES:
                self.take_current()
                return True
            if key is Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _tall(self) -> int:
        rows = min(ROWS, max(1, self.offers.rowCount()))
        return rows * tall(self.list) + self.search.sizeHint().height() + 30

    def _walk(self, by: int) -> None:
        row, step = self.list.currentIndex().row(), 1 if by > 0 else -1
        for _ in range(abs(by)):
            row = self.offers.next(row, step)
        self._go(row)
        if row == self.offers.next(-1, 1):
            self.list.scrollToTop()

    def _go(self, row: int) -> None:
        if 0 <= row < self.offers.rowCount():
            self.list.setCurrentIndex(self.offers.index(row))

    def _take(self, index: QModelIndex) -> None:
        offer = self.offers.offer(index.row())
        if offer.kind is Kind.HEADING:
            return
        self.close()
        match offer.kind:
            case Kind.MODEL:
                self.chosen.emit(offer.model, offer.provider)
            case Kind.TYPED:
                self.typed.emit(offer.provider, offer.model)
            case _:
                self.opened.emit()


def tall(widget: QWidget) -> int:
    """Pixels of a row: its name, and what it takes below."""
    return widget.fontMetrics().height() + QFontMetrics(smaller(widget.font())).height() + 14


class _OfferRow(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        widget: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        return QSize(100, tall(widget))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        widget: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        offer: Offer = index.data(OFFER)
        painter.save()
        if offer.kind is Kind.HEADING:
            _heading(painter, rect, widget, offer)
        else:
            tokens = tokens_of(widget)
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                edge = tokens.link if state & QStyle.StateFlag.State_Selected else None
                box(painter, rect.adjusted(0, 1, -2, -1), 6, tokens.raised, edge)
            _row(painter, rect, widget, offer)
        painter.restore()


def _heading(painter: QPainter, rect: QRect, widget: QWidget, offer: Offer) -> None:
    tokens, font = tokens_of(widget), QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    room = rect.adjusted(8, 0, -10, -6)
    painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading, offer.title)
    painter.setFont(smaller(widget.font()))
    painter.setPen(QColor(tokens.dim))
    painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignTrailing, offer.note)


def _row(painter: QPainter, rect: QRect, widget: QWidget, offer: Offer) -> None:
    tokens, mirrored = tokens_of(widget), widget.isRightToLeft()
    small = smaller(widget.font())
    lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    room = rect.adjusted(8, 5, -10, -5)
    if offer.kind is not Kind.MODEL:
        sign = QRect(room.right() - 20 if mirrored else room.left(), room.y(), 20, room.height())
        icons.paint(painter, "key-round" if offer.kind is Kind.OPEN else "pencil", sign, 18, QColor(tokens.text))
        room = room.adjusted(0, 0, -30, 0) if mirrored else room.adjusted(30, 0, 0, 0)
    line = widget.fontMetrics().height() + 2
    upper = QRect(room.x(), room.y(), room.width(), line)
    lower = QRect(room.x(), room.y() + line, room.width(), room.height() - line)
    painter.setFont(small)
    painter.setPen(QColor(tokens.text))
    taken = painter.fontMetrics().horizontalAdvance(offer.price) + 12
    painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, offer.price)
    painter.setFont(widget.font())
    named = upper.adjusted(taken, 0, 0, 0) if mirrored else upper.adjusted(0, 0, -taken, 0)
    elide = Qt.TextElideMode.ElideRight
    painter.drawText(named, lead, painter.fontMetrics().elidedText(offer.title, elide, named.width()))
    painter.setFont(small)
    painter.setPen(QColor(tokens.dim))
    below = " · ".join(part for part in (*offer.badges, offer.note) if part)
    painter.drawText(lower, lead, painter.fontMetrics().elidedText(below, elide, lower.width()))
