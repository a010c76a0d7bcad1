"""The first row of gallery and queue: tabs, what to show, the words to search for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import COMMAND, Button, Look, icon_button
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import Elided
from studio.ui.widgets.mirrored import set_margins

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.session.face.views import JobCard
    from studio.ui.actions import Actions
    from studio.ui.gallery.queue_header import QueueHeader

SEARCH_MS = 200


class GalleryHeader(QWidget):
    """The panel's first row and handle, 40 pixels high."""

    searched = Signal(str, bool, bool)
    """Words, whether starred ones only, whether those in the trash."""
    turned = Signal(int)
    folded = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self._tabs = [HeaderTab(tr("Gallery")), HeaderTab(tr("Queue"))]
        self._tabs[0].setChecked(True)
        for at, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _=False, at=at: self.turn(at))
        self.star = self._filter("star", tr("Show starred pictures only"))
        self.trash = self._filter("archive", tr("Show the trash"))
        self.queue: QueueHeader | None = None
        self.kept = Elided()
        self.kept.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.restore = Button(tr("Restore"), look=Look.EDGED)
        self.restore.height_hint = 26
        self.restore.follow(actions["gallery.untrash"])
        self.restore.setToolTip(actions.tip("gallery.untrash"))
        self.field = Field(tr("Search the gallery"), hint=tr("prompt, model, provider"), sign="search")
        self.field.setToolTip(actions.tip("gallery.find"))
        self.field.setProperty(COMMAND, "gallery.find")
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(200)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_MS)
        self._wait.timeout.connect(self._search)
        self.field.textEdited.connect(lambda: self._wait.start())
        self.field.returnPressed.connect(self._search)
        self.fold = icon_button("chevron-down", tr("Fold the panel"))
        self.fold.clicked.connect(self.folded)
        row = self._row = QHBoxLayout(self)
        set_margins(row, 6, 0, 8, 0)
        row.setSpacing(4)
        for part in (*self._tabs, self.star, self.trash):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.kept, 1)
        row.addWidget(self.restore)
        row.addWidget(self.field)
        row.addWidget(self.fold)
        self._show_trash()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 40)

    def turn(self, at: int) -> None:
        """0 shows the gallery, 1 the queue."""
        for number, tab in enumerate(self._tabs):
            tab.setChecked(number == at)
        for part in (self.star, self.trash, self.field):
            part.setVisible(at == 0)
        self.kept.setVisible(at == 0)
        if self.queue is not None:
            self.queue.setVisible(at == 1)
        self._show_trash()
        self.turned.emit(at)

    def add_queue(self, queue: QueueHeader) -> None:
        """What belongs to the queue, shown while its tab is; no part of the first frame."""
        self.queue = queue
        queue.setVisible(self._tabs[1].isChecked())
        self._row.insertWidget(self._row.indexOf(self.kept) + 1, queue, 1)

    def show_folded(self, folded: bool) -> None:
        """The button's arrow points where the panel will go."""
        self.fold.set_icon("chevron-up" if folded else "chevron-down")
        self.fold.name_it(tr("Unfold the panel") if folded else tr("Fold the panel"))

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """How many jobs are on."""
        live = sum(not card.state.is_final for card in cards)
        text = tr("Queue ({count})", count=live) if live else tr("Queue")
        if text != self._tabs[1].text():
            self._tabs[1].setText(text)
            self._tabs[1].updateGeometry()
        if self.queue is not None:
            self.queue.show_jobs(cards)

    def tab_text(self, at: int) -> str:
        """What a tab says."""
        return self._tabs[at].text()

    def clear_search(self) -> None:
        """Show everything again."""
        self.field.clear()
        self.star.setChecked(False)
        self.trash.setChecked(False)
        self._search()

    def turn_to_trash(self) -> None:
        """Show what was moved to the trash, all of it."""
        self.turn(0)
        self.field.clear()
        self.star.setChecked(False)
        self.trash.setChecked(True)
        self._search()

    def _filter(self, icon: str, name: str) -> Button:
        button = icon_button(icon, name)
        button.setCheckable(True)
        button.quiet = True
        button.clicked.connect(self._search)
        return button

    def _show_trash(self) -> None:
        shown = self.trash.isChecked() and self._tabs[0].isChecked()
        self.kept.setText(tr("Nothing in the trash is ever deleted. Restore brings a picture back.") if shown else "")
        self.restore.setVisible(shown)

    def _search(self) -> None:
        self._wait.stop()
        self._show_trash()
        self.searched.emit(self.field.text().strip(), self.star.isChecked(), self.trash.isChecked())


class HeaderTab(Button):
    """A word that is bold while its page is shown, dim otherwise."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        self.bold = True
        size = super().sizeHint()
        self.bold = False
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        font = QFont(self.font())
        if self.isChecked():
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        bright = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setPen(QColor(tokens.text if bright else tokens.dim))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.fillRect(6, self.height() - 4, self.width() - 12, 2, QColor(tokens.link))
