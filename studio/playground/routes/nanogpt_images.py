"""POST /api/v1/images: JSON alone, and of each model nothing but what its record lists."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from studio.playground.catalogue import mapping
from studio.playground.checks import (
    Held,
    card_of,
    check_key,
    check_names,
    check_size_of_body,
    check_unspoken,
    count_of,
    prompt_of,
    size_of_form,
)
from studio.playground.forms import BadForm, content_type, read_json
from studio.playground.order import Order, carried_out
from studio.playground.refusals import Dialect, refusal
from studio.playground.routes.nanogpt_pictures import Pictures, check_pictures, named_picture

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.forms import Form
    from studio.playground.inputs import Input
    from studio.playground.world import World

_OLD = ("imageDataUrl", "imageDataUrls", "image_url", "images", "image", "maskDataUrl", "mask")
_OWN = frozenset({"model", "prompt", "input_references", "stream", "provider", "nImages"})
_ME = Dialect.NANOGPT


async def answer(asked: Asked, world: World) -> Given:
    """Raises Refused."""
    check_size_of_body(asked, world)
    check_key(asked, world, _ME, x_api_key=True)
    held = Held(form=_read(asked), dialect=_ME)
    card = card_of(held, world)
    check_unspoken(held)
    pictures = Pictures(images=await asyncio.to_thread(_references, held.form, world))
    check_names(held, card, _OWN)
    check_pictures(card, pictures)
    for name in card.names & set(held.form.values) - {"n"}:
        held.described(name, card.parameters.get(name))
    order = Order(
        dialect=_ME,
        route="images",
        card=card,
        prompt=prompt_of(held, card),
        count=count_of(held, card),
        wanted="b64_json",
        size=size_of_form(held, card, "resolution"),
        ratio=held.form.text("aspect_ratio"),
        seed=held.integer("seed", 0, 2**63 - 1),
        form=held.form.text("output_format") or "png",
        images=pictures.images,
    )
    return await carried_out(order, asked, world)


def _read(asked: Asked) -> Form:
    if content_type(asked) != "application/json":
        message = "POST /api/v1/images accepts application/json requests only."
        raise refusal(_ME, 415, "invalid_content_type", message)
    try:
        return read_json(asked)
    except BadForm as error:
        raise refusal(_ME, 400, "invalid_json", str(error)) from error


def _references(form: Form, world: World) -> tuple[Input, ...]:
    value = form.values.get("input_references")
    old = [name for name in _OLD if name in form.values]
    if old and value is not None:
        message = "Use input_references or legacy image input aliases, not both."
        raise refusal(_ME, 400, "conflicting_image_inputs", message, old[0])
    if old:
        message = f"{old[0]} is not taken here; use input_references."
        raise refusal(_ME, 400, "invalid_parameter_value", message, old[0])
    if value is None:
        return ()
    items = cast("list[object]", value) if isinstance(value, list) else []
    texts = [_address(item) for item in items]
    if not texts or not all(texts):
        message = "input_references must be an array of image URL strings, data URLs, or image_url objects."
        raise refusal(_ME, 400, "invalid_input_references", message, "input_references")
    return tuple(named_picture(text, world, "input_references") for text in texts)


def _address(item: object) -> str:
    if isinstance(item, str):
        return item
    told = mapping(item)
    url = mapping(told.get("image_url")).get("url")
    return url if told.get("type") == "image_url" and isinstance(url, str) else ""
