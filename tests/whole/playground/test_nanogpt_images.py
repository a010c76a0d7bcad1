"""POST /api/v1/images of NanoGPT's document: what a model's record lists and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.whole.playground.speaking import box, picture, url_of

if TYPE_CHECKING:
    from studio.playground.server import Playground
    from tests.whole.playground.speaking import Client

PATH = "/api/v1/images"
PLAIN: dict[str, object] = {"model": "gpt-image-2", "prompt": "A product photo"}
URL = url_of(picture())


def test_text_to_image_by_the_document_s_example(client: Client, playground: Playground) -> None:
    asked = PLAIN | {"resolution": "1024x1024", "quality": "medium", "n": 1}
    heard = client.post(PATH, asked, authorization=None, x_api_key=playground.key)
    assert heard.picture().size == box(1024, 1024)
    assert playground.ledger.charges[0].route == "images"


@pytest.mark.parametrize(
    "reference",
    [URL, "https://example.com/a.png", {"type": "image_url", "image_url": {"url": URL}}],
)
def test_references_in_each_form(client: Client, reference: object) -> None:
    assert client.post(PATH, PLAIN | {"input_references": [reference, URL]}).status == 200


def test_the_size_of_the_answer_follows_word_and_ratio(client: Client) -> None:
    seedream = PLAIN | {"model": "bytedance/seedream-v5.0-pro", "resolution": "1k", "aspect_ratio": "16:9", "seed": 7}
    assert client.post(PATH, seedream).picture().size == box(1024, 576)


def test_n_images_wins_over_n(client: Client) -> None:
    assert len(client.post(PATH, PLAIN | {"n": 1, "nImages": 2}).json["data"]) == 2


def test_a_model_of_a_fixed_count_makes_and_bills_it(client: Client, playground: Playground) -> None:
    asked = {"model": "sketch-four", "prompt": "x"}
    assert len(client.post(PATH, asked).json["data"]) == 4
    assert playground.ledger.charges[0].count == 4
    assert client.post(PATH, asked | {"n": 2}).code == "invalid_parameter_value"


def test_the_size_is_priced_by_its_own_price(client: Client, playground: Playground) -> None:
    (record,) = (each for each in playground.catalogue.nanogpt if each["id"] == "gpt-image-2")
    record["pricing"] = {"per_image": {"1024*1024": 0.04, "1536*1024": 0.5}, "currency": "USD"}
    assert client.post(PATH, PLAIN | {"resolution": "1536x1024", "n": 2}).json["cost"] == 1.0


REFUSED: dict[str, tuple[dict[str, object], int, str]] = {
    "no model": ({"model": ""}, 400, "missing_model"),
    "no such model": ({"model": "x"}, 404, "model_not_found"),
    "a stream": ({"stream": True}, 400, "unsupported_stream"),
    "a provider": ({"provider": {"only": ["x"]}}, 400, "unsupported_provider_options"),
    "no list": ({"input_references": URL}, 400, "invalid_input_references"),
    "an empty list": ({"input_references": []}, 400, "invalid_input_references"),
    "a number in it": ({"input_references": [1]}, 400, "invalid_input_references"),
    "no type in it": ({"input_references": [{"image_url": {"url": URL}}]}, 400, "invalid_input_references"),
    "a bare address": ({"input_references": ["http://x.org/a.png"]}, 400, "INVALID_IMAGE_INPUT"),
    "mixed styles": ({"input_references": [URL], "imageDataUrl": URL}, 400, "conflicting_image_inputs"),
    "mixed with a list": ({"input_references": [URL], "images": [URL]}, 400, "conflicting_image_inputs"),
    "the old style": ({"imageDataUrl": URL}, 400, "invalid_parameter_value"),
    "a mask": ({"maskDataUrl": URL}, 400, "invalid_parameter_value"),
    "a size under the old name": ({"size": "1024x1024"}, 400, "invalid_parameter_value"),
    "not listed": ({"negative_prompt": "x"}, 400, "invalid_parameter_value"),
    "a seed of a model without": ({"seed": 1}, 400, "invalid_parameter_value"),
    "a response format": ({"response_format": "url"}, 400, "invalid_parameter_value"),
    "another spelling": ({"resolution": "1024*1024"}, 400, "invalid_parameter_value"),
    "another word": ({"quality": "best"}, 400, "invalid_parameter_value"),
    "too many": ({"n": 5}, 400, "invalid_parameter_value"),
    "true for one": ({"n": True}, 400, "invalid_parameter_value"),
    "too many references": ({"input_references": [URL] * 17}, 400, "invalid_parameter_value"),
    "no prompt": ({"prompt": ""}, 400, "missing_required_parameter"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_billed(client: Client, playground: Playground, name: str) -> None:
    value, status, code = REFUSED[name]
    heard = client.post(PATH, PLAIN | value)
    assert (heard.status, heard.code) == (status, code)
    assert len(playground.ledger) == 0


def test_an_empty_provider_and_a_stream_of_false_are_no_matter(client: Client) -> None:
    assert client.post(PATH, PLAIN | {"provider": {}, "stream": False}).status == 200


def test_only_json_is_taken(client: Client) -> None:
    heard = client.form(PATH, ("model", "gpt-image-2"), ("prompt", "x"))
    assert (heard.status, heard.code) == (415, "invalid_content_type")


def test_a_record_that_was_added_while_it_runs_is_held_to(client: Client, playground: Playground) -> None:
    playground.catalogue.nanogpt.append(
        {
            "id": "new/one",
            "supported_parameters": {
                "resolution": {"type": "enum", "values": ["640x480"], "default": "640x480"},
                "sparkle": {"type": "range", "min": 1, "max": 5, "default": 2},
                "mood": ["calm", "wild"],
            },
        }
    )
    asked = PLAIN | {"model": "new/one", "resolution": "640x480"}
    assert client.post(PATH, asked | {"sparkle": 5, "mood": "wild"}).picture().size == box(640, 480)
    assert client.post(PATH, asked | {"sparkle": 6}).code == "invalid_parameter_value"
    assert client.post(PATH, asked | {"mood": "odd"}).code == "invalid_parameter_value"
    listed = client.get("/api/v1/images/models", authorization=None).json["data"][-1]
    assert listed["supported_parameters"]["sparkle"]["max"] == 5
    assert client.get(listed["endpoints"], authorization=None).json["id"] == "new/one"
