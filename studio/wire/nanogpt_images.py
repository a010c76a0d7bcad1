"""NanoGPT, POST /api/v1/images: JSON, pictures as `input_references`; it has no place for a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.wire.body import json_message
from studio.wire.fields import fields_of
from studio.wire.messages import Route
from studio.wire.urls import address

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.body import Json
    from studio.wire.messages import Message, WireImage, WireOrder


def message(profile: ProviderProfile, order: WireOrder) -> Message:
    """The request. Raises UsageError: no-mask-slot, provider-model-missing."""
    if order.mask:
        raise trouble("no-mask-slot", model=order.model or profile.shown_name)
    if not order.model:
        raise trouble("provider-model-missing", provider=profile.shown_name)
    members: dict[str, Json] = dict(fields_of(profile, Route.IMAGES, order))
    if order.images:
        members["input_references"] = [_reference(profile, image) for image in order.images]
    return json_message(address(profile, "/api/v1/images"), members)


def _reference(profile: ProviderProfile, image: WireImage | str) -> Json:
    return {"type": "image_url", "image_url": {"url": image}} if profile.reference_form == "object" else image
