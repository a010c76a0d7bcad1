"""The ground of what lies over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.paint import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

INSIDE = 4
"""So far from the edges of a box with round corners it lies wholly within: for radii of up to 10."""


class Ground(QWidget):
    """All of a box but its round corners, filled with a colour (`tone`, the name of a token), for what is in the box to
    lie on.

    The corners let the picture through, so that Qt takes the whole box for something that does, and would paint all
    that is in it with each frame of the canvas below. What lies on an opaque ground is painted when it changes."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), event.rect(), getattr(tokens_of(self), self._tone))


def lay(ground: Ground, box: QWidget, reach: int = 0) -> Ground:
    """The ground, laid into its box. `reach`: room that the box leaves around itself."""
    around = QVBoxLayout(box)
    around.setContentsMargins(*[reach + INSIDE] * 4)
    around.addWidget(ground)
    return ground
