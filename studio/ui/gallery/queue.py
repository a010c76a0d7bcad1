"""The queue: a card for every job."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.domain.job import JobState
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.first_step import FirstStep
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import Elided, dim_label, smaller
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box
from studio.ui.widgets.thin_bar import ThinBar
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import clock, cost, lasted

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.session.face.desk import Desk
    from studio.session.face.views import JobCard
    from studio.ui.actions import Actions

WIDTH, HEIGHT = 324, 112
LEAD = 74
"""Where the words of a card begin, beside its picture."""


class QueuePanel(QWidget):
    """Cards keep their place and their widgets while their job goes on."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._cards: dict[str, CardWidget] = {}
        self._desk: Desk | None = None
        self.empty = QWidget()
        row = QHBoxLayout(self.empty)
        row.setContentsMargins(0, 5, 0, 8)
        row.setSpacing(12)
        row.addWidget(dim_label(tr("Jobs appear here from Run until you remove them.")))
        row.addWidget(FirstStep(actions))
        row.addStretch(1)
        self._inner = QWidget()
        self._flow = FlowLayout(self._inner, spacing=12)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        column = QVBoxLayout(self)
        set_margins(column, 14, 3, 8, 0)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._scroll, 1)
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._tick)
        self.show_cards(())

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        desk.jobs_changed.connect(self.show_cards)
        self.show_cards(desk.job_cards())

    def show_cards(self, cards: tuple[JobCard, ...]) -> None:
        """Show these; widgets of jobs that stay are kept, so that focus and pointer lose nothing."""
        wanted = {card.job for card in cards}
        for job in [job for job in self._cards if job not in wanted]:
            left = self._cards.pop(job)
            self._flow.removeWidget(left)
            left.hide()
            left.deleteLater()
        ordered = sorted(cards, key=_order)
        if [card.job for card in ordered] != [widget.card.job for widget in self._cards.values()]:
            self._arrange(ordered)
        for card in ordered:
            self._cards[card.job].show_card(card)
        self.empty.setVisible(not cards)
        self._scroll.setVisible(bool(cards))
        running = any(not card.state.is_final for card in cards)
        if running != self._ticks.isActive():
            self._ticks.start() if running else self._ticks.stop()

    def _arrange(self, ordered: list[JobCard]) -> None:
        kept = self._cards
        self._cards = {}
        for widget in kept.values():
            self._flow.removeWidget(widget)
        for card in ordered:
            widget = kept.get(card.job) or self._made(card)
            self._cards[card.job] = widget
            self._flow.addWidget(widget)
            widget.show()

    def _made(self, card: JobCard) -> CardWidget:
        widget = CardWidget(card)
        if self._desk is not None:
            widget.cancelled.connect(self._desk.results.cancel_job)
            widget.again.connect(self._desk.results.run_again)
            widget.removed.connect(self._desk.results.remove_card)
            widget.staged.connect(self._desk.results.stage)
        return widget

    def _tick(self) -> None:
        for widget in self._cards.values():
            widget.tick()


class CardWidget(QWidget):
    """One job: what it is, where it stands, what can be done about it."""

    cancelled = Signal(str)
    again = Signal(str)
    removed = Signal(str)
    staged = Signal(str)

    def __init__(self, card: JobCard) -> None:
        super().__init__()
        self.card = card
        self._picture: QPixmap | None = None
        self._from: object = None
        self._title = Elided()
        self._model = _small(Elided())
        self._phase = _small(QLabel())
        self._phase.setWordWrap(True)
        self._phase.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bar = ThinBar()
        self._elapsed = _small(QLabel())
        self._cancel, self._again = Button(tr("Cancel"), look=Look.EDGED), Button(tr("Run again"), look=Look.EDGED)
        self._show = Button(tr("Show"), look=Look.EDGED)
        self._remove = icon_button("x", tr("Remove the card"), size=24)
        for button in (self._cancel, self._again, self._show):
            button.height_hint = 24
        self._cancel.clicked.connect(lambda: self.cancelled.emit(self.card.job))
        self._again.clicked.connect(lambda: self.again.emit(self.card.job))
        self._show.clicked.connect(lambda: self.staged.emit(self.card.outputs[0]))
        self._remove.clicked.connect(lambda: self.removed.emit(self.card.job))
        self.setFixedSize(self._room())
        self._lay_out()
        self.show_card(card)

    def show_card(self, card: JobCard) -> None:
        """Show where the job stands."""
        self.card = card
        if card.thumbnail is not self._from:
            self._from, self._picture = card.thumbnail, None if card.thumbnail is None else pixmap_of(card.thumbnail)
        self._title.setText(card.title)
        paid = card.cost or card.price
        self._model.setText(" · ".join((card.provider, card.model, cost(paid, free=paid is None and card.free))))
        words = card.phase if card.problem is None else f"{tr(card.problem.title)}. {card.problem.cost}".strip()
        self._phase.setText(words)
        self._phase.setToolTip("" if card.problem is None else card.problem.sentence())
        self._bar.setVisible(card.fraction is not None and not card.state.is_final)
        if card.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(card.fraction * 1000))
        final = card.state.is_final
        self._cancel.setVisible(not final)
        self._again.setVisible(final)
        self._show.setVisible(final and bool(card.outputs))
        self._remove.setVisible(final)
        self._cancel.setAccessibleName(tr("Cancel {title}", title=card.title))
        self._remove.setAccessibleName(tr("Remove the card of {title}", title=card.title))
        self.setAccessibleName(f"{card.title}, {words}")
        self.tick()
        self.update()

    def tick(self) -> None:
        """Elapsed time of a live job; when it ended of the others."""
        start = self.card.started or self.card.created
        ended = self.card.ended
        self._elapsed.setText(lasted(time.time() - start) if ended is None else clock(ended))

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 6, tokens.raised if tokens.dark else tokens.field, tokens.line)
        left = self.width() - 8 - 56 if self.isRightToLeft() else 8
        thumbnail(painter, QRect(left, 8, 56, 56), self._picture, 4, tokens.field)
        mark = {JobState.FAILED: tokens.bad, JobState.UNKNOWN: tokens.warn}.get(self.card.state)
        if mark is not None:
            edge = self.width() - 4 if self.isRightToLeft() else 0
            painter.fillRect(QRect(edge, 8, 4, self.height() - 16), QColor(mark))

    def _room(self) -> QSize:
        """Four lines of words, and below them the time with all buttons of an ended job side by side."""
        small = QFontMetrics(smaller(self.font()))
        foot = [
            small.horizontalAdvance("00 min 00 s"),
            *(each.sizeHint().width() for each in (self._show, self._again)),
        ]
        wide = LEAD + sum(foot) + self._remove.sizeHint().width() + 3 * 6 + 8
        high = self.fontMetrics().height() + 3 * small.height() + 48
        return QSize(max(WIDTH, wide), max(HEIGHT, high))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._model)
        words.addWidget(self._phase, 1)
        words.addWidget(self._bar)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._elapsed)
        foot.addStretch(1)
        for button in (self._show, self._again, self._cancel, self._remove):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        set_margins(column, LEAD, 8, 8, 6)
        column.setSpacing(2)
        column.addLayout(words, 1)
        column.addLayout(foot)


def _order(card: JobCard) -> tuple[int, float]:
    """Running ones first, then those that wait in the order of their coming, then the ended, newest first."""
    if card.state.is_final:
        return 2, -card.created
    return (0 if card.state is JobState.RUNNING else 1), card.created


def _small(label: QLabel) -> QLabel:
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    label.setFont(smaller(label.font()))
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
