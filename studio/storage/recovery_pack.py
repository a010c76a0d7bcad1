"""Tiles in packs, and the manifest that tells where each one lies."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.domain.geometry import Size  # noqa: TC001  # msgspec resolves the fields' types when it runs
from studio.domain.pixels import PixelFormat
from studio.imaging.decode import decode
from studio.imaging.masks import mask_of
from studio.imaging.png import png
from studio.imaging.tiles import Raster, Tile, TileKey, read_all, tile_rect
from studio.storage.state_record import StateRecord  # noqa: TC001  # msgspec resolves the fields' types when it runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a tile's PNG lies: its pack's name, first byte, length, and CRC-32."""

    pack: str
    start: int
    length: int
    check: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TileRecord:
    """A tile of a raster: column, row, the tile's id, and its place."""

    column: int
    row: int
    id: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterTable:
    """A raster and its tiles."""

    size: Size
    gray: bool
    tiles: tuple[TileRecord, ...]

    @staticmethod
    def of(raster: Raster, places: Mapping[int, Place]) -> RasterTable:
        """The table of a raster all of whose tiles have a place."""
        tiles = tuple(
            TileRecord(column=column, row=row, id=tile.id, place=places[tile.id])
            for (column, row), tile in raster.tiles.items()
        )
        return RasterTable(size=raster.size, gray=raster.format is PixelFormat.GRAY, tiles=tiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One generation of a document. `profile` names the file of its colour profile."""

    title: str
    saved_at: float
    path: str | None
    state: StateRecord
    rasters: tuple[RasterTable, ...]
    profile: str | None = None

    def places(self) -> dict[int, Place]:
        """Where each tile lies, by the tile's id."""
        return {tile.id: tile.place for raster in self.rasters for tile in raster.tiles}


class Pack:
    """The tiles of one save, one behind the other."""

    def __init__(self, number: int) -> None:
        self.name = f"{number:06}.pack"
        self.data = bytearray()

    def add(self, tile: Tile) -> Place:
        """Put a tile in and tell its place."""
        picture = png(tile.pixels)
        place = Place(pack=self.name, start=len(self.data), length=len(picture), check=zlib.crc32(picture))
        self.data += picture
        return place


def read_rasters(folder: Path, tables: Sequence[RasterTable]) -> list[Raster]:
    """The rasters again; a tile that several have is one object. Tiles keep their ids, so that they are known to be on
    the disk. Raises OSError, ValueError, ImagingError where a pack is missing or damaged."""
    packs: dict[str, bytes] = {}
    tiles: dict[int, Tile] = {}
    for table in tables:
        for record in table.tiles:
            if record.id not in tiles:
                tiles[record.id] = _tile(folder, packs, table, record)
    return [_raster(table, tiles) for table in tables]


def _raster(table: RasterTable, tiles: Mapping[int, Tile]) -> Raster:
    held: dict[TileKey, Tile] = {(record.column, record.row): tiles[record.id] for record in table.tiles}
    for key, tile in held.items():
        if tile.pixels.size != tile_rect(table.size, key).size:
            raise ValueError("a tile of another size")
    return Raster(size=table.size, format=_format(table), tiles=MappingProxyType(held))


def _tile(folder: Path, packs: dict[str, bytes], table: RasterTable, record: TileRecord) -> Tile:
    place = record.place
    if place.pack not in packs:
        if "/" in place.pack or "\\" in place.pack:
            raise ValueError("a pack elsewhere")
        packs[place.pack] = (folder / place.pack).read_bytes()
    picture = packs[place.pack][place.start : place.start + place.length]
    if zlib.crc32(picture) != place.check:
        raise ValueError(f"{place.pack} is damaged")
    pixels = decode(picture, place.pack).pixels
    return Tile(pixels=read_all(mask_of(pixels, "white")) if table.gray else pixels, id=record.id)


def _format(table: RasterTable) -> PixelFormat:
    return PixelFormat.GRAY if table.gray else PixelFormat.BGRA
