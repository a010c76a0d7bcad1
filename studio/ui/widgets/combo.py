"""A drop-down list, painted like the other controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QComboBox, QSizePolicy

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box, focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


class Choice(QComboBox):
    """One of several words. The wheel does not change it by accident while the panel scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = [self.itemText(at) for at in range(self.count())]
        widest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=40)
        return QSize(widest + 42, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 26)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        hover = self.underMouse() and self.isEnabled()
        box(painter, self.rect(), 4, tokens.hover if hover else tokens.field, tokens.edge)
        mirrored = self.isRightToLeft()
        arrow = QRect(4 if mirrored else self.width() - 22, 0, 18, self.height())
        ink = QColor(tokens.text if self.isEnabled() else tokens.dim)
        icons.paint(painter, "chevron-down", arrow, 14, ink)
        room = self.rect().adjusted(26 if mirrored else 8, 0, -8 if mirrored else -26, 0)
        painter.setPen(ink)
        shown = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        if self.hasFocus():
            focus_ring(painter, self.rect(), 4, tokens.link)
