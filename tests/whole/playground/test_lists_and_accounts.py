"""Lists of models in all their shapes, balances, and what one request cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client


def records(client: Client, path: str) -> dict[str, dict[str, Any]]:
    heard = client.get(path, authorization=None)
    assert (heard.status, heard.json["object"]) == (200, "list")
    return {record["id"]: record for record in heard.json["data"]}


def test_the_newer_list_has_both_shapes_of_parameters_and_no_prices(client: Client) -> None:
    found = records(client, "/api/v1/images/models")
    described, plain = found["gpt-image-2"], found["qwen-image"]
    assert described["supported_parameters"]["resolution"]["type"] == "enum"
    assert plain["supported_parameters"]["resolutions"] == ["1024x1024", "1024*768", "768*1024", "512x512"]
    assert plain["supported_parameters"]["prompt_length"]["unit"] == "utf16_code_units"
    assert not {"pricing", "max_input_images"} & described.keys()
    assert found["bytedance/seedream-v5.0-pro"]["endpoints"].endswith("/bytedance/seedream-v5.0-pro/endpoints")


def test_the_older_list_has_prices_by_size_spelled_its_own_way(client: Client) -> None:
    found = records(client, "/api/v1/image-models")
    assert found["qwen-image"]["pricing"]["per_image"]["1024*1024"] == 0.02
    assert found["gpt-image-2"]["supported_parameters"]["max_input_images"] == 16
    assert found["gpt-image-2"]["supported_parameters"]["resolutions"][0] == "auto"
    assert found["odd-prices"]["pricing"]["per_image"] is None
    assert all(set(each) == {"id"} for each in records(client, "/api/v1/image-models?detailed=false").values())


def test_endpoints_of_an_id_with_slashes_tell_prices_as_a_list(client: Client) -> None:
    path = records(client, "/api/v1/images/models")["bytedance/seedream-v5.0-pro"]["endpoints"]
    told = client.get(path, authorization=None).json
    (endpoint,) = told["endpoints"]
    assert endpoint["pricing"][0] == {
        "billable": "output_image", "unit": "image", "currency": "USD", "cost_usd": 0.03, "resolution": "1k",
    }  # fmt: skip
    assert endpoint["input_reference_constraints"]["max_items"] == 4
    assert client.get("/api/v1/images/models/x/endpoints").code == "model_not_found"


def test_lists_of_the_others_need_a_key_and_have_two_shapes(client: Client, playground: Playground) -> None:
    assert client.get("/v1/models", authorization=None).status == 401
    both = {record["id"] for record in client.get("/v1/models").json["data"]}
    assert {"gpt-image-1", "gpt-image-2", "gpt-4.1-mini"} <= both
    assert {record["owned_by"] for record in client.get("/naga/v1/models").json["data"]} == {"naga"}
    playground.rules.bare_models = True
    assert client.get("/openai/v1/models").json[0]["id"] == "gpt-image-2"


def test_the_balance_is_a_text_and_falls(client: Client, playground: Playground) -> None:
    first = client.ask("POST", "/api/check-balance", authorization=None, x_api_key=playground.key).json
    assert first["usd_balance"] == "25.00000000"
    client.post("/api/v1/images", {"model": "qwen-image", "prompt": "x", "n": 2})
    assert client.ask("POST", "/api/check-balance").json["usd_balance"] == "24.96000000"
    assert client.ask("POST", "/api/check-balance", authorization="Bearer x").status == 401
    assert client.get("/api/check-balance").status == 404


def test_naga_s_balance_wants_another_kind_of_key(client: Client) -> None:
    heard = client.get("/naga/v1/account/balance")
    assert (heard.status, heard.code) == (401, "invalid_provisioning_key")


def test_what_a_request_cost_is_told_to_its_own_key_alone(client: Client, playground: Playground) -> None:
    playground.world.keys.append("another")
    done = client.post("/api/v1/images", {"model": "qwen-image", "prompt": "x"}).headers["x-request-id"]
    told = client.get(f"/api/v1/usage/requests/{done}").json
    assert (told["object"], told["cost"], told["currency"]) == ("request_billing", "0.02000000", "USD")
    assert client.get(f"/api/v1/usage/requests/{done}", authorization="Bearer another").status == 404
    assert client.get("/api/v1/usage/requests/req_none").code == "request_not_found"
