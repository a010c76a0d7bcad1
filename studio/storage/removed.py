"""Which cards of jobs the user removed from the queue. It is a mark beside the journal: nothing of a job goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import JobId
    from studio.storage.adapters import Run
    from studio.storage.database import Database

_STATES = {state.value: state for state in JobState}


class RemovedCards:
    """Called on the one thread that opened the database. Both raise StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def removed_cards(self, *, limit: int = 1000) -> dict[JobId, JobState]:
        """The newest of these jobs, and how each stood when its card was removed."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT job, removed FROM cards WHERE removed IS NOT NULL ORDER BY job DESC LIMIT ?", (limit,)
            ).fetchall()
        return {job: _STATES[removed] for job, removed in rows if removed in _STATES}

    def mark_removed(self, cards: Mapping[JobId, JobState | None]) -> None:
        """The cards of these jobs were removed while they stood so; None: such a card came back."""
        rows = [(job, None if state is None else state.value) for job, state in cards.items()]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO cards (job, removed) VALUES (?, ?)", rows)


class AsyncRemovedCards:
    """`studio.session.ports.RemovedCards` over the core. `run` carries a call to the thread that owns the database."""

    def __init__(self, core: RemovedCards, run: Run) -> None:
        self._core = core
        self._run = run

    async def removed_cards(self) -> Mapping[JobId, JobState]:
        """The newest of these jobs, and how each stood when its card was removed."""
        return await self._run(self._core.removed_cards)

    async def mark_removed(self, cards: Mapping[JobId, JobState | None]) -> None:
        """On the disk when it returns."""
        await self._run(self._core.mark_removed, cards)
