"""From an order to the one message that carries it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.domain.profile import ProviderKind
from studio.wire import nanogpt_edits, nanogpt_generations, nanogpt_images, openai_edits, openai_generations
from studio.wire.messages import Route
from studio.wire.pictures import checked

if TYPE_CHECKING:
    from studio.domain.capabilities import Model
    from studio.domain.profile import ProviderProfile
    from studio.wire.messages import Message, WireOrder

_OF_THE_DOCUMENT = ("n", "size", "seed", "aspect_ratio", "quality", "output_format")
"""What `/api/v1/images` takes by its document, for a model that nobody listed."""


def edit_message(
    profile: ProviderProfile, route: Route, order: WireOrder, boundary: str, model: Model | None = None
) -> Message:
    """The request of an order on a route. `boundary` is drawn anew for each. With the model given, nothing is sent
    that it does not take. Raises UsageError where the order cannot be sent as it stands."""
    order = checked(fitted(route, order, model) if model else order)
    if order.mask and not order.images:
        raise trouble("bad-parameter", name="A mask", value="sent alone", allowed="a picture that it belongs to")
    if route is Route.EDITS and not order.images:
        raise trouble("route-unfit", route=route.value, reason="there is no picture to edit")
    if profile.kind is ProviderKind.NANOGPT:
        return _nanogpt(profile, route, order, boundary)
    if route is Route.IMAGES:
        raise trouble("route-unfit", route=route.value, reason=f"{profile.shown_name} does not have it")
    if route is Route.EDITS:
        return openai_edits.message(profile, order, boundary)
    return openai_generations.message(profile, order)


def fitted(route: Route, order: WireOrder, model: Model) -> WireOrder:
    """The order without what the model is never told: how many, where that is fixed; on `/api/v1/images` whatever
    discovery does not list. Raises UsageError (bad-parameter) where more pictures are asked for than it makes."""
    can = model.capabilities
    if can.fixed_count is not None:
        order = replace(order, count=None)
    elif order.count is not None and not 1 <= order.count <= can.max_count:
        raise trouble("bad-parameter", name="The count", value=order.count, allowed=f"1 to {can.max_count}")
    if route is not Route.IMAGES:
        return order
    listed = can.listed if can.routes else _OF_THE_DOCUMENT
    return replace(
        order,
        parameters=tuple((name, value) for name, value in order.parameters if name in listed),
        count=order.count if "n" in listed else None,
        seed=order.seed if "seed" in listed else None,
        size=order.size if "size" in listed else "",
    )


def _nanogpt(profile: ProviderProfile, route: Route, order: WireOrder, boundary: str) -> Message:
    if route is Route.EDITS:
        return nanogpt_edits.message(profile, order, boundary)
    if route is Route.IMAGES:
        return nanogpt_images.message(profile, order)
    return nanogpt_generations.message(profile, order)
