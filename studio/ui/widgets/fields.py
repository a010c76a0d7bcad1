"""Text fields as drawn: round corners, an edge, and the accent around the one that has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QAbstractScrollArea


SIGN = 16


class Field(QLineEdit):
    """One line of text, 26 pixels high. `sign` is an icon before the text, which the field paints itself: Qt's own
    actions in a field need classes that the first frame does without."""

    def __init__(self, name: str, text: str = "", *, hint: str = "", sign: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFrame(False)
        self._sign = sign
        self._set_margins()
        _clear_ground(self)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(26, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 4, tokens.field, tokens.link if self.hasFocus() else tokens.edge)
        if self._sign:
            left = self.width() - SIGN - 7 if self.isRightToLeft() else 7
            icons.paint(painter, self._sign, QRect(left, 0, SIGN, self.height()), SIGN, QColor(tokens.text))
        painter.end()
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def _set_margins(self) -> None:
        leading = 31 if self._sign else 5
        left, right = (5, leading) if self.isRightToLeft() else (leading, 5)
        self.setTextMargins(left, 0, right, 0)


class Framed(QWidget):
    """The box around a field of several lines, which draws none itself."""

    def __init__(self, inner: QAbstractScrollArea) -> None:
        super().__init__()
        self._inner = inner
        inner.setFrameShape(inner.Shape.NoFrame)
        _clear_ground(inner)
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
