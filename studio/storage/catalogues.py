"""The last good catalogue of each provider, as files of the cache."""

from __future__ import annotations

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

    async def load(self, provider: ProviderId) -> bytes | None:
        """None where there is none. Raises StorageError."""
        return await self._compute(self._read, provider)

    async def save(self, provider: ProviderId, data: bytes) -> None:
        """Raises StorageError."""
        await self._compute(self._write, provider, data)

    def _read(self, provider: ProviderId) -> bytes | None:
        path = self._folder / f"{provider}.json"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise disk_trouble(error, path) from error

    def _write(self, provider: ProviderId, data: bytes) -> None:
        make_private(self._folder)
        write_bytes(self._folder / f"{provider}.json", data, private=True, sync=False)
