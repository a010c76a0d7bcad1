"""The queue: a card for every job, one for many that failed of the same thing. The card itself: `queue_card.py`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.domain.job import JobState
from studio.ui.gallery.queue_card import CardWidget
from studio.ui.gallery.queue_group import GroupWidget
from studio.ui.gallery.queue_rows import Group, rows
from studio.ui.translate import tr
from studio.ui.widgets.first_step import FirstStep
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.mirrored import set_margins

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

    from studio.session.face.desk import Desk
    from studio.session.face.views import JobCard
    from studio.ui.actions import Actions

MOST = 100
"""Cards that are shown; the others are counted."""
FIRST, AT_ONCE, SLICE_S = 3, 4, 0.002
"""Cards that are always up to date at once, those that are thrown away in one go, and how long the others are made in
one go: a hundred of them would hold up the window."""
BEAT_MS, SECOND_MS = 100, 1000


class QueuePanel(QWidget):
    """Cards keep their place and their widgets while their job goes on. While it is not in sight it does nothing."""

    listed = Signal(str)
    """An output that is wanted to be seen in the gallery."""

    def __init__(self, actions: Actions, clock: Callable[[], float] = time.time) -> None:
        """`clock` tells seconds since 1970."""
        super().__init__()
        self._clock = clock
        self._cards: tuple[JobCard, ...] = ()
        self._rows: list[tuple[str, JobCard | Group]] = []
        self._widgets: dict[str, CardWidget | GroupWidget] = {}
        self._opened: set[str] = set()
        self._arranged: list[CardWidget | GroupWidget] = []
        self._leaving: list[QWidget] = []
        self._held: tuple[QWidget, int] | None = None
        self._desk: Desk | None = None
        self.empty = QWidget()
        row = QHBoxLayout(self.empty)
        row.setContentsMargins(0, 5, 0, 8)
        row.setSpacing(12)
        row.addWidget(dim_label(tr("Jobs appear here from Run until you remove them.")))
        row.addWidget(FirstStep(actions))
        row.addStretch(1)
        self.more = dim_label()
        self._build()
        self._beats, self._seconds, self._working = (QTimer(self) for _ in range(3))
        for timer, wait, work in (
            (self._beats, BEAT_MS, self._beat),
            (self._seconds, SECOND_MS, self._tick),
            (self._working, 0, lambda: self._advance()),
        ):
            timer.setInterval(wait)
            timer.timeout.connect(work)
        self.show_cards(())

    def _build(self) -> None:
        self._inner, self._inside = QWidget(), QWidget()
        self._flow = FlowLayout(self._inner, spacing=12)
        self._flow.setContentsMargins(0, 0, 0, 0)
        stack = self._stack = QVBoxLayout(self._inside)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addWidget(self._inner)
        stack.addWidget(self.more)
        stack.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        column = QVBoxLayout(self)
        set_margins(column, 14, 3, 8, 0)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.area, 1)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        desk.jobs_changed.connect(self.show_cards)
        self.show_cards(desk.job_cards())

    def show_cards(self, cards: tuple[JobCard, ...]) -> None:
        """Show these; widgets of jobs that stay are kept, so that focus and pointer lose nothing."""
        self._cards = cards
        self._render()

    def widgets(self) -> list[CardWidget | GroupWidget]:
        """What is shown, in its order, as far as it is made."""
        return [self._widgets[name] for name, _ in self._rows if name in self._widgets]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._render)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for timer in (self._beats, self._seconds, self._working):
            timer.stop()

    def _render(self) -> None:
        if not self.isVisible():
            return
        found = rows(self._cards, self._opened)
        self._rows = found[:MOST]
        hidden = len(found) - len(self._rows)
        self.more.setText(tr("and {count} more", count=hidden) if hidden else "")
        self.more.setVisible(hidden > 0)
        self._dismiss({name for name, _ in self._rows})
        self._advance(0.0 if self._working.isActive() else SLICE_S)
        self.empty.setVisible(not self._cards)
        self.area.setVisible(bool(self._cards))
        self._run_timers()

    def _dismiss(self, wanted: set[str]) -> None:
        """Widgets of rows that are gone; a focus that one of them had goes to no other card."""
        for name in [name for name in self._widgets if name not in wanted]:
            left = self._widgets.pop(name)
            if left.hasFocus() or (self.focusWidget() is not None and left.isAncestorOf(self.focusWidget())):
                self.area.setFocus()
            left.hide()
            self._leaving.append(left)

    def _advance(self, seconds: float = SLICE_S) -> None:
        """Bring the first rows and those in sight up to date, and of the others as many as there is time for; the rest
        in the next go."""
        until = time.perf_counter() + seconds
        whole = True
        for at, (name, row) in enumerate(self._rows):
            widget = self._widgets.get(name)
            if widget is not None and _shows(widget, row):
                continue
            if at >= FIRST and not self._is_in_sight(widget) and time.perf_counter() > until:
                whole = False
            elif widget is None:
                self._widgets[name] = self._made(row)
            else:
                _show(widget, row)
        self._arrange()
        if whole:
            for _ in range(min(AT_ONCE, len(self._leaving))):
                self._leaving.pop().deleteLater()
        if (whole and not self._leaving) == self._working.isActive():
            self._working.stop() if self._working.isActive() else self._working.start()

    def _arrange(self) -> None:
        shown = self.widgets()
        if shown == self._arranged:
            return
        self._arranged = shown
        anchor = self._anchor()
        self._flow.arrange(shown)
        for widget in shown:
            if widget.isHidden():
                widget.show()
        if anchor is not None:
            self._hold(*anchor)

    def _is_in_sight(self, widget: QWidget | None) -> bool:
        if widget is None:
            return False
        top = self.area.verticalScrollBar().value()
        return widget.geometry().intersects(QRect(0, top, self._inner.width(), self.area.viewport().height()))

    def _anchor(self) -> tuple[QWidget, int] | None:
        """A card in sight of a panel that was scrolled, and where it is (pixels below the panel's edge): the first one,
        and the same until it is scrolled again."""
        scrolled = self.area.verticalScrollBar().value()
        seen = [each for each in self._widgets.values() if scrolled and not each.isHidden()]
        if self._held is None or self._held[1] != scrolled or self._held[0] not in seen:
            below = [each for each in seen if each.geometry().bottom() > scrolled]
            first = min(below, key=_reading_order, default=None)
            self._held = None if first is None else (first, scrolled)
        return None if self._held is None else (self._held[0], self._held[0].y() - scrolled)

    def _hold(self, card: QWidget, y: int) -> None:
        """Scroll so that this card stays where it was, whatever came before it."""
        if card.isHidden():
            return
        port, below = self.area.viewport(), self.more.sizeHint().height() + self._stack.spacing()
        tall = self._flow.heightForWidth(port.width()) + (0 if self.more.isHidden() else below)
        self._inside.resize(port.width(), max(port.height(), tall))
        self._flow.setGeometry(QRect(0, 0, port.width(), tall))
        self.area.verticalScrollBar().setValue(card.y() - y)
        self._held = card, self.area.verticalScrollBar().value()

    def _made(self, row: JobCard | Group) -> CardWidget | GroupWidget:
        if isinstance(row, Group):
            group = GroupWidget(row, self._card_size())
            group.toggled.connect(self._toggle)
            if self._desk is not None:
                group.removed.connect(self._desk.results.remove_cards)
                group.looked.connect(self._look_at_all)
            return group
        card = CardWidget(row, self._clock)
        card.listed.connect(self.listed)
        if self._desk is not None:
            results = self._desk.results
            card.cancelled.connect(results.cancel_job)
            card.again.connect(results.run_again)
            card.removed.connect(results.remove_card)
            card.moved.connect(results.move_job)
            card.looked.connect(results.look_again)
        return card

    def _card_size(self) -> QSize:
        known = next((each for each in self._widgets.values()), None)
        if known is None:
            known = CardWidget(self._cards[0], self._clock)
            known.deleteLater()
        return known.maximumSize()

    def _toggle(self, name: str) -> None:
        self._opened ^= {name}
        self._render()

    def _look_at_all(self, jobs: list[str]) -> None:
        for job in jobs:
            if self._desk is not None:
                self._desk.results.look_again(job)  # pyright: ignore[reportArgumentType]  ids travel as text

    def _run_timers(self) -> None:
        live = any(not card.state.is_final for card in self._cards)
        busy = any(card.state is JobState.RUNNING for card in self._cards)
        for timer, on in ((self._seconds, live), (self._beats, busy)):
            if on != timer.isActive():
                timer.start() if on else timer.stop()

    def _tick(self) -> None:
        now = self._clock()
        for widget in self._widgets.values():
            if isinstance(widget, CardWidget) and not widget.card.state.is_final:
                widget.tick(now)

    def _beat(self) -> None:
        now = self._clock()
        for widget in self._widgets.values():
            if isinstance(widget, CardWidget) and widget.card.state is JobState.RUNNING:
                widget.busy.beat(now)


def _shows(widget: CardWidget | GroupWidget, row: JobCard | Group) -> bool:
    """A card that did not change is the same object."""
    return widget.card is row if isinstance(widget, CardWidget) else widget.group == row


def _show(widget: CardWidget | GroupWidget, row: JobCard | Group) -> None:
    if isinstance(widget, CardWidget) and not isinstance(row, Group):
        widget.show_card(row)
    elif isinstance(widget, GroupWidget) and isinstance(row, Group):
        widget.show_group(row)


def _reading_order(widget: QWidget) -> tuple[int, int]:
    return widget.y(), widget.x()
