"""NanoGPT, POST /v1/images/generations: JSON, with pictures and a mask as data URLs where a model takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.wire.body import json_message
from studio.wire.fields import fields_of
from studio.wire.messages import Route
from studio.wire.nanogpt_edits import data_urls
from studio.wire.urls import address

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message, WireOrder


def message(profile: ProviderProfile, order: WireOrder) -> Message:
    """The request. Raises UsageError."""
    url = address(profile, "/v1/images/generations")
    return json_message(url, dict(fields_of(profile, Route.GENERATIONS, order)) | data_urls(order))
