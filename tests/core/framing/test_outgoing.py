"""What leaves this machine: the picture, upright and alone, whatever file the user had."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.problems import ImagingError
from studio.framing.outgoing import ANY, JPEG, PNG, WEBP, clean, encode_mask, own
from studio.imaging.arrays import pixels_of
from studio.imaging.bare import bare, bare_jpeg
from studio.imaging.png import png

if TYPE_CHECKING:
    from studio.framing.outgoing import Outgoing

CANARY = b"GPS-51.5007-0.1246"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"


def noise(width: int = 12, height: int = 8, *, alpha: bool = False) -> Image.Image:
    depth = 4 if alpha else 3
    array = np.random.default_rng(3).integers(0, 256, (height, width, depth), np.uint8)
    return Image.fromarray(array)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def seen(outgoing: Outgoing) -> Image.Image:
    """As another program reads it."""
    image = Image.open(io.BytesIO(outgoing.data))
    image.load()
    return image


def told(orientation: int | None = None) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    if orientation is not None:
        exif[0x0112] = orientation
    exif.get_ifd(0x8825)[0x001D] = CANARY.decode()
    return exif


def with_text() -> PngInfo:
    info = PngInfo()
    info.add_text("prompt", CANARY.decode())
    info.add_text("hidden", CANARY.decode(), zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


def carriers() -> dict[str, bytes]:
    """Six formats, each with a place, a camera or a comment in it."""
    photo = noise()
    return {
        "jpeg": saved(photo, "JPEG", exif=told(), comment=CANARY, xmp=XMP),
        "png": saved(photo, "PNG", exif=told(), pnginfo=with_text()),
        "webp": saved(photo, "WEBP", exif=told(), xmp=XMP),
        "tiff": saved(photo, "TIFF", exif=told(), description=CANARY.decode()),
        "gif": saved(photo, "GIF", comment=CANARY),
        "avif": saved(photo, "AVIF", exif=told(), xmp=XMP),
    }


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "gif", "avif"])
def test_neither_place_nor_camera_nor_comment_leaves(kind: str) -> None:
    file = carriers()[kind]
    outgoing = clean(file, kind)
    image = seen(outgoing)
    assert CANARY not in outgoing.data
    assert zlib.compress(CANARY) not in outgoing.data
    assert outgoing.media_type in ANY
    assert not image.getexif()
    assert not {"exif", "xmp", "comment", "prompt", "hidden", "icc_profile"} & set(image.info)
    assert image.size == (12, 8)


def test_a_jpeg_in_order_keeps_its_very_pixels() -> None:
    file = saved(noise(40, 30), "JPEG", quality=80, exif=told(1), comment=CANARY)
    outgoing = clean(file, "photo")
    assert outgoing.media_type == JPEG
    assert np.array_equal(np.asarray(seen(outgoing)), np.asarray(Image.open(io.BytesIO(file))))
    assert len(outgoing.data) < len(file)


def test_a_progressive_jpeg_with_restarts_keeps_its_very_pixels() -> None:
    file = saved(noise(70, 50), "JPEG", progressive=True, restart_marker_blocks=2, comment=CANARY)
    assert np.array_equal(np.asarray(seen(clean(file, "photo"))), np.asarray(Image.open(io.BytesIO(file))))


def test_what_follows_the_end_of_a_jpeg_stays_here() -> None:
    file = saved(noise(), "JPEG") + CANARY + saved(noise(4, 4), "JPEG")
    outgoing = clean(file, "a film behind a photo")
    assert CANARY not in outgoing.data
    assert outgoing.data.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize("cut", range(2, 700, 7))
def test_a_cut_jpeg_is_never_called_bare(cut: int) -> None:
    file = saved(noise(), "JPEG")
    assert cut < len(file)
    assert bare_jpeg(file[:cut]) is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_edge_13_it_is_turned_upright(orientation: int) -> None:
    file = saved(noise(12, 8), "PNG", exif=told(orientation))
    outgoing = clean(file, "photo")
    expected = np.asarray(noise(12, 8))
    turn = {
        1: lambda each: each,
        2: np.fliplr,
        3: lambda each: np.rot90(each, 2),
        4: np.flipud,
        5: lambda each: np.swapaxes(each, 0, 1),
        6: lambda each: np.rot90(each, -1),
        7: lambda each: np.rot90(np.swapaxes(each, 0, 1), 2),
        8: np.rot90,
    }[orientation]
    assert np.array_equal(np.asarray(seen(outgoing)), turn(expected))
    assert outgoing.size == Size(width=seen(outgoing).width, height=seen(outgoing).height)


def test_edge_13_a_turned_jpeg_is_made_anew() -> None:
    outgoing = clean(saved(noise(12, 8), "JPEG", exif=told(6)), "photo")
    assert (seen(outgoing).size, outgoing.media_type) == ((8, 12), PNG)


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (10, 6), colour) for colour in ("red", "lime", "blue")]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50, **options_of(kind))


def options_of(kind: str) -> dict[str, Any]:
    return {"lossless": True} if kind == "WEBP" else {}


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_edge_13_of_an_animation_the_first_frame_goes(kind: str) -> None:
    image = seen(clean(animated(kind), "film"))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((3, 3)) == (255, 0, 0)
    assert image.format == "PNG"


def odd_files() -> dict[str, bytes]:
    deep = Image.fromarray(np.full((8, 12), 40_000, np.uint16))
    inks = Image.new("CMYK", (12, 8), (0, 255, 255, 0))
    return {
        "palette": saved(noise().convert("P"), "PNG"),
        "palette with a clear colour": saved(noise().convert("P"), "PNG", transparency=3),
        "16 bit": saved(deep, "PNG"),
        "inks": saved(inks, "JPEG"),
        "one bit": saved(noise().convert("1"), "PNG"),
        "gray with alpha": saved(noise(alpha=True).convert("LA"), "PNG"),
        "gray tiff": saved(noise().convert("L"), "TIFF"),
        "bmp": saved(noise(), "BMP"),
    }


@pytest.mark.parametrize("name", list(odd_files()))
def test_edge_13_odd_pixels_become_plain_ones(name: str) -> None:
    outgoing = clean(odd_files()[name], name)
    image = seen(outgoing)
    assert image.mode in ("RGB", "RGBA", "L")
    assert image.size == (12, 8)
    assert outgoing.opaque == (image.mode != "RGBA")


def test_a_profile_is_applied_and_not_sent() -> None:
    wide = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    srgb = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for profile in (wide, srgb):
        image = seen(clean(saved(noise(), "PNG", icc_profile=profile), "photo"))
        assert "icc_profile" not in image.info


def test_a_webp_with_the_wrong_name_is_what_it_is() -> None:
    outgoing = clean(saved(noise(), "WEBP"), "holiday.png")
    assert outgoing.media_type == WEBP
    assert outgoing.data[8:12] == b"WEBP"


def test_only_media_types_go_that_the_model_takes() -> None:
    file = saved(noise(), "WEBP")
    assert clean(file, "photo", (PNG, JPEG)).media_type == PNG
    assert clean(file, "photo", (JPEG,)).media_type == JPEG
    assert seen(clean(file, "photo", (JPEG,))).format == "JPEG"


def test_a_side_is_kept_within_what_the_model_takes() -> None:
    outgoing = clean(saved(noise(120, 80), "JPEG"), "photo", max_side=30)
    assert (outgoing.size, outgoing.before) == (Size(width=30, height=20), Size(width=120, height=80))
    assert seen(outgoing).size == (30, 20)


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='x'/>", b"%PDF-1.7"])
def test_edge_12_what_is_no_picture_does_not_leave(data: bytes) -> None:
    with pytest.raises(ImagingError):
        clean(data, "file")


def test_a_picture_of_ours_is_not_read_again() -> None:
    file = png(gray(64, 48))
    found = own(file)
    assert found is not None
    assert found.data is file
    assert (found.size, found.opaque) == (Size(width=64, height=48), True)
    assert own(saved(noise(alpha=True), "PNG")) is not None
    assert own(saved(noise(), "JPEG")) is None
    assert own(saved(noise().convert("P"), "PNG")) is None


def test_a_plain_png_only_loses_what_it_tells() -> None:
    file = saved(noise(), "PNG", pnginfo=with_text(), dpi=(300, 300))
    plain = bare(file)
    assert plain is not None
    assert CANARY not in plain
    names = [plain[at + 4 : at + 8] for at in chunk_starts(plain)]
    assert set(names) == {b"IHDR", b"IDAT", b"IEND"}


def chunk_starts(data: bytes) -> list[int]:
    starts, at = [], 8
    while at < len(data):
        starts.append(at)
        at += 12 + struct.unpack(">I", data[at : at + 4])[0]
    return starts


def gray(width: int, height: int, box: tuple[int, int, int, int] | None = None) -> Pixels:
    array = np.zeros((height, width), np.uint8)
    if box:
        left, top, right, bottom = box
        array[top:bottom, left:right] = 255
    return pixels_of(array, PixelFormat.GRAY)


@pytest.mark.parametrize(("form", "masked", "kept"), [
    ("alpha", (0, 0, 0, 0), (0, 0, 0, 255)),
    ("white", (255, 255, 255), (0, 0, 0)),
    ("both", (255, 255, 255, 0), (0, 0, 0, 255)),
])  # fmt: skip
def test_edge_14_a_mask_in_each_form(form: Any, masked: tuple[int, ...], kept: tuple[int, ...]) -> None:
    image = Image.open(io.BytesIO(encode_mask(gray(20, 10, (5, 2, 9, 6)), form)))
    assert image.format == "PNG"
    assert (image.getpixel((6, 3)), image.getpixel((12, 3))) == (masked, kept)
    assert {colour for _, colour in image.getcolors() or []} == {masked, kept}


def test_edge_14_the_one_mask_that_is_right_for_readers_of_either_kind() -> None:
    image = Image.open(io.BytesIO(encode_mask(gray(20, 10, (5, 2, 9, 6)), "both")))
    white = image.convert("L")
    over_white = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    clear = image.getchannel("A")
    for x, y, changes in ((6, 3, True), (12, 3, False)):
        assert (white.getpixel((x, y)) == 255) is changes
        assert (over_white.getpixel((x, y)) == 255) is changes
        assert (clear.getpixel((x, y)) == 0) is changes


def test_edge_14_a_mask_at_another_size_covers_all_that_was_masked() -> None:
    image = Image.open(io.BytesIO(encode_mask(gray(40, 20, (13, 5, 14, 6)), "white", Size(width=10, height=5))))
    assert image.size == (10, 5)
    assert image.getpixel((3, 1)) == (255, 255, 255)
