"""The pictures and the mask of a request, looked at as the providers do and decoded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.problems import ImagingError
from studio.imaging.decode import decode
from studio.imaging.demo import changed_by_alpha, changed_by_white, same_change
from studio.playground import looking
from studio.playground.refusals import Dialect, flat, refusal

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.playground.exchange import Refused, Upload

MEGAPIXELS = 64
MASK_LIMIT = 4_000_000
"""Bytes; a mask of OpenAI's and Naga's rows is smaller."""
PICTURE_LIMIT = 50_000_000
_NAMED = ("image/png", "image/jpeg", "image/webp")
_SAYS_NOTHING = ("", "application/octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A picture as it came. `pixels` None: it was named by an address elsewhere and is not fetched."""

    data: bytes = field(repr=False)
    declared: str = ""
    filename: str = ""
    pixels: Pixels | None = None
    has_alpha: bool = False


def of_upload(file: Upload, dialect: Dialect) -> Input:
    """A file of a form. Raises Refused where its type, its name and its bytes tell different things."""
    declared, ending = file.media_type or "", (file.filename or "").rpartition(".")[2].lower()
    found = looking.media_type(file.data)
    named = looking.TYPES.get(ending, "")
    if (declared not in _SAYS_NOTHING and declared != found) or (named and named != found):
        raise _unfit(dialect, f"{file.filename} is declared as {declared or named} and holds {found or 'no picture'}.")
    return decoded(file.data, dialect, declared=declared, filename=file.filename or "")


def of_data_url(text: str, dialect: Dialect, param: str) -> Input:
    """A data URL. Raises Refused."""
    read = looking.data_url(text)
    if read is None:
        if dialect is Dialect.NANOGPT:
            raise flat(400, "INVALID_IMAGE_INPUT", f"{param} must be a base64-encoded data URL of an image.")
        raise refusal(dialect, 400, "invalid_value", f"{param} is not a valid data URL.", param)
    found = looking.media_type(read.data)
    if found != read.media_type:
        if dialect is Dialect.NANOGPT:
            # What the real one says, although the size is not what is wrong.
            message = "Input image is too large (1195724874x218765834). Maximum is 16384x16384."
            raise flat(413, "IMAGE_INPUT_TOO_LARGE", message)
        raise _unfit(dialect, f"{param} is declared as {read.media_type} and holds {found or 'no picture'}.")
    return decoded(read.data, dialect, declared=read.media_type)


def decoded(data: bytes, dialect: Dialect, *, declared: str = "", filename: str = "") -> Input:
    """Raises Refused where the bytes are no picture that this provider takes."""
    found = looking.media_type(data)
    allowed = (*_NAMED, "image/gif") if dialect is Dialect.NANOGPT else _NAMED
    if found not in allowed or len(data) > PICTURE_LIMIT:
        raise _unfit(dialect, "The image must be a PNG, JPEG or WebP of less than 50 MB.")
    odd = looking.odd_mode(data)
    if odd:
        raise _unfit(dialect, f"Invalid image file or mode for image: {odd}.")
    try:
        read = decode(data, "the image", MEGAPIXELS)
    except ImagingError as error:
        raise _unfit(dialect, "The image could not be decoded.") from error
    return Input(data=data, declared=declared, filename=filename, pixels=read.pixels, has_alpha=read.has_alpha)


def alpha_change(mask: Input, base: Input, dialect: Dialect) -> Pixels:
    """What a mask changes that marks by transparency. Raises Refused."""
    _check_mask(mask, base, dialect)
    if not looking.png_has_alpha(mask.data):
        raise refusal(dialect, 400, "invalid_image_file", "Invalid mask image: it has no alpha channel.", "mask")
    if len(mask.data) >= MASK_LIMIT:
        raise refusal(dialect, 400, "invalid_image_file", "Invalid mask image: it must be less than 4 MB.", "mask")
    assert mask.pixels is not None
    return changed_by_alpha(mask.pixels)


def white_change(mask: Input, base: Input) -> Pixels:
    """What a mask changes that marks by white (NanoGPT's data URLs). Raises Refused where it is not opaque, unless it
    changes the same pixels whichever way it is read."""
    _check_mask(mask, base, Dialect.NANOGPT)
    assert mask.pixels is not None
    change = changed_by_white(mask.pixels)
    if mask.has_alpha and not same_change(change, changed_by_alpha(mask.pixels)):
        raise flat(400, "INVALID_IMAGE_INPUT", "The mask must be opaque: white is repainted and black is kept.")
    return change


def either_change(mask: Input, base: Input) -> Pixels:
    """What a mask changes that may mark by either, as NanoGPT's forms take. Raises Refused."""
    if not mask.has_alpha:
        return white_change(mask, base)
    _check_mask(mask, base, Dialect.NANOGPT)
    assert mask.pixels is not None
    return changed_by_alpha(mask.pixels)


def _check_mask(mask: Input, base: Input, dialect: Dialect) -> None:
    if looking.media_type(mask.data) != "image/png":
        raise _unfit(dialect, "The mask must be a PNG.")
    assert mask.pixels is not None
    if base.pixels is not None and mask.pixels.size != base.pixels.size:
        message = f"The mask is {mask.pixels.size} and the first image {base.pixels.size}; they must have one size."
        raise _unfit(dialect, message)


def _unfit(dialect: Dialect, message: str) -> Refused:
    if dialect is Dialect.NANOGPT:
        return flat(400, "INVALID_IMAGE_INPUT", message)
    return refusal(dialect, 400, "invalid_image_file", message, "image")
