"""What of an order is plain text and numbers: one list of named values, the same for every form that carries it.

Nothing empty is among them, and no name that would change what an order is or who pays for it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.wire.messages import Route
from studio.wire.urls import host

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.domain.request import ParameterValue
    from studio.wire.messages import WireOrder

    Field = tuple[str, ParameterValue]

_OF_THE_ORDER = frozenset(
    (
        *("model", "prompt", "n", "nImages", "count", "seed", "size", "resolution", "response_format"),
        *("image", "image[]", "images", "images[]", "mask", "image_url", "input_references"),
        *("imageDataUrl", "imageDataUrls", "maskDataUrl"),
    )
)
"""Fields that the order or the profile fills: a parameter of that name would send them twice, or in two styles."""
_NEVER = frozenset(("stream", "partial_images", "provider", "X-Provider", "billing_mode", "X-Billing-Mode", "x-x402"))
"""`stream` asks for an answer of another kind; the others choose who makes a picture and how it is paid."""
_GPT_IMAGE = ("gpt-image", "chatgpt-image")


def fields_of(profile: ProviderProfile, route: Route, order: WireOrder) -> tuple[Field, ...]:
    """All plain fields in the order in which they are sent. Raises UsageError (bad-parameter) for a parameter whose
    name is not the user's to set, or a number that is none."""
    size_name = "resolution" if route is Route.IMAGES else "size"
    # On /api/v1/images the catalogue's own words go out as they are; elsewhere auto is what happens anyway.
    said = _said if route is Route.IMAGES else _said_beyond_auto
    parameters = tuple((name, _plain(name, value)) for name, value in order.parameters if said(value))
    fields: tuple[tuple[str, ParameterValue | None], ...] = (
        ("model", order.model),
        ("prompt", order.prompt),
        ("n", order.count),
        (size_name, order.size if said(order.size) else None),
        *((name, value) for name, value in parameters if _may_be_set(name, value)),
        ("seed", order.seed),
        ("response_format", response_format(profile, route, order.model)),
    )
    return tuple((name, _utf8(value)) for name, value in fields if value is not None and value != "")


def response_format(profile: ProviderProfile, route: Route, model: str) -> str | None:
    """`url`, `b64_json` or None for not sent. By itself a picture is asked for within the answer, where the documents
    offer that: nothing is left to be fetched that could be gone by then."""
    if route is Route.IMAGES or profile.response_format == "none":
        return None
    if profile.kind is ProviderKind.OPENAI and _answers_base64_only(profile, model):
        return None
    if profile.response_format != "auto":
        return profile.response_format
    if profile.kind is ProviderKind.NAGA:
        return "b64_json"
    return "b64_json" if profile.kind is ProviderKind.NANOGPT and route is Route.GENERATIONS else None


def text_of(value: ParameterValue) -> str:
    """A value as text of a form: `true`, `30`, `7.5`, never with an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, "f").rstrip("0").rstrip(".") if "e" in repr(value) else repr(value)
    return str(value)


def _answers_base64_only(profile: ProviderProfile, model: str) -> bool:
    """OpenAI's own image models refuse the field. Where the user set it, a reseller may want it all the same."""
    is_gpt = model.rpartition("/")[2].startswith(_GPT_IMAGE)
    return is_gpt and (profile.response_format == "auto" or host(profile) == "api.openai.com")


def _may_be_set(name: str, value: ParameterValue) -> bool:
    if name in _NEVER and value is False:
        return False
    if name in _NEVER or name in _OF_THE_ORDER:
        raise trouble("bad-parameter", name=name, value=value, allowed="no value of yours: it is set by the program")
    return True


def _said(value: ParameterValue) -> bool:
    return value != ""


def _said_beyond_auto(value: ParameterValue) -> bool:
    return value not in ("", "auto")


def _plain(name: str, value: ParameterValue) -> ParameterValue:
    if isinstance(value, float) and not math.isfinite(value):
        raise trouble("bad-parameter", name=name, value=value, allowed="a number")
    return value


def _utf8(value: ParameterValue) -> ParameterValue:
    """Half of a character pair, which a text field can hold, cannot be written down and becomes a question mark."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
