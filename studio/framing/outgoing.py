"""Pictures as they may leave this machine: upright, one frame, 8 bits of RGB or RGBA in sRGB, and nothing that tells
of a camera, a place or a person. And the mask, in the form that its reader takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from studio.domain.geometry import Size
from studio.framing.hole import FAINT
from studio.imaging.bare import bare, bare_png, png_head
from studio.imaging.colour import colour_to_srgb
from studio.imaging.decode import decode
from studio.imaging.encode import encode
from studio.imaging.headers import sniff
from studio.imaging.mask_pictures import mask_picture
from studio.imaging.png import png
from studio.imaging.resample import resize

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
ANY = (PNG, JPEG, WEBP)
FINE = 95
"""The quality of a JPEG that is only made because nothing else is taken."""

Form: TypeAlias = Literal["alpha", "white", "both"]
"""How a mask says what will change: transparent; white; white and transparent."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outgoing:
    """A picture ready to be sent. `before` is its size as the user gave it, upright."""

    data: bytes
    media_type: str
    size: Size
    opaque: bool
    before: Size
    quality: int | None = None


def own(data: bytes) -> Outgoing | None:
    """A PNG that was made here: it is known to be in order, so its pixels are not looked at. None where it is
    something else."""
    plain, head = bare_png(data), png_head(data)
    if plain is None or head is None:
        return None
    size, opaque = head
    return Outgoing(data=plain, media_type=PNG, size=size, opaque=opaque, before=size)


def clean(data: bytes, name: str, types: tuple[str, ...] = ANY, max_side: int | None = None) -> Outgoing:
    """Any file that can be opened, as a picture of one of these media types (of PNG, JPEG, WebP), no side longer than
    `max_side`. `name` is what errors call it. A file that is in order keeps its very pixels, as they are encoded.

    Raises ImagingError as `decode` does.
    """
    decoded = decode(data, name)
    size = within_side(decoded.size, max_side)
    plain = bare(data) if decoded.icc is None and decoded.orientation == 1 else None
    media_type = sniff(data)
    if plain is not None and media_type in types and size == decoded.size:
        return Outgoing(data=plain, media_type=media_type, size=size, opaque=not decoded.has_alpha, before=decoded.size)
    pixels = resize(colour_to_srgb(decoded.pixels, decoded.icc), size)
    made, media_type, quality = lossless(pixels, opaque=not decoded.has_alpha, types=types)
    return Outgoing(
        data=made,
        media_type=media_type,
        size=size,
        opaque=not decoded.has_alpha or media_type == JPEG,
        before=decoded.size,
        quality=quality,
    )


def lossless(pixels: Pixels, *, opaque: bool, types: tuple[str, ...]) -> tuple[bytes, str, int | None]:
    """Bytes, media type and quality of the best file that these media types allow."""
    if PNG in types:
        return png(pixels), PNG, None
    if WEBP in types and (not opaque or JPEG not in types):
        return encode(pixels, "webp", 100), WEBP, None
    return encode(pixels, "jpeg", FINE), JPEG, FINE


def within_side(size: Size, max_side: int | None) -> Size:
    """The size with its longer side at most so long, the shape kept."""
    longest = max(size.width, size.height)
    if max_side is None or longest <= max_side:
        return size
    return scaled(size, max_side / longest)


def scaled(size: Size, factor: float) -> Size:
    """The size times a factor, no side under a pixel."""
    return Size(width=max(1, round(size.width * factor)), height=max(1, round(size.height * factor)))


def encode_mask(mask: Pixels, form: Form, size: Size | None = None) -> bytes:
    """A PNG of a gray mask (255 = will change) at the size of the picture that it goes with. All that is more than
    faintly masked counts in full."""
    fitting = mask if size is None else resize(mask, size)
    return png(mask_picture(fitting, FAINT, white=form != "alpha", clear=form != "white"))
