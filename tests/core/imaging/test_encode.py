"""Files are read back by another reader: the same pixels, the profile, and no word too many."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import TiffImageFile

from studio.domain.problems import UsageError
from studio.imaging.arrays import view
from studio.imaging.decode import decode
from studio.imaging.encode import FORMATS, encode, flat, png, xmp_packet
from studio.imaging.metadata import with_segments
from tests.core.imaging.pictures import FRIENDS, bgra, gray, noise

if TYPE_CHECKING:
    from studio.imaging.arrays import Bytes

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXACT = ("png", "webp", "tiff")
SPOKEN = {"xmp", "XML:com.adobe.xmp", "exif", "icc_profile", "comment", "Software", "date"}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def rgba(array: np.ndarray) -> np.ndarray:
    return array[..., [2, 1, 0, 3]]


def _saved(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("name", EXACT)
def test_colours_under_transparent_pixels_are_kept(name: str) -> None:
    array = noise(80, 64)
    image = opened(encode(bgra(array), name, 100))
    assert image.mode == "RGBA"
    assert np.array_equal(np.asarray(image), rgba(array))


@pytest.mark.parametrize("name", EXACT)
def test_an_opaque_picture_has_no_alpha(name: str) -> None:
    array = noise(81, 63, opaque=True)
    image = opened(encode(bgra(array), name, 100))
    assert image.mode == "RGB"
    assert np.array_equal(np.asarray(image), array[..., 2::-1])


@pytest.mark.parametrize("shape", [(1, 1), (1, 700), (700, 1), (3, 5000)])
def test_a_png_of_any_shape_reads_back(shape: tuple[int, int]) -> None:
    array = noise(shape[1], shape[0])
    assert np.array_equal(np.asarray(opened(png(bgra(array))).convert("RGBA")), rgba(array))
    assert np.array_equal(np.asarray(opened(png(gray(array[..., 0])))), array[..., 0])


def test_a_png_of_many_strips_reads_back() -> None:
    array = noise(1500, 1100, opaque=True)
    assert np.array_equal(np.asarray(opened(png(bgra(array)))), array[..., 2::-1])


def test_a_tiff_says_that_its_alpha_is_straight() -> None:
    image = opened(encode(bgra(noise(8, 8)), "tiff"))
    assert isinstance(image, TiffImageFile)
    assert image.tag_v2[338] in (2, (2,))


@pytest.fixture(scope="module")
def photo() -> Bytes:
    """A part of a photograph."""
    with Image.open(FRIENDS) as whole:
        return view(decode(_saved(whole.crop((800, 1000, 1000, 1200))), "friends").pixels)


@pytest.mark.parametrize("name", ["jpeg", "avif", "webp"])
def test_a_lossy_format_is_near(photo: Bytes, name: str) -> None:
    fine = encode(bgra(photo), name, 90)
    error = np.abs(np.asarray(opened(fine).convert("RGB")).astype(int) - photo[..., 2::-1])
    assert error.mean() < 4
    assert len(encode(bgra(photo), name, 20)) < len(fine)


def test_a_jpeg_is_laid_over_white() -> None:
    array = np.zeros((16, 16, 4), np.uint8)
    array[:, 8:] = (0, 0, 0, 128)
    image = np.asarray(opened(encode(bgra(array), "jpeg", 100)))
    assert (image[:, :6] >= 253).all()
    assert np.abs(image[:, 10:].astype(int) - 127).max() <= 3
    assert (view(flat(bgra(array)))[0, 0] == 255).all()


@pytest.mark.parametrize("name", FORMATS)
def test_gray_stays_gray(name: str) -> None:
    array = np.tile(np.arange(0, 256, 4, dtype=np.uint8), (40, 1))
    image = opened(encode(gray(array), name, 95))
    assert np.abs(np.asarray(image.convert("L")).astype(int) - array).mean() < 2


@pytest.mark.parametrize("alpha", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_profile_and_words_come_through(name: str, alpha: bool) -> None:
    packet = xmp_packet('remove the "old" <sign> & fill, ümlaut', "patchmatch")
    image = opened(encode(bgra(noise(40, 30, opaque=not alpha)), name, 90, ICC, packet))
    assert image.info["icc_profile"] == ICC
    found = image.tag_v2[700] if isinstance(image, TiffImageFile) else image.info.get("xmp")
    assert found == packet


@pytest.mark.parametrize("name", FORMATS)
def test_without_words_there_are_none(name: str) -> None:
    image = opened(encode(bgra(noise(40, 30)), name))
    assert not SPOKEN & set(image.info)
    assert not {700, 305, 306, 315} & set(image.getexif())
    assert b"Pillow" not in encode(bgra(noise(40, 30)), name)


def test_a_large_profile_goes_into_several_segments() -> None:
    large = ICC + bytes(150_000)
    plain = encode(bgra(noise(20, 20, opaque=True)), "jpeg")
    assert opened(with_segments(plain, large, None)).info["icc_profile"] == large
    with pytest.raises(ValueError, match="not a JPEG"):
        with_segments(b"GIF89a", None, None)
    with pytest.raises(ValueError, match="does not fit"):
        with_segments(plain, None, bytes(70_000))


def test_the_packet_says_what_was_done_as_iptc_says_it() -> None:
    prompt = 'a "dog" & <cat>\x07 in Köln'
    root = ElementTree.fromstring(xmp_packet(prompt, "fill").decode().strip("\ufeff"))
    iptc = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
    description = next(element for element in root.iter() if element.tag.endswith("Description"))
    source = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    assert description.get(iptc + "DigitalSourceType") == source
    assert description.get(iptc + "AIPromptInformation") == prompt.replace("\x07", "")
    assert description.get(iptc + "AISystemUsed") == "fill"
    assert b"/trainedAlgorithmicMedia" in xmp_packet("", "x", generated=True)


@pytest.mark.parametrize("letters", ["ü", "修", "🍷", "a", "\"'", "&<", "\n\t", '修a"&'])
def test_the_longest_prompt_still_fits_a_jpeg(letters: str) -> None:
    packet = xmp_packet(letters * 100_000, letters * 100_000)
    assert opened(encode(bgra(noise(8, 8, opaque=True)), "jpeg", xmp=packet)).info["xmp"] == packet
    kept = ElementTree.fromstring(packet.decode().strip("\ufeff"))[0][0][0][0][0].text
    assert kept is not None
    assert (letters * 100_000).startswith(kept)
    assert len(packet) > 45_000, "no more is cut off than must be"


def test_a_prompt_that_fits_is_kept_whole() -> None:
    assert ("修" * 10_000).encode() in xmp_packet("修" * 10_000, "model")


def test_a_png_can_hold_texts() -> None:
    image = opened(png(bgra(noise(8, 8)), text={"Title": "Grüße"}))
    assert image.info["Title"] == "Grüße"


def test_a_side_too_long_for_the_format_is_told() -> None:
    wide = bgra(np.zeros((1, 20_000, 4), np.uint8))
    with pytest.raises(UsageError, match="WEBP holds at most 16383 pixels a side"):
        encode(wide, "webp")
    assert opened(encode(wide, "png")).size == (20_000, 1)
    with pytest.raises(ValueError, match="no format is named"):
        encode(wide, "xpm")
