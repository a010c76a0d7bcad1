"""A playground for each test, and a client that says anything to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.playground import running
from tests.whole.playground.speaking import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.playground.server import Playground


@pytest.fixture
def playground() -> Iterator[Playground]:
    """A server of its own on a thread."""
    with running() as server:
        yield server


@pytest.fixture
def client(playground: Playground) -> Client:
    """Speaks to it."""
    return Client(playground=playground)
