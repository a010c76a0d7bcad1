"""A check box with an edge that can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QCheckBox

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import take_typed

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent

EDGE = 16


class Tick(QCheckBox):
    """`name` is what it is called where it has no text of its own."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(EDGE + 4 + (wide + 10 if wide else 4), 26)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        take_typed()
        super().nextCheckState()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        mirrored = self.isRightToLeft()
        at = QRect(self.width() - EDGE - 2 if mirrored else 2, (self.height() - EDGE) // 2, EDGE, EDGE)
        if self.isChecked():
            box(painter, at, 4, tokens.accent if self.isEnabled() else tokens.dim)
            icons.paint(painter, "check", at, 14, QColor(tokens.on_accent))
        else:
            box(painter, at, 4, tokens.hover if self.underMouse() else tokens.field, tokens.edge)
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.dim))
        room = self.rect().adjusted(2, 0, -EDGE - 10, 0) if mirrored else self.rect().adjusted(EDGE + 10, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), 4, tokens.link)
