"""Stories of a document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.core.session.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from tests.core.session.scene import Play


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
