"""Anybody's bytes become pixels or one clear error."""

from __future__ import annotations

import io
import pickle
import struct
import time
import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.domain.pixels import PixelFormat
from studio.domain.problems import ImagingError
from studio.imaging.arrays import view
from studio.imaging.colour import colour_to_srgb
from studio.imaging.decode import decode, decode_small, upright
from studio.imaging.headers import sniff
from tests.core.imaging.pictures import FRIENDS, bgra, friends, noise, size


def saved(image: Image.Image, name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def declared(width: int, height: int) -> bytes:
    """A small PNG that declares a large picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = np.random.default_rng(1).bytes(900)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def drawn(samples: np.ndarray, depth: int, clear: tuple[int, ...]) -> bytes:
    """A PNG of gray or colour without alpha, in this depth, one colour of which is clear."""
    height, width, channels = samples.shape
    header = struct.pack(">IIBBBBB", width, height, depth, 0 if channels == 1 else 2, 0, 0, 0)
    if depth == 16:
        rows = [row.astype(">u2").tobytes() for row in samples]
    else:
        bits = np.unpackbits(samples.astype(np.uint8), axis=2)[..., -depth:]
        rows = [np.packbits(row).tobytes() for row in bits]
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    named = chunk(b"tRNS", struct.pack(f">{channels}H", *clear))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + named
    return start + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("depth", [1, 2, 4, 16])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_colour_that_is_clear_is_found_at_every_depth(depth: int, channels: int) -> None:
    if channels == 3:
        depth = 16
    samples = np.random.default_rng(depth).integers(0, 2**depth, (30, 40, channels))
    clear = (5000, 6000, 7000)[:channels] if depth == 16 else (1,)
    samples[3:9, 4:17] = clear
    samples[20:24, 4:17] = np.array(clear) ^ 1
    shown = view(decode(drawn(samples, depth, clear), "picture").pixels)
    assert np.array_equal(shown[..., 3], np.where((samples == clear).all(axis=2), 0, 255))
    right = samples * 255 / (2**depth - 1)
    assert np.abs(shown[..., 2::-1] - np.broadcast_to(right, (30, 40, 3))).max() < 1


@pytest.mark.parametrize(("depth", "bits"), [(1, 8), (2, 8), (4, 8), (8, 8), (16, 16)])
def test_a_picture_knows_how_deep_its_file_is(depth: int, bits: int) -> None:
    assert decode(drawn(np.zeros((3, 4, 1), int), depth, (1,)), "picture").bits == bits


def gradient() -> Image.Image:
    rows, columns = np.mgrid[:30, :40]
    return Image.fromarray(np.dstack((columns * 6, rows * 8, (rows + columns) * 3)).astype(np.uint8))


def test_a_photograph_is_what_another_reader_sees() -> None:
    data = FRIENDS.read_bytes()
    decoded = decode(data, "friends")
    with Image.open(FRIENDS) as image:
        rgb = np.asarray(image.convert("RGB"))
    assert np.array_equal(view(decoded.pixels)[..., 2::-1], rgb)
    assert (view(decoded.pixels)[..., 3] == 255).all()
    assert (decoded.media_type, decoded.has_alpha, decoded.orientation) == ("image/jpeg", False, 1)


@pytest.mark.parametrize("name", ["PNG", "TIFF", "BMP", "WEBP"])
def test_colours_and_alpha_come_through(name: str) -> None:
    array = noise(40, 30, opaque=name == "BMP")
    image = Image.fromarray(array[..., [2, 1, 0, 3]])
    options = {"lossless": True, "exact": True} if name == "WEBP" else {}
    decoded = decode(saved(image, name, **options), "picture")
    assert np.array_equal(view(decoded.pixels), array)
    assert decoded.has_alpha == (name != "BMP")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "I;16", "I", "F", "CMYK", "YCbCr", "LAB", "RGBX"])
def test_every_mode_becomes_the_same_picture(mode: str) -> None:
    source = gradient().convert("L").convert("RGB") if mode in ("1", "L", "LA", "I;16", "I", "F") else gradient()
    if mode == "I;16":
        image = Image.fromarray(np.asarray(source.convert("L")).astype(np.uint16) * 257)
    elif mode == "LAB":
        profile = ImageCms.createProfile
        image = ImageCms.profileToProfile(source, profile("sRGB"), profile("LAB"), outputMode="LAB")
        assert image is not None
    elif mode == "PA":
        image = source.convert("P").convert("PA")
    else:
        image = source.convert(mode)
    decoded = view(decode(saved(image, "TIFF"), "picture").pixels)
    wanted = np.asarray(image.convert("RGB") if mode in ("1", "P", "PA") else source).astype(int)
    assert np.abs(decoded[..., 2::-1] - wanted).mean() <= 1.5
    assert (decoded[..., 3] == 255).all()


def test_a_palette_with_a_clear_colour_has_an_alpha() -> None:
    image = gradient().convert("P")
    image.info["transparency"] = image.getpixel((0, 0))
    decoded = decode(saved(image, "PNG"), "picture")
    assert decoded.has_alpha
    assert view(decoded.pixels)[0, 0, 3] == 0


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "lime", "blue")]
    for name in ("GIF", "WEBP", "PNG"):
        decoded = decode(saved(frames[0], name, save_all=True, append_images=frames[1:], duration=10), "picture")
        assert view(decoded.pixels)[5, 5].tolist() == pytest.approx([0, 0, 255, 255], abs=3), name


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_pictures_stand_upright(name: str, value: int) -> None:
    stored = Image.new("RGB", (48, 32), "white")
    stored.paste("red", (0, 0, 24, 16))
    exif = Image.Exif()
    exif[0x0112] = value
    decoded = decode(saved(stored, name, exif=exif.tobytes() if name != "TIFF" else exif), "picture")
    # Where the stored top left corner is to be seen (EXIF 2.32, table 6).
    corners = {1: (0, 0), 2: (0, 1), 3: (1, 1), 4: (1, 0), 5: (0, 0), 6: (0, 1), 7: (1, 1), 8: (1, 0)}
    row, column = corners[value]
    assert decoded.size == (size(32, 48) if value >= 5 else size(48, 32))
    array = view(decoded.pixels).astype(int)
    quarter = array[4 if row == 0 else -5, 4 if column == 0 else -5]
    assert quarter[2] > 200 > 100 > quarter[1]
    assert (array[..., 1] < 100).mean() == pytest.approx(0.25, abs=0.05)


def test_turning_is_what_pillow_does() -> None:
    array = noise(5, 3)
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    for value, way in ways.items():
        assert np.array_equal(upright(array, value), np.asarray(Image.fromarray(array).transpose(way))), value
    assert upright(array, 1) is array


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image-empty"),
        (b"hello, this is no picture", "not-an-image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not-an-image"),
        (b"8BPS\0\1" + bytes(40), "not-an-image"),
        (b"\xff\xd8\xff\xe0", "image-truncated"),
        (b"II*\0" + bytes(50), "image-truncated"),
        (b"RIFF\x50\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6 + bytes(40), "image-too-large"),
        (declared(20_000, 20_000), "image-too-large"),
        (declared(2**31 - 1, 2**31 - 1), "image-too-large"),
        (declared(15_000, 15_000), "image-truncated"),
        (declared(0, 5), "image-truncated"),
        (FRIENDS.read_bytes()[:100_000], "image-truncated"),
        (saved(gradient(), "PNG")[:-60], "image-truncated"),
        (saved(gradient(), "GIF")[:200], "image-truncated"),
        (saved(gradient(), "AVIF")[:200], "image-truncated"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(ImagingError) as caught:
        decode(data, "holiday.jpg")
    assert caught.value.problem.code == code
    assert caught.value.problem.what.startswith("holiday.jpg ")


def test_a_bomb_takes_neither_time_nor_memory() -> None:
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(ImagingError, match="20000 x 20000"):
        decode(declared(20_000, 20_000), "bomb")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20
    assert time.perf_counter() - begun < 1


def test_the_limit_is_the_callers() -> None:
    data = saved(Image.new("L", (1100, 1000)), "PNG")
    assert decode(data, "gray", megapixels=2).size == size(1100, 1000)
    with pytest.raises(ImagingError, match="limit is 1 megapixels"):
        decode(data, "gray", megapixels=1)


def adobe() -> bytes:
    """sRGB with its red and blue told apart by name alone is of no use: a profile of other primaries."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags = {profile[start : start + 4]: start for start in range(132, 132 + 12 * profile[131], 12)}
    mutable = bytearray(profile)
    red = int.from_bytes(profile[tags[b"rXYZ"] + 4 : tags[b"rXYZ"] + 8], "big")
    green = int.from_bytes(profile[tags[b"gXYZ"] + 4 : tags[b"gXYZ"] + 8], "big")
    mutable[red : red + 20], mutable[green : green + 20] = profile[green : green + 20], profile[red : red + 20]
    description = int.from_bytes(profile[tags[b"desc"] + 4 : tags[b"desc"] + 8], "big")
    place = profile.find("s\0R\0G\0B".encode("latin-1"), description)
    mutable[place : place + 1] = b"x"
    return bytes(mutable)


def test_a_profile_is_kept_and_can_be_applied() -> None:
    icc = adobe()
    decoded = decode(saved(gradient(), "PNG", icc_profile=icc), "picture")
    assert decoded.icc == icc
    assert decoded.profile_name.startswith("x")
    converted = view(colour_to_srgb(decoded.pixels, decoded.icc))
    plain = view(decoded.pixels)
    assert np.abs(converted[..., 1].astype(int) - plain[..., 2]).max() <= 3, "red and green are exchanged"
    assert np.array_equal(converted[..., 3], plain[..., 3])


def test_a_profile_that_is_none_is_dropped() -> None:
    assert decode(saved(gradient(), "PNG", icc_profile=b"not a profile at all"), "picture").icc is None
    pixels = bgra(noise(4, 4))
    assert colour_to_srgb(pixels, b"junk") is pixels
    assert colour_to_srgb(pixels, None) is pixels
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colour_to_srgb(pixels, srgb) is pixels


def test_a_decoded_picture_survives_the_way_between_processes() -> None:
    decoded = decode(saved(gradient(), "PNG", icc_profile=adobe()), "picture")
    arrived = pickle.loads(pickle.dumps(decoded))
    assert np.array_equal(view(arrived.pixels), view(decoded.pixels))
    assert (arrived.icc, arrived.media_type, arrived.original_size) == (decoded.icc, "image/png", size(40, 30))
    deep = decode(drawn(np.zeros((3, 4, 1), int), 16, (1,)), "picture")
    assert pickle.loads(pickle.dumps(deep)).bits == deep.bits == 16
    bright = decode(saved(Image.fromarray(np.array([[0.2, 1.5, 0.3]], np.float32)), "TIFF"), "picture")
    assert pickle.loads(pickle.dumps(bright)).cut


def test_a_small_picture_is_made_quickly_and_upright() -> None:
    small = decode_small(FRIENDS.read_bytes(), 256)
    assert (small.size, small.format) == (size(170, 256), PixelFormat.BGRX)
    whole = friends()
    assert np.abs(view(small)[..., :3].mean() - view(whole)[..., :3].mean()) < 2
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decode_small(saved(gradient(), "JPEG", exif=exif), 20).size == size(15, 20)
    assert decode_small(saved(gradient(), "PNG"), 20).size == size(20, 15)


def test_names_do_not_matter_bytes_do() -> None:
    assert sniff(saved(gradient(), "AVIF")) == "image/avif"
    assert sniff(saved(gradient(), "BMP")) == "image/bmp"
    assert sniff(b"PK\3\4") is None
