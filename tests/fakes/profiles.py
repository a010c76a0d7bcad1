"""Colour profiles as files of cameras and screens carry them, written here to the letter of ICC.1:2001-04, and what
littleCMS makes of them."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.imaging.arrays import Bytes

Primaries = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]

# What red, green and blue are in XYZ, adapted to D50: the profiles' own numbers.
SRGB: Primaries = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
ADOBE: Primaries = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
P3: Primaries = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
WHITE = (0.96420, 1.0, 0.82491)


def adobe_rgb() -> bytes:
    """Of a camera that is set to it."""
    return rgb_profile("Adobe RGB (1998)", ADOBE, [round(2.19921875 * 256)])


def display_p3() -> bytes:
    """Of a telephone."""
    return rgb_profile("Display P3", P3, _srgb_curve(1024))


def linear_srgb() -> bytes:
    """Of a renderer: sRGB by name, not by curve."""
    return rgb_profile("sRGB linear", SRGB, [])


def small_srgb() -> bytes:
    """Of a web service: sRGB under another name, its curve told in a few points."""
    return rgb_profile("c2", SRGB, _srgb_curve(26))


def only_to_be_read() -> bytes:
    """Of a scanner: colours can be brought out of it, none into it. The table turns them around by one."""
    table = bytearray(b"mft1" + bytes(4) + bytes((3, 3, 2, 0)))
    for row in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        table += b"".join(_fixed(each) for each in row)
    table += bytes(range(256)) * 3
    for corner in range(8):
        red, green, blue = (corner >> 2 & 1, corner >> 1 & 1, corner & 1)
        table += bytes((round(255 * (red + green + blue) / 3), 128 + 60 * (red - green), 128 + 60 * (green - blue)))
    table += bytes(range(256)) * 3
    tags = {b"desc": _described("Scanner"), b"wtpt": _xyz(WHITE), b"A2B0": bytes(table)}
    return _file(tags, kind=b"scnr", between=b"Lab ")


def rgb_profile(name: str, primaries: Primaries, curve: Sequence[int]) -> bytes:
    """Of a screen. The curve as ICC has it: none is a straight line, one a gamma (8.8), more are points."""
    tags = {b"desc": _described(name), b"wtpt": _xyz(WHITE)}
    for letter, primary in zip(b"rgb", primaries, strict=True):
        tags[bytes((letter,)) + b"XYZ"] = _xyz(primary)
        points = b"".join(each.to_bytes(2, "big") for each in curve)
        tags[bytes((letter,)) + b"TRC"] = b"curv" + bytes(4) + len(curve).to_bytes(4, "big") + points
    return _file(tags, kind=b"mntr", between=b"XYZ ")


def through(rgb: Bytes, source: bytes | None, target: bytes | None) -> Bytes:
    """Colours brought from one profile to another by littleCMS alone; None is its own sRGB."""
    made = ImageCms.applyTransform(Image.fromarray(rgb), _way(source, target))
    assert made is not None
    return np.asarray(made)


@cache
def _way(source: bytes | None, target: bytes | None) -> ImageCms.ImageCmsTransform:
    ends = [ImageCms.createProfile("sRGB") if icc is None else io.BytesIO(icc) for icc in (source, target)]
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(ends[0], ends[1], "RGB", "RGB", intent)


def _srgb_curve(points: int) -> list[int]:
    levels = [place / (points - 1) for place in range(points)]
    return [round(65535 * (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4)) for x in levels]


def _fixed(number: float) -> bytes:
    return round(number * 65536).to_bytes(4, "big", signed=True)


def _xyz(numbers: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(each) for each in numbers)


def _described(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + len(text).to_bytes(4, "big") + text + bytes(12) + bytes(67)


def _file(tags: dict[bytes, bytes], *, kind: bytes, between: bytes) -> bytes:
    place = 132 + 12 * len(tags)
    table, body = len(tags).to_bytes(4, "big"), b""
    for name, tag in tags.items():
        padded = tag + bytes(-len(tag) % 4)
        table += name + place.to_bytes(4, "big") + len(tag).to_bytes(4, "big")
        body += padded
        place += len(padded)
    head = bytearray(128)
    head[0:4] = place.to_bytes(4, "big")
    head[8:12] = bytes((2, 0x40, 0, 0))
    head[12:24] = kind + b"RGB " + between
    head[36:40] = b"acsp"
    head[68:80] = b"".join(_fixed(each) for each in WHITE)
    return bytes(head) + table + body
