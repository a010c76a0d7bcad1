"""One card for many jobs that ended of the same thing: how many, of what, and whether it cost anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.job import JobState
from studio.ui.gallery.queue_card import BUTTON, EDGE, GAP, LEAD, THUMB
from studio.ui.spoken import spoken
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.labels import dim_label, heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box, fill, focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.ui.gallery.queue_rows import Group


class GroupWidget(QWidget):
    """Opens and closes; nothing on it sends an order."""

    toggled = Signal(str)
    removed = Signal(object)
    """All its jobs, as a list of ids."""
    looked = Signal(object)
    """Those of its jobs that may be looked at again."""

    def __init__(self, group: Group, size: QSize) -> None:
        """As large as the cards beside it."""
        super().__init__()
        self.group = group
        self.title = heading("")
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self._text = dim_label(wrap=True, small=True)
        self.open, self.look = Button(look=Look.EDGED), Button(tr("Look again at all"), look=Look.EDGED)
        for button in (self.open, self.look):
            button.height_hint = BUTTON
        self.look.setToolTip(tr("Fetches what is still to be had and asks what was charged. Free."))
        self.remove = icon_button("x", tr("Remove all of these cards"), size=BUTTON)
        self.open.clicked.connect(lambda: self.toggled.emit(self.group.name))
        self.remove.clicked.connect(lambda: self.removed.emit([card.job for card in self.group.cards]))
        self.look.clicked.connect(lambda: self.looked.emit([card.job for card in self.group.cards if card.can_look]))
        self.setFixedSize(size)
        self._lay_out()
        self.show_group(group)

    def show_group(self, group: Group) -> None:
        """More or fewer of the same."""
        self.group = group
        problem = group.newest.problem
        if problem is None:
            return
        self.title.setText(_title(group).format(count=len(group.cards), reason=tr(problem.title)))
        words = spoken(problem)
        self._text.setText(" ".join(part for part in (words.cost, words.next) if part))
        self._text.setToolTip(words.sentence())
        self.open.setText(tr("Close") if group.is_open else tr("Open"))
        self.open.setAccessibleName(
            tr("Close: {title}", title=self.title.text())
            if group.is_open
            else tr("Open: {title}", title=self.title.text())
        )
        self.open.updateGeometry()
        self.look.setVisible(any(card.can_look for card in group.cards))
        self.setAccessibleName(f"{self.title.text()}. {self._text.text()}")
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        ground = tokens.raised if tokens.dark else tokens.field
        for inset in (4, 2, 0):
            box(painter, self.rect().adjusted(inset, 0, -inset, inset - 4), 6, ground, tokens.line)
        ink = QColor(tokens.bad if self.group.newest.state is JobState.FAILED else tokens.warn)
        fill(painter, QRect(self.width() - 4 if self.isRightToLeft() else 0, 8, 4, self.height() - 20), ink)
        left = self.width() - EDGE - THUMB if self.isRightToLeft() else EDGE
        icons.paint(painter, "circle-alert", QRect(left, EDGE, THUMB, THUMB), 28, ink)
        if self.hasFocus():
            focus_ring(painter, self.rect(), 6, tokens.link)

    def _lay_out(self) -> None:
        head, foot, upper = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        foot.setSpacing(GAP)
        foot.addStretch(1)
        foot.addWidget(self.look)
        foot.addWidget(self.open)
        set_margins(upper, LEAD - EDGE, 0, 0, 0)
        upper.setSpacing(2)
        upper.addLayout(head)
        upper.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 4, EDGE, EDGE + 2)
        column.setSpacing(3)
        column.addLayout(upper, 1)
        column.addLayout(foot)


def _title(group: Group) -> str:
    if group.newest.state is JobState.UNKNOWN:
        return tr("{count} jobs may have been charged: {reason}")
    if group.newest.state is JobState.EXPIRED:
        return tr("{count} jobs expired: {reason}")
    return tr("{count} jobs failed: {reason}")
