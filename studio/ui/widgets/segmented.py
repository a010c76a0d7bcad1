"""A row of choices of which one is taken, as one box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import Press

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class Segmented(QWidget):
    """Emits `chosen` with the value that the user took; `set_value` says nothing."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]], name: str, parent: QWidget | None = None) -> None:
        """`choices` are values with their labels; `name` is what the whole row is called."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name = name
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._values: list[object] = []
        self._group.idClicked.connect(self._clicked)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Other choices; nothing happens where they are the same."""
        if [value for value, _ in choices] == self._values and self._values:
            return
        for segment in self._group.buttons():
            self._group.removeButton(segment)
            segment.deleteLater()
        self._values = [value for value, _ in choices]
        for at, (_, label) in enumerate(choices):
            segment = _Segment(label, first=at == 0, last=at == len(choices) - 1)
            segment.setAccessibleName(f"{self._name}: {label}")
            self._group.addButton(segment, at)
            self._row.addWidget(segment)

    def segment(self, value: object) -> QAbstractButton:
        """The button of a value, for its tool tip."""
        return self._group.button(self._values.index(value))

    def set_value(self, value: object) -> None:
        """Show this one as taken; none where it is not among the choices."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
            return
        self._group.setExclusive(False)
        for segment in self._group.buttons():
            segment.setChecked(False)
        self._group.setExclusive(True)

    def value(self) -> object | None:
        """What is taken."""
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(QPainter(self), self.rect(), 6, tokens.field, tokens.edge)

    def _clicked(self, at: int) -> None:
        self.chosen.emit(self._values[at])


class _Segment(Press):
    def __init__(self, label: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._icon, self._first, self._last = "", first, last
        if label.startswith("icon:"):
            self._icon = label.removeprefix("icon:")
        else:
            self.setText(label)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._room(20)

    def minimumSizeHint(self) -> QSize:
        return self._room(8)

    def _room(self, around: int) -> QSize:
        if self._icon:
            return QSize(32, 24)
        metrics = self.fontMetrics()
        return QSize(max(26, metrics.horizontalAdvance(self.text()) + around), max(24, metrics.height() + 6))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() and self.isEnabled():
            self._fill(painter, tokens.accent)
        elif self.isChecked() or (self.underMouse() and self.isEnabled()):
            self._fill(painter, tokens.raised)
        ink = tokens.on_accent if self.isChecked() and self.isEnabled() else tokens.text
        painter.setPen(ink if self.isEnabled() else tokens.dim)
        if self._icon:
            icons.paint(painter, self._icon, self.rect(), 16, painter.pen().color())
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), 5, tokens.on_accent if self.isChecked() else tokens.link)

    def _fill(self, painter: QPainter, colour: str) -> None:
        rect = self.rect()
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, 5, 5)
        leading, trailing = (self._last, self._first) if self.isRightToLeft() else (self._first, self._last)
        if not leading:
            path.addRect(QRect(rect.left(), rect.top(), 6, rect.height()))
        if not trailing:
            path.addRect(QRect(rect.right() - 5, rect.top(), 6, rect.height()))
        painter.fillPath(path, QColor(colour))
