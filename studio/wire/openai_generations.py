"""POST /v1/images/generations of OpenAI, of those who speak like it, and of Naga: text to image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.wire.body import json_message
from studio.wire.fields import fields_of
from studio.wire.messages import Route
from studio.wire.urls import address

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message, WireOrder


def message(profile: ProviderProfile, order: WireOrder) -> Message:
    """The request. Raises UsageError: route-unfit where there are pictures, provider-model-missing."""
    if order.images or order.mask:
        raise trouble("route-unfit", route=Route.GENERATIONS.value, reason="it takes no pictures")
    if profile.kind is ProviderKind.NAGA and not order.model:
        raise trouble("provider-model-missing", provider=profile.shown_name)
    return json_message(address(profile, "/v1/images/generations"), dict(fields_of(profile, Route.GENERATIONS, order)))
