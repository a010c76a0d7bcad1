"""What every store of keys keeps to. A test class of an adapter derives from this and says how one is made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest

from studio.domain.ids import JobId, ProviderId
from studio.domain.problems import StorageError
from studio.domain.profile import KeyPlace
from studio.domain.secret import Secret
from studio.providers.ports import PlacedKeys
from studio.session.ports import KeyStore

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

NANO, OTHER = ProviderId("nano"), ProviderId("other")
BROKEN = ("keyring-unavailable", "keyring-locked", "keyring-slow")


class Kept(KeyStore, PlacedKeys, Protocol):
    """Both sides of a store: the session's and the providers'."""


class KeysContract:
    """Derive and give `make`: a new, empty store, and what breaks its keyring (by a problem's code; empty: mends)."""

    def make(self, folder: Path) -> tuple[Kept, Callable[[str], None]]:
        raise NotImplementedError

    def play(self, folder: Path, scene: Callable[[Kept, Callable[[str], None]], Coroutine[None, None, None]]) -> None:
        asyncio.run(scene(*self.make(folder)))

    def test_nothing_is_there_at_first(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, _: Callable[[str], None]) -> None:
            assert await seen(keys) == (None, KeyPlace.NONE)
            await keys.forget(NANO)

        self.play(tmp_path, scene)

    def test_a_key_is_kept_for_one_provider_until_it_is_forgotten(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, _: Callable[[str], None]) -> None:
            assert await keys.keep(NANO, Secret("sk-1")) is KeyPlace.KEYRING
            assert await keys.keep(NANO, Secret("sk-2")) is KeyPlace.KEYRING
            assert await seen(keys) == ("sk-2", KeyPlace.KEYRING)
            assert await seen(keys, OTHER) == (None, KeyPlace.NONE)
            await keys.forget(OTHER)
            assert await seen(keys) == ("sk-2", KeyPlace.KEYRING)
            await keys.forget(NANO)
            assert await seen(keys) == (None, KeyPlace.NONE)

        self.play(tmp_path, scene)

    def test_one_of_this_session_comes_first_until_another_is_kept(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, _: Callable[[str], None]) -> None:
            await keys.keep(NANO, Secret("sk-kept"))
            keys.hold(NANO, Secret("sk-held"))
            assert await seen(keys) == ("sk-held", KeyPlace.SESSION)
            await keys.keep(NANO, Secret("sk-new"))
            assert await seen(keys) == ("sk-new", KeyPlace.KEYRING)

        self.play(tmp_path, scene)

    def test_a_job_uses_the_key_that_it_was_lent(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, _: Callable[[str], None]) -> None:
            await keys.keep(NANO, Secret("sk-kept"))
            keys.lend(JobId("01"), NANO, Secret("sk-lent"))
            assert await keys.where(NANO) is KeyPlace.KEYRING
            assert [keys.is_lent(job) for job in (JobId("01"), JobId("02"))] == [True, False]
            assert [revealed(await keys.key(NANO, job)) for job in (JobId("01"), JobId("02"), None)] == [
                "sk-lent",
                "sk-kept",
                "sk-kept",
            ]

        self.play(tmp_path, scene)

    def test_a_key_is_given_for_its_own_place_alone(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, _: Callable[[str], None]) -> None:
            keys.lend(JobId("01"), NANO, Secret("sk-lent"))
            for give in (keys.keep(NANO, Secret("sk-kept")), asyncio.sleep(0, keys.hold(NANO, Secret("sk-held")))):
                await give
                assert await keys.key(NANO, at=NANO) is not None
                assert await keys.key(NANO, at=f"{NANO} at https://elsewhere.example") is None
            assert revealed(await keys.key(NANO, JobId("01"), at=NANO)) == "sk-lent"
            assert await keys.key(NANO, JobId("01"), at=f"{NANO} at https://elsewhere.example") is None

        self.play(tmp_path, scene)

    @pytest.mark.parametrize("code", BROKEN)
    def test_without_a_keyring_a_key_is_for_this_session(self, tmp_path: Path, code: str) -> None:
        async def scene(keys: Kept, broken: Callable[[str], None]) -> None:
            broken(code)
            for failing in (keys.keep(NANO, Secret("sk-1")), keys.key(NANO), keys.forget(NANO)):
                with pytest.raises(StorageError) as caught:
                    await failing
                assert caught.value.problem.code == code
            assert await keys.where(NANO) is KeyPlace.NONE
            keys.hold(NANO, Secret("sk-1"))
            assert await seen(keys) == ("sk-1", KeyPlace.SESSION)

        self.play(tmp_path, scene)

    def test_where_it_is_allowed_a_file_takes_what_no_keyring_does(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, broken: Callable[[str], None]) -> None:
            broken("keyring-unavailable")
            keys.hold(NANO, Secret("sk-held"))
            keys.allow_file()
            assert await keys.keep(NANO, Secret("sk-filed")) is KeyPlace.FILE
            assert await seen(keys) == ("sk-filed", KeyPlace.FILE)
            broken("")
            assert await keys.keep(NANO, Secret("sk-kept")) is KeyPlace.KEYRING
            broken("keyring-unavailable")
            assert await keys.where(NANO) is KeyPlace.NONE

        self.play(tmp_path, scene)

    def test_to_forget_empties_the_rest_even_where_no_keyring_answers(self, tmp_path: Path) -> None:
        async def scene(keys: Kept, broken: Callable[[str], None]) -> None:
            broken("keyring-slow")
            keys.allow_file()
            await keys.keep(NANO, Secret("sk-filed"))
            keys.hold(NANO, Secret("sk-held"))
            with pytest.raises(StorageError):
                await keys.forget(NANO)
            assert await keys.where(NANO) is KeyPlace.NONE

        self.play(tmp_path, scene)


async def seen(keys: Kept, provider: ProviderId = NANO) -> tuple[str | None, KeyPlace]:
    """The key and where it is."""
    return revealed(await keys.key(provider)), await keys.where(provider)


def revealed(key: Secret | None) -> str | None:
    return None if key is None else key.reveal()
