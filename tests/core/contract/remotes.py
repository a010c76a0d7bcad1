"""What every side of the providers behind the runner keeps to. A test class derives from this and says how one is made,
of a server that offers models and answers, or does not."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

import pytest

from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import ProviderError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from studio.domain.profile import ProviderProfile
    from studio.session.ports import Remotes

NANO = ProviderId("nano")


class Stage(Protocol):
    """A side, a profile of a server that it reaches, and the server's ways."""

    @property
    def remotes(self) -> Remotes: ...
    @property
    def profile(self) -> ProviderProfile: ...
    def silence(self) -> None:
        """The server answers nothing good from now on."""
        ...


class RemotesContract:
    """Derive and give `open`."""

    def open(self) -> AbstractAsyncContextManager[Stage]:
        raise NotImplementedError

    def test_a_stranger_is_refused(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                remotes = stage.remotes
                for failing in (remotes.check(NANO), remotes.refresh(NANO), remotes.known(NANO)):
                    with pytest.raises(UsageError, match="unknown-provider"):
                        await failing
                await remotes.use([stage.profile])
                await remotes.known(NANO)
                await remotes.use([])
                with pytest.raises(UsageError, match="unknown-provider"):
                    await remotes.known(NANO)

        asyncio.run(scene())

    def test_models_are_fetched_once_and_stay_when_the_server_goes(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                remotes = stage.remotes
                await remotes.use([stage.profile])
                first = list(await remotes.known(NANO))
                assert {model.provider for model in first} == {NANO}
                stage.silence()
                assert list(await remotes.known(NANO)) == first
                with pytest.raises(ProviderError):
                    await remotes.refresh(NANO)
                assert list(await remotes.known(NANO)) == first

        asyncio.run(scene())

    def test_a_server_that_never_answered_has_no_models(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                stage.silence()
                await stage.remotes.use([stage.profile])
                with pytest.raises(ProviderError):
                    await stage.remotes.known(NANO)

        asyncio.run(scene())

    def test_a_good_key_is_told(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                await stage.remotes.use([stage.profile])
                assert (await stage.remotes.check(NANO)).good is True

        asyncio.run(scene())

    def test_what_cannot_be_told_of_a_key_is_not_told(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                await stage.remotes.use([stage.profile])
                stage.silence()
                with contextlib.suppress(ProviderError):
                    assert (await stage.remotes.check(NANO)).good is None

        asyncio.run(scene())

    def test_a_model_that_no_list_names_can_be_looked_at(self) -> None:
        async def scene() -> None:
            async with self.open() as stage:
                await stage.remotes.use([stage.profile])
                listed = {model.id for model in await stage.remotes.known(NANO)}
                typed = await stage.remotes.detailed(NANO, ModelId("typed-by-hand"))
                assert (typed.id, typed.provider) == ("typed-by-hand", NANO)
                assert typed.id not in listed

        asyncio.run(scene())
