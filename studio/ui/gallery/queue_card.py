"""The card of a job: what it is, where it stands, what it costs, what can be done about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.domain.job import JobState
from studio.ui.gallery import queue_words as words
from studio.ui.spoken import spoken
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.busy_sign import BusySign
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.labels import Elided, smaller
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box, fill, focus_ring
from studio.ui.widgets.thin_bar import ThinBar
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from studio.session.face.views import JobCard

Words = TypeVar("Words", bound=QLabel)

WIDTH, HEIGHT, HIGHEST = 324, 124, 133
"""Pixels; the panel shows a row of cards of the greatest height without being scrolled."""
LEAD = 74
"""Where the words of a card begin, beside its picture."""
THUMB, EDGE, GAP, BUTTON = 56, 8, 6, 24
SETTLE_MS = 700
"""How long a button that costs stays dead where Cancel was just now: a press that was meant for that is not taken."""


class CardWidget(QWidget):
    """Keeps its place and its widgets while the job goes on. `clock` tells seconds since 1970."""

    cancelled = Signal(str)
    again = Signal(str)
    removed = Signal(str)
    listed = Signal(str)
    """An output that is wanted to be seen in the gallery."""
    moved = Signal(str, int)
    looked = Signal(str)

    def __init__(self, card: JobCard, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.card = card
        self._clock = clock
        self._picture: QPixmap | None = None
        self._from: object = None
        self._busy_since: float | None = None
        self._is_low = False
        self._make_words()
        self._make_buttons()
        self.setFixedSize(self._room())
        self._lay_out()
        self._note.setHidden(self._is_low)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(lambda: self._again.setEnabled(True))
        self.show_card(card)

    def _make_words(self) -> None:
        self._title = Elided()
        self._model, self.pace, self._bill = (_small(Elided()) for _ in range(3))
        self._bill.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._bill.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._bill.setMinimumWidth(40)
        self._phase = _small(Elided(), dim=False)
        self._note = _small(QLabel())
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.busy = BusySign()
        self.bar = ThinBar()
        self.bar.setSizePolicy(_keeping_room(self.bar))

    def _make_buttons(self) -> None:
        self._up = icon_button("arrow-up", tr("Earlier"), size=BUTTON)
        self._down = icon_button("arrow-down", tr("Later"), size=BUTTON)
        self._cancel, self._look, self._show, self._again = (Button(look=Look.EDGED) for _ in range(4))
        for button in (self._cancel, self._look, self._show, self._again):
            button.height_hint = BUTTON
            button.icon_size = 14
        self._remove = icon_button("x", tr("Remove the card"), size=BUTTON)
        self._remove.setSizePolicy(_keeping_room(self._remove))
        self._up.clicked.connect(lambda: self.moved.emit(self.card.job, -1))
        self._down.clicked.connect(lambda: self.moved.emit(self.card.job, 1))
        self._cancel.clicked.connect(lambda: self.cancelled.emit(self.card.job))
        self._look.clicked.connect(lambda: self.looked.emit(self.card.job))
        self._again.clicked.connect(lambda: self.again.emit(self.card.job))
        self._show.clicked.connect(lambda: self.listed.emit(self.card.outputs[0]))
        self._remove.clicked.connect(lambda: self.removed.emit(self.card.job))

    def show_card(self, card: JobCard) -> None:
        """Show where the job stands."""
        ended = card.state.is_final and not self.card.state.is_final
        self.card = card
        if card.thumbnail is not self._from:
            self._from, self._picture = card.thumbnail, None if card.thumbnail is None else pixmap_of(card.thumbnail)
        self._title.setText(card.title)
        self._model.setText(f"{card.provider} · {card.model}")
        self._tell_phase()
        self._bill.setText(words.bill(card))
        self._show_progress()
        if ended:
            self._again.setEnabled(False)
            self._settling.start()
        self._show_buttons()
        self.tick(self._clock())
        self.update()

    def tick(self, now: float) -> None:
        """It is so late (seconds since 1970)."""
        said = words.pace(self.card, now)
        if said != self.pace.text():
            self.pace.setText(said)
        self.busy.beat(now)

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 6, tokens.raised if tokens.dark else tokens.field, tokens.line)
        left = self.width() - EDGE - THUMB if self.isRightToLeft() else EDGE
        thumbnail(painter, QRect(left, EDGE, THUMB, THUMB), self._picture, 4, tokens.field)
        colour = {JobState.FAILED: tokens.bad, JobState.UNKNOWN: tokens.warn, JobState.EXPIRED: tokens.warn}
        mark = colour.get(self.card.state)
        if mark is not None:
            edge = self.width() - 4 if self.isRightToLeft() else 0
            fill(painter, QRect(edge, 8, 4, self.height() - 16), QColor(mark))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 6, tokens.link)

    def _tell_phase(self) -> None:
        card = self.card
        said, note = phase(card), ""
        problem = None if card.problem is None else spoken(card.problem)
        if problem is not None and card.state.is_final:
            said, note = problem.title, problem.cost
        elif problem is not None and card.held:
            note = problem.title
        elif card.sent and not card.state.is_final:
            note = tr("A cancel may still be charged.")
        if self._is_low and note:
            said, note = f"{said} · {note}", ""
        self._phase.setText(said)
        self._note.setText(note)
        self._note.setToolTip("" if problem is None else problem.sentence())
        self.setAccessibleName(", ".join(part for part in (card.title, said, note, words.bill(card)) if part))

    def _show_progress(self) -> None:
        """A bar where the fraction is real; else, after half a second, the sign that something goes on."""
        card = self.card
        running = card.state is JobState.RUNNING
        known = running and card.fraction is not None
        self.bar.setVisible(known)
        if card.fraction is not None:
            self.bar.show_fraction(card.fraction)
        self.busy.setVisible(running)
        if not running or known:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = self._clock()
        self.busy.wait(self._busy_since)

    def _show_buttons(self) -> None:
        card, final = self.card, self.card.state.is_final
        shown = {
            self._up: card.place is not None,
            self._down: card.place is not None,
            self._cancel: not final,
            self._look: card.can_look,
            self._show: final and bool(card.outputs),
            self._again: final,
            self._remove: final,
        }
        if any(each.hasFocus() and not on for each, on in shown.items()):
            # Qt would hand it to the button that comes next, and the next press of a key to what that costs.
            self.setFocus()
        for button, on in shown.items():
            button.setVisible(on)
        self._up.setEnabled(card.place is not None and card.place > 1)
        self._down.setEnabled(card.behind > 0)
        self._name_buttons()

    def _name_buttons(self) -> None:
        card = self.card
        self._cancel.setText(tr("Cancel"))
        self._cancel.name_it(tr("Cancel {title}", title=card.title), words.warning(card))
        self._cancel.setAccessibleDescription(words.warning(card))
        self._remove.setAccessibleName(tr("Remove the card of {title}", title=card.title))
        self._again.setText(words.again(card))
        self._again.name_it(words.again(card), tr("The same order once more, as a new job"))
        self._look.name_it(
            tr("Look again, for free"), tr("Fetches what is still to be had and asks what was charged. Free.")
        )
        self._show.name_it(tr("Show in gallery"))
        _put(self._look, text=tr("Look again"))
        _put(self._show, text=tr("Show in gallery"))
        # Where three have no room, those that cost nothing become signs.
        for button, icon in ((self._show, "images"), (self._look, "refresh-cw")):
            if self._foot_width() > self.width() - 2 * EDGE:
                _put(button, icon=icon)

    def _foot_width(self) -> int:
        shown = [each for each in (self._look, self._show, self._again) if not each.isHidden()]
        return sum(each.sizeHint().width() + GAP for each in shown) - GAP

    def _room(self) -> QSize:
        """Five lines of small words under the title, and two buttons side by side; three lines where the font is so
        large that the panel would cut them off."""
        small = QFontMetrics(smaller(self.font())).height()
        again = self.fontMetrics().horizontalAdvance(tr("Send again · price unknown")) + 24
        look = self.fontMetrics().horizontalAdvance(tr("Look again")) + 24
        rest = max(self.fontMetrics().height(), BUTTON) + BUTTON + 16
        self._is_low = rest + 5 * small > HIGHEST
        high = rest + 3 * small + 4 if self._is_low else max(HEIGHT, rest + 5 * small)
        return QSize(max(WIDTH, again + look + GAP + 2 * EDGE), high)

    def _lay_out(self) -> None:
        head, state, facts, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._remove)
        state.setSpacing(GAP)
        state.addWidget(self._phase, 1)
        state.addWidget(self.busy)
        facts.setSpacing(GAP)
        facts.addWidget(self.pace, 1)
        facts.addWidget(self._bill)
        foot.setSpacing(GAP)
        foot.addStretch(1)
        for button in (self._up, self._down, self._look, self._show, self._again, self._cancel):
            foot.addWidget(button)
        upper = QVBoxLayout()
        set_margins(upper, LEAD - EDGE, 0, 0, 0)
        upper.setSpacing(0)
        upper.addLayout(head)
        upper.addWidget(self._model)
        upper.addLayout(state)
        upper.addWidget(self._note, 1)
        upper.addLayout(facts)
        upper.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 2, EDGE, 5)
        column.setSpacing(3)
        column.addLayout(upper, 1)
        column.addLayout(foot)


def _put(button: Button, *, text: str = "", icon: str = "") -> None:
    button.setText(text)
    button.set_icon(icon)
    button.updateGeometry()


def _small(label: Words, *, dim: bool = True) -> Words:
    if dim:
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    label.setFont(smaller(label.font()))
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _keeping_room(widget: QWidget) -> QSizePolicy:
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    return policy
