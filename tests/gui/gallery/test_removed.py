"""Cards that are removed by hand, over a real library: they are not there when the window opens again."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from studio.domain.catalogue import problem
from studio.domain.ids import JobId, ModelId, ProviderId
from studio.domain.job import Failed, Job, JobEvent, OutcomeUnknown, Queued, Submitting
from studio.domain.request import EditRequest
from studio.session.cards import Cards
from studio.session.queueing import Queue as SessionQueue
from studio.session.tasks import Tasks
from studio.storage.adapters import AsyncJournal
from studio.storage.removed import AsyncRemovedCards
from tests.core.session.test_queueing import Line
from tests.core.storage.shelf import folders_in, opened, run_here
from tests.fakes.desk import FakeDesk, FakeResults

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.gallery.queue_cards import Queue

FAILED = Failed(problem=problem("engine-died"))
LOST = OutcomeUnknown(problem=problem("outcome-unknown"))


class _Jobs(Line):
    """The jobs of a journal."""

    def __init__(self, journal: AsyncJournal) -> None:
        super().__init__()
        self._journal = journal

    async def jobs(self) -> Sequence[Job]:
        return await self._journal.jobs()


class _Results(FakeResults):
    """Removes cards in the session; all else is noted."""

    def __init__(self, desk: FakeDesk, queue: SessionQueue) -> None:
        super().__init__(desk.calls)
        self.remove_cards = queue.remove_cards
        self.remove_card = lambda job: queue.remove_cards([job])


@asynccontextmanager
async def _opened(place: Path, queue: Queue) -> AsyncIterator[SessionQueue]:
    """The panel before a desk with the session's queue over the library of this folder."""
    with opened(folders_in(place)) as library:
        desk, cards, tasks = FakeDesk(), Cards(str, str), Tasks(lambda trouble: pytest.fail(trouble.what))
        jobs = _Jobs(AsyncJournal(library.journal, run_here))
        session = SessionQueue(jobs, cards, AsyncRemovedCards(library.cards, run_here), tasks, lambda notice: None)
        desk.results = _Results(desk, session)
        cards.changed.connect(desk.show_jobs)
        queue.panel.attach(desk)
        await session.load()
        yield session
        await tasks.settle()


def _stock(place: Path, ends: dict[str, JobEvent]) -> None:
    request = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
    with opened(folders_in(place)) as library:
        for name, end in ends.items():
            for event in (Queued(request=request), Submitting(attempt=1), end):
                library.journal.append(JobId(name), event)


def test_a_removed_card_is_not_there_when_the_desk_is_opened_again(queue: Queue, tmp_path: Path, qtbot: QtBot) -> None:
    async def scene() -> None:
        _stock(tmp_path, {"1": FAILED, "2": LOST, "3": FAILED})
        async with _opened(tmp_path, queue):
            assert queue.jobs() == ["3", "2", "1"]
            for job in ("2", "1"):
                qtbot.mouseClick(queue.button(queue.card(job), "Remove"), Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: queue.jobs() == ["3"])
        async with _opened(tmp_path, queue):
            qtbot.waitUntil(lambda: queue.jobs() == ["3"])

    asyncio.run(scene())


def test_a_group_that_was_removed_is_not_there_either(queue: Queue, tmp_path: Path, qtbot: QtBot) -> None:
    async def scene() -> None:
        _stock(tmp_path, {**{f"f{at:02}": FAILED for at in range(12)}, "g": LOST})
        async with _opened(tmp_path, queue):
            (group,) = queue.groups()
            qtbot.mouseClick(queue.button(group, "Remove"), Qt.MouseButton.LeftButton)
        async with _opened(tmp_path, queue):
            qtbot.waitUntil(lambda: queue.jobs() == ["g"])
            assert queue.groups() == []

    asyncio.run(scene())
