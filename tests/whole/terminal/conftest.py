"""A playground that runs beside the tests, and a data folder to work in."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from studio.playground.server import Playground
from tests.whole.terminal.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop in a thread of its own, as the program under test has the main one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="playground")
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@contextmanager
def _running(loop: asyncio.AbstractEventLoop) -> Iterator[Playground]:
    playground = asyncio.run_coroutine_threadsafe(Playground.start(), loop).result(20)
    try:
        yield playground
    finally:
        asyncio.run_coroutine_threadsafe(playground.close(), loop).result(20)


@pytest.fixture
def playground(elsewhere: asyncio.AbstractEventLoop) -> Iterator[Playground]:
    """On a port that is free."""
    with _running(elsewhere) as playground:
        yield playground


@pytest.fixture
def visitor(playground: Playground, tmp_path: Path) -> Visitor:
    """Someone with a key of the playground in a file, and nothing set up yet."""
    return Visitor(tmp_path, playground)


@pytest.fixture(scope="module")
def regular(elsewhere: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """One for all tests of a module, where setting up anew for each would only take time."""
    with _running(elsewhere) as playground:
        yield Visitor(tmp_path_factory.mktemp("regular"), playground)
