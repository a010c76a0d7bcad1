"""NanoGPT, POST /api/v1/images/edits (or /edit): pictures and a mask as files of a form, or as data URLs in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.wire.body import form_message, json_message
from studio.wire.fields import fields_of
from studio.wire.messages import Route
from studio.wire.pictures import picture_parts, text_parts, without_links
from studio.wire.routing import BodyForm, body_form
from studio.wire.urls import address

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile
    from studio.wire.body import Json
    from studio.wire.messages import Message, WireOrder


def message(profile: ProviderProfile, order: WireOrder, boundary: str) -> Message:
    """The request. Raises UsageError."""
    url = address(profile, f"/api/v1/images/{profile.edits_path}")
    fields = fields_of(profile, Route.EDITS, order)
    if body_form(profile, Route.EDITS) is BodyForm.JSON:
        return json_message(url, dict(fields) | data_urls(order))
    return form_message(url, (*text_parts(fields), *picture_parts(profile, order)), boundary)


def data_urls(order: WireOrder) -> dict[str, Json]:
    """One picture as `imageDataUrl`, several as `imageDataUrls`, never both; the mask as `maskDataUrl`."""
    images = without_links(order)
    members: dict[str, Json] = {}
    if images:
        members |= {"imageDataUrl": images[0]} if len(images) == 1 else {"imageDataUrls": images}
    if order.mask:
        members["maskDataUrl"] = order.mask
    return members
