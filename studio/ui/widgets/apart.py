"""A row whose parts come and go without those around it being laid out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QWidget, QWidgetItem

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Apart(QWidget):
    """Holds one widget in all of its room. A layout of the toolkit hands every change of a part up to the window, which
    lays all panels out and paints the lines between them, even where the part has its room; this asks for another
    height when that is wanted, and for more width, but gives no width back while it is shown."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        inner.setParent(self)
        self._inner = QWidgetItem(inner)
        self._wanted = self._least = QSize()

    def event(self, event: QEvent) -> bool:
        if event.type() is event.Type.LayoutRequest and self._measure():
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inner.setGeometry(self.rect())

    def sizeHint(self) -> QSize:
        self._look()
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        self._look()
        return self._least

    def _look(self) -> None:
        if not self.isVisible():
            self._wanted, self._least = self._inner.sizeHint(), self._inner.minimumSize()

    def _measure(self) -> bool:
        """Whether other room is needed than before."""
        wanted, least = self._inner.sizeHint(), self._inner.minimumSize()
        wanted.setWidth(max(wanted.width(), self._wanted.width()))
        least.setWidth(max(least.width(), self._least.width()))
        changed = wanted != self._wanted or least != self._least
        self._wanted, self._least = wanted, least
        return changed
