"""Colour profiles: their names, and pictures brought to sRGB for the screen and for sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, ImageCms
from PIL._imagingcms import createProfile, profile_frombytes

from studio.imaging.arrays import as_bytes, pixels_of, view

if TYPE_CHECKING:
    from PIL._imagingcms import CmsProfile

    from studio.domain.pixels import Pixels
    from studio.imaging.arrays import Bytes

LARGEST_PROFILE = 8 << 20
"""A profile of more bytes than this is not a profile."""
STRIP = 512
"""Rows converted at a time, so that a large picture is not held thrice."""


def profile_of(icc: bytes | None, space: str) -> CmsProfile | None:
    """A profile that can be used for a colour space of ICC ("RGB ", "GRAY", "CMYK"); None where it cannot."""
    if not icc or len(icc) > LARGEST_PROFILE:
        return None
    try:
        profile = profile_frombytes(icc)
    except OSError:
        return None
    return profile if profile.xcolor_space == space else None


def profile_name(icc: bytes | None) -> str:
    """What a profile calls itself; empty where there is none that can be read."""
    profile = profile_of(icc, "RGB ")
    return "" if profile is None else (profile.profile_description or "").strip()


def is_srgb(icc: bytes | None) -> bool:
    """Whether colours are sRGB as they stand: no profile that can be used, or one that says so."""
    return profile_of(icc, "RGB ") is None or profile_name(icc).lower().startswith(("srgb", "c2", "web-srgb"))


def colour_to_srgb(pixels: Pixels, icc: bytes | None) -> Pixels:
    """The picture (BGRA or BGRX) with its colours in sRGB, relative colorimetric; the same where they are already."""
    profile = profile_of(icc, "RGB ")
    if profile is None or is_srgb(icc) or pixels.size.is_empty:
        return pixels
    transform = ImageCms.buildTransform(
        profile, srgb(), "RGB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    before = view(pixels)
    after = before.copy()
    for top in range(0, pixels.size.height, STRIP):
        rows = as_bytes(cv2.cvtColor(before[top : top + STRIP], cv2.COLOR_BGRA2RGB))
        converted = ImageCms.applyTransform(Image.fromarray(rows), transform)
        assert converted is not None
        after[top : top + STRIP, :, :3] = np.asarray(converted)[..., ::-1]
    return pixels_of(after, pixels.format)


def srgb() -> CmsProfile:
    """The sRGB profile."""
    return createProfile("sRGB")


def to_rgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """A CMYK, Lab or gray image in sRGB, by its own profile where it has one that can be used."""
    spaces = {"CMYK": "CMYK", "L": "GRAY"}
    profile = profile_of(icc, spaces[image.mode]) if image.mode in spaces else None
    if image.mode == "LAB":
        profile = createProfile("LAB")
    if profile is None:
        return image.convert("RGB")
    try:
        converted = ImageCms.profileToProfile(
            image, profile, srgb(), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=ImageCms.Flags(0)
        )
    except ImageCms.PyCMSError:
        return image.convert("RGB")
    assert converted is not None
    return converted


def bgra_of(image: Image.Image) -> Bytes:
    """An RGB, RGBA or L image of Pillow's as straight BGRA; a missing alpha is 255."""
    to_bgra = {"RGB": cv2.COLOR_RGB2BGRA, "RGBA": cv2.COLOR_RGBA2BGRA, "L": cv2.COLOR_GRAY2BGRA}[image.mode]
    array = np.empty((image.height, image.width, 4), np.uint8)
    for top in range(0, image.height, STRIP):
        bottom = min(top + STRIP, image.height)
        rows = np.asarray(image.crop((0, top, image.width, bottom)), np.uint8)
        array[top:bottom] = as_bytes(cv2.cvtColor(rows, to_bgra))
    return array
