"""Recovery copies that cannot be written: told once, due until they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import trouble
from studio.session.autosave import Autosave

if TYPE_CHECKING:
    from studio.domain.problems import Problem

FAILURES = (trouble("disk-full", place="/full"), ValueError("no such format"))


class Saves:
    """Fails as it is told to."""

    def __init__(self, failure: Exception | None) -> None:
        self.failure = failure
        self.done = 0
        self.tried = asyncio.Event()

    async def __call__(self) -> None:
        self.tried.set()
        if self.failure is not None:
            raise self.failure
        self.done += 1


@pytest.mark.parametrize("failure", FAILURES, ids=["disk-full", "bug"])
def test_whatever_stops_a_copy_is_told(failure: Exception, request: pytest.FixtureRequest) -> None:
    told: list[Problem] = []

    async def scene() -> None:
        saves = Saves(failure)
        autosave = Autosave(saves, told.append, 0.0)
        autosave.touched()
        await saves.tried.wait()
        await asyncio.sleep(0)
        autosave.forget()

    asyncio.run(scene())
    assert [each.code for each in told] == [request.node.callspec.id]


@pytest.mark.parametrize("failure", FAILURES, ids=["disk-full", "bug"])
def test_a_last_copy_that_failed_is_due_still(failure: Exception) -> None:
    async def scene() -> int:
        saves = Saves(failure)
        autosave = Autosave(saves, lambda _: None, 600.0)
        autosave.touched()
        with pytest.raises(type(failure)):
            await autosave.now()
        saves.failure = None
        await autosave.now()
        await autosave.now()
        return saves.done

    assert asyncio.run(scene()) == 1
