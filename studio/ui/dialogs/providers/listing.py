"""The list of providers: each with its state, its balance and how many models it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate

from studio.ui.dialogs.providers.words import KINDS, facts_of, state_of
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import smaller
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from studio.session.face.providers import ProviderRow

ROW = Qt.ItemDataRole.UserRole
MOST = 4
"""Rows in sight; further ones scroll."""


class ProviderList(QListWidget):
    """Keeps the chosen provider while rows change around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Providers"))
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Line(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_rows(self, rows: tuple[ProviderRow, ...]) -> None:
        """Show these, in their order; one that came new is chosen."""
        known = {self._row(at).id for at in range(self.count())}
        chosen = self.chosen()
        fresh = next((row.id for row in rows if row.id not in known), None) if known or chosen else None
        self.blockSignals(True)
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for at, row in enumerate(rows):
            self._fill(self.item(at), row)
        self.blockSignals(False)
        wanted = fresh or (chosen.id if chosen is not None else None)
        at = next(
            (at for at, row in enumerate(rows) if row.id == wanted), min(max(self.currentRow(), 0), len(rows) - 1)
        )
        self.setCurrentRow(at)
        self.setFixedHeight(min(max(len(rows), 1), MOST) * self._tall() + 2)

    def chosen(self) -> ProviderRow | None:
        """The provider at hand."""
        item = self.currentItem()
        return None if item is None else item.data(ROW)

    def choose(self, provider: str) -> None:
        """Take one by its id."""
        for at in range(self.count()):
            if self._row(at).id == provider:
                self.setCurrentRow(at)

    def _row(self, at: int) -> ProviderRow:
        return self.item(at).data(ROW)

    def _fill(self, item: QListWidgetItem, row: ProviderRow) -> None:
        item.setData(ROW, row)
        item.setText(row.name)
        spoken = (row.name, state_of(row).words, facts_of(row))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))
        item.setToolTip(row.url)

    def _tall(self) -> int:
        return tall(self)


def tall(widget: QWidget) -> int:
    """Pixels of a row of two lines."""
    return 2 * widget.fontMetrics().height() + 16


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        widget: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        return QSize(100, tall(widget))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        widget: QWidget = option.widget  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        marks = option.state  # pyright: ignore[reportAttributeAccessIssue]  missing in the stub
        tokens, row = tokens_of(widget), index.data(ROW)
        painter.save()
        if marks & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            edge = tokens.link if marks & QStyle.StateFlag.State_Selected else None
            box(painter, rect.adjusted(0, 1, -1, -1), 6, tokens.raised, edge)
        _words(painter, rect.adjusted(12, 7, -12, -7), widget, row)
        painter.restore()


def _words(painter: QPainter, room: QRect, widget: QWidget, row: ProviderRow) -> None:
    tokens, state, mirrored = tokens_of(widget), state_of(row), widget.isRightToLeft()
    half = room.height() // 2
    upper, lower = QRect(room.x(), room.y(), room.width(), half), QRect(room.x(), room.y() + half, room.width(), half)
    lead = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
    trail = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
    small, bold = smaller(widget.font()), QFont(widget.font())
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(small)
    ink = QColor(getattr(tokens, state.tone))
    painter.setPen(ink)
    wide = painter.fontMetrics().horizontalAdvance(state.words)
    painter.drawText(upper, trail, state.words)
    sign = QRect(upper.left() + wide + 6 if mirrored else upper.right() - wide - 22, upper.y(), 16, half)
    icons.paint(painter, state.icon, sign, 14, ink)
    painter.setPen(QColor(tokens.dim))
    painter.drawText(lower, trail, facts_of(row))
    taken = painter.fontMetrics().horizontalAdvance(facts_of(row)) + 16
    address = lower.adjusted(taken, 0, 0, 0) if mirrored else lower.adjusted(0, 0, -taken, 0)
    words = f"{tr(KINDS.get(row.kind, row.kind))} · {row.url}"
    elide = Qt.TextElideMode.ElideMiddle
    painter.drawText(address, lead, painter.fontMetrics().elidedText(words, elide, address.width()))
    painter.setFont(bold)
    painter.setPen(QColor(tokens.text))
    named = upper.adjusted(wide + 28, 0, 0, 0) if mirrored else upper.adjusted(0, 0, -wide - 28, 0)
    painter.drawText(
        named, lead, painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, named.width())
    )
