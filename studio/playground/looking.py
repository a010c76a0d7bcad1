"""What a picture's bytes say about themselves, as strict servers look at them."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}
"""Media types by the ending of a file's name."""
_DATA = re.compile(r"data:(image/[a-z+.-]+);base64,([A-Za-z0-9+/]+={0,2})")
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame, which tell how many colours there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataUrl:
    """A data URL taken apart: the declared media type and the bytes."""

    media_type: str
    data: bytes


def data_url(text: str) -> DataUrl | None:
    """None unless it is a data URL with plain base64 and nothing else; `image/jpg` is read as JPEG, as documented."""
    found = _DATA.fullmatch(text)
    if found is None:
        return None
    try:
        data = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        return None
    return DataUrl(media_type=found[1].replace("image/jpg", "image/jpeg"), data=data)


def media_type(data: bytes) -> str:
    """The media type that the first bytes tell, empty for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    starts = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
    return next((name for start, name in starts.items() if data.startswith(start)), "")


def odd_mode(data: bytes) -> str:
    """Why a server that takes 8-bit RGB and RGBA alone would not take these bytes; empty where it would."""
    if data.startswith(b"\x89PNG"):
        depth, colour = data[24], data[25]
        if depth == 16:
            return "16 bits a channel"
        if colour == 3:
            return "a palette"
        return "an animation" if b"acTL" in data[:4096] else ""
    if data.startswith(b"\xff\xd8"):
        return "CMYK" if _jpeg_colours(data) == 4 else ""
    return "an animation" if data[:4] == b"RIFF" and b"ANIM" in data[:64] else ""


def png_has_alpha(data: bytes) -> bool:
    """Whether a PNG has an alpha channel."""
    return data.startswith(b"\x89PNG") and data[25] in (4, 6)


def _jpeg_colours(data: bytes) -> int:
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in _SOF:
            return data[place + 9]
        place += 2 + length
    return 0
