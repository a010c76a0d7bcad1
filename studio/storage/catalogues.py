"""The last good catalogue of each provider, as files of the cache."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

from studio.storage.atomic import write_bytes
from studio.storage.private import make_private
from studio.storage.trouble import disk_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.ids import ProviderId
    from studio.storage.adapters import Run


class Catalogues:
    """Matches `providers.ports.CatalogueStore`. A provider's id is a file name already: see `domain/profile.py`."""

    def __init__(self, folder: Path, compute: Run) -> None:
        self._folder = folder
        self._compute = compute
        self._turns = itertools.count(1)
        self._writing = threading.Lock()
        self._kept: dict[ProviderId, int] = {}
        """The question whose answer is on the disk, of each provider that was asked."""

    def turn(self) -> int:
        """The number of a question that is about to be asked."""
        return next(self._turns)

    async def load(self, provider: ProviderId) -> bytes | None:
        """None where there is none. Raises StorageError."""
        return await self._compute(self._read, provider)

    async def save(self, provider: ProviderId, data: bytes, turn: int) -> None:
        """Keep it, where the answer to a later question is not kept already. Raises StorageError."""
        await self._compute(self._write, provider, data, turn)

    def _read(self, provider: ProviderId) -> bytes | None:
        path = self._folder / f"{provider}.json"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_trouble(error, path) from error

    def _write(self, provider: ProviderId, data: bytes, turn: int) -> None:
        # The threads of a pool take turns as they like.
        with self._writing:
            if turn < self._kept.get(provider, 0):
                return
            make_private(self._folder)
            write_bytes(self._folder / f"{provider}.json", data, private=True, sync=False)
            self._kept[provider] = turn
