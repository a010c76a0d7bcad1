"""Our client through the LiteLLM proxy, which reads every order with a parser of its own and passes it on."""

from __future__ import annotations

import asyncio
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from studio.domain.problems import OutcomeLost, ProviderError
from studio.providers.calls import Call
from studio.wire.auth import key_header
from studio.wire.messages import Message, Route, WireImage, WireOrder
from studio.wire.replies import read_reply
from studio.wire.requests import edit_message
from tests.peers import processes
from tests.peers.processes import KEY
from tests.whole.providers.house import SIZE, house, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.peers.processes import Server
    from tests.whole.providers.house import House, Told

CONFIG = """
model_list:
  - model_name: edit-model
    litellm_params: {{model: openai/gpt-image-2, api_base: "{worker}", api_key: sk-upstream}}
general_settings: {{master_key: {key}}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the ledger of the worker behind the proxy is."""
    return tmp_path_factory.mktemp("litellm")


@pytest.fixture(scope="module")
def proxy(folder: Path) -> Iterator[Server]:
    """The proxy with one worker behind it."""
    with (
        processes.worker("behind", folder) as worker,
        processes.litellm(CONFIG.format(worker=worker.url, key=KEY), folder) as running,
    ):
        yield running


def _arrived(folder: Path, prompt: str) -> list[dict[str, Any]]:
    """What the worker got of the orders with this prompt."""
    return [each for each in processes.received(folder, "behind") if each["fields"].get("prompt") == prompt]


def _files(order: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(file["name"], file["filename"], file["type"]) for file in order["files"]]


def _bytes(file: dict[str, str]) -> bytes:
    with open(file["path"], "rb") as opened:
        return opened.read()


def _ordered(proxy: Server, prompt: str, **order: Any) -> Told:
    async def run() -> Told:
        async with house(proxy.url, "openai", KEY) as found:
            return await found.run(found.request("edit-model", prompt=prompt, **order))

    return asyncio.run(run())


def test_its_models_are_listed(proxy: Server) -> None:
    async def run() -> list[str]:
        async with house(proxy.url, "openai", KEY) as found:
            return [str(model.id) for model in await found.provider().refresh()]

    assert asyncio.run(run()) == ["edit-model"]


def test_a_picture_arrives_upstream_byte_for_byte(proxy: Server, folder: Path) -> None:
    told = _ordered(proxy, "one picture", images=1, seed=42)
    (order,) = _arrived(folder, "one picture")
    assert order["path"] == "/v1/images/edits"
    assert (order["fields"]["model"], order["fields"]["seed"]) == ("gpt-image-2", "42")
    assert [(kind, name) for name, _, kind in _files(order)] == [("image/png", "image[]")]
    assert _bytes(order["files"][0]) == picture(0)
    assert order["headers"]["authorization"] == "Bearer sk-upstream"
    assert KEY not in json.dumps(order)
    assert [each.image.media_type for each in told.outputs] == ["image/png"]


def test_two_pictures_and_a_mask_arrive_in_their_order(proxy: Server, folder: Path) -> None:
    told = _ordered(proxy, "two and a mask", images=2, masked=True, count=2, parameters=(("quality", "low"),))
    (order,) = _arrived(folder, "two and a mask")
    assert [name for name, _, _ in _files(order)] == ["image[]", "image[]", "mask"]
    assert [_bytes(file) for file in order["files"][:2]] == [picture(0), picture(1)]
    with Image.open(io.BytesIO(_bytes(order["files"][2]))) as mask:
        assert (mask.size, mask.mode) == ((SIZE.width, SIZE.height), "RGBA")
        assert mask.getchannel("A").getextrema() == (0, 255)
    assert (order["fields"]["n"], order["fields"]["quality"]) == ("2", "low")
    assert [each.index for each in told.outputs] == [0, 1]


def test_a_generation_arrives_with_what_was_set(proxy: Server, folder: Path) -> None:
    told = _ordered(proxy, "from words", images=0, parameters=(("size", "1024x1024"), ("background", "opaque")))
    (order,) = _arrived(folder, "from words")
    assert order["path"] == "/v1/images/generations"
    assert order["fields"]["model"] == "gpt-image-2"
    assert (order["fields"]["size"], order["fields"]["background"]) == ("1024x1024", "opaque")
    assert "response_format" not in order["fields"]
    assert len(told.outputs) == 1


def test_a_form_with_both_names_is_refused_and_ours_never_is(proxy: Server, folder: Path) -> None:
    """A real server that takes `image` or `image[]`, never both: what our client would get if it mixed them."""

    async def run(house: House) -> None:
        message = _mixed(house)
        key = key_header(house.profile, house.keys.secret) if house.keys.secret else None
        answer = await house.http.exchange(Call(message=message, provider="own", paid=True, key=key))
        assert (answer.status, b"Cannot specify both" in answer.body) == (422, True)
        read_reply(answer, house.profile)

    async def opened() -> None:
        async with house(proxy.url, "openai", KEY) as found:
            await run(found)

    with pytest.raises(ProviderError) as caught:
        asyncio.run(opened())
    assert not isinstance(caught.value, OutcomeLost)
    assert caught.value.problem.cost == "Nothing was charged."
    assert _arrived(folder, "mixed") == []
    for images in (1, 2, 5):
        _ordered(proxy, f"not mixed {images}", images=images)
        assert len(_arrived(folder, f"not mixed {images}")) == 1


def _mixed(house: House) -> Message:
    images = tuple(WireImage(data=picture(seed), media_type="image/png") for seed in range(2))
    order = WireOrder(model="edit-model", prompt="mixed", images=images)
    whole = b"".join(edit_message(house.profile, Route.EDITS, order, "x" * 32).body)
    ours = edit_message(house.profile, Route.EDITS, order, "x" * 32)
    headers = tuple((name, value) for name, value in ours.headers if name.lower() != "content-length")
    body = whole.replace(b'name="image[]"', b'name="image"', 1)
    assert body != whole
    return Message(method=ours.method, url=ours.url, headers=headers, body=(body,))


def test_too_many_orders_upstream_are_told_as_such(proxy: Server, folder: Path) -> None:
    with pytest.raises(ProviderError) as caught:
        _ordered(proxy, "too many", images=1)
    assert caught.value.problem.code == "rate-limited"
    assert not isinstance(caught.value, OutcomeLost)
    assert len(_arrived(folder, "too many")) >= 1


def test_a_wrong_key_is_refused_before_anything_goes_upstream(proxy: Server, folder: Path) -> None:
    async def run() -> None:
        async with house(proxy.url, "openai", "sk-wrong") as found:
            await found.run(found.request("edit-model", images=1, prompt="wrong key"))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(run())
    assert not isinstance(caught.value, OutcomeLost)
    assert _arrived(folder, "wrong key") == []
