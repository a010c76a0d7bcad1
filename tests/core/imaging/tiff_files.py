"""TIFF files byte by byte: the kinds that designers' programs write and Pillow does not."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

TYPES = {"B": 1, "H": 3, "L": 4, "Q": 16}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How the samples are laid out. `tile` is the edge of a tile, 0 for strips of `rows`."""

    photometric: int = 2
    extra: tuple[int, ...] = ()
    apart: bool = False
    order: Literal["<", ">"] = "<"
    big: bool = False
    deflate: bool = False
    predictor: int = 1
    tile: int = 0
    rows: int = 7


def tiff(array: np.ndarray, kind: Kind, more: dict[int, tuple[str, tuple[int, ...]]] | None = None) -> bytes:
    """The file; the array is of shape (height, width, channels)."""
    height, width, channels = array.shape
    blocks = [block for plane in _planes(array, kind) for block in _blocks(plane, kind)]
    head = 16 if kind.big else 8
    starts = [head + sum(len(each) for each in blocks[:number]) for number in range(len(blocks))]
    where = "Q" if kind.big else "L"
    tags: dict[int, tuple[str, tuple[int, ...]]] = {
        256: ("L", (width,)),
        257: ("L", (height,)),
        258: ("H", (array.itemsize * 8,) * channels),
        259: ("H", (8 if kind.deflate else 1,)),
        262: ("H", (kind.photometric,)),
        277: ("H", (channels,)),
        284: ("H", (2 if kind.apart else 1,)),
        317: ("H", (kind.predictor,)),
        339: ("H", ({"u": 1, "i": 2, "f": 3}[array.dtype.kind],) * channels),
        **({338: ("H", kind.extra)} if kind.extra else {}),
        **(more or {}),
    }
    lengths = tuple(len(each) for each in blocks)
    if kind.tile:
        tags |= {322: ("L", (kind.tile,)), 323: ("L", (kind.tile,)), 324: (where, tuple(starts)), 325: ("L", lengths)}
    else:
        tags |= {278: ("L", (kind.rows,)), 273: (where, tuple(starts)), 279: ("L", lengths)}
    pixels = b"".join(blocks)
    pixels += bytes(len(pixels) % 2)
    return _head(kind, head + len(pixels)) + pixels + _directory(tags, kind, head + len(pixels))


def _planes(array: np.ndarray, kind: Kind) -> list[np.ndarray]:
    return [array[..., number : number + 1] for number in range(array.shape[2])] if kind.apart else [array]


def _blocks(plane: np.ndarray, kind: Kind) -> list[bytes]:
    height, width, channels = plane.shape
    if not kind.tile:
        return [_block(plane[top : top + kind.rows], kind) for top in range(0, height, kind.rows)]
    edge = kind.tile
    padded = np.zeros((-(-height // edge) * edge, -(-width // edge) * edge, channels), plane.dtype)
    padded[:height, :width] = plane
    corners = [(top, left) for top in range(0, height, edge) for left in range(0, width, edge)]
    return [_block(padded[top : top + edge, left : left + edge], kind) for top, left in corners]


def _block(part: np.ndarray, kind: Kind) -> bytes:
    if kind.predictor == 2:
        part = np.concatenate((part[:, :1], np.diff(part, axis=1)), axis=1)
    if kind.predictor == 3:
        rows, columns, channels = part.shape
        planes = part.astype(">f4").view(np.uint8).reshape(rows, columns * channels, 4).transpose(0, 2, 1)
        steps = np.ascontiguousarray(planes).reshape(rows, -1, channels)
        data = np.concatenate((steps[:, :1], np.diff(steps, axis=1)), axis=1).tobytes()
    else:
        data = part.astype(part.dtype.newbyteorder(kind.order)).tobytes()
    return zlib.compress(data) if kind.deflate else data


def _head(kind: Kind, start: int) -> bytes:
    mark = b"II" if kind.order == "<" else b"MM"
    return mark + (
        struct.pack(kind.order + "HHHQ", 43, 8, 0, start) if kind.big else struct.pack(kind.order + "HL", 42, start)
    )


def _directory(tags: dict[int, tuple[str, tuple[int, ...]]], kind: Kind, start: int) -> bytes:
    entry, where, room = ("HHQ", "Q", 8) if kind.big else ("HHL", "L", 4)
    behind = start + (8 if kind.big else 2) + len(tags) * (12 + room if kind.big else 12) + room
    entries, values = b"", b""
    for tag, (letter, numbers) in sorted(tags.items()):
        packed = struct.pack(f"{kind.order}{len(numbers)}{letter}", *numbers)
        if len(packed) > room:
            packed, values = struct.pack(kind.order + where, behind + len(values)), values + packed
        entries += struct.pack(kind.order + entry, tag, TYPES[letter], len(numbers)) + packed.ljust(room, b"\0")
    count = struct.pack(kind.order + ("Q" if kind.big else "H"), len(tags))
    return count + entries + bytes(room) + values
