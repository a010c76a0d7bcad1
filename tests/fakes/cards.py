"""Removed cards in memory, held to the same contract as those on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.ids import JobId
    from studio.domain.job import JobState
    from studio.domain.problems import StudioError


class MemoryRemovedCards:
    """`refuse` is raised by `mark_removed`, as a full disk would."""

    def __init__(self) -> None:
        self.kept: dict[JobId, JobState | None] = {}
        self.refuse: StudioError | None = None

    async def removed_cards(self) -> Mapping[JobId, JobState]:
        return {job: state for job, state in self.kept.items() if state is not None}

    async def mark_removed(self, cards: Mapping[JobId, JobState | None]) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.kept.update(cards)
