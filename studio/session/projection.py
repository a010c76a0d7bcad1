"""The picture as it is shown: the composited document at every level of a pyramid, tile by tile, ready for painting.

A projection is frozen. A new one shares every tile that the change did not touch, and is made in a worker thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.document.diff import difference
from studio.domain.geometry import Rect
from studio.imaging.colour import colour_to_srgb
from studio.imaging.compose import for_screen
from studio.imaging.pyramid import levels_of, renewed
from studio.imaging.tiles import TILE, Raster, changed_tiles, tile_rect
from studio.session.face.views import PaintTile
from studio.session.flattening import composited

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.document.state import DocumentState
    from studio.domain.geometry import Size
    from studio.domain.ids import LayerId
    from studio.domain.pixels import Pixels
    from studio.imaging.tiles import TileKey


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Level:
    """One level: its straight pixels, and the same ready for painting."""

    raster: Raster
    screen: Mapping[TileKey, Pixels]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Projection:
    """Level 0 is full size; each further one is half as large."""

    state: DocumentState
    without: LayerId | None
    levels: tuple[Level, ...]

    @property
    def size(self) -> Size:
        """The shown document's size."""
        return self.state.size

    def tiles(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        """The tiles that touch a rectangle (document space)."""
        level = max(0, min(level, len(self.levels) - 1))
        chosen = self.levels[level]
        found: list[PaintTile] = []
        for key in rect.intersected(self.state.box).tiles(TILE << level):
            pixels = chosen.screen.get(key)
            if pixels is not None:
                found.append(PaintTile(box=level_box(chosen.raster.size, key, level), level=level, pixels=pixels))
        return found


def level_box(size: Size, key: TileKey, level: int) -> Rect:
    """The box (document space) that a tile of a level shows; `size` is the level's. Since levels are rounded up, it
    may reach less than one pixel of the level out of the document."""
    place = tile_rect(size, key)
    return Rect(x=place.x << level, y=place.y << level, width=place.width << level, height=place.height << level)


def project(state: DocumentState, before: Projection | None, without: LayerId | None = None) -> Projection:
    """The projection of a state, made anew only where it differs from the one before. Runs in any thread."""
    if before is None or before.without != without or before.size != state.size:
        before, dirty = None, state.box
    else:
        dirty = difference(before.state, state).rect.intersected(state.box)
        if dirty.is_empty:
            return Projection(state=state, without=without, levels=before.levels)
    raster = composited(state, before.levels[0].raster if before else None, dirty.tiles(TILE), without)
    keys = changed_tiles(before.levels[0].raster, raster) if before else frozenset(raster.tiles)
    reduced = renewed(tuple(level.raster for level in before.levels[1:]), raster, keys) if before else levels_of(raster)
    rasters = (raster, *reduced)
    older = before.levels if before else (None,) * len(rasters)
    return Projection(
        state=state,
        without=without,
        levels=tuple(_level(new, old, state.icc) for new, old in zip(rasters, older, strict=True)),
    )


def _level(raster: Raster, before: Level | None, icc: bytes | None) -> Level:
    screen = dict(before.screen) if before else {}
    for key in changed_tiles(before.raster, raster) if before else raster.tiles:
        tile = raster.tiles.get(key)
        if tile is None:
            screen.pop(key, None)
        else:
            screen[key] = for_screen(colour_to_srgb(tile.pixels, icc))
    return Level(raster=raster, screen=screen)
