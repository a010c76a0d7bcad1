"""Where keys are kept, with keyrings that answer, refuse, or never answer."""

from __future__ import annotations

import asyncio
import functools
import os
import stat
import threading
from typing import TYPE_CHECKING, ParamSpec

import pytest
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from studio.domain.catalogue import trouble
from studio.domain.ids import ProviderId
from studio.domain.problems import StorageError, UsageError
from studio.domain.profile import KeyPlace
from studio.domain.secret import Secret
from studio.storage.keyrings import SystemKeyring
from studio.storage.keys import Keys, read_key_file
from studio.storage.secrets import describe_keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from keyring.backend import KeyringBackend

NANO = ProviderId("nano")
P = ParamSpec("P")


def on_a_loop(test: Callable[P, Coroutine[None, None, None]]) -> Callable[P, None]:
    """Run a test that awaits."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


class Ring:
    """A keyring in memory; `broken` is what it raises."""

    def __init__(self, broken: str = "") -> None:
        self.broken = broken
        self.held: dict[str, str] = {}

    def _answer(self) -> None:
        if self.broken:
            raise trouble(self.broken, seconds=5)

    async def read(self, name: str) -> str | None:
        self._answer()
        return self.held.get(name)

    async def write(self, name: str, key: str) -> None:
        self._answer()
        self.held[name] = key

    async def delete(self, name: str) -> None:
        self._answer()
        self.held.pop(name, None)


def keys(tmp_path: Path, ring: Ring, *, file: bool = False) -> Keys:
    return Keys(ring, tmp_path / "config" / "keys.json", may_use_file=file)


def revealed(found: Secret | None) -> str | None:
    return None if found is None else found.reveal()


@on_a_loop
async def test_a_key_goes_into_the_keyring_and_nowhere_else(tmp_path: Path) -> None:
    ring = Ring()
    mine = keys(tmp_path, ring, file=True)
    assert await mine.key(NANO) is None
    assert await mine.keep(NANO, Secret("sk-1")) is KeyPlace.KEYRING
    assert (revealed(await mine.key(NANO)), await mine.where(NANO)) == ("sk-1", KeyPlace.KEYRING)
    assert os.listdir(tmp_path) == []
    await mine.forget(NANO)
    assert (await mine.key(NANO), ring.held) == (None, {})


@pytest.mark.parametrize("code", ["keyring-unavailable", "keyring-locked", "keyring-slow"])
@on_a_loop
async def test_without_a_keyring_a_key_is_for_this_session(tmp_path: Path, code: str) -> None:
    mine = keys(tmp_path, Ring(code))
    with pytest.raises(StorageError) as caught:
        await mine.keep(NANO, Secret("sk-1"))
    assert caught.value.problem.code == code
    with pytest.raises(StorageError):
        await mine.key(NANO)
    assert await mine.where(NANO) is KeyPlace.NONE
    mine.hold(NANO, Secret("sk-1"))
    assert (revealed(await mine.key(NANO)), await mine.where(NANO)) == ("sk-1", KeyPlace.SESSION)
    assert os.listdir(tmp_path) == []


@on_a_loop
async def test_a_file_is_written_only_where_that_is_allowed_and_for_its_owner_alone(tmp_path: Path) -> None:
    ring = Ring("keyring-unavailable")
    mine = keys(tmp_path, ring, file=True)
    assert await mine.keep(NANO, Secret("sk-1")) is KeyPlace.FILE
    path = tmp_path / "config" / "keys.json"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert (revealed(await keys(tmp_path, ring).key(NANO)), await mine.where(NANO)) == ("sk-1", KeyPlace.FILE)
    ring.broken = ""
    assert await mine.keep(NANO, Secret("sk-2")) is KeyPlace.KEYRING
    assert "sk-1" not in path.read_text()


@on_a_loop
async def test_a_damaged_key_file_holds_no_keys(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    for damage in (b"", b"[1]", b'{"nano": 3}', b"\xff"):
        (tmp_path / "config" / "keys.json").write_bytes(damage)
        assert await keys(tmp_path, Ring(), file=True).key(NANO) is None


@pytest.mark.parametrize("make", [FailKeyring, NullKeyring])
@on_a_loop
async def test_back_ends_that_protect_nothing_are_not_used(make: Callable[[], KeyringBackend]) -> None:
    ring = SystemKeyring(find=make)
    with pytest.raises(StorageError) as caught:
        await ring.write("x", "sk-1")
    assert caught.value.problem.code == "keyring-unavailable"


def test_a_keyring_whose_bus_fails_is_described_without_a_trace() -> None:
    def find() -> KeyringBackend:
        raise RuntimeError("no such bus")

    assert describe_keyring(find=find) == "does not answer"


@on_a_loop
async def test_a_keyring_that_hangs_is_left_alone_after_the_limit() -> None:
    answered, asked = threading.Event(), threading.Event()

    def find() -> KeyringBackend:
        asked.set()
        answered.wait()
        return FailKeyring()

    with pytest.raises(StorageError) as caught:
        await SystemKeyring(limit_s=0.05, find=find).read("x")
    assert caught.value.problem.code == "keyring-slow"
    assert asked.is_set()
    assert describe_keyring(0.05, find) == "does not answer"
    answered.set()
    # What comes too late disturbs nobody.
    await asyncio.to_thread(_join_keyrings)


def _join_keyrings() -> None:
    for thread in [each for each in threading.enumerate() if each.name == "keyring"]:
        thread.join()


def test_a_key_file_must_be_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("sk-1\n")
    path.chmod(0o600)
    assert read_key_file(path) == "sk-1\n"
    for mode in (0o640, 0o604, 0o666):
        path.chmod(mode)
        with pytest.raises(UsageError) as caught:
            read_key_file(path)
        assert caught.value.problem.code == "key-file-open"
    with pytest.raises(StorageError) as missing:
        read_key_file(tmp_path / "no")
    assert missing.value.problem.code == "file-missing"


def test_a_pipe_is_no_key_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(UsageError):
        read_key_file(tmp_path / "pipe")
    with pytest.raises((UsageError, StorageError)):
        read_key_file(tmp_path)


@on_a_loop
async def test_a_key_is_found_for_no_other_place(tmp_path: Path) -> None:
    ring, place = Ring(), ["https://a"]
    mine = Keys(ring, tmp_path / "keys.json", may_use_file=False, name_of=lambda provider: f"{provider} at {place[0]}")
    await mine.keep(NANO, Secret("sk-1"))
    place[0] = "https://b"
    assert await mine.key(NANO) is None
    place[0] = "https://a"
    assert revealed(await mine.key(NANO)) == "sk-1"
