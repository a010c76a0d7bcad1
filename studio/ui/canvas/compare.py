"""The split between before and after: a line over the picture and the handle that moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider, QWidget

from studio.domain.geometry import Rect
from studio.ui.canvas import lines
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.paint import box, focus_ring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from studio.ui.canvas.look import Look
    from studio.ui.canvas.transform import ViewTransform

NOTHING = Rect(x=0, y=0, width=0, height=0)
PARTS = 1000
"""Steps of the split across the picture."""
KNOB = 36


def split_column(view: ViewTransform, value: int) -> int:
    """The device column of a split, always on the screen."""
    picture = view.picture
    return min(max(picture.x + round(picture.width * value / PARTS), 0), view.view.width)


class SplitMark:
    """The line, with its words on both sides."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self.value: int | None = None
        """0 to `PARTS`; None while nothing is compared."""

    def area(self, view: ViewTransform) -> Rect:
        """The line and both labels."""
        if self.value is None or view.document.is_empty:
            return NOTHING
        reach = max(lines.label_size(text, view.ratio)[0] for text in _words()) + round(12 * view.ratio)
        column = split_column(view, self.value)
        return Rect(x=column - reach, y=0, width=2 * reach, height=view.view.height)

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """A light line between dark edges, as high as the picture."""
        if self.value is None:
            return
        look, thick = self._look(), lines.width(view.ratio)
        column = split_column(view, self.value)
        seen = view.picture.intersected(Rect.of_size(view.view))
        dark = QColor(look.dark)
        dark.setAlphaF(0.5)
        painter.fillRect(column - 2 * thick, seen.y, 4 * thick, seen.height, dark)
        painter.fillRect(column - thick, seen.y, 2 * thick, seen.height, look.light)
        gap = round(8 * view.ratio)
        before, after = _words()
        wide = lines.label_size(before, view.ratio)[0]
        lines.label(painter, before, (column - wide - gap, seen.y + gap), look, view.ratio)
        lines.label(painter, after, (column + gap, seen.y + gap), look, view.ratio)


class SplitHandle(QAbstractSlider):
    """The round knob on the line. Arrow keys move it by a hundredth, the page keys by a tenth."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(0, PARTS)
        self.setSingleStep(PARTS // 100)
        self.setPageStep(PARTS // 10)
        self.setValue(PARTS // 2)
        self.setFixedSize(KNOB, KNOB)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(tr("Split between before and after"))
        self.setToolTip(tr("Drag to compare"))
        self._span = (0, 1)
        self._grip = 0
        self.hide()

    def place(self, view: ViewTransform) -> None:
        """On the line, in the middle of what is seen of the picture."""
        picture = view.picture
        self._span = (round(picture.x / view.ratio), max(1, round(picture.width / view.ratio)))
        seen = picture.intersected(Rect.of_size(view.view))
        x = round(split_column(view, self.value()) / view.ratio)
        y = round((seen.y + seen.height / 2) / view.ratio)
        self.move(x - KNOB // 2, y - KNOB // 2)

    def column(self, view: ViewTransform) -> int:
        """The device column of the split."""
        return split_column(view, self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = round(event.position().x()) - KNOB // 2
        self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            at = self.mapToParent(QPoint(round(event.position().x()) - self._grip, 0)).x()
            self.setValue(round((at - self._span[0]) / self._span[1] * PARTS))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        inner = self.rect().adjusted(2, 2, -2, -2)
        radius = inner.width() / 2
        box(painter, inner, radius, tokens.panel, tokens.edge)
        ink = QColor(tokens.text)
        middle = self.rect().center()
        icons.paint(painter, "chevron-left", QRect(middle.x() - 15, middle.y() - 7, 16, 16), 16, ink)
        icons.paint(painter, "chevron-right", QRect(middle.x() + 1, middle.y() - 7, 16, 16), 16, ink)
        if self.hasFocus():
            focus_ring(painter, self.rect(), KNOB / 2, tokens.link)
        painter.setPen(QPen(ink, 1))


def _words() -> tuple[str, str]:
    return tr("Before"), tr("After")
