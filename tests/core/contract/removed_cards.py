"""What keeps to the removed cards. A test class of an adapter derives from this and says how one is made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId
from studio.domain.job import JobState

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from studio.session.ports import RemovedCards

ONE, TWO, THREE = JobId("01"), JobId("02"), JobId("03")


class RemovedCardsContract:
    """Derive and give `open`."""

    def open(self) -> AbstractAsyncContextManager[RemovedCards]:
        """A new one: no card was removed."""
        raise NotImplementedError

    def test_what_was_removed_is_told_with_how_it_stood(self) -> None:
        async def scene() -> None:
            async with self.open() as cards:
                assert dict(await cards.removed_cards()) == {}
                await cards.mark_removed({ONE: JobState.UNKNOWN, TWO: JobState.FAILED})
                await cards.mark_removed({THREE: JobState.SUCCEEDED})
                told = {ONE: JobState.UNKNOWN, TWO: JobState.FAILED, THREE: JobState.SUCCEEDED}
                assert dict(await cards.removed_cards()) == told

        asyncio.run(scene())

    def test_one_that_came_back_is_told_no_more(self) -> None:
        async def scene() -> None:
            async with self.open() as cards:
                await cards.mark_removed({ONE: JobState.UNKNOWN, TWO: JobState.FAILED})
                await cards.mark_removed({ONE: None})
                assert dict(await cards.removed_cards()) == {TWO: JobState.FAILED}

        asyncio.run(scene())

    @pytest.mark.parametrize("state", [state for state in JobState if state.is_final])
    def test_the_last_word_counts(self, state: JobState) -> None:
        async def scene() -> None:
            async with self.open() as cards:
                for told in (JobState.UNKNOWN, None, state):
                    await cards.mark_removed({ONE: told})
                assert dict(await cards.removed_cards()) == {ONE: state}

        asyncio.run(scene())
