"""The finished picture of an order, made of files alone: it needs no document, and can be made after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.pixels import PixelFormat
from studio.framing.colours import arriving
from studio.framing.masks import mask_file
from studio.framing.place import finish
from studio.imaging.decode import decode
from studio.imaging.png import png

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.framing.unfinished import Unfinished


def finished(work: Unfinished) -> tuple[bytes, Size]:
    """The finished picture as PNG, with the colour profile of its source; a mask has no colours, and a profile for
    them would make its file one that readers complain of (PNG 3, 11.3.2.3). Raises StorageError, ImagingError, and
    ValueError as `finish` does."""
    source = decode(work.source.read(), "The picture")
    answer = arriving(work.answer.read(), source.icc, work.colours, work.outcome)
    paste = mask_file(work.paste.read()) if work.paste is not None else None
    picture = finish(source.pixels, answer, work.placement, paste, work.outcome)
    return png(picture, icc=None if picture.format is PixelFormat.GRAY else source.icc), picture.size
