"""What a file is and how large it says it is, seen before memory is taken for its pixels.

Only seven formats are read, each by the one plug-in of its own, constructed here by name: Pillow's own opening would
hand files on to other plug-ins.
"""

from __future__ import annotations

import io
import struct
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from studio.domain.catalogue import trouble
from studio.domain.geometry import Size
from studio.imaging.tiffs import UnknownKind, open_tiff, tiff_bits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PIL.ImageFile import ImageFile

    from studio.domain.problems import StudioError

MEGAPIXELS = 300
"""No larger picture is opened, whatever is asked for."""
DENSEST = 1032
"""Deflate makes at most so many bytes of one; a PNG that declares more is cut short."""

BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    struct.error,
    zlib.error,
)
"""What Pillow's plug-ins raise on damaged files."""

_PLUGINS: Mapping[str, Callable[[io.BytesIO], ImageFile]] = MappingProxyType(
    {
        "image/png": PngImageFile,
        "image/jpeg": JpegImageFile,
        "image/webp": WebPImageFile,
        "image/tiff": open_tiff,
        "image/gif": GifImageFile,
        "image/bmp": BmpImageFile,
        "image/avif": AvifImageFile,
    }
)


def sniff(data: bytes) -> str | None:
    """The media type that the first bytes tell; None for anything that is not opened here."""
    starts = {
        b"\x89PNG\r\n\x1a\n": "image/png",
        b"\xff\xd8\xff": "image/jpeg",
        b"GIF87a": "image/gif",
        b"GIF89a": "image/gif",
        b"BM": "image/bmp",
        b"II*\0": "image/tiff",
        b"MM\0*": "image/tiff",
        b"II+\0": "image/tiff",
        b"MM\0+": "image/tiff",
    }
    for start, media_type in starts.items():
        if data.startswith(start):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/avif" if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis", b"mif1") else None


def open_checked(data: bytes, name: str, megapixels: int) -> tuple[str, ImageFile]:
    """Media type and Pillow's image with its header read, its pixels not yet.

    Raises ImagingError: image-empty, not-an-image, tiff-kind, image-truncated, image-too-large.
    """
    if not data:
        raise trouble("image-empty", name=name)
    media_type = sniff(data)
    if media_type is None:
        raise trouble("not-an-image", name=name)
    limit = min(megapixels, MEGAPIXELS)
    try:
        opened = _PLUGINS[media_type](io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise too_large(name, _webp_canvas(data), limit) from error
    except UnknownKind as error:
        raise trouble("tiff-kind", name=name, detail=str(error)) from error
    except BROKEN as error:
        raise trouble("image-truncated", name=name, detail=repr(error)) from error
    size = Size(width=opened.width, height=opened.height)
    if size.area > limit * 1_000_000:
        raise too_large(name, size, limit)
    if size.is_empty or (media_type == "image/png" and len(data) * DENSEST < _least_bytes(opened)):
        raise trouble("image-truncated", name=name, detail=f"{size} in {len(data)} bytes")
    return media_type, opened


def bits_of(opened: ImageFile, data: bytes) -> int:
    """Bits that a channel of a PNG or TIFF has in the file, never under 8: nothing is lost of fewer."""
    if opened.format == "PNG":
        return 16 if data[24] == 16 else 8
    return tiff_bits(opened) if opened.format == "TIFF" else 8


def too_large(name: str, size: Size, limit: int) -> StudioError:
    """The error for a picture over the limit (in megapixels)."""
    return trouble("image-too-large", name=name, width=size.width, height=size.height, limit=limit)


def _least_bytes(opened: ImageFile) -> int:
    """Bytes that a PNG's rows take at least, whatever its depth: an eighth of a byte a pixel."""
    return opened.width * opened.height // 8


def _webp_canvas(data: bytes) -> Size:
    """The canvas that an extended WebP declares: three bytes each, one less than the side, at byte 24."""
    width, height = int.from_bytes(data[24:27], "little"), int.from_bytes(data[27:30], "little")
    return Size(width=width + 1, height=height + 1)
