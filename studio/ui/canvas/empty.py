"""What stands in the canvas while nothing is open: one big place to drop a picture, and other ways to get one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.buttons import Look as Loudness
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.paint import box, fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

MOST = 5
"""Recent files that are listed."""
ZONE = QSize(560, 300)


class DropZone(QWidget):
    """The dashed box with the picture sign and the buttons. `asked` tells a command's id."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lit = False
        self.setMinimumSize(320, 220)
        self.setMaximumSize(ZONE)
        self.heading = QLabel(tr("Drop a picture here"))
        font = QFont(self.heading.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.heading.setFont(font)
        self.open = self._button(tr("Open"), "folder-open", "file.open", Loudness.ACCENT)
        self.paste = self._button(tr("Paste"), "clipboard-paste", "file.paste-new", Loudness.EDGED)
        self.sample = self._button(tr("Sample picture"), "image", "file.sample", Loudness.EDGED)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.open, self.paste, self.sample):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 104, 16, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(
            dim_label(tr("JPEG, PNG, WebP, TIFF, AVIF, GIF or OpenRaster")), 0, Qt.AlignmentFlag.AlignHCenter
        )
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(1)

    def light(self, lit: bool) -> None:
        """Show that a drop would be taken."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return ZONE

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.panel)
        pen = QPen(QColor(tokens.link if self.lit else tokens.edge), 2 if self.lit else 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
        top = self.heading.y() - 72
        disc = QRect((self.width() - 56) // 2, top, 56, 56)
        box(painter, disc, 28, tokens.accent if self.lit else tokens.raised)
        ink = QColor(tokens.on_accent if self.lit else tokens.text)
        icons.paint(painter, "image-plus", disc, 26, ink)

    def _button(self, text: str, icon: str, command: str, look: Loudness) -> Button:
        button = Button(text, icon=icon, look=look)
        button.height_hint = 32
        button.icon_size = 18
        button.clicked.connect(lambda: self.asked.emit(command))
        return button


class EmptyState(QWidget):
    """Fills the canvas. `asked` tells a command's id, `opened` a recent file's path."""

    asked = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("No picture is open"))
        self.zone = DropZone()
        self.zone.asked.connect(self.asked)
        self.provider = self._quiet(tr("Have an API key? Add a provider"), "providers.open")
        self.trial = self._quiet(tr("Try without paying"), "providers.try")
        self._recent = QWidget()
        self._rows = QVBoxLayout(self._recent)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._shown: tuple[str, ...] = ()
        self._listed: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self.zone, 8, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._ways())
        column.addWidget(self._recent, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recent.setFixedWidth(ZONE.width())
        column.addStretch(1)

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.provider)
        row.addWidget(self.trial)
        row.addStretch(1)
        return row

    def _quiet(self, text: str, command: str) -> Button:
        button = Button(text)
        button.dimmed = True
        button.clicked.connect(lambda: self.asked.emit(command))
        return button

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """The files opened last, newest first."""
        if paths[:MOST] == self._shown:
            return
        self._shown = paths[:MOST]
        for widget in self._listed:
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._listed = []
        if self._shown:
            heading = dim_label(tr("Recent"))
            heading.setIndent(6)
            self._listed = [heading, *(self._row(path) for path in self._shown)]
        for widget in self._listed:
            self._rows.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where there is little height the list goes first: its files are in the menu too.
        self._recent.setVisible(bool(self._shown) and self.height() > 344 + 36 * (len(self._shown) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), self.rect(), tokens_of(self).surround)

    def _row(self, path: str) -> Button:
        button = Button(os.path.basename(path), icon="image")
        button.icon_size = 16
        button.setToolTip(path)
        button.clicked.connect(lambda: self.opened.emit(path))
        return button
