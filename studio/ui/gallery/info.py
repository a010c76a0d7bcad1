"""The card that tells how a picture was made, beside its thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import dim_label, heading
from studio.ui.widgets.paint import box
from studio.ui.words import moment

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.session.face.views import GalleryRow

WIDTH = 300


class InfoCard(QWidget):
    """Floats inside of the window, lets the mouse through, and goes when the picture is left."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(WIDTH)
        self._title = heading("")
        self._title.setWordWrap(True)
        self._prompt = QLabel()
        self._prompt.setWordWrap(True)
        self._prompt.setTextFormat(Qt.TextFormat.PlainText)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._prompt)
        column.addLayout(self._grid)
        self.hide()

    def show_row(self, row: GalleryRow | None, place: QRect) -> None:
        """Show a picture's facts above its place (global coordinates); hide for None."""
        if row is None:
            self.hide()
            return
        self._title.setText(row.title)
        self._prompt.setText(row.prompt)
        self._prompt.setVisible(bool(row.prompt) and row.prompt != row.title)
        self._fill(facts(row))
        self.adjustSize()
        window = self.window()
        corner = window.mapFromGlobal(place.topLeft())
        x = max(4, min(corner.x(), window.width() - self.width() - 4))
        y = corner.y() - self.height() - 8
        if y < 4:
            y = min(corner.y() + place.height() + 8, window.height() - self.height() - 4)
        self.move(QPoint(x, y))
        self.raise_()
        self.show()

    def labels(self) -> list[QLabel]:
        """All words on the card."""
        return [label for label in self.findChildren(QLabel) if label.isVisible()]

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(QPainter(self), self.rect(), 10, tokens.raised, tokens.edge)

    def _fill(self, pairs: list[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            left = item.widget()
            if left is not None:
                left.hide()
                left.deleteLater()
        for line, (name, value) in enumerate(pairs):
            said = QLabel(value)
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            self._grid.addWidget(dim_label(name), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, line, 1)
            said.show()


def facts(row: GalleryRow) -> list[tuple[str, str]]:
    """What a person wants to know about a picture, label and value."""
    pairs = [
        (tr("Model"), f"{row.model} · {row.provider}"),
        *((name, value) for name, value in row.parameters),
        (tr("Seed"), "" if row.seed is None else str(row.seed)),
        (tr("Size"), f"{row.size.width} × {row.size.height}"),
        (tr("Made"), moment(row.created)),
        (tr("Made from"), row.parent or ""),
        (tr("Applied"), tr("yes") if row.applied else ""),
    ]
    return [(name, value) for name, value in pairs if value]
