"""Cards of the queue as a session would make them, and the panel in sight."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.capabilities import Price
from studio.domain.ids import JobId
from studio.domain.job import JobState
from studio.session.face.views import JobCard
from studio.ui.gallery.queue_card import CardWidget
from studio.ui.gallery.queue_group import GroupWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    from studio.ui.gallery.queue import QueuePanel

SAID = Price(amount="0.12", estimate=True)


def card(job: str = "j1", state: JobState = JobState.RUNNING, **facts: object) -> JobCard:
    """A paid job's card; what is not told is as it would be."""
    now = time.time()
    told: dict[str, object] = {
        "job": JobId(job),
        "title": f"Boat {job}",
        "model": "GPT Image 2",
        "provider": "NanoGPT",
        "state": state,
        "phase": "Working",
        "created": now - 20,
        "started": None if state is JobState.QUEUED else now - 14,
        "ended": now if state.is_final else None,
        "price": SAID,
        "free": False,
        "sent": state is not JobState.QUEUED,
    }
    return JobCard(**(told | facts))  # pyright: ignore[reportArgumentType]  fields by name


@dataclass(slots=True)
class Queue:
    """The panel, and its cards by the job's id."""

    panel: QueuePanel

    def card(self, job: str) -> CardWidget:
        return next(each for each in self.panel.widgets() if isinstance(each, CardWidget) and each.card.job == job)

    def jobs(self) -> list[str]:
        """The jobs that have a card, in their order."""
        return [each.card.job for each in self.panel.widgets() if isinstance(each, CardWidget)]

    def groups(self) -> list[GroupWidget]:
        return [each for each in self.panel.widgets() if isinstance(each, GroupWidget)]

    def said(self, widget: CardWidget | GroupWidget) -> list[str]:
        """The buttons in sight, by what is written on them or what they are called."""
        return [each.text() or each.accessibleName() for each in buttons(widget)]

    def button(self, widget: CardWidget | GroupWidget, words: str) -> QAbstractButton:
        return next(each for each in buttons(widget) if words in (each.text() or each.accessibleName()))


def buttons(widget: CardWidget | GroupWidget) -> list[QAbstractButton]:
    from PySide6.QtWidgets import QAbstractButton

    return [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]
