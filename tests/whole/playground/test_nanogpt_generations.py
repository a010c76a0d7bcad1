"""POST /v1/images/generations as NanoGPT's document has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.whole.playground.speaking import box, changed, picture, url_of, white_mask

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

PATH = "/v1/images/generations"
PLAIN: dict[str, object] = {"model": "hidream", "prompt": "A sunset", "n": 1, "size": "1024x1024"}
KONTEXT: dict[str, object] = {"model": "flux-kontext", "prompt": "A painting", "imageDataUrl": url_of(picture())}


@pytest.mark.parametrize("path", [PATH, "/api/v1/images/generations", f"/nanogpt{PATH}"])
def test_base64_unless_an_address_is_asked_for(client: Client, playground: Playground, path: str) -> None:
    assert client.post(path, PLAIN).picture().size == box(1024, 1024)
    url = client.post(path, PLAIN | {"response_format": "url"}).json["data"][0]["url"]
    assert url.startswith(playground.url)
    assert [charge.dialect for charge in playground.ledger.charges] == ["nanogpt"] * 2


def test_image_to_image_with_the_document_s_parameters(client: Client) -> None:
    own = {"strength": 0.8, "guidance_scale": 7.5, "num_inference_steps": 30, "seed": 42, "kontext_max_mode": True}
    assert client.post(PATH, KONTEXT | own | {"negative_prompt": "x"}).picture().size == box(96, 64)


def test_several_images(client: Client) -> None:
    several = {"model": "gpt-4o-image", "prompt": "x", "imageDataUrls": [url_of(picture())] * 3}
    assert client.post(PATH, several).status == 200


def test_inpainting_needs_image_and_mask(client: Client) -> None:
    image = picture()
    asked: dict[str, object] = {"model": "flux-lora/inpainting", "prompt": "x", "imageDataUrl": url_of(image)}
    assert "No mask image data provided" in client.post(PATH, asked).json["error"]
    left, right = changed(image, client.post(PATH, asked | {"maskDataUrl": url_of(white_mask())}).picture())
    assert left > 0.95
    assert right == 0
    alone = {"model": "flux-lora/inpainting", "prompt": "x", "maskDataUrl": url_of(white_mask())}
    assert client.post(PATH, alone).code == "missing_image_input"


def test_the_model_may_be_left_out(client: Client, playground: Playground) -> None:
    assert client.post(PATH, {"prompt": "x"}).status == 200
    assert playground.ledger.charges[0].model == "hidream"


REFUSED: dict[str, tuple[dict[str, object], int, str]] = {
    "a stream": ({"stream": True}, 400, "unsupported_stream"),
    "both styles": ({"imageDataUrls": []}, 400, "conflicting_image_inputs"),
    "too many pictures": (
        {"imageDataUrl": None, "imageDataUrls": [url_of(picture())] * 5},
        400,
        "invalid_parameter_value",
    ),
    "a size it has not": ({"size": "1024*1024"}, 400, "invalid_parameter_value"),
    "a strength of two": ({"strength": 2}, 400, "invalid_parameter_value"),
    "steps and a half": ({"num_inference_steps": 1.5}, 400, "invalid_parameter_value"),
    "references": ({"input_references": [url_of(picture())]}, 400, "invalid_parameter_value"),
    "billing": ({"billing_mode": "paygo"}, 400, "invalid_parameter_value"),
    "a long prompt": ({"prompt": "x" * 801}, 400, "prompt_too_long"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_billed(client: Client, playground: Playground, name: str) -> None:
    value, status, code = REFUSED[name]
    asked = {key: kept for key, kept in (KONTEXT | value).items() if kept is not None}
    heard = client.post(PATH, asked)
    assert (heard.status, heard.code) == (status, code)
    assert len(playground.ledger) == 0


def test_a_picture_is_needed_where_the_model_needs_one(client: Client) -> None:
    assert client.post(PATH, {"model": "ghiblify", "prompt": "x"}).code == "missing_image_input"


def test_the_document_tells_of_bearer_alone(client: Client, playground: Playground) -> None:
    heard = client.post(PATH, PLAIN, authorization=None, x_api_key=playground.key)
    assert (heard.status, heard.code) == (401, "missing_api_key")
    playground.rules.x_api_key_everywhere = True
    assert client.post(PATH, PLAIN, authorization=None, x_api_key=playground.key).status == 200


def test_no_form_and_no_large_body_is_taken(client: Client) -> None:
    assert client.form("/api/v1/images/generations", ("prompt", "x")).status == 415
    assert client.post(PATH, PLAIN | {"imageDataUrl": "x" * 4_000_000}).status == 413
