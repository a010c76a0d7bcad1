"""POST /v1/images/edits of OpenAI, of those who speak like it, and of Naga, which takes forms alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
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
    if profile.kind is ProviderKind.NAGA and not order.model:
        raise trouble("provider-model-missing", provider=profile.shown_name)
    url = address(profile, f"/v1/images/{profile.edits_path}")
    fields = fields_of(profile, Route.EDITS, order)
    links = any(isinstance(image, str) for image in order.images)
    if body_form(profile, Route.EDITS, links=links) is BodyForm.JSON:
        return json_message(url, dict(fields) | _image_urls(order))
    without_links(order)
    return form_message(url, (*text_parts(fields), *picture_parts(profile, order)), boundary)


def _image_urls(order: WireOrder) -> dict[str, Json]:
    members: dict[str, Json] = {"images": [{"image_url": image} for image in order.images]}
    if order.mask:
        members["mask"] = {"image_url": order.mask}
    return members
