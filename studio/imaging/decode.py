"""A file's bytes to pixels, under limits. The bytes may be anybody's: see `headers.py` for what is let in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import simplejpeg  # pyright: ignore[reportMissingTypeStubs]  # the package brings none
from PIL import Image

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, is_opaque, pixels_of
from studio.imaging.colour import LARGEST_PROFILE, bgra_of, colour_to_srgb, profile_name, profile_of, to_rgb
from studio.imaging.headers import BROKEN, MEGAPIXELS, bits_of, open_checked, too_large
from studio.imaging.plain_png import plain_bgra
from studio.imaging.resample import resize
from studio.imaging.thumbnails import fitted, thumbnail
from studio.imaging.tiffs import CUT, is_cut, white_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

ORIENTATION = 0x0112
"""The EXIF tag that says how the camera was held."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decoded:
    """A picture as opened: BGRA with straight alpha, already turned upright. Can be pickled (its bytes are copied).

    `icc` is the profile that its colours are in, None for sRGB; `original_size` the size before turning, in the
    file's own space; `orientation` the EXIF value (1 to 8) that was applied; `bits` what the file has a channel, of
    which `pixels` keep 8; `cut` whether there was light above white, which is as bright as white now.
    """

    pixels: Pixels
    media_type: str
    has_alpha: bool
    original_size: Size
    icc: bytes | None = None
    profile_name: str = ""
    orientation: int = 1
    bits: int = 8
    cut: bool = False

    @property
    def size(self) -> Size:
        """The size as shown."""
        return self.pixels.size

    def __reduce__(self) -> tuple[Callable[..., Decoded], tuple[object, ...]]:
        rest = (self.media_type, self.has_alpha, self.original_size, self.icc, self.profile_name)
        return _unpickled, (bytes(self.pixels.data), self.pixels.size, *rest, self.orientation, self.bits, self.cut)


def _unpickled(
    data: bytes,
    size: Size,
    *rest: object,
) -> Decoded:
    media_type, has_alpha, original_size, icc, name, orientation, bits, cut = rest
    assert isinstance(media_type, str)
    assert isinstance(has_alpha, bool)
    assert isinstance(original_size, Size)
    assert icc is None or isinstance(icc, bytes)
    assert isinstance(name, str)
    assert isinstance(orientation, int)
    assert isinstance(bits, int)
    assert isinstance(cut, bool)
    return Decoded(
        pixels=Pixels(size=size, stride=size.width * 4, format=PixelFormat.BGRA, data=memoryview(data)),
        media_type=media_type,
        has_alpha=has_alpha,
        original_size=original_size,
        icc=icc,
        profile_name=name,
        orientation=orientation,
        bits=bits,
        cut=cut,
    )


def decode(data: bytes, name: str, megapixels: int = MEGAPIXELS) -> Decoded:
    """The picture in a file's bytes, of an animation the first frame. `name` is what errors call it.

    Raises ImagingError: image-empty, not-an-image, tiff-kind, image-truncated, image-too-large.
    """
    media_type, opened = open_checked(data, name, megapixels)
    original = Size(width=opened.width, height=opened.height)
    try:
        array, icc, orientation = _plain_png(opened, data) or (*_pixels(opened, data), _orientation(opened))
    except (Image.DecompressionBombError, MemoryError) as error:
        raise too_large(name, original, min(megapixels, MEGAPIXELS)) from error
    except BROKEN as error:
        raise trouble("image-truncated", name=name, detail=repr(error)) from error
    return Decoded(
        pixels=pixels_of(upright(array, orientation), PixelFormat.BGRA),
        media_type=media_type,
        has_alpha=not is_opaque(array),
        original_size=original,
        icc=icc,
        profile_name=profile_name(icc),
        orientation=orientation,
        bits=bits_of(opened, data),
        cut=opened.info.get(CUT) is True,  # a PNG may have a text of that name
    )


def decode_small(data: bytes, side: int, name: str = "The file") -> Pixels:
    """The picture with its longer side at most `side`, upright, in sRGB, ready to be painted.

    JPEGs are reduced while they are decoded. Raises ImagingError as `decode` does.
    """
    media_type, opened = open_checked(data, name, MEGAPIXELS)
    array = _reduced_jpeg(opened, data, side) if media_type == "image/jpeg" else None
    if array is None:
        decoded = decode(data, name)
        pixels, icc = decoded.pixels, decoded.icc
    else:
        pixels, icc = pixels_of(upright(array, _orientation(opened)), PixelFormat.BGRA), _profile(opened)
    small = resize(pixels, fitted(pixels.size, side))
    return thumbnail(colour_to_srgb(small, icc), side)


