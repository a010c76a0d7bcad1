"""What bytes are, judged by themselves: names, suffixes and content types lie."""

from __future__ import annotations

import re

_SVG = re.compile(
    rb"\s*(?:<\?xml[^>]{0,500}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,1000}>\s*)*<svg[\s>]", re.S | re.I
)
_SVG_HEAD = 8192
_AVIF = (b"avif", b"avis")
_EXTENSIONS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
    "image/svg+xml": ".svg",
}


def media_type(data: bytes) -> str | None:
    """The media type of a picture's bytes, None where they are none that is known. It says nothing about whether the
    picture is whole."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and (data[8:12] in _AVIF or any(brand in data[16:40] for brand in _AVIF)):
        return "image/avif"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0" and data[15:18] == b"\0\0\0":
        return "image/bmp"
    return "image/svg+xml" if _SVG.match(data[:_SVG_HEAD].removeprefix(b"\xef\xbb\xbf")) else None


def extension(media_type: str) -> str:
    """The suffix of a file of this media type, with its dot; `.bin` where it is no picture's."""
    return _EXTENSIONS.get(media_type, ".bin")
