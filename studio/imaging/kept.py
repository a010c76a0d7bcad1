"""A picture's file in the library, for a process that opens it itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from studio.domain.ids import BlobId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A blob and the file that holds it."""

    blob: BlobId
    path: str

    def read(self) -> bytes:
        """Raises StorageError: file-missing, read-failed, or blob-damaged where the bytes are not what they were."""
        name = Path(self.path).name
        try:
            data = Path(self.path).read_bytes()
        except FileNotFoundError as error:
            raise trouble("file-missing", name=name, detail=self.path) from error
        except OSError as error:
            raise trouble("read-failed", name=name, detail=str(error)) from error
        if hashlib.sha256(data).hexdigest() != self.blob:
            raise trouble("blob-damaged", place=self.path)
        return data
