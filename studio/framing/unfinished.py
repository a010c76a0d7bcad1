"""An answer that is to be made into a finished picture. Apart from what makes it, which another process loads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from studio.domain.ids import BlobId
    from studio.domain.request import Outcome, Placement


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An answer, the whole picture that it belongs into, and the mask under which it is pasted."""

    source: Kept
    answer: Kept
    paste: Kept | None
    placement: Placement
    outcome: Outcome
