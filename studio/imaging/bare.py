"""A picture's file without anything but the picture, its pixels untouched: no camera, place, date, comment, thumbnail,
second picture or text. None where the pixels have to be read to get there: an animation, a colour profile, a palette,
more than 8 bits, inks. Neither an orientation nor damage is looked for; whoever opens the file finds them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.geometry import Size
from studio.imaging.png import GRAY, RGB, RGBA, SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 33
"""Bytes of a PNG's signature and IHDR chunk."""
_KEPT = frozenset((b"IHDR", b"IDAT", b"IEND"))
_COLOURS = frozenset((b"tRNS", b"acTL", b"eXIf", b"iCCP", b"cICP", b"gAMA", b"cHRM", b"PLTE"))
"""What changes how the pixels are seen."""
_SHOWN_AS_IS = b"sRGB"
"""Beside it, gamma and chromaticities only repeat it."""

EOI, SOS, APP0, APP1, APP2, APP14, APP15, COM = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_FRAMES = frozenset((0xC0, 0xC1, 0xC2))
"""Starts of frames of 8 bits a colour, sequential or progressive, that every reader knows."""
_ODD_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TOLD = frozenset((*range(APP1, APP15 + 1), COM)) - {APP14}
"""Where files tell of themselves. The segment that stays says how the colours are kept."""
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""The end of a scan's data: a marker that is neither a filler nor a restart."""
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
"""Markers without a length."""


def bare(data: bytes) -> bytes | None:
    """The file of a PNG, JPEG or WebP with its picture alone."""
    if data.startswith(SIGNATURE):
        return bare_png(data)
    if data.startswith(b"\xff\xd8"):
        return bare_jpeg(data)
    return bare_webp(data)


def png_head(data: bytes) -> tuple[Size, bool] | None:
    """Size of a PNG, and whether it has no alpha; None where its head is not there."""
    if not data.startswith(SIGNATURE) or len(data) < _HEAD:
        return None
    size = Size(width=int.from_bytes(data[16:20], "big"), height=int.from_bytes(data[20:24], "big"))
    return size, data[25] in (GRAY, RGB)


def bare_png(data: bytes) -> bytes | None:
    """A PNG of 8 bits, gray, RGB or RGBA, with its picture alone."""
    if not data.startswith(SIGNATURE) or len(data) < _HEAD or data[24] != 8 or data[25] not in (GRAY, RGB, RGBA):
        return None
    chunks = list(_chunks(data))
    names = {name for name, _ in chunks}
    changing = names & _COLOURS
    if changing and not (_SHOWN_AS_IS in names and changing <= {b"gAMA", b"cHRM"}):
        return None
    kept = [chunk for name, chunk in chunks if name in _KEPT]
    if not kept or bytes(kept[-1][4:8]) != b"IEND":
        return None
    # Nothing to take out: the same bytes, so that a large picture of ours is not copied.
    if sum(map(len, kept)) + len(SIGNATURE) == len(data):
        return data
    return b"".join((SIGNATURE, *kept))


def bare_jpeg(data: bytes) -> bytes | None:
    """A JPEG of 8 bits, gray or YCbCr, with its picture alone: what follows its end (a second picture, a film) is cut
    off too."""
    kept: list[bytes | memoryview] = [data[:2]]
    whole = memoryview(data)
    for marker, start, end in _segments(data):
        if _is_odd(marker, whole[start + 4 : end]):
            return None
        if marker == APP0:
            kept.append(_plain_jfif(whole[start:end]))
        elif marker not in _TOLD:
            kept.append(whole[start:end])
        if marker == EOI:
            return b"".join(kept)
    return None


def bare_webp(data: bytes) -> bytes | None:
    """A still WebP that says nothing but its picture already."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or data[12:16] not in (b"VP8 ", b"VP8L"):
        return None
    length = int.from_bytes(data[16:20], "little")
    end = 20 + length + (length & 1)
    return data if end == len(data) and int.from_bytes(data[4:8], "little") + 8 == end else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """The name of each chunk, and all of it; up to the end of the picture."""
    at, whole = len(SIGNATURE), memoryview(data)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        yield name, whole[at:end]
        if name == b"IEND":
            return
        at = end


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment; the data of a scan belongs to its header."""
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == EOI or marker in _ALONE:
            end = at + 2
        elif at + 4 <= len(data):
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        else:
            return
        if marker == SOS:
            found = _NEXT.search(data, end)
            end = found.start() if found else len(data)
        yield marker, at, end
        if marker == EOI:
            return
        at = end


def _is_odd(marker: int, body: memoryview) -> bool:
    """Whether a segment says that the pixels are not plain gray or YCbCr of 8 bits."""
    if marker in _FRAMES:
        return len(body) < 6 or body[0] != 8 or body[5] not in (1, 3)
    if marker == APP14:
        return len(body) < 12 or body[11] != 1
    if marker == APP2:
        return bytes(body[:11]) == b"ICC_PROFILE"
    return marker in _ODD_FRAMES


def _plain_jfif(segment: memoryview) -> bytes | memoryview:
    """The JFIF head without a thumbnail."""
    head = bytes(segment[4:18])
    if not head.startswith(b"JFIF\0") or len(head) < 14:
        return b""
    return b"\xff\xe0\x00\x10" + head[:12] + b"\0\0"
