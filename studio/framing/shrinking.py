"""Pictures and their mask made to fit what a provider takes at once.

As they are, if that fits. Else opaque ones become JPEGs, the references before the picture that is edited, by steps
of quality; and then those that take more than their share are scaled down. Alpha is kept where there is any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.framing.outgoing import ANY, JPEG, PNG, WEBP, encode_mask, lossless, scaled
from studio.imaging.decode import decode
from studio.imaging.encode import encode
from studio.imaging.resample import resize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.pixels import Pixels
    from studio.framing.outgoing import Form, Outgoing

QUALITIES = (90, 85, 80)
SMALL_QUALITY = 85
"""The quality of what is scaled down: pixels go first, so that what stays is clean."""
LEAST_SIDE = 64
"""Nothing is made smaller than this."""
TRIES = 8
SAFETY = 0.97
LESS = 0.7
"""How much of the room is left for the next try where the last one did not fit."""
DENSE = 8
"""A picture with more pixels than so many for each byte there is room for is scaled down before it is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a provider takes: `total` bytes of encoded pictures and mask, one picture of `each` bytes. `in_text`: they
    travel as base64, which makes four bytes of three; `total` counts those, `each` the picture's own."""

    provider: str
    total: int
    each: int | None = None
    mask: int | None = None
    in_text: bool = False
    types: tuple[str, ...] = ANY

    def cost(self, length: int) -> int:
        """Bytes that a picture of so many bytes takes in the body."""
        return -(-length // 3) * 4 if self.in_text else length

    def bytes_for(self, cost: int) -> int:
        """Bytes that a picture may have to take so many in the body."""
        most = cost // 4 * 3 if self.in_text else cost
        return most if self.each is None else min(most, self.each)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Masked:
    """A mask (gray, 255 = will change) of the first picture's size, and the form in which it goes."""

    pixels: Pixels
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """What goes out. `mask` (a PNG) has the size of the first picture to the pixel."""

    pictures: tuple[Outgoing, ...]
    mask: bytes | None = None

    @property
    def total(self) -> int:
        """Bytes of all of it as files."""
        return sum(len(each.data) for each in self.pictures) + len(self.mask or b"")


def fit(pictures: Sequence[Outgoing], masked: Masked | None, room: Room) -> Fitted:
    """The pictures, in their order, and the mask, so that they fit. The first one is what the mask belongs to.

    Raises UsageError: mask-size where the mask is not of the first picture's size, picture-over-limit where nothing
    helps.
    """
    _check_mask(pictures, masked)
    found = _with_mask(tuple(pictures), masked)
    if _fits(found, room):
        return found
    for quality in QUALITIES:
        for part in (slice(1, None), slice(0, 1)):
            found = _with_mask(_recoded(found.pictures, part, quality, room), masked, found.mask)
            if _fits(found, room):
                return found
    return _scaled_down(tuple(pictures), found, masked, room)


def _check_mask(pictures: Sequence[Outgoing], masked: Masked | None) -> None:
    if masked is None:
        return
    first = pictures[0].size if pictures else None
    if masked.pixels.size != first:
        raise trouble("mask-size", mask=masked.pixels.size, picture=first)


def _with_mask(pictures: tuple[Outgoing, ...], masked: Masked | None, mask: bytes | None = None) -> Fitted:
    """With the mask at the first picture's size; `mask` is it where it is made already."""
    if masked is None:
        return Fitted(pictures=pictures)
    return Fitted(pictures=pictures, mask=mask or encode_mask(masked.pixels, masked.form, pictures[0].size))


def _fits(found: Fitted, room: Room) -> bool:
    lengths = [len(each.data) for each in found.pictures]
    mask = len(found.mask or b"")
    if room.each is not None and any(length > room.each for length in lengths):
        return False
    if room.mask is not None and mask > room.mask:
        return False
    return _cost(found, room) <= room.total


def _cost(found: Fitted, room: Room) -> int:
    return sum(room.cost(len(each.data)) for each in found.pictures) + room.cost(len(found.mask or b""))


def _recoded(pictures: tuple[Outgoing, ...], part: slice, quality: int, room: Room) -> tuple[Outgoing, ...]:
    """Those of a part that become smaller so, at their size."""
    chosen = set(range(len(pictures))[part])
    return tuple(_smaller(each, quality, room) if at in chosen else each for at, each in enumerate(pictures))


def _smaller(picture: Outgoing, quality: int, room: Room) -> Outgoing:
    media_type = _lossy(picture, room)
    if media_type is None or picture.size.area > DENSE * room.bytes_for(room.total):
        return picture
    data = encode(decode(picture.data, "The picture").pixels, media_type.partition("/")[2], quality)
    if len(data) >= len(picture.data):
        return picture
    return replace(picture, data=data, media_type=media_type, quality=quality)


def _lossy(picture: Outgoing, room: Room) -> str | None:
    if picture.opaque and JPEG in room.types:
        return JPEG
    return WEBP if WEBP in room.types else None


def _scaled_down(given: tuple[Outgoing, ...], found: Fitted, masked: Masked | None, room: Room) -> Fitted:
    """What takes more than its share is made anew out of what was given, not out of what was made of that."""
    left = min(room.total, _cost(found, room))
    for _ in range(TRIES):
        shares = _shares(found, room, left)
        pictures = tuple(
            each if room.cost(len(each.data)) <= share and _is_taken(each, room) else _scaled_to(first, share, room)
            for first, each, share in zip(given, found.pictures, shares, strict=True)
        )
        made = _with_mask(pictures, masked)
        if _fits(made, room):
            return made
        left = round(left * LESS)
    size = f"{found.total / 1e6:.1f} MB"
    raise trouble("picture-over-limit", size=size, provider=room.provider, limit=f"{room.total / 1e6:.1f} MB")


def _is_taken(picture: Outgoing, room: Room) -> bool:
    return room.each is None or len(picture.data) <= room.each


def _shares(found: Fitted, room: Room, total: int) -> list[int]:
    """How much of the room each picture may take: what small ones leave goes to the others."""
    left = total - room.cost(len(found.mask or b""))
    costs = [room.cost(len(each.data)) for each in found.pictures]
    shares = [0] * len(costs)
    waiting = sorted(range(len(costs)), key=costs.__getitem__)
    for position, index in enumerate(waiting):
        equal = max(0, left) // (len(waiting) - position)
        shares[index] = equal
        left -= min(costs[index], equal)
    return shares


def _scaled_to(picture: Outgoing, share: int, room: Room) -> Outgoing:
    """The picture as large as fits its share; as small as may be where nothing does."""
    most = max(1, room.bytes_for(share))
    pixels = decode(picture.data, "The picture").pixels
    least = min(1.0, LEAST_SIDE / min(picture.size.width, picture.size.height))
    factor = max(least, min(1.0, (DENSE * most / picture.size.area) ** 0.5))
    made = _encoded(picture, resize(pixels, scaled(picture.size, factor)), room)
    for _ in range(TRIES):
        if len(made.data) <= most or factor <= least:
            break
        factor = max(least, factor * SAFETY * (most / len(made.data)) ** 0.5)
        made = _encoded(picture, resize(pixels, scaled(picture.size, factor)), room)
    return made


def _encoded(picture: Outgoing, pixels: Pixels, room: Room) -> Outgoing:
    media_type = _lossy(picture, room)
    if media_type is None:
        data, media_type, quality = lossless(pixels, opaque=picture.opaque, types=room.types or (PNG,))
    else:
        data, quality = encode(pixels, media_type.partition("/")[2], SMALL_QUALITY), SMALL_QUALITY
    return replace(picture, data=data, media_type=media_type, size=pixels.size, quality=quality)
