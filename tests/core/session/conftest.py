"""Stories of a document, and of a whole window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.core.session.scene import Scene
from tests.core.session.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from tests.core.session.scene import Play
    from tests.core.session.window import Work


@pytest.fixture
def play(tmp_path: Path) -> Play:
    """Plays a story with a scene; nothing in it may have been told as a problem."""

    def played(story: Callable[[Scene], Coroutine[None, None, None]]) -> None:
        async def run() -> None:
            scene = Scene(tmp_path)
            await story(scene)
            assert scene.told == []
            await scene.tasks.close()

        asyncio.run(run())

    return played


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Plays a story with a window; nothing in it may have been told as a bug."""

    def played(story: Callable[[Window], Coroutine[None, None, None]]) -> None:
        async def run() -> None:
            window = Window(tmp_path)
            await window.start()
            await story(window)
            await window.rest()
            assert [each for each in window.notices if each.problem is not None and each.problem.code == "bug"] == []
            await window.studio.shutdown()

        asyncio.run(run())

    return played
