"""Colour profiles: their names, and pictures brought from one to another, above all to sRGB for the screen."""

from __future__ import annotations

from functools import lru_cache
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
ROUNDED = 1
"""By so many levels profiles of the same colours differ in what they make of some: each rounds its curve."""
PROBES = np.array(
    [
        [(level, level, level) for level in (8, 32, 64, 96, 128, 192)],
        [(255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 0, 0), (0, 128, 0), (0, 0, 128)],
        [(200, 100, 50), (50, 200, 100), (100, 50, 200), (180, 140, 120), (120, 180, 140), (140, 120, 180)],
    ],
    np.uint8,
)
"""Colours (RGB) by which profiles are told apart: grays for their curves, strong and muted ones for their primaries."""


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
    """Whether colours are sRGB as they stand: no profile that can be used, or one that leaves them where they are."""
    return _alike(icc, None)


def colour_to_srgb(pixels: Pixels, icc: bytes | None) -> Pixels:
    """The picture (BGRA or BGRX) with its colours in sRGB; the same where they are already."""
    return converted(pixels, icc, None)


def has_way_back(icc: bytes | None) -> bool:
    """Whether colours can be brought out of a profile and into it again; not so with one of a scanner."""
    return _transform(icc, None) is not None and _transform(None, icc) is not None


def converted(pixels: Pixels, source: bytes | None, target: bytes | None) -> Pixels:
    """The picture (BGRA or BGRX) with its colours brought from one profile to another, relative colorimetric; None,
    and a profile that cannot be used, stand for sRGB. The same where they mean the same colours."""
    if pixels.size.is_empty or _alike(source, target):
        return pixels
    transform = _transform(source, target)
    assert transform is not None
    before = view(pixels)
    after = before.copy()
    for top in range(0, pixels.size.height, STRIP):
        rows = as_bytes(cv2.cvtColor(before[top : top + STRIP], cv2.COLOR_BGRA2RGB))
        after[top : top + STRIP, :, :3] = _applied(rows, transform)[..., ::-1]
    return pixels_of(after, pixels.format)


# Asked for each tile that is painted.
@lru_cache(maxsize=16)
def _alike(source: bytes | None, target: bytes | None) -> bool:
    """Whether two profiles mean the same colours, by what becomes of some: a name says nothing, as linear sRGB is
    called sRGB too. Also where no way leads from the one to the other, since nothing can be done about it then."""
    if source == target:
        return True
    transform = _transform(source, target)
    if transform is None:
        return True
    return bool(np.abs(_applied(PROBES, transform).astype(int) - PROBES).max() <= ROUNDED)


# To make one takes as long as to bring a tile through it.
@lru_cache(maxsize=4)
def _transform(source: bytes | None, target: bytes | None) -> ImageCms.ImageCmsTransform | None:
    """None where no way leads from the one profile to the other."""
    try:
        return ImageCms.buildTransform(
            profile_of(source, "RGB ") or srgb(),
            profile_of(target, "RGB ") or srgb(),
            "RGB",
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError:
        return None


def _applied(rgb: Bytes, transform: ImageCms.ImageCmsTransform) -> Bytes:
    image = ImageCms.applyTransform(Image.fromarray(rgb), transform)
    assert image is not None
    return np.asarray(image)


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
