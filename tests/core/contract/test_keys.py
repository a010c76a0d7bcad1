"""The real store of keys, over a keyring in memory, and the one that tests use, held to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.storage.keys import Keys
from tests.core.contract.keys import Kept, KeysContract
from tests.fakes.keys import MemoryKeys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ring:
    """A keyring in memory; `broken` names what it raises."""

    def __init__(self) -> None:
        self.broken = ""
        self._held: dict[str, str] = {}

    def set_broken(self, code: str) -> None:
        self.broken = code

    async def read(self, name: str) -> str | None:
        self._answer()
        return self._held.get(name)

    async def write(self, name: str, key: str) -> None:
        self._answer()
        self._held[name] = key

    async def delete(self, name: str) -> None:
        self._answer()
        self._held.pop(name, None)

    def _answer(self) -> None:
        if self.broken:
            raise trouble(self.broken, seconds=5)


class TestKeys(KeysContract):
    def make(self, folder: Path) -> tuple[Kept, Callable[[str], None]]:
        ring = Ring()
        return Keys(ring, folder / "keys.json", may_use_file=False), ring.set_broken


class TestMemoryKeys(KeysContract):
    def make(self, folder: Path) -> tuple[Kept, Callable[[str], None]]:
        keys = MemoryKeys()

        def broken(code: str) -> None:
            keys.broken = code

        return keys, broken
