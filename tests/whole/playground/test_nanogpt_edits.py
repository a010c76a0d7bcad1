"""POST /api/v1/images/edits (and /edit) of NanoGPT's document: its forms, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.playground.catalogue import Catalogue
from tests.whole.playground.speaking import (
    BOUNDARY,
    alpha_mask,
    box,
    changed,
    picture,
    url_of,
    white_mask,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

PATH = "/api/v1/images/edits"
IMAGE = picture()
BASE = (("model", "gpt-image-1"), ("prompt", "Remove it"))
JSON = {"model": "gpt-image-1", "prompt": "Remove it", "response_format": "b64_json"}


@pytest.mark.parametrize("path", [PATH, "/api/v1/images/edit", f"/nanogpt{PATH}"])
def test_one_image_in_a_form_comes_back_changed_as_an_address(
    client: Client, playground: Playground, path: str
) -> None:
    heard = client.form(path, *BASE, ("image", IMAGE))
    assert heard.status == 200
    (item,) = heard.json["data"]
    assert item["url"].startswith(playground.url)
    fetched = client.get(item["url"].removeprefix(playground.url), authorization=None)
    assert (fetched.status, fetched.headers["content-type"]) == (200, "image/png")


def test_all_that_was_asked_for_is_billed_once_and_told(client: Client, playground: Playground) -> None:
    heard = client.form(PATH, *BASE, ("n", 3), ("image", IMAGE), ("response_format", "b64_json"))
    (charge,) = playground.ledger.charges
    assert (charge.count, charge.model, charge.route, charge.key) == (3, "gpt-image-1", "edits", playground.key)
    assert charge.request_id == heard.headers["x-request-id"]
    told = heard.json
    assert (len(told["data"]), told["cost"]) == (3, float(charge.cost))
    assert told["remainingBalance"] == float(playground.ledger.balance)
    assert heard.headers["x-remaining-balance"] == str(playground.ledger.balance)
    assert heard.picture(0).data != heard.picture(1).data


@pytest.mark.parametrize("mask", [white_mask(), alpha_mask(), white_mask(clear=True)])
def test_a_form_takes_a_mask_of_either_kind_and_keeps_what_it_keeps(client: Client, mask: bytes) -> None:
    heard = client.form(PATH, *BASE, ("image", IMAGE), ("mask", mask), ("response_format", "b64_json"))
    left, right = changed(IMAGE, heard.picture())
    assert left > 0.95
    assert right == 0


def test_several_images_keep_their_order(client: Client, playground: Playground) -> None:
    second = picture(form="jpeg")
    heard = client.form(
        PATH, *BASE, ("image[]", IMAGE), ("image[]", ("b.jpg", "image/jpeg", second)), x_api_key=playground.key,
        authorization=None,
    )  # fmt: skip
    assert heard.status == 200
    assert [file.data for file in playground.requests[-1].files] == [IMAGE, second]


@pytest.mark.parametrize("field", ["image", "image[]"])
def test_a_form_takes_pictures_as_text_too(client: Client, field: str) -> None:
    assert client.form(PATH, *BASE, (field, url_of(IMAGE))).status == 200
    assert client.form(PATH, *BASE, (field, "https://example.com/a.png")).status == 200
    assert client.form(PATH, *BASE, (field, "http://example.com/a.png")).code == "INVALID_IMAGE_INPUT"


def test_an_address_of_its_own_is_read_as_the_picture_that_it_is(client: Client) -> None:
    url = client.form(PATH, *BASE, ("image", IMAGE)).json["data"][0]["url"]
    heard = client.form(PATH, *BASE, ("image", url), ("response_format", "b64_json"))
    assert heard.picture().size == box(96, 64)


def test_the_model_may_be_left_out(client: Client, playground: Playground) -> None:
    assert client.form(PATH, ("prompt", "x"), ("image", IMAGE)).status == 200
    assert playground.ledger.charges[0].model == "gpt-image-1"


def test_json_with_one_image_and_a_mask(client: Client) -> None:
    heard = client.post(PATH, JSON | {"imageDataUrl": url_of(IMAGE), "maskDataUrl": url_of(white_mask())})
    left, right = changed(IMAGE, heard.picture())
    assert left > 0.95
    assert right == 0


def test_json_with_several_images(client: Client) -> None:
    urls = [url_of(IMAGE), url_of(picture(form="webp"), "image/webp")]
    assert client.post(PATH, JSON | {"imageDataUrls": urls}).status == 200


def test_the_documents_own_parameters_are_taken_of_any_model(client: Client) -> None:
    own: dict[str, object] = {
        "strength": 0.8,
        "guidance_scale": 7.5,
        "num_inference_steps": 30,
        "seed": 42,
        "negative_prompt": "blur",
        "background": "opaque",
        "quality": "high",
    }
    assert client.post(PATH, JSON | own | {"imageDataUrl": url_of(IMAGE)}).status == 200
    texts = [(name, str(value)) for name, value in own.items()]
    assert client.form(PATH, *BASE, *texts, ("image", IMAGE)).status == 200
    kontext = {"model": "flux-kontext", "kontext_max_mode": True, "imageDataUrl": url_of(IMAGE)}
    assert client.post(PATH, JSON | kontext).status == 200


FORMS = {
    "no image": ((*BASE,), 400, "missing_image_input"),
    "image twice": ((*BASE, ("image", IMAGE), ("image", IMAGE)), 400, "invalid_multipart_body"),
    "both names": ((*BASE, ("image", IMAGE), ("image[]", IMAGE)), 400, "conflicting_image_inputs"),
    "the other bracket": ((*BASE, ("images[]", IMAGE), ("images[]", IMAGE)), 400, "missing_image_input"),
    "a strange file": ((*BASE, ("image", IMAGE), ("picture", IMAGE)), 400, "invalid_multipart_body"),
    "two masks": ((*BASE, ("image", IMAGE), ("mask", IMAGE), ("mask", IMAGE)), 400, "invalid_multipart_body"),
    "prompt twice": ((*BASE, ("prompt", "x"), ("image", IMAGE)), 400, "invalid_parameter_value"),
    "no prompt": ((("image", IMAGE),), 400, "missing_required_parameter"),
    "blank prompt": ((("prompt", "  "), ("image", IMAGE)), 400, "missing_required_parameter"),
    "a size it has not": ((*BASE, ("image", IMAGE), ("size", "640x480")), 400, "invalid_parameter_value"),
    "an empty size": ((*BASE, ("image", IMAGE), ("size", "")), 400, "invalid_parameter_value"),
    "too many": ((*BASE, ("image", IMAGE), ("n", 5)), 400, "invalid_parameter_value"),
    "none": ((*BASE, ("image", IMAGE), ("n", 0)), 400, "invalid_parameter_value"),
    "half a count": ((*BASE, ("image", IMAGE), ("n", "1.5")), 400, "invalid_parameter_value"),
    "a word for a number": ((*BASE, ("image", IMAGE), ("strength", "much")), 400, "invalid_parameter_value"),
    "out of range": ((*BASE, ("image", IMAGE), ("strength", "1.5")), 400, "invalid_parameter_value"),
    "a stranger": ((*BASE, ("image", IMAGE), ("sharpness", "3")), 400, "invalid_parameter_value"),
    "max mode elsewhere": ((*BASE, ("image", IMAGE), ("kontext_max_mode", "true")), 400, "invalid_parameter_value"),
    "a stream": ((*BASE, ("image", IMAGE), ("stream", "true")), 400, "unsupported_stream"),
    "a provider": ((*BASE, ("image", IMAGE), ("provider", "x")), 400, "unsupported_provider_options"),
    "a chat answer": ((*BASE, ("image", IMAGE), ("response_format", "json")), 400, "invalid_parameter_value"),
    "no such model": ((("model", "x"), ("prompt", "x"), ("image", IMAGE)), 404, "model_not_found"),
    "a mask too small": ((*BASE, ("image", IMAGE), ("mask", white_mask(48, 32))), 400, "INVALID_IMAGE_INPUT"),
    "a mask that is no PNG": (
        (*BASE, ("image", IMAGE), ("mask", ("m.jpg", "image/jpeg", picture(form="jpeg")))), 400, "INVALID_IMAGE_INPUT",
    ),
    "a wrong type": ((*BASE, ("image", ("a.png", "image/png", picture(form="webp")))), 400, "INVALID_IMAGE_INPUT"),
    "a wrong ending": (
        (*BASE, ("image", ("a.png", "application/octet-stream", picture(form="webp")))), 400, "INVALID_IMAGE_INPUT",
    ),
    "no picture": ((*BASE, ("image", b"no picture")), 400, "INVALID_IMAGE_INPUT"),
    "half a picture": ((*BASE, ("image", IMAGE[: len(IMAGE) // 2])), 400, "INVALID_IMAGE_INPUT"),
    "no mask slot": (
        (("model", "ghiblify"), ("prompt", "x"), ("image", IMAGE), ("mask", white_mask())), 400,
        "invalid_parameter_value",
    ),
    "a model for one": (
        (("model", "ghiblify"), ("prompt", "x"), ("image[]", IMAGE), ("image[]", IMAGE)), 400,
        "invalid_parameter_value",
    ),
    "a model for two": ((("model", "flux-pro/v1/vto"), ("prompt", "x"), ("image", IMAGE)), 400, "missing_image_input"),
    "a model for words": ((("model", "hidream"), ("prompt", "x"), ("image", IMAGE)), 400, "image_input_not_supported"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_refused_and_nothing_is_billed(client: Client, playground: Playground, name: str) -> None:
    parts, status, code = FORMS[name]
    heard = client.form(PATH, *parts)
    assert (heard.status, heard.code) == (status, code)
    assert heard.headers["x-request-id"]
    assert len(playground.ledger) == 0


ONE = {"imageDataUrl": url_of(IMAGE)}
OBJECTS: dict[str, tuple[Mapping[str, object], int, str]] = {
    "both": (ONE | {"imageDataUrls": [url_of(IMAGE)]}, 400, "conflicting_image_inputs"),
    "none": ({}, 400, "missing_image_input"),
    "no images": ({"imageDataUrls": []}, 400, "missing_image_input"),
    "an address": ({"imageDataUrl": "https://example.com/a.png"}, 400, "INVALID_IMAGE_INPUT"),
    "line breaks": ({"imageDataUrl": url_of(IMAGE)[:80] + "\n" + url_of(IMAGE)[80:]}, 400, "INVALID_IMAGE_INPUT"),
    "not what it says": ({"imageDataUrl": url_of(IMAGE, "image/jpeg")}, 413, "IMAGE_INPUT_TOO_LARGE"),
    "a mask by alpha": (ONE | {"maskDataUrl": url_of(alpha_mask())}, 400, "INVALID_IMAGE_INPUT"),
    "a mask too large": (ONE | {"maskDataUrl": url_of(white_mask(97, 64))}, 400, "INVALID_IMAGE_INPUT"),
    "a number as text": (ONE | {"n": "2"}, 400, "invalid_parameter_value"),
    "the form's field": (ONE | {"image": url_of(IMAGE)}, 400, "invalid_parameter_value"),
    "a flag as text": (
        ONE | {"model": "flux-kontext", "kontext_max_mode": "true"}, 400, "invalid_parameter_value",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
def test_json_is_refused_and_nothing_is_billed(client: Client, playground: Playground, name: str) -> None:
    value, status, code = OBJECTS[name]
    heard = client.post(PATH, {**JSON, **value})
    assert (heard.status, heard.code) == (status, code)
    assert len(playground.ledger) == 0


def test_a_mask_that_both_kinds_of_reader_understand_is_taken_in_json_too(client: Client) -> None:
    both = url_of(white_mask(clear=True))
    assert client.post(PATH, JSON | ONE | {"maskDataUrl": both}).status == 200


def test_bodies_that_are_not_what_they_say(client: Client) -> None:
    boundary = f"multipart/form-data; boundary={BOUNDARY}"
    assert client.ask("POST", PATH, b"nothing", content_type=boundary).code == "invalid_multipart_body"
    assert client.ask("POST", PATH, b"x", content_type="multipart/form-data").code == "invalid_multipart_body"
    assert client.ask("POST", PATH, b"{", content_type="application/json").code == "invalid_json"
    assert client.ask("POST", PATH, b"[]", content_type="application/json").code == "invalid_json"
    twice = b'{"n": 1, "n": 2}'
    assert client.ask("POST", PATH, twice, content_type="application/json").code == "invalid_json"
    other = client.ask("POST", PATH, b"a=b", content_type="application/x-www-form-urlencoded")
    assert (other.status, other.code) == (415, "invalid_content_type")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"authorization": None}, "missing_api_key"),
        ({"authorization": "Bearer wrong"}, "invalid_api_key"),
        ({"authorization": "Basic eDp5"}, "invalid_api_key"),
        ({"authorization": None, "x_api_key": "wrong"}, "invalid_api_key"),
    ],
)
def test_without_the_key_nothing_is_done(client: Client, headers: dict[str, str | None], code: str) -> None:
    heard = client.form(PATH, *BASE, ("image", IMAGE), **headers)
    assert (heard.status, heard.code) == (401, code)


def test_a_body_over_the_limit_meets_the_proxy_s_page(client: Client, playground: Playground) -> None:
    heard = client.form(PATH, *BASE, ("image", IMAGE), ("mask", bytes(4_000_000)))
    assert (heard.status, heard.headers["content-type"]) == (413, "text/html")
    assert b"413 Request Entity Too Large" in heard.body
    playground.rules.body_limit = 5_000_000
    assert client.form(PATH, *BASE, ("image", IMAGE), ("mask", bytes(4_000_000))).code == "INVALID_IMAGE_INPUT"


def test_a_prompt_is_counted_in_utf_16_after_trimming(client: Client) -> None:
    base = ("model", "flux-kontext")
    assert client.form(PATH, base, ("prompt", " " + "😀" * 400 + "\n"), ("image", IMAGE)).status == 200
    heard = client.form(PATH, base, ("prompt", "😀" * 400 + "x"), ("image", IMAGE))
    assert (heard.status, heard.code) == (400, "prompt_too_long")
    assert "800 characters or less (current: 801 characters)" in heard.json["error"]


def test_a_mask_is_needed_where_the_model_needs_one(client: Client) -> None:
    base = (("model", "flux-lora/inpainting"), ("prompt", "x"), ("image", IMAGE))
    assert "No mask image data provided" in client.form(PATH, *base).json["error"]
    assert client.form(PATH, *base, ("mask", white_mask())).status == 200


def test_an_empty_purse_is_told_in_the_old_form(client: Client, playground: Playground) -> None:
    playground.ledger.balance = playground.ledger.balance * 0
    heard = client.form(PATH, *BASE, ("image", IMAGE))
    assert (heard.status, heard.json["error"], heard.json["status"]) == (402, "Insufficient balance", 402)
    assert len(playground.ledger) == 0


def test_catalogues_of_two_playgrounds_share_nothing() -> None:
    first, second = Catalogue(), Catalogue()
    first.nanogpt.clear()
    assert second.nanogpt
