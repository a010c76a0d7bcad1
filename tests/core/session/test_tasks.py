"""Tasks of a session: what is not begun is closed with all that it would have awaited."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import pytest

from studio.domain.catalogue import trouble
from studio.session.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Coroutine


def test_what_work_comes_to_is_handed_over_and_its_failure_told() -> None:
    told: list[str] = []
    found: list[str] = []

    async def work(text: str) -> str:
        if not text:
            raise trouble("no-document")
        return text

    async def scene() -> None:
        tasks = Tasks(lambda problem: told.append(problem.code))
        tasks.answer(work("report"), found.append)
        tasks.answer(work(""), found.append)
        await tasks.settle()
        await tasks.close()
        tasks.answer(work("too late"), found.append)

    asyncio.run(scene())
    gc.collect()
    assert (found, told) == (["report"], ["no-document"])


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
