"""Dabs, encoding and decoding beside the quickest plain way, in turn in one run. Prints ratios; not a test.

Run: python -m tests.bench.imaging [dabs] [encode] [decode]
"""

from __future__ import annotations

import io
import math
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import simplejpeg  # pyright: ignore[reportMissingTypeStubs]  # the package brings none
from isal import isal_zlib
from PIL import Image

from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush, PenSample
from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import pixels_of
from studio.imaging.dabs import MaskStroke, Stamps
from studio.imaging.decode import decode
from studio.imaging.encode import encode
from studio.imaging.pyramid import levels_of
from studio.imaging.tiles import empty_mask, raster_of, read_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.imaging.arrays import Bytes

PHOTO = Path(__file__).parents[1] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
LARGE = Size(width=6000, height=4000)


def compare(name: str, goal: float, ours: Callable[[], object], plain: Callable[[], object], pairs: int = 9) -> None:
    """Medians of both, run in turn, and the median of the pairs' ratios."""
    ours()
    plain()
    times: list[tuple[float, float]] = [(_timed(ours), _timed(plain)) for _ in range(pairs)]
    ratio = statistics.median(first / second for first, second in times)
    middle = [statistics.median(column) * 1000 for column in zip(*times, strict=True)]
    print(f"{name:44} {middle[0]:9.2f} ms {middle[1]:9.2f} ms   {ratio:5.2f}x (goal {goal}x)")


def _timed(function: Callable[[], object]) -> float:
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def dabs() -> None:
    """Strokes of 1000 dabs on 24 megapixels against numpy's maximum of one stamp in place."""
    for diameter in (200, 500):
        brush, stamps = Brush(size=diameter, hardness=0.5), Stamps()
        step = min(0.1 * diameter, math.sqrt(0.5 * diameter))
        places = [(700 + 4.5 * i, 2000 + 900 * math.sin(i / 90)) for i in range(1000)]
        along = [PenSample(x=x, y=y) for x, y in _spaced(places, step, 1000)]
        stamp = np.full((diameter + 3, diameter + 3), 90, np.uint8)
        canvas = np.zeros((LARGE.height, LARGE.width), np.uint8)

        def ours(brush: Brush = brush, stamps: Stamps = stamps, along: list[PenSample] = along) -> None:
            stroke = MaskStroke(empty_mask(LARGE), brush, stamps)
            for sample in along:
                stroke.to([sample])

        def plain(along: list[PenSample] = along, stamp: Bytes = stamp, canvas: Bytes = canvas) -> None:
            half = stamp.shape[0] // 2
            for sample in along:
                top, left = int(sample.y) - half, int(sample.x) - half
                under = canvas[top : top + stamp.shape[0], left : left + stamp.shape[1]]
                np.maximum(under, stamp, out=under)

        compare(f"1000 dabs of {diameter} px, stroke and all", 2.0, ours, plain)


def _spaced(places: list[tuple[float, float]], step: float, count: int) -> list[tuple[float, float]]:
    """The way walked in steps of one dab, there and back again."""
    kept = [places[0]]
    for place in places + places[::-1] + places + places[::-1]:
        if math.dist(place, kept[-1]) >= step and len(kept) < count:
            kept.append(place)
    return kept


def photograph() -> Bytes:
    """24 megapixels of a photograph."""
    with Image.open(PHOTO) as image:
        rgb = np.asarray(image.convert("RGB"))
    tiled = np.tile(rgb, (2, 3, 1))[: LARGE.height, : LARGE.width]
    grain = np.random.default_rng(1).integers(0, 3, tiled.shape, np.uint8)
    return np.asarray(cv2.add(tiled, grain), np.uint8)


def up_and_deflate(rgb: Bytes) -> bytes:
    """The Up filter over the whole picture and ISA-L at level 1."""
    height, width, depth = rgb.shape
    raw = np.empty((height, 1 + width * depth), np.uint8)
    raw[:, 0] = 2
    flat = rgb.reshape(height, width * depth)
    raw[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=raw[1:, 1:])
    return isal_zlib.compress(raw.reshape(-1).data, 1)


def pillow(rgb: Bytes, name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, name, **options)
    return buffer.getvalue()


def encoding() -> None:
    rgb = photograph()
    pixels = pixels_of(np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA), np.uint8), PixelFormat.BGRA)
    compare("PNG 24 MP / Up + ISA-L alone", 1.3, lambda: encode(pixels, "png"), lambda: up_and_deflate(rgb))
    compare(
        "PNG 24 MP / Pillow level 1",
        0.2,
        lambda: encode(pixels, "png"),
        lambda: pillow(rgb, "PNG", compress_level=1),
        3,
    )
    compare(
        "JPEG q90 24 MP / simplejpeg",
        1.3,
        lambda: encode(pixels, "jpeg"),
        lambda: simplejpeg.encode_jpeg(rgb, 90, "RGB", "420"),
    )


def decoding() -> None:
    data = pillow(photograph(), "JPEG", quality=92)
    compare(
        "decode JPEG 24 MP / simplejpeg", 1.25, lambda: decode(data, "x"), lambda: simplejpeg.decode_jpeg(data, "BGRA")
    )
    pixels = decode(data, "x").pixels

    def opened() -> None:
        levels_of(raster_of(decode(data, "x").pixels))

    compare("the same with tiles and levels", 1.25, opened, lambda: simplejpeg.decode_jpeg(data, "BGRA"))
    raster = raster_of(pixels)
    whole = Rect.of_size(pixels.size)
    assert whole.size == LARGE
    compare("read all tiles of 24 MP / memcpy", 2.0, lambda: read_all(raster), lambda: bytes(pixels.data))


if __name__ == "__main__":
    parts = {"dabs": dabs, "encode": encoding, "decode": decoding}
    for wanted in sys.argv[1:] or parts:
        parts[wanted]()
