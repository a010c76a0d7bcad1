"""Every row of the documents, from an order to its pictures, against a server that refuses what they refuse."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from studio.domain.ids import JobId
from tests.whole.providers.house import SIZE, orders, playing, told

if TYPE_CHECKING:
    from studio.playground.exchange import Asked
    from tests.whole.providers.house import Told

ROWS: list[tuple[str, dict[str, str], str, dict[str, Any], str]] = [
    ("nanogpt", {"route": "edits"}, "gpt-image-1", {"images": 1}, "/api/v1/images/edits"),
    ("nanogpt", {"route": "edits", "edits_path": "edit"}, "gpt-image-1", {"images": 1}, "/api/v1/images/edit"),
    ("nanogpt", {"route": "edits"}, "gpt-image-1", {"images": 3}, "/api/v1/images/edits"),
    ("nanogpt", {"route": "edits"}, "gpt-image-1", {"images": 1, "masked": True}, "/api/v1/images/edits"),
    ("nanogpt", {"route": "edits", "body": "json"}, "gpt-image-1", {"images": 1}, "/api/v1/images/edits"),
    ("nanogpt", {"route": "edits", "body": "json"}, "gpt-image-1", {"images": 2}, "/api/v1/images/edits"),
    ("nanogpt", {"body": "json"}, "gpt-image-1", {"images": 1, "masked": True}, "/api/v1/images/edits"),
    ("nanogpt", {"route": "images"}, "gpt-image-2", {"images": 0}, "/api/v1/images"),
    ("nanogpt", {"route": "images"}, "gpt-image-2", {"images": 2}, "/api/v1/images"),
    ("nanogpt", {"route": "images", "reference_form": "object"}, "gpt-image-2", {"images": 1}, "/api/v1/images"),
    ("nanogpt", {"route": "generations"}, "hidream", {"images": 0}, "/v1/images/generations"),
    ("nanogpt", {"route": "generations", "response_format": "url"}, "hidream", {"images": 0}, "/v1/images/generations"),
    ("nanogpt", {"route": "generations"}, "flux-kontext", {"images": 1}, "/v1/images/generations"),
    ("nanogpt", {"route": "generations"}, "gpt-4o-image", {"images": 3}, "/v1/images/generations"),
    ("nanogpt", {}, "flux-lora/inpainting", {"images": 1, "masked": True}, "/v1/images/generations"),
    ("nanogpt", {"auth": "x-api-key", "route": "edits"}, "gpt-image-1", {"images": 1}, "/api/v1/images/edits"),
    ("naga", {}, "gpt-image-1", {"images": 1}, "/naga/v1/images/edits"),
    ("naga", {}, "gpt-image-1", {"images": 3}, "/naga/v1/images/edits"),
    ("naga", {}, "gpt-image-1", {"images": 1, "masked": True}, "/naga/v1/images/edits"),
    ("naga", {"response_format": "b64_json"}, "flux-1-schnell:free", {"images": 0}, "/naga/v1/images/generations"),
    ("naga", {}, "flux-1-schnell:free", {"images": 0}, "/naga/v1/images/generations"),
    ("openai", {}, "gpt-image-2", {"images": 1}, "/openai/v1/images/edits"),
    ("openai", {}, "gpt-image-2", {"images": 2, "masked": True}, "/openai/v1/images/edits"),
    ("openai", {"body": "json"}, "gpt-image-2", {"images": 2}, "/openai/v1/images/edits"),
    ("openai", {}, "gpt-image-2", {"images": 0}, "/openai/v1/images/generations"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "settings", "model", "order", "path"), ROWS)
def test_a_row_of_the_documents_from_order_to_picture(
    kind: str, settings: dict[str, str], model: str, order: dict[str, Any], path: str
) -> None:
    async def run() -> tuple[Told, list[Asked], int]:
        async with playing(kind, **settings) as (playground, house):
            await house.provider().refresh()
            found = await house.run(house.request(model, **order))
            return found, orders(playground), len(playground.ledger)

    found, asked, billed = asyncio.run(run())
    assert [each.path for each in asked] == [path]
    assert billed == 1
    assert [each.index for each in found.outputs] == [0]
    with Image.open(io.BytesIO(found.outputs[0].image.data)) as image:
        assert image.format == found.outputs[0].image.media_type.removeprefix("image/").upper()
    assert found.done is not None
    assert found.done.request_id == asked[0].request_id
    assert found.phases[:3] == ["Preparing", "Uploading", "Waiting"]
    assert found.phases[-1] == "Downloading"


def test_parameters_count_size_and_seed_arrive() -> None:
    async def run() -> tuple[Told, Asked]:
        async with playing("nanogpt", route="generations") as (playground, house):
            await house.provider().refresh()
            settings = (("size", "1024*768"), ("guidance_scale", 7.5), ("num_inference_steps", 30))
            found = await house.run(house.request("hidream", parameters=settings, count=2, seed=42))
            return found, orders(playground)[0]

    found, asked = asyncio.run(run())
    body = json.loads(asked.body)
    assert (body["size"], body["guidance_scale"], body["num_inference_steps"], body["n"], body["seed"]) == (
        "1024*768", 7.5, 30, 2, 42,
    )  # fmt: skip
    assert [(each.index, each.seed) for each in found.outputs] == [(0, 42), (1, 42)]


def test_edge_2_pictures_go_in_their_order_and_the_mask_belongs_to_the_first() -> None:
    async def run() -> tuple[Asked, list[bytes]]:
        async with playing("openai") as (playground, house):
            request = house.request("gpt-image-2", images=3, masked=True)
            await house.run(request)
            assert request.base is not None
            return orders(playground)[0], [await house.blobs.get(each) for each in (request.base, *request.references)]

    asked, given = asyncio.run(run())
    assert [upload.name for upload in asked.files] == ["image[]", "image[]", "image[]", "mask"]
    assert [upload.data for upload in asked.files[:3]] == given
    with Image.open(io.BytesIO(asked.files[3].data)) as image:
        assert (image.size, image.mode) == ((SIZE.width, SIZE.height), "RGBA")


def test_a_reference_may_be_a_link() -> None:
    async def run() -> list[object]:
        async with playing("nanogpt", route="images") as (playground, house):
            await house.provider().refresh()
            request = house.request("gpt-image-2", images=1)
            link = house.blobs.put(b"https://pictures.example/fox.png")
            await house.run(type(request)(provider=request.provider, model=request.model, prompt="a fox",
                                          base=request.base, references=(link,)))  # fmt: skip
            return json.loads(orders(playground)[0].body)["input_references"]

    references = asyncio.run(run())
    assert len(references) == 2
    assert references[1] == "https://pictures.example/fox.png"
    assert str(references[0]).startswith("data:image/png;base64,")


def test_the_revised_prompt_the_cost_and_the_balance_are_told() -> None:
    async def run() -> tuple[Told, object]:
        async with playing("nanogpt", route="images") as (_, house):
            provider = house.provider()
            await provider.refresh()
            found = await told(provider.submit(JobId("one"), house.request("gpt-image-2")))
            return found, provider.balance

    found, balance = asyncio.run(run())
    assert found.done is not None
    assert found.done.cost is not None
    assert found.done.cost.amount == "0.04"
    assert balance is not None


def test_base64_of_what_was_sent_is_plain() -> None:
    async def run() -> dict[str, str]:
        async with playing("nanogpt", route="edits", body="json") as (playground, house):
            await house.run(house.request("gpt-image-1", images=1))
            return json.loads(orders(playground)[0].body)

    head, _, data = asyncio.run(run())["imageDataUrl"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data, validate=True).startswith(b"\x89PNG")
