"""Pixels as plain bytes, so that rooms can hand pictures on without knowing who made or shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.geometry import Size


class PixelFormat(Enum):
    """How one pixel lies in memory. The four-byte formats are blue, green, red, alpha in this order."""

    BGRA = "bgra"
    """Straight alpha: what layers are kept in."""
    BGRA_PREMULTIPLIED = "bgra-premultiplied"
    """Colour already multiplied by alpha: what is painted on the screen."""
    BGRX = "bgrx"
    """Opaque; the fourth byte is 255."""
    GRAY = "gray"
    """One byte: a mask (255 = will change), or an alpha."""

    @property
    def bytes_per_pixel(self) -> int:
        """Bytes that one pixel takes."""
        return 1 if self is PixelFormat.GRAY else 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pixels:
    """A picture in memory: rows of `stride` bytes, top row first. Compared by identity; never changed once shared."""

    size: Size
    stride: int
    format: PixelFormat
    data: memoryview

    def __post_init__(self) -> None:
        if self.stride < self.size.width * self.format.bytes_per_pixel:
            raise ValueError("a row is shorter than its pixels")
        if self.data.nbytes < self.stride * self.size.height:
            raise ValueError("fewer bytes than rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedImage:
    """A picture as a file's bytes."""

    data: bytes
    media_type: str
    size: Size
