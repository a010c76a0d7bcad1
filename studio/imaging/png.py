"""PNG written fast: the Up filter in numpy and ISA-L's deflate.

Six times as fast as Pillow at its quickest level and no larger. Colours under transparent pixels are kept.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol, cast

import cv2
import numpy as np
from isal import isal_zlib

from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import Bytes, as_bytes, is_opaque, view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.domain.pixels import Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
UP = 2
"""The filter that writes each byte as its difference from the one above."""
STRIP = 1 << 22
"""About so many bytes are filtered at a time."""

GRAY, RGB, RGBA = 0, 2, 6


class _Packer(Protocol):
    def compress(self, data: memoryview, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Deflate(Protocol):
    """What is used of isal, whose own types leave the type of the data open."""

    def crc32(self, data: bytes, value: int = 0, /) -> int: ...
    def compressobj(self, level: int) -> _Packer: ...


DEFLATE = cast("_Deflate", isal_zlib)


def png(
    pixels: Pixels,
    *,
    icc: bytes | None = None,
    xmp: bytes | None = None,
    text: Mapping[str, str] | None = None,
) -> bytes:
    """A PNG of 8 bits: gray for gray pixels, RGB where all is opaque, else RGBA. Nothing else is written but what is
    given. Raises ValueError on premultiplied pixels, whose colours are lost."""
    if pixels.format is PixelFormat.BGRA_PREMULTIPLIED or pixels.size.is_empty:
        raise ValueError(f"no PNG can be made of {pixels.size} {pixels.format.value}")
    array = view(pixels)
    kind = _kind(array, pixels.format)
    size = pixels.size
    header = size.width.to_bytes(4, "big") + size.height.to_bytes(4, "big") + bytes((8, kind, 0, 0, 0))
    parts = [SIGNATURE, _chunk(b"IHDR", header)]
    if icc:
        parts.append(_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(icc)))
    if xmp:
        parts.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    for keyword, value in (text or {}).items():
        parts.append(_chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + value.encode()))
    parts.extend(_chunk(b"IDAT", piece) for piece in _deflated(array, kind))
    parts.append(_chunk(b"IEND", b""))
    return b"".join(parts)


def _kind(array: Bytes, pixel_format: PixelFormat) -> int:
    if pixel_format is PixelFormat.GRAY:
        return GRAY
    return RGB if pixel_format is PixelFormat.BGRX or is_opaque(array) else RGBA


def _chunk(name: bytes, body: bytes) -> bytes:
    check = DEFLATE.crc32(body, DEFLATE.crc32(name))
    return b"".join((len(body).to_bytes(4, "big"), name, body, check.to_bytes(4, "big")))


def _deflated(array: Bytes, kind: int) -> Iterator[bytes]:
    packer = DEFLATE.compressobj(1)
    for rows in _filtered(array, kind):
        piece = packer.compress(rows.data)
        if piece:
            yield piece
    yield packer.flush()


def _filtered(array: Bytes, kind: int) -> Iterator[Bytes]:
    """The rows as the file has them, some at a time: a filter byte, then the differences from the row above."""
    depth = {GRAY: 1, RGB: 3, RGBA: 4}[kind]
    height, width = array.shape[:2]
    step = max(1, STRIP // (width * depth))
    above = np.zeros((1, width * depth), np.uint8)
    for top in range(0, height, step):
        rows = _ordered(array[top : top + step], kind).reshape(-1, width * depth)
        raw = np.empty((rows.shape[0], 1 + width * depth), np.uint8)
        raw[:, 0] = UP
        np.subtract(rows[:1], above, out=raw[:1, 1:])
        np.subtract(rows[1:], rows[:-1], out=raw[1:, 1:])
        above = rows[-1:].copy()
        yield raw.reshape(-1)


def _ordered(rows: Bytes, kind: int) -> Bytes:
    if kind == GRAY:
        return np.ascontiguousarray(rows)
    return as_bytes(cv2.cvtColor(rows, cv2.COLOR_BGRA2RGB if kind == RGB else cv2.COLOR_BGRA2RGBA))
