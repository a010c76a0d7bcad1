"""Pictures that no folder takes wait for one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from studio.app.asking import AskingRefuge
from studio.domain.catalogue import trouble
from studio.domain.problems import Problem, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 10


class Full:
    """Takes nothing until there is room."""

    def __init__(self) -> None:
        self.room = False
        self.kept: dict[str, bytes] = {}

    async def keep(self, name: str, data: bytes) -> str:
        if not self.room:
            raise trouble("nowhere-to-keep", places="memory")
        self.kept[name] = data
        return f"/there/{name}"


def at_once(call: Callable[[], None]) -> None:
    call()


def test_all_that_wait_go_on_when_a_folder_is_named() -> None:
    async def scene() -> None:
        core = Full()
        refuge = AskingRefuge(core, at_once)
        asked: asyncio.Queue[Problem] = asyncio.Queue()
        refuge.wanted.connect(asked.put_nowait)
        keeping = [asyncio.create_task(refuge.keep(name, b"picture")) for name in ("a", "b")]
        told = [await asyncio.wait_for(asked.get(), PATIENCE_S) for _ in keeping]
        assert [each.action for each in told] == ["storage.choose-folder"] * 2
        core.room = True
        refuge.answer()
        assert await asyncio.wait_for(asyncio.gather(*keeping), PATIENCE_S) == ["/there/a", "/there/b"]

    asyncio.run(scene())


def test_a_folder_without_room_asks_again_and_the_end_of_the_program_gives_up() -> None:
    async def scene() -> None:
        refuge = AskingRefuge(Full(), at_once)
        asked: asyncio.Queue[Problem] = asyncio.Queue()
        refuge.wanted.connect(asked.put_nowait)
        keeping = asyncio.create_task(refuge.keep("a", b"picture"))
        await asyncio.wait_for(asked.get(), PATIENCE_S)
        refuge.answer()
        await asyncio.wait_for(asked.get(), PATIENCE_S)
        refuge.give_up()
        with pytest.raises(StorageError, match="nowhere-to-keep"):
            await asyncio.wait_for(keeping, PATIENCE_S)
        with pytest.raises(StorageError):
            await refuge.keep("b", b"later")

    asyncio.run(scene())
