"""Text fields as drawn: round corners, an edge, and the accent around the one that has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QAbstractScrollArea


class Field(QLineEdit):
    """One line of text, 26 pixels high."""

    def __init__(self, name: str, text: str = "", *, hint: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFrame(False)
        self.setTextMargins(5, 0, 5, 0)
        _clear_ground(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(26, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 4, tokens.field, tokens.link if self.hasFocus() else tokens.edge)
        painter.end()
        super().paintEvent(event)


class Framed(QWidget):
    """The box around a field of several lines, which draws none itself."""

    def __init__(self, inner: QAbstractScrollArea) -> None:
        super().__init__()
        self._inner = inner
        inner.setFrameShape(inner.Shape.NoFrame)
        _clear_ground(inner)
        inner.viewport().setAutoFillBackground(False)
        inner.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 4, 5, 4)
        column.addWidget(inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        edge = tokens.link if self._inner.hasFocus() else tokens.edge
        box(QPainter(self), self.rect(), 5, tokens.field, edge)


def _clear_ground(field: QWidget) -> None:
    palette = QPalette()
    clear = QColor(field.palette().color(QPalette.ColorRole.Base))
    clear.setAlpha(0)
    palette.setColor(QPalette.ColorRole.Base, clear)
    field.setPalette(palette)
