"""Tells the desktop that jobs ended while the window was not in front: one message for a burst, without the prompt."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio.domain.job import JobState
from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from PySide6.QtWidgets import QWidget

    from studio.session.face.desk import Desk
    from studio.session.face.views import JobCard

    class Desktop(Protocol):
        """Where the message goes."""

        def show(self, text: str) -> None:
            """In the place of an earlier one."""
            ...

        def forget(self) -> None:
            """Take it away."""
            ...


QUIET_MS = 1500
"""A burst is over when nothing ended for so long."""
MOST_MS = 10_000
"""So long a burst may hold its message back."""


class SystemNews(QObject):
    """What the user cancelled is no news."""

    def __init__(self, window: QWidget, desktop: Desktop) -> None:
        super().__init__(window)
        self._window = window
        self._desktop = desktop
        self._desk: Desk | None = None
        self._live: frozenset[str] = frozenset()
        self._ended: dict[str, JobCard] = {}
        self._quiet, self._most = QTimer(self), QTimer(self)
        for timer, wait in ((self._quiet, QUIET_MS), (self._most, MOST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(self._tell)
        window.installEventFilter(self)

    def attach(self, desk: Desk) -> None:
        """Follow its jobs from now on."""
        self._desk = desk
        desk.jobs_changed.connect(self._hear)
        self._hear(desk.job_cards())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self._drop()
            self._desktop.forget()
        return False

    def _hear(self, cards: tuple[JobCard, ...]) -> None:
        live = frozenset(card.job for card in cards if not card.state.is_final)
        if live == self._live:
            return
        before, self._live = self._live, live
        ended = [card for card in cards if card.job in before and card.state.is_final]
        news = {card.job: card for card in ended if card.state is not JobState.CANCELLED}
        if news and self._is_wanted():
            self._ended |= news
            self._quiet.start()
            if not self._most.isActive():
                self._most.start()

    def _is_wanted(self) -> bool:
        return self._desk is not None and self._desk.settings().notify and QApplication.activeWindow() is None

    def _tell(self) -> None:
        ended = list(self._ended.values())
        self._drop()
        if ended and self._is_wanted():
            QApplication.alert(self._window)
            self._desktop.show(summary(ended))

    def _drop(self) -> None:
        self._quiet.stop()
        self._most.stop()
        self._ended = {}


def summary(ended: Iterable[JobCard]) -> str:
    """What became of these jobs, for everybody who sees the screen."""
    cards = list(ended)
    if len(cards) == 1:
        return _of_one(cards[0])
    counts = Counter(card.state for card in cards)
    said = (
        (JobState.SUCCEEDED, tr("{count} done")),
        (JobState.FAILED, tr("{count} failed")),
        (JobState.UNKNOWN, tr("{count} may have been charged")),
        (JobState.EXPIRED, tr("{count} expired")),
    )
    parts = [words.format(count=counts[state]) for state, words in said if counts[state]]
    return tr("Jobs: {outcomes}", outcomes=", ".join(parts))


def _of_one(card: JobCard) -> str:
    reason = "" if card.problem is None else tr(card.problem.title)
    if card.state is JobState.SUCCEEDED:
        many = len(card.outputs)
        if many == 1:
            return tr("{model}: the picture is there", model=card.model)
        return tr("{model}: {count} pictures are there", model=card.model, count=many)
    if card.state is JobState.UNKNOWN:
        return tr("{model} may have been charged: {reason}", model=card.model, reason=reason)
    return tr("{model} failed: {reason}", model=card.model, reason=reason)
