"""The queue's part of the panel's header: how many jobs there are of each kind, and what can be done with all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.domain.job import JobState
from studio.ui.gallery.queue_words import send
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.labels import Elided

if TYPE_CHECKING:
    from studio.session.face.views import JobCard
    from studio.ui.actions import Actions


class QueueHeader(QWidget):
    """How many jobs wait, run, failed or may have been charged, and what can be done with all of them."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._paused = False
        self._counts: dict[JobState, int] = {}
        self.counters = Elided()
        self.counters.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.send, self.pause, self.cancel = (Button(look=Look.EDGED) for _ in range(3))
        self.send.clicked.connect(actions["generate.send-waiting"].trigger)
        self.pause.clicked.connect(lambda: actions["generate.go-on" if self._paused else "generate.pause"].trigger())
        self.cancel.clicked.connect(actions["generate.cancel-all"].trigger)
        self.cancel.setText(tr("Cancel all"))
        self.cancel.name_it(tr("Cancel all jobs"), tr("Those that were sent may still be charged."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.counters, 1)
        for button in (self.send, self.pause, self.cancel):
            button.height_hint = 26
            button.icon_size = 14
            row.addWidget(button)
        self.show_paused(paused=False)
        self.show_jobs(())

    def count(self, state: JobState) -> int:
        """How many jobs of this state are counted."""
        return self._counts.get(state, 0)

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """Count them anew."""
        self._counts = {}
        for card in cards:
            self._counts[card.state] = self._counts.get(card.state, 0) + 1
        live = self.count(JobState.RUNNING) + self.count(JobState.QUEUED)
        self.cancel.setVisible(live > 1)
        self.pause.setVisible(live > 0 or self._paused)
        held = [card for card in cards if card.held]
        self.send.setVisible(bool(held))
        _say(self.send, send(held))
        self._tell()

    def show_paused(self, *, paused: bool) -> None:
        """Whether nothing more begins for now."""
        self._paused = paused
        self.pause.set_icon("play" if paused else "pause")
        _say(self.pause, tr("Go on") if paused else tr("Pause"))
        self.pause.setToolTip(tr("Begin jobs again") if paused else tr("Begin no more jobs; what runs goes on"))
        self.pause.setVisible(paused or any(self.count(each) for each in (JobState.RUNNING, JobState.QUEUED)))
        self._tell()

    def _tell(self) -> None:
        said = (
            (JobState.RUNNING, tr("{count} running")),
            (JobState.QUEUED, tr("{count} waiting")),
            (JobState.UNKNOWN, tr("{count} may have been charged")),
            (JobState.FAILED, tr("{count} failed")),
        )
        parts = [words.format(count=self.count(state)) for state, words in said if self.count(state)]
        text = " · ".join(([tr("Paused")] if self._paused else []) + parts)
        if text != self.counters.text():
            self.counters.setText(text)


def _say(button: Button, text: str) -> None:
    if text != button.text():
        button.setText(text)
        button.setAccessibleName(text)
        button.updateGeometry()
