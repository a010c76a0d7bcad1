"""The pictures of an order: what may stand among them, and how a form carries them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pybase64

from studio.domain.catalogue import trouble
from studio.wire.fields import text_of
from studio.wire.messages import WireImage
from studio.wire.multipart import Part
from studio.wire.sniffing import media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.domain.profile import ProviderProfile
    from studio.domain.request import ParameterValue
    from studio.wire.messages import WireOrder

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}
"""File name endings of the media types that the documents name."""


def checked(order: WireOrder) -> WireOrder:
    """The order with every picture declared as what its bytes are. Raises UsageError (bad-parameter) for a picture
    that cannot be sent: no bytes of a known kind, or an address that is neither https nor a data URL."""
    images = tuple(_linked(each) if isinstance(each, str) else _sniffed(each) for each in order.images)
    return replace(order, images=images, mask=_sniffed(order.mask) if order.mask else None)


def without_links(order: WireOrder) -> tuple[WireImage, ...]:
    """The pictures, each with its bytes. Raises UsageError (bad-parameter) where one is an address: the documents of
    this way in say that pictures are downloaded first."""
    found = tuple(picture for picture in order.images if isinstance(picture, WireImage))
    for link in order.images:
        if isinstance(link, str):
            raise _unfit(link, "a picture file; links are not taken on this route")
    return found


def data_url(picture: WireImage) -> tuple[bytes, bytes]:
    """Its head and its base64: a large one is not copied once more to be one."""
    return f"data:{picture.media_type};base64,".encode("ascii"), pybase64.b64encode(picture.data)


def text_parts(fields: Iterable[tuple[str, ParameterValue]]) -> Iterator[Part]:
    """Plain fields, which stand before the files."""
    for name, value in fields:
        yield Part(name=name, data=text_of(value).encode("utf-8"))


def picture_parts(profile: ProviderProfile, order: WireOrder) -> Iterator[Part]:
    """One picture as `image`, several under the profile's field in their order, then the mask, which belongs to the
    first. File names are plain and say what the bytes are, whatever the user's files are called.

    With an address among them all are texts: servers keep files and texts apart, and the order would be lost."""
    field = "image" if len(order.images) == 1 else profile.image_field
    linked = any(isinstance(picture, str) for picture in order.images)
    for number, picture in enumerate(order.images, start=1):
        if isinstance(picture, str):
            yield Part(name=field, data=picture.encode("utf-8", "replace"))
        elif linked:
            yield Part(name=field, data=b"".join(data_url(picture)))
        else:
            yield _file(field, f"image-{number}", picture)
    if order.mask:
        yield _file("mask", "mask", order.mask)


def _file(field: str, stem: str, picture: WireImage) -> Part:
    name = f"{stem}.{_ENDINGS[picture.media_type]}"
    return Part(name=field, data=picture.data, filename=name, media_type=picture.media_type)


def _sniffed(picture: WireImage) -> WireImage:
    kind = media_type(picture.data)
    if kind not in _ENDINGS:
        raise _unfit(kind or "empty or of an unknown kind", "a PNG, JPEG, WebP or GIF with its bytes")
    return picture if kind == picture.media_type else replace(picture, media_type=kind)


def _linked(address: str) -> str:
    if not address.startswith(("https://", "data:image/")):
        raise _unfit(address, "an https address or a picture file")
    return address


def _unfit(value: str, allowed: str) -> Exception:
    return trouble("bad-parameter", name="A picture of this order", value=value, allowed=allowed)
