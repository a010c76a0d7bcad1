"""The mask's tiles for painting, at every level. Strokes renew them at once; large changes come from the pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.imaging.pyramid import levels_of, renewed
from studio.imaging.tiles import TILE, changed_tiles, replace, tiles_rect
from studio.session.face.views import PaintTile
from studio.session.projection import level_box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.geometry import Rect
    from studio.imaging.tiles import Raster, Tile

AT_ONCE = 64
"""Changed tiles that are reduced on the home thread; more than these are made in the pool."""


class MaskDisplay:
    """A mask and its reduced copies. What is shown may be one running stroke ahead of the document's mask."""

    def __init__(self) -> None:
        self._raster: Raster | None = None
        self._levels: tuple[Raster, ...] = ()

    def clear(self) -> None:
        """Nothing is masked, or another document is open."""
        self._raster, self._levels = None, ()

    def paint(self, mask: Raster, rect: Rect, tile: Callable[[int, int], Tile | None]) -> None:
        """The stroke that runs over `mask` touched a rectangle: take its tiles."""
        keys = frozenset(rect.tiles(TILE))
        ground = self._raster if self._raster is not None and self._raster.size == mask.size else mask
        live = replace(ground, {key: tile(*key) for key in keys})
        self._set(live, renewed(self._levels, live, keys) if self._levels else levels_of(live))

    def follow(self, mask: Raster) -> bool:
        """Show this mask where little of it changed; False where the change is one for the pool (see `reduced`)."""
        if self._raster is None or self._raster.size != mask.size:
            return False
        keys = changed_tiles(self._raster, mask)
        if len(keys) > AT_ONCE:
            return False
        self._set(mask, renewed(self._levels, mask, keys))
        return True

    def take(self, mask: Raster, levels: tuple[Raster, ...]) -> Rect:
        """Show a mask whose reduced copies were made in the pool; what must be painted anew."""
        before = self._raster
        self._set(mask, levels)
        if before is None or before.size != mask.size:
            return tiles_rect(mask.size, frozenset(mask.tiles))
        return tiles_rect(mask.size, changed_tiles(before, mask))

    def reduced(self, mask: Raster) -> Callable[[], tuple[Raster, ...]]:
        """The work for the pool: the reduced copies of a mask, sharing what is known."""
        before, levels = self._raster, self._levels
        if before is None or before.size != mask.size or not levels:
            return lambda: levels_of(mask)
        return lambda: renewed(levels, mask, changed_tiles(before, mask))

    def _set(self, raster: Raster, levels: tuple[Raster, ...]) -> None:
        self._raster, self._levels = raster, levels

    def tiles(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """Tiles that touch a rectangle (document space) and are not empty."""
        if self._raster is None:
            return ()
        rasters = (self._raster, *self._levels)
        level = max(0, min(level, len(rasters) - 1))
        chosen = rasters[level]
        found: list[PaintTile] = []
        for key in rect.tiles(TILE << level):
            tile = chosen.tiles.get(key)
            if tile is not None:
                box = level_box(chosen.size, key, level)
                found.append(PaintTile(box=box, level=level, pixels=tile.pixels))
        return found