def upright(array: Bytes, orientation: int) -> Bytes:
    """An array turned and mirrored as the EXIF orientation (1 to 8) says."""
    if orientation in (5, 6, 7, 8):
        array = as_bytes(cv2.transpose(array))
    # Which axes are left to mirror (OpenCV's codes: 0 top to bottom, 1 left to right, -1 both).
    flips = {2: 1, 3: -1, 4: 0, 6: 1, 7: -1, 8: 0}
    return as_bytes(cv2.flip(array, flips[orientation])) if orientation in flips else array


def _orientation(opened: ImageFile) -> int:
    """The EXIF orientation, 1 where there is none. A TIFF turns itself and forgets it while its pixels load."""
    try:
        value = opened.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _profile(opened: ImageFile) -> bytes | None:
    icc = opened.info.get("icc_profile")
    return icc if isinstance(icc, bytes) and profile_of(icc, "RGB ") is not None else None


def _plain_png(opened: ImageFile, data: bytes) -> tuple[Bytes, bytes | None, int] | None:
    array = plain_bgra(data) if opened.format == "PNG" else None
    return None if array is None else (array, _profile(opened), 1)


def _pixels(opened: ImageFile, data: bytes) -> tuple[Bytes, bytes | None]:
    """Straight BGRA as stored, and the profile that its colours are in."""
    if opened.format == "JPEG" and opened.mode == "RGB":
        array = _fast_jpeg(data)
        if array is not None:
            return array, _profile(opened)
    opened.load()
    array = _with_clear_colour(opened, data) if opened.format == "PNG" else None
    if array is not None:
        return array, _profile(opened)
    icc = opened.info.get("icc_profile")
    image = _plain(opened, icc if isinstance(icc, bytes) and len(icc) <= LARGEST_PROFILE else None)
    return bgra_of(image), _profile(opened) if opened.mode not in ("CMYK", "LAB", "L") else None


def _with_clear_colour(opened: ImageFile, data: bytes) -> Bytes | None:
    """A deep PNG one colour of which is clear; None for any other. Pillow compares that colour, told at the file's
    depth, with what it made of the pixels: of 16 bits none is it then, of 2 or 4 another one (which is put right)."""
    clear, depth = opened.info.get("transparency"), data[24]
    if opened.mode == "RGB" and depth == 16 and isinstance(clear, tuple):
        array = as_bytes(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED))
        return as_bytes(cv2.convertScaleAbs(array, alpha=255 / 65535)) if array.ndim == 3 else None
    if opened.mode.startswith("I") and isinstance(clear, int):
        values = np.asarray(opened)
        array = as_bytes(cv2.cvtColor(_eight_bits(values), cv2.COLOR_GRAY2BGRA))
        array[values == clear, 3] = 0
        return array
    if opened.mode == "L" and depth in (2, 4) and isinstance(clear, int):
        opened.info["transparency"] = clear * 255 // (2**depth - 1)
    return None


def _plain(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Any of Pillow's modes as RGB, RGBA or L."""
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image)
        image.info[CUT] = image.mode == "F" and is_cut(values, white_of(values))
        return Image.fromarray(_eight_bits(values))
    if image.mode in ("CMYK", "LAB") or (image.mode == "L" and icc and "transparency" not in image.info):
        rgb, alpha = to_rgb(image, icc), image.info.get("alpha")
        if isinstance(alpha, Image.Image):
            rgb.putalpha(alpha)
        return rgb
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("RGB", "L"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> Bytes:
    """Gray of 16 bits, 32 bits or floating point as 8 bits. Whole numbers that stay within a byte are taken so."""
    values = np.nan_to_num(array.astype(np.float32), posinf=65535.0, neginf=0.0)
    most = float(values.max(initial=0.0))
    if array.dtype.kind == "f":
        top = white_of(array)
    elif array.dtype.itemsize == 2:
        top = 65535.0
    else:
        top = 255.0 if most <= 255 else 65535.0
    return np.rint(np.clip(values, 0, top) * np.float32(255 / top)).astype(np.uint8)


def _reduced_jpeg(opened: ImageFile, data: bytes, side: int) -> Bytes | None:
    """An ordinary JPEG decoded at 1/2, 1/4 or 1/8, whichever is still no smaller than asked for."""
    if opened.mode != "RGB":
        return None
    return _fast_jpeg(data, fitted(Size(width=opened.width, height=opened.height), side))


def _fast_jpeg(data: bytes, least: Size | None = None) -> Bytes | None:
    """An ordinary JPEG straight to BGRA; None where anything about it is odd, so that Pillow shall look."""
    width, height = (least.width, least.height) if least else (0, 0)
    try:
        return as_bytes(simplejpeg.decode_jpeg(data, "BGRA", min_height=height, min_width=width))
    except ValueError:
        return None
