"""NanoGPT's lists of models: what each takes on /api/v1/images, and what the image models in general cost and take.

The lists tell some things wrongly or not at all; what is known of single models beyond them stands in `experience.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.ids import ModelId
from studio.domain.request import Outcome
from studio.wire import experience
from studio.wire.documented import NANOGPT, joined
from studio.wire.listing import Listing, read_listing
from studio.wire.messages import Route
from studio.wire.plain_text import plain
from studio.wire.prices import Prices, read_prices
from studio.wire.records import name_of, record_of, records, unreadable
from studio.wire.values import entries, items, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.profile import ProviderProfile

_NOTE = 400
_COUNT = 10
"""As many as may be asked for where nothing is listed."""
_MANY_IMAGES = 16


def read_models(image_api: bytes, image_models: bytes | None, profile: ProviderProfile) -> tuple[Model, ...]:
    """The models of `/api/v1/images/models` and, where it was fetched, of `/api/v1/image-models`, in their order.

    A record that cannot be read drops itself only. Raises ProviderError (catalogue-unreadable) where neither is a list.
    """
    first, second = records(image_api), records(image_models)
    if first is None and second is None:
        raise unreadable(image_api, profile)
    api, models = first or {}, second or {}
    found = (_model(name, api.get(name), models.get(name), profile) for name in dict.fromkeys((*api, *models)))
    return tuple(each for each in found if each is not None)


def with_endpoints(model: Model, body: bytes) -> Model:
    """The model with what its endpoints record adds: prices by size, limits, further parameters. A record that cannot
    be read, or that tells of another model, adds nothing."""
    told = record_of(body)
    endpoint = next((entries(each) for each in items(told.get("endpoints")) if entries(each)), None)
    if endpoint is None or text(told.get("id")) not in ("", str(model.id)):
        return model
    listing = read_listing(endpoint.get("supported_parameters"), endpoint.get("input_reference_constraints"))
    prices = read_prices(endpoint.get("pricing"))
    priced = bool(prices.each or prices.by_size)
    return replace(
        model,
        capabilities=_extended(model.capabilities, listing),
        price=prices.each if priced else model.price,
        prices=prices.by_size if priced else model.prices,
    )


def endpoints_paths(image_api: bytes) -> Mapping[ModelId, str]:
    """Where each model's endpoints record is, as its own record says; it may lead anywhere and must be checked."""
    found = ((name, text(record.get("endpoints"))) for name, record in (records(image_api) or {}).items())
    return {ModelId(name): path for name, path in found if path}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Takes:
    """Which of words and pictures a model starts from."""

    text: bool
    images: bool


def _model(
    name: str, api: Mapping[str, object] | None, models: Mapping[str, object] | None, profile: ProviderProfile
) -> Model | None:
    # The first list tells what its route takes; the second one fills in what it leaves out.
    record = {**(models or {}), **{key: value for key, value in (api or {}).items() if value is not None}}
    if not _makes_images(record):
        return None
    listing = read_listing(record.get("supported_parameters"))
    prices = _prices(api, models)
    takes = _takes(name, record, listing)
    routes = (Route.IMAGES.value,) if api is not None else ()
    if models is not None:
        routes += (Route.EDITS.value,) if takes.images else ()
        routes += (Route.GENERATIONS.value,)
    return Model(
        id=ModelId(name),
        provider=profile.id,
        name=name_of(record, name),
        note=plain(text(record.get("description")), _NOTE),
        capabilities=replace(_capabilities(name, record, listing, takes), routes=routes),
        price=prices.each,
        prices=prices.by_size,
        created=max(0, whole(record.get("created")) or 0),
    )


def _capabilities(name: str, record: Mapping[str, object], listing: Listing, takes: _Takes) -> Capabilities:
    images = listing.max_images or whole(record.get("max_input_images")) or _MANY_IMAGES
    untold = not listing.names and listing.fixed_count is None
    return Capabilities(
        outcome=experience.outcome(name, takes_images=takes.images),
        needs_base=takes.images and not takes.text,
        text_to_image=takes.text,
        mask=_mask(name, record) if takes.images else MaskUse.NONE,
        max_references=max(0, images - 1) if takes.images else 0,
        min_references=experience.fewest_images(name) - 1 if takes.images else 0,
        max_count=listing.fixed_count or listing.max_count or (_COUNT if untold else 1),
        fixed_count=listing.fixed_count,
        takes_seed=True,
        needs_prompt=experience.needs_prompt(name),
        sizes=listing.sizes,
        parameters=joined(listing.parameters, NANOGPT),
        prompt_limit=listing.prompt_limit,
        prompt_utf16=listing.prompt_utf16,
        max_bytes=listing.max_bytes,
        max_side=listing.max_side,
        image_types=listing.image_types,
        listed=listing.names,
    )


def _extended(can: Capabilities, listing: Listing) -> Capabilities:
    takes_images = can.outcome is not Outcome.PICTURE or can.needs_base
    return replace(
        can,
        parameters=joined(listing.parameters, can.parameters),
        listed=tuple(dict.fromkeys((*can.listed, *listing.names))),
        sizes=listing.sizes or can.sizes,
        max_count=listing.fixed_count or listing.max_count or can.max_count,
        fixed_count=listing.fixed_count or can.fixed_count,
        max_references=listing.max_images - 1 if takes_images and listing.max_images else can.max_references,
        prompt_limit=listing.prompt_limit or can.prompt_limit,
        max_bytes=listing.max_bytes or can.max_bytes,
        max_side=listing.max_side or can.max_side,
        image_types=listing.image_types or can.image_types,
    )


def _makes_images(record: Mapping[str, object]) -> bool:
    made = texts(entries(record.get("architecture")).get("output_modalities"))
    return not made or "image" in made


def _takes(name: str, record: Mapping[str, object], listing: Listing) -> _Takes:
    """Flags first, then what the architecture says; both are overruled by what is known to be otherwise."""
    flags, built = entries(record.get("capabilities")), entries(record.get("architecture"))
    sources = texts(built.get("input_modalities")) or tuple(text(built.get("modality")).partition("->")[0].split("+"))
    if experience.needs_image(name):
        return _Takes(text=False, images=True)
    flag = flags.get("image_to_image")
    listed = listing.max_images != 0 and ("image" in sources or sources == ("",))
    images = flag if isinstance(flag, bool) else listed
    words = flags.get("image_generation") is not False and sources != ("image",)
    return _Takes(text=words or not images, images=images)


def _mask(name: str, record: Mapping[str, object]) -> MaskUse:
    if experience.needs_mask(name):
        return MaskUse.REQUIRED
    told = entries(record.get("capabilities")).get("inpainting")
    return MaskUse.NONE if told is False and not experience.honours_mask(name) else MaskUse.OPTIONAL


def _prices(*found: Mapping[str, object] | None) -> Prices:
    """Of the first record that tells any."""
    told = (read_prices((each or {}).get("pricing")) for each in found)
    return next((each for each in told if each.each or each.by_size), Prices())
