"""Pictures that a crash left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import Elided, dim_label, heading
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import moment

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.domain.pixels import Pixels
    from studio.session.face.desk import Desk
    from studio.session.face.views import Recovered


class RecoveryDialog(QDialog):
    """Nothing is lost by closing it: what is not deleted is offered again."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Recover unsaved pictures"))
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
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
        column = QVBoxLayout(self)
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
            self._heading.setText(tr("Overpaint ended before these were saved"))
            self._intro.setText(tr("Opening makes a copy; what was saved before stays as it is."))
        else:
            self._heading.setText(tr("There is nothing to recover"))
            self._intro.setText(tr("Pictures that were not saved when Overpaint ended appear here."))
        self._later.setText(tr("Keep for later") if found else tr("Close"))
        self._later.setAccessibleName(self._later.text())
        self._list.setVisible(bool(found))
        self.resize(520, 360 if found else self.minimumSizeHint().height())
        for each in found:
            row = RecoveredRow(each)
            row.open.clicked.connect(lambda _=False, key=each.key: self._open(key))
            row.delete.clicked.connect(lambda _=False, key=each.key: self._delete(key))
            self._rows.addWidget(row)

    def _open(self, key: str) -> None:
        self._desk.document.recover(key)
        self.close()

    def _delete(self, key: str) -> None:
        self._desk.document.forget_recovered(key)
        self.fill()


class RecoveredRow(QWidget):
    """One of them: picture, name, when, and what can be done."""

    def __init__(self, found: Recovered) -> None:
        super().__init__()
        self.open = Button(tr("Open as copy"), look=Look.ACCENT)
        self.delete = Button(tr("Delete"), look=Look.EDGED)
        self.open.setAccessibleName(tr("Open {title} as a copy", title=found.title))
        self.delete.setAccessibleName(tr("Delete {title}", title=found.title))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Elided(found.title))
        words.addWidget(dim_label(f"{moment(found.saved_at)} · {found.size.width} × {found.size.height}", small=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(_Picture(found.thumbnail))
        row.addLayout(words, 1)
        row.addWidget(self.delete)
        row.addWidget(self.open)


class _Picture(QWidget):
    def __init__(self, pixels: Pixels | None) -> None:
        super().__init__()
        self._picture = None if pixels is None else pixmap_of(pixels)
        self.setFixedSize(QSize(56, 56))

    def paintEvent(self, event: QPaintEvent) -> None:
        thumbnail(QPainter(self), QRect(0, 0, 56, 56), self._picture, 6, tokens_of(self).field)
