"""How many bytes of tiles a set of states holds, each tile counted once however often it is shared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.document.state import DocumentState
    from studio.imaging.tiles import Raster


class Holdings:
    """Counted by identity in two stages: states hold rasters, rasters hold tiles. An edit replaces one raster or two,
    so adding a state looks at those rasters' tiles only."""

    def __init__(self) -> None:
        self._rasters: Counter[int] = Counter()
        self._weights: dict[int, int] = {}
        self._tiles: Counter[int] = Counter()
        self.total = 0

    def add(self, state: DocumentState) -> None:
        """Count a state. It must stay alive until it is removed, for the ids of its tiles are what is counted."""
        for raster in _rasters(state):
            self._rasters[id(raster)] += 1
            if self._rasters[id(raster)] == 1:
                self._weights[id(raster)] = self._add_tiles(raster)

    def remove(self, state: DocumentState) -> None:
        """Take a state off that was added."""
        for raster in _rasters(state):
            self._rasters[id(raster)] -= 1
            if self._rasters[id(raster)] == 0:
                del self._rasters[id(raster)], self._weights[id(raster)]
                self._remove_tiles(raster)

    def weight(self, state: DocumentState) -> int:
        """Bytes of the rasters of a state that was added; a tile in two of its rasters counts twice."""
        return sum(self._weights[each] for each in {id(raster) for raster in _rasters(state)})

    def _add_tiles(self, raster: Raster) -> int:
        weight = 0
        for tile in raster.tiles.values():
            weight += tile.weight
            self._tiles[id(tile)] += 1
            if self._tiles[id(tile)] == 1:
                self.total += tile.weight
        return weight

    def _remove_tiles(self, raster: Raster) -> None:
        for tile in raster.tiles.values():
            self._tiles[id(tile)] -= 1
            if self._tiles[id(tile)] == 0:
                del self._tiles[id(tile)]
                self.total -= tile.weight


def _rasters(state: DocumentState) -> Iterator[Raster]:
    for layer in state.layers:
        yield layer.raster
        if layer.mask is not None:
            yield layer.mask
        for variation in layer.variations:
            if variation.raster is not None:
                yield variation.raster
    yield state.mask
    for saved in state.masks:
        yield saved.raster
