"""A document's layers as the painter takes them, and the document as one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.pictures import pictures
from studio.imaging.compose import composite_tiles, flatten
from studio.imaging.thumbnails import thumbnail
from studio.imaging.tiles import empty, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.document.state import DocumentState
    from studio.domain.geometry import Rect
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels
    from studio.imaging.tiles import Raster, TileKey


def flattened(state: DocumentState, box: Rect | None = None, without: LayerId | None = None) -> Pixels:
    """What a box of the document shows (all of it by default): BGRA, straight alpha."""
    return flatten(pictures(state, without=without), box or state.box)


def composited(
    state: DocumentState, before: Raster | None, keys: Iterable[TileKey], without: LayerId | None = None
) -> Raster:
    """The document as a raster, some tiles of it painted anew over the raster before."""
    ground = before or empty(state.size)
    return replace(ground, composite_tiles(pictures(state, without=without), state.size, keys))


def small(state: DocumentState, side: int) -> Pixels:
    """The document as a thumbnail of this longer side."""
    return thumbnail(flattened(state), side)
