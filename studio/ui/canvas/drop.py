"""Where a dragged picture can go while another one is open."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QWidget

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.paint import box

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TILE = 176
HIGH = 132
GAP = 16


class Target(Enum):
    """What a drop does."""

    REFERENCE = "reference"
    LAYER = "layer"
    OPEN = "open"


_ICONS = {Target.LAYER: "layers", Target.REFERENCE: "image-plus", Target.OPEN: "folder-open"}


class DropTargets(QWidget):
    """Three boxes over the dimmed picture; anywhere else counts as the one in the middle, a new layer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.target = Target.LAYER
        self.hide()

    def point(self, at: QPoint) -> Target:
        """The drag is there; tells what a drop would do."""
        target = next((each for each, rect in self.boxes().items() if rect.contains(at)), Target.LAYER)
        if target is not self.target:
            self.target = target
            self.update()
        return target

    def boxes(self) -> dict[Target, QRect]:
        """Each target's box, side by side in the middle, or stacked where there is no room."""
        across = self.width() >= 3 * TILE + 4 * GAP
        wide = 3 * TILE + 2 * GAP if across else TILE
        high = HIGH if across else 3 * HIGH + 2 * GAP
        left, top = (self.width() - wide) // 2, (self.height() - high) // 2
        step = (TILE + GAP, 0) if across else (0, HIGH + GAP)
        return {
            target: QRect(left + place * step[0], top + place * step[1], TILE, HIGH)
            for place, target in enumerate(Target)
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        veil = QColor(tokens.surround)
        veil.setAlphaF(0.72)
        painter.fillRect(self.rect(), veil)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for target, rect in self.boxes().items():
            chosen = target is self.target
            box(painter, rect, 10, tokens.accent if chosen else tokens.panel, None if chosen else tokens.edge)
            ink = QColor(tokens.on_accent if chosen else tokens.text)
            icons.paint(painter, _ICONS[target], rect.adjusted(0, 0, 0, -28), 32, ink)
            painter.setPen(ink)
            painter.drawText(rect.adjusted(8, 76, -8, -12), Qt.AlignmentFlag.AlignCenter, _text(target))


def _text(target: Target) -> str:
    return {Target.LAYER: tr("New layer"), Target.REFERENCE: tr("Reference"), Target.OPEN: tr("Open")}[target]
