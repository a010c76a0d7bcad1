"""What of an order is sent, and what is refused before anything is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.capabilities import Capabilities, Model, Parameter, ParameterKind
from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import UsageError
from studio.wire import account, body, discovery
from studio.wire.messages import Route, WireImage, WireOrder
from studio.wire.requests import edit_message, fitted
from tests.core.wire.orders import BOUNDARY, JPEG, LINK, MASK, OWN, PNG, profile_of
from tests.core.wire.peers import picture

NANO = profile_of("nanogpt")
FULL = WireOrder(
    model="m",
    prompt="p",
    count=2,
    seed=7,
    size="1k",
    parameters=(("quality", "high"), ("strength", 0.5), ("aspect_ratio", "1:1")),
)


def model_of(**can: Any) -> Model:
    return Model(id=ModelId("m"), provider=ProviderId("p"), name="m", capabilities=Capabilities(max_count=4, **can))


def test_on_the_images_route_only_what_discovery_lists_is_sent() -> None:
    strength = Parameter(name="strength", label="Strength", kind=ParameterKind.NUMBER)
    listing = model_of(routes=("images",), listed=("quality", "n"), parameters=(strength,), sizes=("1k",))
    said = json.loads(b"".join(edit_message(NANO, Route.IMAGES, FULL, BOUNDARY, listing).body))
    assert said == {"model": "m", "prompt": "p", "n": 2, "quality": "high"}
    silent = model_of(routes=("images",))
    assert fitted(Route.IMAGES, FULL, silent) == WireOrder(model="m", prompt="p")
    everything = model_of(routes=("images",), listed=("n", "seed", "size", "quality", "strength", "aspect_ratio"))
    assert fitted(Route.IMAGES, FULL, everything) == FULL


def test_of_a_model_that_nobody_listed_the_documents_fields_are_sent() -> None:
    parameters = tuple(pair for pair in FULL.parameters if pair[0] != "strength")
    assert fitted(Route.IMAGES, FULL, model_of()) == replace(FULL, parameters=parameters)


@pytest.mark.parametrize("route", [Route.EDITS, Route.GENERATIONS])
def test_elsewhere_the_documents_own_parameters_are_sent(route: Route) -> None:
    assert fitted(route, FULL, model_of(routes=("images",))) == FULL
    assert fitted(route, replace(FULL, count=None), model_of()) == replace(FULL, count=None)


def test_parameters_that_the_code_has_never_seen_go_out_under_their_own_name() -> None:
    order = replace(FULL, parameters=(("rendering_speed", "TURBO"), ("x-y.z", 3)))
    said = json.loads(b"".join(edit_message(NANO, Route.GENERATIONS, order, BOUNDARY).body))
    assert (said["rendering_speed"], said["x-y.z"]) == ("TURBO", 3)


@pytest.mark.parametrize("route", [Route.EDITS, Route.GENERATIONS])
def test_naga_is_always_told_a_model(route: Route) -> None:
    images = (PNG,) if route is Route.EDITS else ()
    with pytest.raises(UsageError) as caught:
        edit_message(profile_of("naga"), route, WireOrder(prompt="p", images=images), BOUNDARY)
    assert caught.value.problem.code == "provider-model-missing"


def test_the_images_route_is_always_told_a_model() -> None:
    with pytest.raises(UsageError) as caught:
        edit_message(NANO, Route.IMAGES, WireOrder(prompt="p"), BOUNDARY)
    assert caught.value.problem.code == "provider-model-missing"


@pytest.mark.parametrize("kind", ["naga", "openai"])
def test_a_route_that_a_provider_lacks_is_told(kind: str) -> None:
    with pytest.raises(UsageError) as caught:
        edit_message(profile_of(kind, OWN), Route.IMAGES, WireOrder(model="m", prompt="p"), BOUNDARY)
    assert caught.value.problem.code == "route-unfit"


@pytest.mark.parametrize(
    ("kind", "route", "settings"),
    [
        ("nanogpt", Route.GENERATIONS, {}), ("nanogpt", Route.EDITS, {"body": "json"}), ("naga", Route.EDITS, {}),
        ("openai", Route.EDITS, {"body": "multipart"}),
    ],
)  # fmt: skip
def test_a_link_is_refused_where_the_documents_take_none(kind: str, route: Route, settings: dict[str, str]) -> None:
    order = WireOrder(model="m", prompt="p", images=(PNG, LINK))
    with pytest.raises(UsageError) as caught:
        edit_message(profile_of(kind, OWN, **settings), route, order, BOUNDARY)
    assert "links are not taken" in caught.value.problem.next


@pytest.mark.parametrize(
    "link", ["http://example.com/a.png", "file:///etc/passwd", "javascript:x", "", "data:text/html,x"]
)
def test_only_safe_links_are_passed_on(link: str) -> None:
    with pytest.raises(UsageError) as caught:
        edit_message(NANO, Route.IMAGES, WireOrder(model="m", images=(link,)), BOUNDARY)
    assert caught.value.problem.code == "bad-parameter"


def test_a_gif_mask_and_any_mask_is_declared_as_what_it_is() -> None:
    order = WireOrder(model="m", images=(JPEG,), mask=replace(MASK, media_type="image/webp"))
    said = json.loads(b"".join(edit_message(NANO, Route.GENERATIONS, order, BOUNDARY).body))
    assert picture(said["maskDataUrl"]) == ("image/png", MASK.data)


def test_json_of_any_shape_is_what_the_standard_library_reads() -> None:
    shape = {"a": [], "b": {}, "c": [1, "x", [True, 0.5]], "d": {"e": 'q"\n\\ü☕'}, "f": [{"g": -1}]}
    assert json.loads(b"".join(body.json_message("http://x", shape).body)) == shape


def test_large_pictures_stay_pieces_of_their_own() -> None:
    large = WireImage(data=PNG.data + bytes(200_000), media_type="image/png")
    message = body.json_message("http://x", {"a": [large, large], "b": 1})
    assert len(message.body) == 5
    said = json.loads(b"".join(message.body))
    assert [picture(url)[1] for url in said["a"]] == [large.data] * 2


def test_providers_without_an_account_are_not_asked() -> None:
    naga, openai = profile_of("naga"), profile_of("openai", OWN)
    balance = account.balance_message(naga)
    assert balance is not None
    assert (balance.method, balance.url) == ("GET", "https://api.naga.ac/v1/account/balance")
    assert account.balance_message(openai) is None
    assert account.usage_message(naga, "r") is account.usage_message(openai, "r") is None


def test_a_request_id_cannot_lead_elsewhere() -> None:
    message = account.usage_message(NANO, "../../x?y#z")
    assert message is not None
    assert message.url == "https://nano-gpt.com/api/v1/usage/requests/..%2F..%2Fx%3Fy%23z"


def test_the_catalogues_are_asked_without_a_body() -> None:
    for message in (*discovery.models_messages(NANO), *discovery.models_messages(profile_of("naga"))):
        assert (message.method, message.body, message.headers) == ("GET", (), (("Accept", "application/json"),))
