"""The quick reader of ordinary PNGs: the same pixels as Pillow's, and nothing that needs interpretation."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from studio.domain.pixels import PixelFormat
from studio.imaging.arrays import view
from studio.imaging.decode import decode
from studio.imaging.plain_png import plain_bgra, plain_gray
from studio.imaging.png import png
from tests.core.imaging.pictures import FRIENDS, bgra, friends, noise, size

if TYPE_CHECKING:
    from collections.abc import Callable

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'


def written(image: Image.Image, **options: object) -> bytes:
    sink = io.BytesIO()
    image.save(sink, "PNG", **options)
    return sink.getvalue()


def drawn(mode: str) -> Image.Image:
    depth = {"L": (), "RGB": (3,), "RGBA": (4,)}[mode]
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (23, 41, *depth), np.uint8))


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_pixels_are_those_that_pillow_reads(mode: str) -> None:
    array = plain_bgra(written(drawn(mode)))
    assert array is not None
    rgba = np.asarray(drawn(mode).convert("RGBA"))
    assert np.array_equal(array, rgba[:, :, [2, 1, 0, 3]])


def test_what_we_write_comes_back_bit_for_bit() -> None:
    picture = bgra(noise(70, 50))
    array = plain_bgra(png(picture))
    assert array is not None
    assert np.array_equal(array, view(picture))
    photograph = friends()
    assert bytes(decode(png(photograph), "it").pixels.data) == bytes(photograph.data)


def test_a_mask_stays_gray() -> None:
    mask = plain_gray(written(drawn("L")))
    assert mask is not None
    assert mask.format is PixelFormat.GRAY
    assert bytes(mask.data) == drawn("L").tobytes()
    assert plain_gray(written(drawn("RGB"))) is None


def exif(image: Image.Image) -> bytes:
    tags = image.getexif()
    tags[0x0112] = 6
    return written(image, exif=tags)


def with_xmp(image: Image.Image, *, compressed: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP, zip=compressed)
    return written(image, pnginfo=info)


def late_exif(image: Image.Image) -> bytes:
    """EXIF behind the pixels, where a reader that stops early does not look."""
    data = exif(image)
    at = data.index(b"eXIf") - 4
    end = at + 12 + int.from_bytes(data[at : at + 4], "big")
    return data[:at] + data[end:-12] + data[at:end] + data[-12:]


@pytest.mark.parametrize("turned", [exif, with_xmp, late_exif, lambda image: with_xmp(image, compressed=True)])
def test_a_picture_that_may_have_to_be_turned_is_left_to_pillow(turned: Callable[[Image.Image], bytes]) -> None:
    data = turned(drawn("RGB"))
    assert plain_bgra(data) is None
    assert decode(data, "it").size == size(23, 41)


@pytest.mark.parametrize(
    "data",
    [
        written(drawn("RGB").convert("P")),
        written(drawn("L"), transparency=7),
        written(drawn("L"), icc_profile=b"any"),
        written(Image.fromarray(np.arange(600, dtype=np.uint16).reshape(20, 30))),
        written(drawn("RGB"), save_all=True, append_images=[drawn("RGB").rotate(180)]),
        b"",
        FRIENDS.read_bytes(),
    ],
    ids=["palette", "clear colour", "gray with a profile", "16 bits", "animation", "nothing", "JPEG"],
)
def test_what_asks_for_interpretation_is_left_to_pillow(data: bytes) -> None:
    assert plain_bgra(data) is None


def test_what_is_broken_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    data = written(drawn("RGB"))
    at = data.index(b"IDAT") + 20
    for broken in (data[: len(data) // 2], data[:at] + zlib.compress(b"no")[:4] + data[at + 4 :]):
        assert plain_bgra(broken) is None
    capfd.readouterr()
