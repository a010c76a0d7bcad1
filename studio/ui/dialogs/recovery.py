"""Pictures that a crash left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import Elided, dim_label, heading, smaller
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import moment

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from studio.domain.pixels import Pixels
    from studio.session.face.desk import Desk
    from studio.session.face.views import Recovered


PICTURE, GAP, MOST = 56, 8, 6
WIDE, CHARACTERS = 560, 62
"""Pixels of width, or that many letters where the font is large."""


class RecoveryDialog(QDialog):
    """Nothing is lost by closing it but what was marked for deletion; the rest is offered again. Until then a click on
    the wrong button can be taken back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Recover unsaved pictures"))
        self._desk = desk
        self._doomed: set[str] = set()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        self._list = scroll
        self._later = later = Button(tr("Keep for later"), look=Look.EDGED)
        later.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(later)
        self._intro = dim_label(wrap=True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self._heading = heading("")
        column.addWidget(self._heading)
        column.addWidget(self._intro)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        self.fill()

    def fill(self) -> None:
        """List what is there now."""
        while (item := self._rows.takeAt(0)) is not None:
            left = item.widget()
            if left is not None:
                left.hide()
                left.deleteLater()
        found = self._desk.document.recovered()
        if found:
            self._heading.setText(tr("These pictures were not saved"))
            self._intro.setText(tr("Opening makes a copy; what was saved before stays as it is."))
        else:
            self._heading.setText(tr("There is nothing to recover"))
            self._intro.setText(tr("Pictures that were not saved when Overpaint ended appear here."))
        self._later.setText(tr("Keep for later") if found else tr("Close"))
        self._later.setAccessibleName(self._later.text())
        self._list.setVisible(bool(found))
        for each in found:
            row = RecoveredRow(each, Look.ACCENT if len(found) == 1 else Look.EDGED)
            row.open.clicked.connect(lambda _=False, key=each.key: self._open(key))
            row.delete.clicked.connect(lambda _=False, key=each.key, row=row: self._mark(key, row))
            self._rows.addWidget(row)
        self._list.setFixedHeight(_height(len(found)))
        wide = max(WIDE, CHARACTERS * self.fontMetrics().averageCharWidth())
        self.resize(wide, self._column.totalHeightForWidth(wide))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._forget_marked()
        super().closeEvent(event)

    def reject(self) -> None:
        self._forget_marked()
        super().reject()

    def _open(self, key: str) -> None:
        self._desk.document.recover(key)
        self.close()

    def _mark(self, key: str, row: RecoveredRow) -> None:
        self._doomed ^= {key}
        row.show_doomed(key in self._doomed)

    def _forget_marked(self) -> None:
        doomed, self._doomed = self._doomed, set()
        for key in sorted(doomed):
            self._desk.document.forget_recovered(key)


class RecoveredRow(QWidget):
    """One of them: picture, name, when, and what can be done."""

    def __init__(self, found: Recovered, look: Look) -> None:
        """`look` is that of the button to open it: where there are several, none of them is the one to press."""
        super().__init__()
        self.open = Button(tr("Open as copy"), look=look)
        self.delete = Button(tr("Delete"), look=Look.EDGED)
        self.open.setAccessibleName(tr("Open {title} as a copy", title=found.title))
        self.delete.setAccessibleName(tr("Delete {title}", title=found.title))
        self._title = found.title
        self._facts = f"{moment(found.saved_at)} · {found.size.width} × {found.size.height}"
        self._line = Elided(self._facts)
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._line.setFont(smaller(self._line.font()))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Elided(found.title))
        words.addWidget(self._line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Picture(found.thumbnail))
        row.addLayout(words, 1)
        row.addWidget(self.delete)
        row.addWidget(self.open)

    def show_doomed(self, doomed: bool) -> None:
        """Whether it goes when the dialog is closed, in words and with the way back."""
        self._line.setText(tr("Is deleted when you close this.") if doomed else self._facts)
        self.open.setVisible(not doomed)
        self.delete.setText(tr("Keep") if doomed else tr("Delete"))
        name = tr("Keep {title}", title=self._title) if doomed else tr("Delete {title}", title=self._title)
        self.delete.setAccessibleName(name)


def _height(count: int) -> int:
    """Of the list: as many rows as there are, six at most; more are scrolled to."""
    rows = min(count, MOST)
    return rows * PICTURE + max(0, rows - 1) * GAP


class _Picture(QWidget):
    def __init__(self, pixels: Pixels | None) -> None:
        super().__init__()
        self._picture = None if pixels is None else pixmap_of(pixels)
        self.setFixedSize(QSize(PICTURE, PICTURE))

    def paintEvent(self, event: QPaintEvent) -> None:
        thumbnail(QPainter(self), QRect(0, 0, PICTURE, PICTURE), self._picture, 6, tokens_of(self).field)
