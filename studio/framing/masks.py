"""Masks as files: what a picture means as a mask, and a mask as gray pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studio.domain.catalogue import trouble
from studio.domain.pixels import PixelFormat
from studio.framing.hole import FAINT
from studio.imaging.decode import decode
from studio.imaging.masks import is_empty, mask_of
from studio.imaging.plain_png import plain_gray
from studio.imaging.tiles import read_all

if TYPE_CHECKING:
    from studio.domain.geometry import Size
    from studio.domain.pixels import Pixels
    from studio.imaging.tiles import Mask

MEANINGS = ("white", "transparent")


def read_mask(pixels: Pixels, document: Size, means: str | None = None) -> Mask:
    """A mask out of a picture's pixels. Where its alpha is not all opaque, transparent = will change; else white =
    will change. `means` ("white" or "transparent") overrules.

    Raises UsageError: mask-size where it is not of the document's size, mask-empty where it masks nothing,
    bad-parameter where `means` is neither.
    """
    if pixels.size != document:
        raise trouble("mask-size", mask=pixels.size, picture=document)
    mask = mask_of(pixels, _meaning(means))
    if is_empty(mask, FAINT):
        raise trouble("mask-empty")
    return mask


def mask_pixels(mask: Mask) -> Pixels:
    """The mask as gray pixels of the document's size, 255 = will change: what is exported."""
    return read_all(mask)


def mask_file(data: bytes) -> Pixels:
    """A stored mask's file as gray pixels. Raises ImagingError as `decode` does."""
    return plain_gray(data) or gray(decode(data, "The mask").pixels)


def gray(pixels: Pixels) -> Pixels:
    """A decoded mask as gray pixels, exactly: a decoder may have spread it over the colours. The same pixels where
    they are gray already."""
    return pixels if pixels.format is PixelFormat.GRAY else read_all(mask_of(pixels, "white"))


def _meaning(means: str | None) -> Literal["auto", "white", "transparent"]:
    if means is None:
        return "auto"
    if means == "white":
        return "white"
    if means == "transparent":
        return "transparent"
    raise trouble("bad-parameter", name="--mask-means", value=means, allowed=" or ".join(MEANINGS))
