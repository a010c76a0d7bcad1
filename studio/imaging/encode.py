"""Pixels to a file's bytes. Nothing is written beside them but what is given: no dates, no software, no camera."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import simplejpeg  # pyright: ignore[reportMissingTypeStubs]  # the package brings none
from PIL import Image

from studio.domain.catalogue import trouble
from studio.domain.pixels import PixelFormat, Pixels
from studio.imaging.arrays import Bytes, as_bytes, is_opaque, pixels_of, view
from studio.imaging.metadata import with_segments
from studio.imaging.metadata import xmp_packet as xmp_packet  # offered here beside what takes it
from studio.imaging.png import png as png  # offered here beside the other formats

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("png", "jpeg", "webp", "tiff", "avif")
"""Names of the formats that can be written."""

LOSSLESS = 100
"""At this quality a WebP is written without loss."""
FULL_COLOUR = 93
"""From this quality on a JPEG keeps colour at full size; below, at half, as cameras do."""
LONGEST: Mapping[str, int] = MappingProxyType({"jpeg": 65_535, "webp": 16_383, "avif": 65_536})
"""The longest side that a format can hold."""
XMP_TAG = 700
LZW_BY_DIFFERENCE: Mapping[int, int] = MappingProxyType({317: 2})


def encode(
    pixels: Pixels, format_name: str, quality: int = 90, icc: bytes | None = None, xmp: bytes | None = None
) -> bytes:
    """A file of `format_name` (one of FORMATS). Quality is 1 to 100, for JPEG, WebP (100 is lossless) and AVIF.

    Colours under transparent pixels stay as they are in PNG, TIFF and WebP; a JPEG has no alpha and is laid over
    white. Raises UsageError (size-for-format); ValueError on other names and on premultiplied pixels.
    """
    if pixels.format is PixelFormat.BGRA_PREMULTIPLIED or pixels.size.is_empty:
        raise ValueError(f"no file can be made of {pixels.size} {pixels.format.value}")
    _check_size(pixels, format_name)
    quality = max(1, min(100, quality))
    if format_name == "png":
        return png(pixels, icc=icc, xmp=xmp)
    if format_name == "jpeg":
        return _jpeg(pixels, quality, icc, xmp)
    if format_name == "webp":
        options: dict[str, Any] = {"quality": quality, "lossless": quality >= LOSSLESS, "exact": True, "method": 4}
        return _pillow(pixels, "WEBP", {**options, "xmp": xmp or b"", "icc_profile": icc or b""})
    if format_name == "avif":
        options = {"quality": quality, "speed": 8, "xmp": xmp or b"", "icc_profile": icc or b""}
        return _pillow(pixels, "AVIF", options)
    if format_name == "tiff":
        info: dict[int, Any] = dict(LZW_BY_DIFFERENCE)
        if xmp:
            info[XMP_TAG] = xmp
        return _pillow(pixels, "TIFF", {"compression": "tiff_lzw", "tiffinfo": info, "icc_profile": icc})
    raise ValueError(f"no format is named {format_name}")


def _check_size(pixels: Pixels, format_name: str) -> None:
    limit = LONGEST.get(format_name)
    size = pixels.size
    if limit is not None and max(size.width, size.height) > limit:
        name = format_name.upper()
        raise trouble("size-for-format", format=name, limit=limit, width=size.width, height=size.height)


def _jpeg(pixels: Pixels, quality: int, icc: bytes | None, xmp: bytes | None) -> bytes:
    if pixels.format is PixelFormat.GRAY:
        array, order, colour = np.ascontiguousarray(view(pixels))[..., None], "GRAY", "Gray"
    else:
        array, order = over_white(view(pixels)), "BGRX"
        colour = "444" if quality >= FULL_COLOUR else "420"
    plain = simplejpeg.encode_jpeg(np.ascontiguousarray(array), quality, order, colour)
    return with_segments(plain, icc, xmp)


def over_white(array: Bytes) -> Bytes:
    """A straight BGRA array as it looks on white paper; the same array where it is opaque."""
    if is_opaque(array):
        return array
    share = array[..., 3:].astype(np.float32) / np.float32(255)
    paper = np.rint(array[..., :3] * share + np.float32(255) * (1 - share)).astype(np.uint8)
    return np.dstack((paper, np.full(array.shape[:2], 255, np.uint8)))


def flat(pixels: Pixels) -> Pixels:
    """The picture as it looks on white paper, opaque."""
    return pixels if pixels.format is PixelFormat.GRAY else pixels_of(over_white(view(pixels)), PixelFormat.BGRA)


def _pillow(pixels: Pixels, name: str, options: Mapping[str, Any]) -> bytes:
    array = view(pixels)
    if pixels.format is not PixelFormat.GRAY:
        opaque = pixels.format is PixelFormat.BGRX or is_opaque(array)
        array = as_bytes(cv2.cvtColor(array, cv2.COLOR_BGRA2RGB if opaque else cv2.COLOR_BGRA2RGBA))
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(array)).save(buffer, name, **options)
    return buffer.getvalue()
