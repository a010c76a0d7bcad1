"""From an order and its files to the one message that carries it. Pure, and heavy: to be called in a pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse
from studio.domain.catalogue import trouble
from studio.framing.masks import mask_file
from studio.framing.outgoing import ANY, PNG, Outgoing, clean, own
from studio.framing.shrinking import Masked, Room, fit
from studio.wire.limits import body_limit, check_prompt, image_limit, in_text, mask_limit, overhead
from studio.wire.messages import WireImage, WireOrder
from studio.wire.requests import edit_message
from studio.wire.routing import mask_form, route_for

if TYPE_CHECKING:
    from studio.domain.capabilities import Model
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import EditRequest
    from studio.framing.shrinking import Fitted
    from studio.wire.messages import Message, Route

_LINK = b"https://"
_LONGEST_LINK = 8192
_SLACK = 64
"""Bytes for each picture by which its own head may differ from the one that was measured: it may change its type."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """An order with the bytes of its files. A reference may be the text of an https address."""

    profile: ProviderProfile
    model: Model
    request: EditRequest
    base: bytes | None = None
    mask: bytes | None = None
    references: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ready:
    """What is sent. `changed` says, for people, what had to be made smaller; empty where nothing had."""

    message: Message
    route: Route
    changed: str = ""


def make_ready(given: Given, boundary: str) -> Ready:
    """Check, clean, fit and encode. Raises UsageError and ImagingError; nothing was sent."""
    check_order(given)
    pictures = _pictures(given)
    masked = mask_file(given.mask) if given.mask is not None else None
    names = _names(given.request)
    route = route_for(given.profile, given.model, images=len(pictures), masked=masked is not None, names=names)
    form = None if masked is None else Masked(pixels=masked, form=mask_form(given.profile, route).value)
    files = [each for each in pictures if isinstance(each, Outgoing)]
    fitted = fit(files, form, _room(given, route, pictures))
    order = _order(given, _in_place(pictures, fitted), fitted.mask)
    message = edit_message(given.profile, route, order, boundary, given.model)
    return Ready(message=message, route=route, changed=_changed(files, fitted))


def check_order(given: Given) -> None:
    """What can be told without looking at a pixel. Raises UsageError."""
    can, request = given.model.capabilities, given.request
    name = given.model.name or str(given.model.id)
    check_prompt(given.model, request.prompt)
    count = len(given.references) + (given.base is not None)
    if can.needs_base and not count:
        raise trouble("no-document")
    most = can.max_references + 1
    if count > most and (can.needs_base or can.max_references):
        raise trouble("too-many-references", count=count, model=name, limit=most)
    if len(given.references) < can.min_references:
        raise trouble("too-few-references", count=len(given.references), model=name, limit=can.min_references)
    if can.mask is MaskUse.REQUIRED and given.mask is None:
        raise trouble("mask-empty")


def _pictures(given: Given) -> list[Outgoing | str]:
    types = _types(given)
    side = given.model.capabilities.max_side
    found: list[Outgoing | str] = []
    if given.base is not None:
        ours = own(given.base) if PNG in types else None
        found.append(ours or clean(given.base, "The picture", types))
    for number, data in enumerate(given.references, 1):
        found.append(_link(data) or clean(data, f"Reference {number}", types, side))
    return found


def _types(given: Given) -> tuple[str, ...]:
    taken = given.model.capabilities.image_types
    return tuple(each for each in ANY if not taken or each in taken) or ANY


def _link(data: bytes) -> str | None:
    """The address that a reference is, where it is one."""
    if not data.startswith(_LINK) or len(data) > _LONGEST_LINK:
        return None
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() and " " not in text else None


def _names(request: EditRequest) -> set[str]:
    return {name for name, _ in request.parameters} | ({"seed"} if request.seed is not None else set())


def _room(given: Given, route: Route, pictures: list[Outgoing | str]) -> Room:
    profile, model = given.profile, given.model
    images = tuple(each if isinstance(each, str) else _wire(each) for each in pictures)
    stub = images[0] if given.mask is not None and images and isinstance(images[0], WireImage) else None
    mask = None if stub is None else replace(stub, data=_PNG_HEAD, media_type=PNG)
    bare = _order(given, images, None)
    rest = overhead(profile, route, replace(bare, mask=mask), model) + _SLACK * len(images)
    links = any(isinstance(each, str) for each in pictures)
    return Room(
        provider=profile.shown_name,
        total=max(0, body_limit(profile, model) - rest),
        each=image_limit(profile, model),
        mask=mask_limit(profile, route) if given.mask is not None else None,
        in_text=in_text(profile, route, links=links),
        types=_types(given),
    )


_PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def _order(given: Given, images: tuple[WireImage | str, ...], mask: bytes | None) -> WireOrder:
    request = given.request
    size = request.parameter("size")
    return WireOrder(
        model=str(request.model),
        prompt=request.prompt,
        count=request.count,
        seed=request.seed,
        size=size if isinstance(size, str) else "",
        parameters=tuple((name, value) for name, value in request.parameters if name != "size"),
        images=images,
        mask=None if mask is None else WireImage(data=mask, media_type=PNG),
    )


def _wire(picture: Outgoing) -> WireImage:
    return WireImage(data=picture.data, media_type=picture.media_type)


def _in_place(pictures: list[Outgoing | str], fitted: Fitted) -> tuple[WireImage | str, ...]:
    """What was fitted, and the links between, in their order."""
    files = iter(fitted.pictures)
    return tuple(each if isinstance(each, str) else _wire(next(files)) for each in pictures)


def _changed(before: list[Outgoing], fitted: Fitted) -> str:
    smaller = [each for each in fitted.pictures if each.size != each.before]
    if smaller:
        first = smaller[0]
        more = f" and {len(smaller) - 1} more" if len(smaller) > 1 else ""
        return f"Sent as {first.size} instead of {first.before}{more}, to fit {fitted.total / 1e6:.1f} MB"
    packed = [each.quality for each, old in zip(fitted.pictures, before, strict=True) if each is not old]
    qualities = [each for each in packed if each is not None]
    return f"Sent as JPEG of quality {min(qualities)}, to fit {fitted.total / 1e6:.1f} MB" if qualities else ""
