"""POST /v1/images/edits: Naga's form, and OpenAI's form or JSON."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from studio.playground.catalogue import mapping
from studio.playground.checks import Held, card_of, check_doubled, check_key, count_of, prompt_of
from studio.playground.inputs import Input, alpha_change, of_data_url, of_upload
from studio.playground.order import Order, carried_out
from studio.playground.refusals import Dialect, refusal
from studio.playground.routes.openai_rules import (
    check_endpoint,
    check_parameters,
    dialect_of,
    read,
    size_of_row,
    wanted_of,
)

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.playground.exchange import Asked, Given, Refused
    from studio.playground.world import World

_FIELDS = frozenset({"input_fidelity"})
_JSON_FIELDS = frozenset({"images", "mask"})
MOST = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pictures:
    images: tuple[Input, ...]
    change: Pixels | None


async def answer(asked: Asked, world: World, hint: Dialect | None) -> Given:
    """Raises Refused."""
    check_key(asked, world, hint or Dialect.OPENAI, x_api_key=False)
    kinds = ("multipart/form-data",) if hint is Dialect.NAGA else ("multipart/form-data", "application/json")
    form = read(asked, hint or Dialect.OPENAI, kinds)
    held = Held(form=form, dialect=dialect_of(form, world, hint))
    check_doubled(held)
    pictures = await asyncio.to_thread(_from_json if form.is_json else _from_form, held, world)
    card = card_of(held, world)
    check_endpoint(card, "images.edits")
    check_parameters(held, card, (_FIELDS | _JSON_FIELDS) if form.is_json else _FIELDS)
    if pictures.change is not None and not card.takes_mask:
        raise refusal(held.dialect, 400, "invalid_value", f"{card.id} does not take a mask.", "mask")
    order = Order(
        dialect=held.dialect,
        route="edits",
        card=card,
        prompt=prompt_of(held, card),
        count=count_of(held, card),
        wanted=wanted_of(held, card),
        size=size_of_row(held, card),
        seed=held.integer("seed", 0, 2**63 - 1),
        form=held.form.text("output_format") or "png",
        images=pictures.images,
        change=pictures.change,
    )
    return await carried_out(order, asked, world)


def _from_form(held: Held, world: World) -> _Pictures:
    form = held.form
    several = world.rules.naga_field if held.dialect is Dialect.NAGA else "image[]"
    single, listed, masks = form.files_of("image"), form.files_of(several), form.files_of("mask")
    if single and listed:
        raise held.wrong("image", f"Cannot specify both 'image' and '{several}'.")
    if len(single) > 1 or len(masks) > 1:
        raise held.wrong("image", "Duplicate parameter: a file was sent twice under one name.")
    files = single or listed
    if not files:
        # Also where they came under a name that is not read here.
        raise _missing(held)
    if len(files) > MOST:
        raise held.wrong("image", f"At most {MOST} images are taken.")
    images = tuple(of_upload(file, held.dialect) for file in files)
    change = alpha_change(of_upload(masks[0], held.dialect), images[0], held.dialect) if masks else None
    return _Pictures(images=images, change=change)


def _from_json(held: Held, world: World) -> _Pictures:
    if held.dialect is Dialect.NAGA:
        raise refusal(held.dialect, 415, "invalid_content_type", "Use multipart/form-data.")
    items = held.form.values.get("images")
    if not isinstance(items, list) or not items:
        raise _missing(held)
    images = tuple(_named(held, item, "images") for item in cast("list[object]", items))
    if len(images) > MOST:
        raise held.wrong("images", f"At most {MOST} images are taken.")
    if "mask" not in held.form.values:
        return _Pictures(images=images, change=None)
    mask = _named(held, held.form.values["mask"], "mask")
    if mask.pixels is None:
        raise held.wrong("mask", "The mask could not be fetched.")
    return _Pictures(images=images, change=alpha_change(mask, images[0], held.dialect))


def _named(held: Held, item: object, name: str) -> Input:
    url = mapping(item).get("image_url")
    if not isinstance(url, str) or set(mapping(item)) != {"image_url"}:
        raise held.wrong(name, f"{name} must hold objects with exactly one image_url.")
    if url.startswith("https://"):
        return Input(data=b"")
    return of_data_url(url, held.dialect, name)


def _missing(held: Held) -> Refused:
    return refusal(held.dialect, 400, "missing_image_input", "Missing required parameter: 'image'.", "image")
