"""POST /v1/images/generations as Naga and OpenAI speak it; what is NanoGPT's there is handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.playground.checks import Held, card_of, check_key, count_of, prompt_of
from studio.playground.forms import BadForm, content_type, read_json
from studio.playground.order import Order, carried_out
from studio.playground.refusals import Dialect, refusal
from studio.playground.routes import nanogpt_generations
from studio.playground.routes.openai_rules import (
    check_endpoint,
    check_parameters,
    dialect_of,
    read,
    size_of_row,
    wanted_of,
)

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.world import World

_FIELDS = frozenset({"moderation", "style"})
_ITS_OWN = nanogpt_generations.PICTURES | {
    "response_format",
    "strength",
    "guidance_scale",
    "num_inference_steps",
    "seed",
    "negative_prompt",
    "kontext_max_mode",
}
"""Fields by which a request is known as NanoGPT's where a model of this name is on another list too."""
NAGA_PROMPT = 8192


async def answer(asked: Asked, world: World, hint: Dialect | None) -> Given:
    """Raises Refused."""
    if hint is Dialect.NANOGPT or (hint is None and _is_nanogpt(asked, world)):
        return await nanogpt_generations.answer(asked, world)
    check_key(asked, world, hint or Dialect.OPENAI, x_api_key=False)
    form = read(asked, hint or Dialect.OPENAI, ("application/json",))
    held = Held(form=form, dialect=dialect_of(form, world, hint))
    card = card_of(held, world)
    check_endpoint(card, "images.generations")
    check_parameters(held, card, _FIELDS if held.dialect is Dialect.OPENAI else frozenset())
    prompt = prompt_of(held, card)
    if held.dialect is Dialect.NAGA and len(prompt) > NAGA_PROMPT:
        raise refusal(held.dialect, 400, "string_above_max_length", f"prompt is over {NAGA_PROMPT} characters.")
    order = Order(
        dialect=held.dialect,
        route="generations",
        card=card,
        prompt=prompt,
        count=count_of(held, card),
        wanted=wanted_of(held, card),
        size=size_of_row(held, card),
        seed=held.integer("seed", 0, 2**63 - 1),
        form=held.form.text("output_format") or "png",
    )
    return await carried_out(order, asked, world)


def _is_nanogpt(asked: Asked, world: World) -> bool:
    """All three speak at this address of ours. A model that one alone has decides, then NanoGPT's own fields."""
    if content_type(asked) != "application/json":
        return False
    try:
        form = read_json(asked)
    except BadForm:
        return False
    finally:
        asked.fields.clear()
    model = form.text("model")
    if not model:
        return True
    others = any(world.catalogue.find(dialect, model) is not None for dialect in (Dialect.NAGA, Dialect.OPENAI))
    if world.catalogue.find(Dialect.NANOGPT, model) is None:
        return not others and bool(_ITS_OWN & set(form.values) - {"response_format"})
    return not others or bool(_ITS_OWN & set(form.values))
