"""GET /v1/models of Naga and of every server that speaks as OpenAI does: from rich records down to bare ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.ids import ModelId
from studio.domain.profile import ProviderKind
from studio.domain.request import Outcome
from studio.wire.documented import NAGA, OWN_SERVER, gpt_image, joined
from studio.wire.listing import Listing, read_listing
from studio.wire.messages import Route
from studio.wire.plain_text import plain
from studio.wire.prices import read_prices
from studio.wire.records import name_of, records, unreadable
from studio.wire.values import entries, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.capabilities import Parameter
    from studio.domain.profile import ProviderProfile

_COUNT, _IMAGES, _NOTE = 10, 16, 400
_PROMPT = 32_000
_MANY = 64
_LOOKS_LIKE_IMAGES = re.compile(
    r"image|dall-?e|flux|stable-?diffusion|sdxl|\bsd\d|imagen|kontext|seedream|hidream|banana|kandinsky|recraft|ideogram"
    r"|midjourney|inpaint|diffus|photo|pixart|playground|z-image|chroma",
    re.IGNORECASE,
)
_NO_IMAGES = re.compile(
    r"embed|whisper|tts|audio|speech|moderation|transcri|realtime|rerank|^gpt-[345](?!.*image)|^o\d|davinci|babbage|chat",
    re.IGNORECASE,
)
_GPT_IMAGE = re.compile(r"(?:.*/)?(?:chat)?gpt-image", re.IGNORECASE)


def read_models(body: bytes, profile: ProviderProfile) -> tuple[Model, ...]:
    """The models that make images, as far as the list tells. Where it tells only ids, those that look like image
    models come first and no other is left out: a studio's own server may call a model anything.

    A record that cannot be read drops itself only. Raises ProviderError (catalogue-unreadable).
    """
    found = records(body)
    if found is None:
        raise unreadable(body, profile)
    made = {name: record for name, record in found.items() if _makes_images(record) is not False}
    ranked = sorted(made, key=lambda name: _rank(name, made[name]))
    return tuple(model_of(name, made[name], profile) for name in ranked)


def model_of(name: str, record: Mapping[str, object], profile: ProviderProfile) -> Model:
    """A model with what its record tells, and the documents' own for the rest."""
    prices = read_prices(record.get("pricing"))
    return Model(
        id=ModelId(name),
        provider=profile.id,
        name=name_of(record, name),
        note=plain(text(record.get("description")), _NOTE),
        capabilities=_capabilities(name, record, profile),
        price=prices.each,
        prices=prices.by_size,
        created=max(0, whole(record.get("created")) or 0),
    )


def _makes_images(record: Mapping[str, object]) -> bool | None:
    """None where the record does not tell."""
    endpoints = _endpoints(record)
    if endpoints:
        return any("image" in each for each in endpoints)
    made = texts(entries(record.get("architecture")).get("output_modalities")) or texts(record.get("output_modalities"))
    if made:
        return "image" in made
    return True if record.get("max_images") or record.get("max_output_images") else None


def _rank(name: str, record: Mapping[str, object]) -> int:
    if _makes_images(record) or _GPT_IMAGE.match(name):
        return 0
    if _NO_IMAGES.search(name):
        return 2
    return 0 if _LOOKS_LIKE_IMAGES.search(name) else 1


def _endpoints(record: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(each.lower() for each in texts(record.get("supported_endpoints")))


def _capabilities(name: str, record: Mapping[str, object], profile: ProviderProfile) -> Capabilities:
    endpoints = _endpoints(record)
    edits = not endpoints or any("edit" in each for each in endpoints)
    makes = not endpoints or any("generation" in each for each in endpoints)
    listing = _listing(record)
    most = whole(record.get("max_output_images")) or whole(record.get("max_images")) or listing.max_count or _COUNT
    routes = ((Route.EDITS, edits), (Route.GENERATIONS, makes))
    return Capabilities(
        outcome=Outcome.PASTE if edits else Outcome.PICTURE,
        needs_base=edits and not makes,
        text_to_image=makes,
        mask=_mask(record, profile) if edits else MaskUse.NONE,
        max_references=(listing.max_images or _IMAGES) - 1 if edits else 0,
        max_count=listing.fixed_count or max(1, min(most, _MANY)),
        fixed_count=listing.fixed_count,
        takes_seed=listing.seed or _takes_seed(name, profile),
        needs_prompt=True,
        sizes=listing.sizes,
        parameters=joined(listing.parameters, _documented(name, profile)),
        prompt_limit=listing.prompt_limit or _PROMPT,
        prompt_utf16=listing.prompt_utf16,
        max_bytes=listing.max_bytes,
        max_side=listing.max_side,
        image_types=listing.image_types,
        routes=tuple(route.value for route, taken in routes if taken) if endpoints else (),
        listed=listing.names,
    )


def _listing(record: Mapping[str, object]) -> Listing:
    """The parameters of all of its endpoints together, by name or as descriptors."""
    by_endpoint = entries(record.get("supported_parameters_by_endpoint"))
    listed = texts(record.get("supported_parameters"))
    for each in by_endpoint.values():
        listed += texts(each)
    told = entries(record.get("supported_parameters"))
    return read_listing(told or list(dict.fromkeys(listed)))


def _mask(record: Mapping[str, object], profile: ProviderProfile) -> MaskUse:
    told = record.get("supported_parameters")
    names = (*texts(told), *entries(told))
    if profile.kind is ProviderKind.NAGA and names and "mask" not in names:
        return MaskUse.NONE
    return MaskUse.OPTIONAL


def _takes_seed(name: str, profile: ProviderProfile) -> bool:
    """Naga's and OpenAI's documents know no seed; other servers do."""
    return profile.kind is ProviderKind.OPENAI and not _GPT_IMAGE.match(name)


def _documented(name: str, profile: ProviderProfile) -> tuple[Parameter, ...]:
    if profile.kind is ProviderKind.NAGA:
        return NAGA
    return gpt_image(name) if _GPT_IMAGE.match(name) else OWN_SERVER
