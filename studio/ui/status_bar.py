"""The last row of the window: where the canvas is at the left, what goes on at the right."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import Elided, smaller
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import fill
from studio.ui.widgets.thin_bar import ThinBar
from studio.ui.words import clock, foremost, lasted, percent, phase

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from studio.domain.geometry import Point
    from studio.session.face.views import DocumentView, JobCard, ToolView


class StatusBar(QStatusBar):
    """24 pixels high."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFixedHeight(max(24, self.fontMetrics().height() + 4))
        # Not laid out by the bar: with each word, such as the pixel under the pointer, the whole window would be laid
        # out anew, and the bar and the lines between the panels painted.
        self._inner = QWidget(self)
        row = QHBoxLayout(self._inner)
        set_margins(row, 14, 1, 12, 0)
        row.setSpacing(20)
        self.zoom, self.position, self.masked, self.size_text = (self._label(row) for _ in range(4))
        self.activity = Elided()
        self.activity.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.activity.setFont(smaller(self.activity.font()))
        row.addWidget(self.activity, 1)
        self.job = self._label(row)
        row.setSpacing(20)
        self.progress = ThinBar()
        self.progress.setFixedWidth(96)
        self.progress.setAccessibleName(tr("Progress of the running job"))
        self.progress.hide()
        row.addWidget(self.progress)
        self.elapsed, self.saved = self._label(row), self._label(row)
        self._open, self._zoom = False, ""
        self._busy, self._hint = "", ""
        self._started: float | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._tick)

    def show_zoom(self, factor: float) -> None:
        """1.0 is one image pixel for one device pixel."""
        self._zoom = percent(factor, digits=0 if factor >= 0.1 else 1)
        if self._open:
            self._put(self.zoom, self._zoom)

    def show_position(self, at: Point | None) -> None:
        """The pixel under the pointer (document space), or nothing."""
        self._put(self.position, "" if at is None else f"{at.x}, {at.y}")

    def show_activity(self, text: str) -> None:
        """A sentence while something long goes on; the hint of the tool comes back after it."""
        self._busy = text
        self.activity.setText(self._busy or self._hint)

    def show_document(self, view: DocumentView | None) -> None:
        """Size, masked share, and when it was saved."""
        self._open = view is not None
        if view is None:
            for label in (self.masked, self.size_text, self.saved, self.position, self.zoom):
                self._put(label, "")
            return
        self._put(self.zoom, self._zoom)
        self._put(self.size_text, f"{view.size.width} × {view.size.height}")
        self._put(self.masked, tr("Mask {share}", share=percent(view.masked, digits=1)) if view.masked else "")
        unsaved = tr("not saved yet") if view.dirty else ""
        saved = tr("saved {time}", time=clock(view.saved_at)) if view.saved_at else unsaved
        self._put(self.saved, saved)

    def show_tool(self, view: ToolView) -> None:
        """A hidden overlay is said, so that nobody thinks that the mask is gone."""
        self.masked.setToolTip("" if view.overlay_shown else tr("The mask is there but not shown"))
        self._hint = view.hint
        self.activity.setText(self._busy or self._hint)

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """The first running job: its phase in words, its bar only where a real fraction is known: that of its card."""
        first = foremost(cards)
        self._started = None if first is None else (first.started or first.created)
        words = "" if first is None else f"{first.provider}: {phase(first)}"
        self._put(self.job, words)
        fraction = None if first is None else first.fraction
        self.progress.setVisible(fraction is not None)
        if fraction is not None:
            self.progress.show_fraction(fraction)
        self._tick()
        if first is None:
            self._ticks.stop()
        elif not self._ticks.isActive():
            self._ticks.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inner.setFixedSize(self.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        fill(painter, self.rect(), tokens.panel)
        fill(painter, QRect(0, 0, self.width(), 1), tokens.line)

    def _tick(self) -> None:
        self._put(self.elapsed, "" if self._started is None else lasted(time.time() - self._started))

    def _label(self, row: QHBoxLayout) -> QLabel:
        label = QLabel()
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label.setFont(smaller(label.font()))
        label.hide()
        row.addWidget(label)
        return label

    def _put(self, label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
        label.setVisible(bool(text))
