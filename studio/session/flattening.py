"""A document's composite as tiles, and the document as a small picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.pictures import flattened, pictures
from studio.imaging.compose import composite_tiles
from studio.imaging.resample import resize
from studio.imaging.thumbnails import fitted
from studio.imaging.tiles import empty, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.document.state import DocumentState
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels
    from studio.imaging.tiles import Raster, TileKey


def composited(
    state: DocumentState, before: Raster | None, keys: Iterable[TileKey], without: LayerId | None = None
) -> Raster:
    """The document as a raster, some tiles of it painted anew over the raster before."""
    ground = before or empty(state.size)
    return replace(ground, composite_tiles(pictures(state, without), state.size, keys))


def small(state: DocumentState, side: int) -> Pixels:
    """The document with its longer side brought down to `side`: BGRA, straight alpha, as files are made of."""
    return resize(flattened(state), fitted(state.size, side))
