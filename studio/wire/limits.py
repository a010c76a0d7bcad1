"""How much may be sent, and how much an order comes to: what counts is the encoded body, not the files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.wire.messages import MaskForm, Route, WireImage
from studio.wire.requests import edit_message
from studio.wire.routing import BodyForm, body_form, mask_form
from studio.wire.urls import DIRECT_HOST, host

if TYPE_CHECKING:
    from studio.domain.capabilities import Model
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import WireOrder

NANOGPT_BODY = 4_000_000
"""Its document: "4 MB or smaller after encoding". The proxy before every host but the direct one refuses 4.5 MB."""
OPENAI_IMAGE = 50_000_000
OPENAI_MASK = 4_000_000
_MOST = 2_000_000_000
"""As much as a profile can set; where no document names a limit of the body."""
_BOUNDARY = "0" * 32


def body_limit(profile: ProviderProfile, model: Model | None) -> int:
    """Bytes of a whole encoded body. Raises UsageError as `urls.host` does."""
    if profile.max_body_bytes is not None:
        return profile.max_body_bytes
    if profile.kind is not ProviderKind.NANOGPT:
        return _MOST
    if host(profile) != DIRECT_HOST:
        return NANOGPT_BODY
    image = model.capabilities.max_bytes if model else None
    if model is None or image is None:
        return _MOST
    pictures = 2 + model.capabilities.max_references
    return pictures * _in_base64(image) + (1 << 20)


def image_limit(profile: ProviderProfile, model: Model | None) -> int | None:
    """Bytes of one picture as a file, None where nobody names a limit."""
    told = model.capabilities.max_bytes if model else None
    if told is not None or profile.kind is not ProviderKind.OPENAI:
        return told
    return OPENAI_IMAGE


def mask_limit(profile: ProviderProfile, route: Route) -> int | None:
    """Bytes of a mask as a file, None where nobody names a limit. OpenAI's is kept with every mask that has alpha."""
    return None if mask_form(profile, route) is MaskForm.WHITE else OPENAI_MASK


def in_text(profile: ProviderProfile, route: Route, *, links: bool = False) -> bool:
    """Whether pictures go as base64: in JSON, and in a form beside an address."""
    return links or body_form(profile, route, links=links) is BodyForm.JSON


def encoded_size(profile: ProviderProfile, route: Route, length: int, *, links: bool = False) -> int:
    """What so many bytes of one picture come to in a body."""
    return _in_base64(length) if in_text(profile, route, links=links) else length


def body_size(profile: ProviderProfile, route: Route, order: WireOrder, model: Model | None = None) -> int:
    """Bytes of the body that an order will have, without encoding its pictures. Raises UsageError as
    `requests.edit_message` does."""
    return overhead(profile, route, order, model) + _pictures(profile, route, order)


def overhead(profile: ProviderProfile, route: Route, order: WireOrder, model: Model | None = None) -> int:
    """Bytes of the body beside the encoded pictures: fields, part headers, links, braces. Raises as `body_size`."""
    images = tuple(image if isinstance(image, str) else _stub(image) for image in order.images)
    bare = replace(order, images=images, mask=_stub(order.mask) if order.mask else None)
    return edit_message(profile, route, bare, _BOUNDARY, model).length - _pictures(profile, route, bare)


def prompt_length(prompt: str, *, utf16: bool) -> int:
    """Length after trimming, in UTF-16 code units (an emoji is two) or in characters."""
    text = prompt.strip()
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if utf16 else len(text)


def check_prompt(model: Model, prompt: str) -> None:
    """Raises UsageError (prompt-over-limit, prompt-empty)."""
    can = model.capabilities
    name = model.name or str(model.id)
    if can.needs_prompt and not prompt.strip():
        raise trouble("prompt-empty", model=name)
    length = prompt_length(prompt, utf16=can.prompt_utf16)
    if can.prompt_limit is not None and length > can.prompt_limit:
        unit = "UTF-16 units" if can.prompt_utf16 else "characters"
        raise trouble("prompt-over-limit", length=length, unit=unit, model=name, limit=can.prompt_limit)


def _pictures(profile: ProviderProfile, route: Route, order: WireOrder) -> int:
    files = tuple(len(each.data) for each in order.images if isinstance(each, WireImage))
    links = len(files) < len(order.images)
    pictures = sum(encoded_size(profile, route, length, links=links) for length in files)
    if order.mask is None:
        return pictures
    # In a form a mask is a file even where the pictures are texts.
    is_json = body_form(profile, route, links=links) is BodyForm.JSON
    return pictures + (_in_base64(len(order.mask.data)) if is_json else len(order.mask.data))


def _stub(image: WireImage) -> WireImage:
    """Enough of a picture to tell of what kind it is."""
    return replace(image, data=image.data[:32])


def _in_base64(length: int) -> int:
    return (length + 2) // 3 * 4
