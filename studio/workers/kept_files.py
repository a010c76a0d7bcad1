"""Files of the library as they are named to a process that opens them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.ids import BlobId
from studio.imaging.kept import Kept

if TYPE_CHECKING:
    from studio.workers.channel import Fields, Json


def kept_told(kept: Kept) -> dict[str, Json]:
    """The fields to tell the other side."""
    return {"blob": kept.blob, "path": kept.path}


def kept_heard(fields: Fields) -> Kept:
    """The file that such fields name. Raises BadMessage."""
    return Kept(blob=BlobId(fields.text("blob")), path=fields.text("path"))
