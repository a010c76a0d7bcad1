"""Which way an order takes, in which form, and how its mask is written.

By itself the route follows from the order and from what the provider's catalogue tells of the model. A profile may set
it; where the set route cannot carry the order this is said before anything is sent, and no other is taken in silence.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from studio.domain.capabilities import MaskUse
from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.wire.messages import MaskForm, Route

if TYPE_CHECKING:
    from collections.abc import Collection

    from studio.domain.capabilities import Model
    from studio.domain.problems import StudioError
    from studio.domain.profile import ProviderProfile


class BodyForm(Enum):
    """How a body carries its pictures; the values are the words of the setting `body`."""

    MULTIPART = "multipart"
    JSON = "json"


def route_for(
    profile: ProviderProfile, model: Model, *, images: int, masked: bool, names: Collection[str] = ()
) -> Route:
    """The way of an order with so many images; `names` of what was set (`seed` and `size` too): by itself no route is
    taken that would leave it out. Raises UsageError: no-mask-slot, route-unfit, and bad-parameter for a mask that has
    no picture."""
    if masked and not images:
        raise trouble("bad-parameter", name="A mask", value="sent alone", allowed="a picture that it belongs to")
    if masked and model.capabilities.mask is MaskUse.NONE:
        raise _no_slot(model)
    if profile.route == "auto":
        return _own_way(profile, model, images=images, masked=masked, names=names)
    route = Route(profile.route)
    if masked and route is Route.IMAGES:
        raise _no_slot(model)
    reason = _objection(profile, route, images)
    if reason:
        raise trouble("route-unfit", route=route.value, reason=reason)
    return route


def body_form(profile: ProviderProfile, route: Route, *, links: bool = False) -> BodyForm:
    """Only edits leave a choice. `links`: some of the pictures are addresses; OpenAI takes these in JSON alone. Raises
    UsageError (bad-parameter) where the profile wants what no document offers."""
    if route is not Route.EDITS:
        return BodyForm.JSON
    if profile.kind is ProviderKind.NAGA and profile.body == "json":
        raise trouble("bad-parameter", name="body", value="json", allowed="auto or multipart for Naga")
    if profile.body == "auto":
        return BodyForm.JSON if links and profile.kind is ProviderKind.OPENAI else BodyForm.MULTIPART
    return BodyForm(profile.body)


def mask_form(profile: ProviderProfile, route: Route) -> MaskForm:
    """NanoGPT's data URLs are read as white = change; what its forms are read as no document says, so these get the
    mask that is right for both. Raises as `body_form` does."""
    if profile.mask != "auto":
        return MaskForm(profile.mask)
    if profile.kind is not ProviderKind.NANOGPT:
        return MaskForm.ALPHA
    return MaskForm.WHITE if body_form(profile, route) is BodyForm.JSON else MaskForm.BOTH


def _own_way(profile: ProviderProfile, model: Model, *, images: int, masked: bool, names: Collection[str]) -> Route:
    if profile.kind is not ProviderKind.NANOGPT:
        return Route.EDITS if images else Route.GENERATIONS
    if masked:
        # The documents name generations for the one model that cannot do without a mask.
        return Route.GENERATIONS if model.capabilities.mask is MaskUse.REQUIRED else Route.EDITS
    if Route.IMAGES.value in model.capabilities.routes and set(names) <= set(model.capabilities.listed):
        return Route.IMAGES
    return Route.EDITS if images else Route.GENERATIONS


def _objection(profile: ProviderProfile, route: Route, images: int) -> str:
    if route is Route.EDITS and not images:
        return "there is no picture to edit"
    if profile.kind is ProviderKind.NANOGPT:
        return ""
    if route is Route.IMAGES:
        return f"{profile.shown_name} does not have it"
    return "it takes no pictures" if route is Route.GENERATIONS and images else ""


def _no_slot(model: Model) -> StudioError:
    return trouble("no-mask-slot", model=model.name or str(model.id))
