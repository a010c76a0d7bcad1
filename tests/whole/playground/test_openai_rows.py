"""POST /v1/images/edits and /generations as Naga's and OpenAI's documents have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.whole.playground.speaking import alpha_mask, box, changed, picture, url_of, white_mask

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

EDITS, MADE = "/v1/images/edits", "/v1/images/generations"
IMAGE = picture()
NAGA = (("model", "gpt-image-1"), ("prompt", "Make the sky dramatic"))
OPENAI = (("model", "gpt-image-2"), ("prompt", "Make the sky dramatic"))
OWN = (("model", "studio-sdxl"), ("prompt", "x"))


@pytest.mark.parametrize("prefix", ["", "/naga"])
def test_naga_answers_with_an_address_unless_asked_otherwise(
    client: Client, playground: Playground, prefix: str
) -> None:
    also = (("size", "1024x1024"), ("n", 2), ("background", "opaque"), ("quality", "high"))
    heard = client.form(prefix + EDITS, *NAGA, *also, ("image", IMAGE))
    assert [set(item) for item in heard.json["data"]] == [{"url", "revised_prompt"}] * 2
    assert heard.json["usage"]["total_tokens"] > 0
    assert "cost" not in heard.json
    assert playground.ledger.charges[0].dialect == "naga"
    text = client.form(prefix + EDITS, *NAGA, ("response_format", "b64_json"), ("image", IMAGE))
    assert text.picture().size == box(96, 64)


@pytest.mark.parametrize("prefix", ["", "/openai"])
def test_openai_answers_with_base64(client: Client, playground: Playground, prefix: str) -> None:
    heard = client.form(
        prefix + EDITS, *OPENAI, ("size", "1280x832"), ("image", ("up", "application/octet-stream", IMAGE))
    )
    assert heard.picture().size == box(1280, 832)
    assert playground.ledger.charges[0].dialect == "openai"
    assert heard.headers["x-request-id"] == playground.ledger.charges[0].request_id


@pytest.mark.parametrize("base", [NAGA, OPENAI])
def test_a_mask_marks_by_transparency(client: Client, base: tuple[tuple[str, str], ...]) -> None:
    for mask in (alpha_mask(), white_mask(clear=True)):
        also = () if base is OPENAI else (("response_format", "b64_json"),)
        left, right = changed(IMAGE, client.form(EDITS, *base, *also, ("image", IMAGE), ("mask", mask)).picture())
        assert left > 0.95
        assert right == 0


def test_naga_reads_several_images_under_one_name_and_the_switch_says_which(
    client: Client, playground: Playground
) -> None:
    documented = (*NAGA, ("images[]", IMAGE), ("images[]", IMAGE))
    referred = (*NAGA, ("image[]", IMAGE), ("image[]", IMAGE))
    assert client.form(EDITS, *documented).status == 200
    assert client.form(EDITS, *referred).code == "missing_image_input"
    playground.rules.naga_field = "image[]"
    assert client.form(EDITS, *documented).code == "missing_image_input"
    assert client.form(EDITS, *referred).status == 200
    assert len(playground.ledger) == 2


def test_openai_takes_json_with_addresses(client: Client) -> None:
    images = [{"image_url": url_of(IMAGE)}, {"image_url": "https://example.com/a.png"}]
    asked: dict[str, object] = {"model": "gpt-image-2", "prompt": "x", "images": images}
    left, right = changed(IMAGE, client.post(EDITS, asked | {"mask": {"image_url": url_of(alpha_mask())}}).picture())
    assert left > 0.95
    assert right == 0
    assert client.post(EDITS, asked | {"images": [{"image_url": "x", "file_id": "y"}]}).code == "invalid_value"
    assert client.post(EDITS, asked | {"images": []}).code == "missing_image_input"
    naga = client.post(f"/naga{EDITS}", asked | {"model": "gpt-image-1"})
    assert (naga.status, naga.code) == (415, "invalid_content_type")


BROAD = ("image", ("a.png", "image/png", IMAGE))
REFUSED: dict[str, tuple[tuple[tuple[str, object], ...], int, str]] = {
    "no image": (OPENAI, 400, "missing_image_input"),
    "the wrong bracket": ((*OPENAI, ("images[]", IMAGE)), 400, "missing_image_input"),
    "image twice": ((*OPENAI, BROAD, BROAD), 400, "invalid_value"),
    "both names": ((*OPENAI, BROAD, ("image[]", IMAGE)), 400, "invalid_value"),
    "too many": ((*OPENAI, *[("image[]", IMAGE)] * 17), 400, "invalid_value"),
    "no model": ((("prompt", "x"), BROAD), 400, "missing_model"),
    "no such model": ((("model", "y"), ("prompt", "x"), BROAD), 404, "model_not_found"),
    "a chat model": ((("model", "gpt-4.1-mini"), ("prompt", "x"), BROAD), 400, "invalid_value"),
    "no prompt": ((OPENAI[0], BROAD), 400, "missing_required_parameter"),
    "a long prompt": ((OPENAI[0], ("prompt", "x" * 32_001), BROAD), 400, "string_above_max_length"),
    "a response format": ((*OPENAI, BROAD, ("response_format", "b64_json")), 400, "unknown_parameter"),
    "a fidelity": ((*OPENAI, BROAD, ("input_fidelity", "high")), 400, "invalid_input_fidelity_model"),
    "a seed": ((*OPENAI, BROAD, ("seed", "1")), 400, "unknown_parameter"),
    "a size off the grid": ((*OPENAI, BROAD, ("size", "1000x1000")), 400, "invalid_value"),
    "a size too small": ((*OPENAI, BROAD, ("size", "512x512")), 400, "invalid_value"),
    "an old quality": ((*OPENAI, BROAD, ("quality", "hd")), 400, "invalid_value"),
    "compressed png": ((*OPENAI, BROAD, ("output_compression", "50")), 400, "invalid_value"),
    "see-through jpeg": (
        (*OPENAI, BROAD, ("background", "transparent"), ("output_format", "jpeg")), 400, "invalid_value",
    ),
    "a stream": ((*OPENAI, BROAD, ("stream", "true")), 400, "unsupported_value"),
    "eleven": ((*OPENAI, BROAD, ("n", "11")), 400, "invalid_value"),
    "a mask without alpha": ((*OPENAI, BROAD, ("mask", picture(form="jpeg"))), 400, "invalid_image_file"),
    "a mask of another size": ((*OPENAI, BROAD, ("mask", alpha_mask(48, 48))), 400, "invalid_image_file"),
    "another type": ((*OPENAI, ("image", ("a.png", "image/png", picture(form="webp")))), 400, "invalid_image_file"),
    "naga: no model": ((("prompt", "x"), BROAD), 400, "missing_model"),
    "naga: strength": ((*NAGA, BROAD, ("strength", "1")), 400, "unknown_parameter"),
    "naga: free words": ((*NAGA, BROAD, ("response_format", "file")), 400, "invalid_value"),
    "naga: no edits": ((("model", "flux-1-schnell:free"), ("prompt", "x"), BROAD), 400, "invalid_value"),
    "naga: no mask slot": (
        (("model", "qwen-image-edit"), ("prompt", "x"), BROAD, ("mask", alpha_mask())), 400, "invalid_value",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_is_refused_and_nothing_is_billed(client: Client, playground: Playground, name: str) -> None:
    parts, status, code = REFUSED[name]
    heard = client.form(EDITS, *parts)
    assert (heard.status, heard.code) == (status, code)
    assert len(playground.ledger) == 0


def test_a_mask_without_an_alpha_channel_is_refused(client: Client) -> None:
    heard = client.form(EDITS, *OPENAI, BROAD, ("mask", picture()))
    assert (heard.status, "no alpha channel" in heard.json["error"]["message"]) == (400, True)


def test_a_server_of_one_s_own_takes_what_openai_does_not(client: Client) -> None:
    also = (("strength", "0.5"), ("seed", "3"), ("negative_prompt", "x"), ("response_format", "url"))
    assert "url" in client.form(EDITS, *OWN, *also, BROAD).json["data"][0]


def test_generations_of_both(client: Client) -> None:
    assert "url" in client.post(MADE, {"model": "flux-1-schnell:free", "prompt": "x", "n": 2}).json["data"][1]
    assert (
        "b64_json" in client.post(MADE, {"model": "gpt-image-1.5", "prompt": "x", "moderation": "low"}).json["data"][0]
    )
    assert client.post(f"/naga{MADE}", {"model": "gpt-image-1", "prompt": "x" * 8193}).status == 400
    assert client.post(MADE, {"model": "qwen-image-edit", "prompt": "x"}).code == "invalid_value"
    assert client.post(f"/openai{MADE}", {"model": "hidream", "prompt": "x"}).code == "model_not_found"
    assert client.post(f"/openai{MADE}", {"prompt": "x"}).code == "missing_model"


def test_bearer_alone_is_taken_and_a_quota_is_a_429(client: Client, playground: Playground) -> None:
    heard = client.form(EDITS, *NAGA, BROAD, authorization=None, x_api_key=playground.key)
    assert (heard.status, heard.code) == (401, "missing_api_key")
    playground.ledger.balance = playground.ledger.balance * 0
    quota = client.form(EDITS, *OPENAI, BROAD)
    assert (quota.status, quota.code) == (429, "insufficient_quota")
    credits_gone = client.form(EDITS, *NAGA, BROAD)
    assert (credits_gone.status, credits_gone.code) == (402, "insufficient_credits")


def test_what_is_nowhere(client: Client) -> None:
    for path in ("/v1/images/edit", "/v1/images", "/api/v1/nothing", "/nanogpt/v1/images/edits"):
        assert (client.post(path, {}).status, client.post(path, {}).code) == (404, "unknown_url")
