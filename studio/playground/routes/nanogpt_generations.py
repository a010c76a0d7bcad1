"""POST /v1/images/generations as NanoGPT speaks it, and the same under /api."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.playground.checks import (
    DOCUMENTED,
    Held,
    card_of,
    check_documented,
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
from studio.playground.routes.nanogpt_pictures import check_pictures, data_pictures

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.forms import Form
    from studio.playground.world import World

DEFAULT_MODEL = "hidream"
PICTURES = frozenset({"imageDataUrl", "imageDataUrls", "maskDataUrl"})
_OWN = frozenset({"model", "prompt", "size", "n", "response_format", "user", "stream", "provider"})
_ME = Dialect.NANOGPT


async def answer(asked: Asked, world: World) -> Given:
    """Raises Refused."""
    check_size_of_body(asked, world)
    check_key(asked, world, _ME, x_api_key=False)
    held = Held(form=_read(asked), dialect=_ME)
    check_unspoken(held)
    card = card_of(held, world, DEFAULT_MODEL)
    pictures = await asyncio.to_thread(data_pictures, held.form, required=False)
    check_names(held, card, _OWN | PICTURES | set(DOCUMENTED))
    check_documented(held, card)
    check_pictures(card, pictures)
    order = Order(
        dialect=_ME,
        route="generations",
        card=card,
        prompt=prompt_of(held, card),
        count=count_of(held, card),
        wanted=held.one_of("response_format", ("url", "b64_json")) or "b64_json",
        size=size_of_form(held, card, "size"),
        seed=held.integer("seed", 0, 2**63 - 1),
        form=held.one_of("output_format", ("png", "jpeg", "webp")) or "png",
        images=pictures.images,
        change=pictures.change,
    )
    return await carried_out(order, asked, world)


def _read(asked: Asked) -> Form:
    if content_type(asked) != "application/json":
        raise refusal(_ME, 415, "invalid_content_type", "Send application/json.")
    try:
        return read_json(asked)
    except BadForm as error:
        raise refusal(_ME, 400, "invalid_json", str(error)) from error
