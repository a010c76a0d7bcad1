"""The providers that tests of the session use keep to what is asked of the real ones."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from studio.domain.capabilities import Model
from studio.domain.catalogue import trouble
from studio.domain.ids import ModelId
from studio.domain.profile import new_profile
from tests.core.contract.remotes import NANO, RemotesContract
from tests.fakes.remotes import FakeRemotes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.core.contract.remotes import Stage


class FakeStage:
    def __init__(self) -> None:
        self.remotes = FakeRemotes()
        self.remotes.offered[NANO] = [Model(id=ModelId("one"), provider=NANO, name="One")]
        self.profile = new_profile("nano", "nanogpt")

    def silence(self) -> None:
        self.remotes.failure = trouble("provider-unwell", provider="nano", status=503)


class TestFakeRemotes(RemotesContract):
    @asynccontextmanager
    async def open(self) -> AsyncIterator[Stage]:
        yield FakeStage()
