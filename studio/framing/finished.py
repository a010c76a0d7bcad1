"""The finished picture of an order, made of files alone: it needs no document, and can be made after a restart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble

if TYPE_CHECKING:
    from studio.domain.geometry import Size
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


def finished(work: Unfinished) -> tuple[bytes, Size]:
    """The finished picture as PNG, with the colour profile of its source. Raises StorageError, ImagingError, and
    ValueError as `finish` does."""
    # Whoever only asks for it has another process do it, and needs nothing that works on pictures.
    from studio.framing.masks import mask_file
    from studio.framing.place import finish
    from studio.imaging.decode import decode
    from studio.imaging.png import png

    source = decode(work.source.read(), "The picture")
    answer = decode(work.answer.read(), "The result").pixels
    paste = mask_file(work.paste.read()) if work.paste is not None else None
    picture = finish(source.pixels, answer, work.placement, paste, work.outcome)
    return png(picture, icc=source.icc), picture.size
