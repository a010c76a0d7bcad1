"""Tasks of a session: what is not begun is closed with all that it would have awaited."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import pytest

from studio.session.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Coroutine


async def inner(done: list[str]) -> None:
    done.append("inner")


async def outer(work: Coroutine[None, None, None]) -> None:
    await work


@pytest.mark.parametrize("closed", [True, False], ids=["after the end", "just before it"])
def test_what_never_begins_is_closed_whole(closed: bool, recwarn: pytest.WarningsRecorder) -> None:
    done: list[str] = []

    async def scene() -> None:
        tasks = Tasks(lambda problem: pytest.fail(problem.what))
        if closed:
            await tasks.close()
        work = inner(done)
        tasks.spawn(outer(work), work)
        await tasks.close()

    asyncio.run(scene())
    gc.collect()
    assert done == []
    assert [str(each.message) for each in recwarn] == []


def test_what_begins_comes_to_its_end() -> None:
    done: list[str] = []

    async def scene() -> None:
        tasks = Tasks(lambda problem: pytest.fail(problem.what))
        work = inner(done)
        tasks.spawn(outer(work), work)
        await tasks.settle()

    asyncio.run(scene())
    assert done == ["inner"]
