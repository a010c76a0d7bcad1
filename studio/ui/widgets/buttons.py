"""Buttons as drawn: icon buttons, text buttons with an edge or filled with the accent."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import Press

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from studio.ui.theme.tokens import Tokens


COMMAND = "command"
"""Property of a widget whose tool tip is that of a command, by the command's id."""


class Look(Enum):
    """How loud a button is."""

    FLAT = "flat"
    EDGED = "edged"
    ACCENT = "accent"


class Button(Press):
    """An icon, a text, or both. Checked ones are filled with the accent, or tint their icon where `quiet`."""

    def __init__(self, text: str = "", *, icon: str = "", look: Look = Look.FLAT, parent: QWidget | None = None):
        super().__init__(parent)
        self.look = look
        self.icon_name = icon
        self.icon_size = 20
        self.height_hint = 28
        self.quiet = False
        self.bold = look is Look.ACCENT
        self.dimmed = False
        self.setText(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if text:
            self.setAccessibleName(text)

    def name_it(self, name: str, tip: str = "") -> Button:
        """Accessible name, and the tool tip that shows it with its key."""
        self.setAccessibleName(name)
        self.setToolTip(tip or name)
        return self

    def set_icon(self, name: str) -> None:
        """Another icon, by its Lucide name."""
        if name != self.icon_name:
            self.icon_name = name
            self.update()

    def follow(self, action: QAction) -> Button:
        """Press, check and enable with an action of the window."""
        self.setCheckable(action.isCheckable())
        self.setProperty(COMMAND, action.objectName())
        self.clicked.connect(action.trigger)
        action.changed.connect(lambda: self._take(action))
        self._take(action)
        return self

    def sizeHint(self) -> QSize:
        width = self.icon_size if self.icon_name else 0
        if self.text():
            metrics = self.fontMetrics() if not self.bold else _bold_metrics(self)
            width += metrics.horizontalAdvance(self.text()) + (8 if self.icon_name else 0)
            width += 24 if self.look is not Look.FLAT else 12
        return QSize(max(width, self.height_hint), self.height_hint)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.draw(QPainter(self))

    def draw(self, painter: QPainter) -> None:
        """Paint it as it stands."""
        tokens = tokens_of(self)
        self._ground(painter, tokens)
        self._content(painter, QColor(self._ink(tokens)))
        if self.hasFocus():
            ring = tokens.on_accent if self._filled() else tokens.link
            focus_ring(painter, self.rect().adjusted(1, 1, -1, -1), 5, ring)

    def _take(self, action: QAction) -> None:
        self.setEnabled(action.isEnabled())
        if action.isCheckable():
            self.setCheckable(True)
            self.setChecked(action.isChecked())

    def _filled(self) -> bool:
        if self.look is Look.ACCENT:
            return not self.dimmed and self.isEnabled()
        return self.isChecked() and not self.quiet

    def _ink(self, tokens: Tokens) -> str:
        if self._filled():
            return tokens.on_accent
        if not self.isEnabled() or self.dimmed:
            return self.palette().color(self.foregroundRole()).name() if not self.dimmed else tokens.dim
        if self.isChecked() and self.quiet:
            return tokens.link
        return tokens.text

    def _ground(self, painter: QPainter, tokens: Tokens) -> None:
        hover = self.isEnabled() and self.underMouse()
        if self._filled():
            box(painter, self.rect(), 6, tokens.accent_hover if hover or self.isDown() else tokens.accent)
        elif self.look is Look.FLAT:
            if hover or self.isDown():
                box(painter, self.rect(), 6, tokens.raised if self.isDown() else tokens.hover)
        else:
            ground = tokens.hover if hover else (tokens.raised if self.look is Look.ACCENT else None)
            box(painter, self.rect(), 6, ground, tokens.edge if self.isEnabled() else tokens.dim)

    def _content(self, painter: QPainter, ink: QColor) -> None:
        font = QFont(self.font())
        if self.bold:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(ink)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 8)
        wide = painter.fontMetrics().horizontalAdvance(text)
        icon = self.icon_size if self.icon_name else 0
        gap = 8 if icon and text else 0
        left = (self.width() - wide - icon - gap) // 2
        if self.isRightToLeft():
            icon_at, text_at = self.width() - left - icon, left
        else:
            icon_at, text_at = left, left + icon + gap
        if icon:
            icons.paint(painter, self.icon_name, QRect(icon_at, 0, icon, self.height()), icon, ink)
        if text:
            left_aligned = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(text_at, 0, wide + 2, self.height()), left_aligned, text)


def icon_button(icon: str, name: str, *, size: int = 28, tip: str = "") -> Button:
    """A square button of an icon alone."""
    button = Button(icon=icon)
    button.height_hint = size
    button.icon_size = 20 if size >= 32 else 18
    button.name_it(name, tip)
    return button


def _bold_metrics(widget: QWidget) -> QFontMetrics:
    font = QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font)
