"""GET: the lists of models, in each provider's shape. No key is asked for where the documents say that none is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from studio.playground.catalogue import Card, mapping
from studio.playground.checks import check_key
from studio.playground.exchange import json_answer
from studio.playground.ledger import now
from studio.playground.refusals import Dialect, refusal

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.records import Record
    from studio.playground.world import World

_PRIVATE = ("pricing", "max_input_images")
"""Keys that `/api/v1/images/models` does not tell."""


def image_api(asked: Asked, world: World) -> Given:
    """GET /api/v1/images/models."""
    data = [_listed(record) for record in world.catalogue.nanogpt]
    return json_answer({"object": "list", "data": data, "meta": {"count": len(data)}})


def image_models(asked: Asked, world: World) -> Given:
    """GET /api/v1/image-models, with `detailed=false` ids alone."""
    records = world.catalogue.nanogpt
    if asked.asked_of("detailed") == "false":
        data = [{"id": record["id"]} for record in records]
    else:
        data = [_detailed(record) for record in records]
    return json_answer({"object": "list", "data": data, "meta": {"count": len(data), "generated_at": int(now())}})


def endpoints(asked: Asked, world: World, name: str) -> Given:
    """GET /api/v1/images/models/{id}/endpoints."""
    card = world.catalogue.find(Dialect.NANOGPT, unquote(name))
    if card is None:
        raise refusal(Dialect.NANOGPT, 404, "model_not_found", f"The model {name} does not exist.")
    owner = str(card.record.get("owned_by", "playground"))
    endpoint: Record = {
        "provider_name": owner,
        "provider_slug": owner,
        "provider_tag": None,
        "supported_parameters": card.record.get("supported_parameters"),
        "allowed_passthrough_parameters": [],
        "supports_streaming": False,
        "pricing": _price_list(card),
        "capabilities": card.record.get("capabilities"),
    }
    if card.max_images:
        endpoint["input_reference_constraints"] = {
            "max_items": card.max_images,
            "route": {"formats": ["png", "jpeg", "webp"]},
        }
    return json_answer({"id": card.id, "endpoints": [endpoint]})


def models(asked: Asked, world: World, hint: Dialect | None) -> Given:
    """GET /v1/models: Naga's and OpenAI's lists, of both where the address does not tell which."""
    check_key(asked, world, hint or Dialect.OPENAI, x_api_key=False)
    data = [*world.catalogue.naga, *world.catalogue.openai] if hint is None else world.catalogue.of(hint)
    return json_answer(data if world.rules.bare_models else {"object": "list", "data": data})


def _listed(record: Record) -> Record:
    told = {name: value for name, value in record.items() if name not in _PRIVATE}
    return told | {"endpoints": f"/api/v1/images/models/{quote(str(record.get('id', '')), safe='/')}/endpoints"}


def _detailed(record: Record) -> Record:
    """The older list always has the plain shape of `supported_parameters`."""
    card = Card(dialect=Dialect.NANOGPT, record=record, hidden={})
    told = {name: value for name, value in record.items() if name != "max_input_images"}
    also: Record = {"icon_url": None, "tags": [], "category": "image"}
    if "resolution" not in card.parameters:
        return told | also
    others = {name: value for name, value in card.parameters.items() if name not in ("resolution", "n")}
    limits: Record = {
        "resolutions": list(card.sizes),
        "max_images": card.max_count,
        "max_output_images": card.max_count,
    }
    if card.max_images:
        limits["max_input_images"] = card.max_images
    return told | also | {"supported_parameters": limits | others}


def _price_list(card: Card) -> list[Record]:
    table = mapping(mapping(card.record.get("pricing")).get("per_image"))
    each: Record = {"billable": "output_image", "unit": "image", "currency": "USD"}
    prices = {name.replace("*", "x"): value for name, value in table.items()}
    return [each | {"cost_usd": value, "resolution": name} for name, value in prices.items()]
