"""NanoGPT's two lists of models, in both shapes of what is supported and both of prices."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from studio.domain.capabilities import MaskUse, Model, Parameter, ParameterKind, Price
from studio.domain.pricing import price_of
from studio.domain.problems import ProviderError
from studio.domain.request import Outcome
from studio.wire.models_nanogpt import endpoints_paths, read_models, with_endpoints
from tests.core.wire.received import NANOGPT, bodies, seen

DOCUMENTED = {"size", "quality", "strength", "guidance_scale", "num_inference_steps", "negative_prompt",
              "kontext_max_mode", "background"}  # fmt: skip


def models(first: bytes | None = None, second: bytes | None = None) -> dict[str, Model]:
    first = seen("nanogpt-images-models.json") if first is None else first
    return {str(each.id): each for each in read_models(first, second, NANOGPT)}


def one(record: dict[str, object]) -> Model:
    return read_models(json.dumps([{"id": "m", **record}]).encode(), None, NANOGPT)[0]


def parameters(model: Model) -> dict[str, Parameter]:
    return {each.name: each for each in model.capabilities.parameters}


def supported(**told: object) -> dict[str, Parameter]:
    return parameters(one({"supported_parameters": told}))


def test_edge_46_what_cannot_be_read_drops_itself_only() -> None:
    found = models()
    assert list(found) == ["gpt-image-2", "qwen-image", "always-four", "flux-lora/inpainting", "flux-kontext",
                           "flux-pro/v1/vto", "bare-id"]  # fmt: skip
    assert found["qwen-image"].name == "Qwen Image"
    assert found["bare-id"].name == "bare-id"


def test_edge_46_descriptors_become_controls() -> None:
    model = models()["gpt-image-2"]
    can, named = model.capabilities, parameters(models()["gpt-image-2"])
    assert can.sizes == ("auto", "1024x1024", "1536x1024")
    assert (can.max_count, can.max_references, can.takes_seed, can.fixed_count) == (4, 15, True, None)
    assert can.mask is MaskUse.OPTIONAL
    assert named["size"].kind is ParameterKind.CHOICE
    assert named["quality"] == Parameter(
        name="quality", label="Quality", kind=ParameterKind.CHOICE, values=("low", "medium", "high"), default="medium",
        help=named["quality"].help,
    )  # fmt: skip
    kinds = {name: (each.kind.value, each.minimum, each.maximum, each.default) for name, each in named.items()}
    assert kinds["guidance_scale"] == ("number", 1, 20, 7)
    assert kinds["glow"] == ("number", 0, 1, 0.5)
    assert kinds["grain_passes"] == ("integer", 0, 8, None)
    assert kinds["hdr"] == ("flag", None, None, False)
    assert kinds["palette"] == ("text", None, None, None)
    assert named["palette"].help == "Names of colours, with commas between them."
    assert named["grain_passes"].label == "Grain passes"
    assert set(named) >= DOCUMENTED
    assert can.listed == ("size", "n", "seed", "quality", "guidance_scale", "glow", "grain_passes", "hdr", "palette")


def test_edge_46_plain_lists_and_limits_become_the_same() -> None:
    can = models()["qwen-image"].capabilities
    named = parameters(models()["qwen-image"])
    assert can.sizes == ("1024x1024", "1024*768", "1k", "2048")
    assert (can.max_count, can.max_references, can.prompt_limit, can.prompt_utf16) == (4, 2, 3000, True)
    assert (can.max_bytes, can.max_side) == (10_485_760, 8192)
    assert can.image_types == ("image/png", "image/jpeg", "image/webp")
    assert can.mask is MaskUse.NONE
    assert named["rendering_speed"].values == ("TURBO", "QUALITY")
    assert named["tiling"].kind is ParameterKind.FLAG
    assert (named["sharpness"].kind, named["sharpness"].default) == (ParameterKind.NUMBER, 0.5)
    assert (named["passes"].kind, named["passes"].default) == (ParameterKind.INTEGER, 2)
    assert (named["mood"].kind, named["mood"].default) == (ParameterKind.TEXT, "calm")
    assert "lora" not in named
    assert can.listed == ("size", "n", "rendering_speed", "tiling", "sharpness", "passes", "mood")


def test_a_model_that_makes_pictures_of_words_alone_has_no_base() -> None:
    can = models()["always-four"].capabilities
    assert (can.outcome, can.needs_base, can.text_to_image) == (Outcome.PICTURE, False, True)
    assert (can.fixed_count, can.max_count, can.mask, can.max_references) == (4, 4, MaskUse.NONE, 0)
    assert "n" not in can.listed


def test_what_the_list_tells_wrongly_is_known() -> None:
    found = models(second=seen("nanogpt-image-models.json"))
    inpainting = found["flux-lora/inpainting"].capabilities
    assert (inpainting.mask, inpainting.needs_base, inpainting.text_to_image) == (MaskUse.REQUIRED, True, False)
    assert found["flux-kontext"].capabilities.mask is MaskUse.OPTIONAL
    assert found["flux-pro/v1/vto"].capabilities.min_references == 1
    upscaler = found["Upscaler"].capabilities
    assert (upscaler.needs_base, upscaler.needs_prompt, upscaler.outcome) == (True, False, Outcome.PICTURE)


def test_a_model_says_on_which_routes_it_is_listed() -> None:
    found = models(second=seen("nanogpt-image-models.json"))
    assert found["qwen-image"].capabilities.routes == ("images", "edits", "generations")
    assert found["always-four"].capabilities.routes == ("images", "generations")
    assert found["Upscaler"].capabilities.routes == ("edits", "generations")
    assert found["gpt-image-2"].capabilities.routes == ("images",)


def test_edge_48_prices_are_matched_by_size_and_never_guessed() -> None:
    found = models(second=seen("nanogpt-image-models.json"))
    qwen = found["qwen-image"]
    assert price_of(qwen, "1024x1024", 2) == Price(amount="0.04")
    assert price_of(qwen, "1024*768") == Price(amount="0.015")
    assert price_of(qwen, "1k") is None
    assert price_of(qwen, "2048") is None
    assert price_of(found["always-four"]) == Price(amount="0.04")
    assert price_of(found["Upscaler"], "anything") == Price(amount="0.05")
    assert price_of(found["gpt-image-2"]) is None


@pytest.mark.parametrize(
    "pricing", [None, [], {}, "1", {"per_image": None}, {"per_image": {"1k": "x"}}, {"per_image": -1}]
)
def test_edge_46_no_price_is_no_price(pricing: object) -> None:
    model = one({"pricing": pricing})
    assert (model.price, model.prices) == (None, ())


def test_endpoints_add_prices_and_limits() -> None:
    before = models()["qwen-image"]
    model = with_endpoints(before, seen("nanogpt-endpoints.json"))
    assert price_of(model, "1024*768") == Price(amount="0.03")
    assert price_of(model, "1k") is None
    can = model.capabilities
    assert (can.max_references, can.max_bytes, can.image_types) == (1, 1_000_000, ("image/png",))
    assert can.listed == (*before.capabilities.listed, "seed")
    assert (can.sizes, can.max_count, can.parameters) == (
        before.capabilities.sizes, before.capabilities.max_count, before.capabilities.parameters,
    )  # fmt: skip


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"endpoints": [null]}', b'{"id": "other", "endpoints": [{"pricing": 1}]}']
)
def test_endpoints_that_cannot_be_read_add_nothing(body: bytes) -> None:
    model = models()["qwen-image"]
    assert with_endpoints(model, body) == model


def test_endpoints_without_prices_leave_those_that_are_known() -> None:
    model = replace(models()["qwen-image"], price=Price(amount="1"))
    assert with_endpoints(model, b'{"endpoints": [{"x": 1}]}') == model


def test_edge_18_a_record_says_where_its_endpoints_are() -> None:
    found = endpoints_paths(seen("nanogpt-images-models.json"))
    assert found == {name: f"/api/v1/images/models/{name}/endpoints" for name in ("gpt-image-2", "qwen-image")}
    assert endpoints_paths(b"<html>") == {}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b'{"data": {}}', b'{"error": "x"}', b'{"data": [1, null, {}]}']
)
def test_edge_47_what_is_no_list_says_so(body: bytes) -> None:
    with pytest.raises(ProviderError) as caught:
        read_models(body, body, NANOGPT)
    assert caught.value.problem.code == "catalogue-unreadable"
    assert len(read_models(body, seen("nanogpt-image-models.json"), NANOGPT)) == 3
    assert len(models(second=body)) == 7


def test_an_empty_list_is_one() -> None:
    assert read_models(b'{"data": []}', None, NANOGPT) == ()


@pytest.mark.parametrize(
    ("told", "kind", "low", "high", "values", "default"),
    [
        ({"type": "integer", "minimum": 2, "maximum": 9, "default": 3}, "integer", 2, 9, (), 3),
        ({"type": "number", "min": "0.5", "max": 2}, "number", 0.5, 2, (), None),
        ({"min": 0, "max": 10, "step": 0.5}, "number", 0, 10, (), None),
        ({"default": 5}, "integer", None, None, (), 5),
        ({"default": True}, "flag", None, None, (), True),
        ({"default": "calm"}, "text", None, None, (), "calm"),
        ({"type": "string", "enum": ["a", "b"], "default": "b"}, "choice", None, None, ("a", "b"), "b"),
        ({"options": [{"value": "a", "label": "A"}, {"value": 2}, 3.5, None, "a"]}, "choice", None, None,
         ("a", "2", "3.5"), None),
        ({"values": ["a"], "default": "z"}, "choice", None, None, ("a",), None),
        (["x", "y" * 300], "choice", None, None, ("x",), None),
        ({"type": "object", "x": {}}, "text", None, None, (), None),
        (True, "flag", None, None, (), None),
        ("word", "text", None, None, (), "word"),
        (1e300, "text", None, None, (), None),
    ],
)  # fmt: skip
def test_a_parameter_nobody_knows_gets_the_right_control(
    told: object, kind: str, low: float | None, high: float | None, values: tuple[str, ...], default: object
) -> None:
    found = supported(**{"glitter-mode": told})["glitter-mode"]
    assert (found.kind.value, found.minimum, found.maximum, found.values, found.default) == (
        kind,
        low,
        high,
        values,
        default,
    )
    assert found.label == "Glitter mode"


@pytest.mark.parametrize("told", [None, False, "", [], {}])
def test_what_is_not_taken_is_not_offered(told: object) -> None:
    assert "glitter" not in supported(glitter=told)


def test_what_the_order_fills_is_no_parameter() -> None:
    names = ("prompt", "image", "stream", "provider", "max_foo", "default_bar", "supports_x", "x" * 81, "n", "seed")
    assert set(supported(**dict.fromkeys(names, True))) == DOCUMENTED


def test_a_known_parameter_keeps_its_bounds_where_the_list_tells_none() -> None:
    assert supported(strength=True)["strength"].maximum == 1.0
    assert supported(strength={"type": "range", "default": 0.4})["strength"].maximum == 1.0
    assert supported(strength={"min": 0, "max": 2})["strength"].maximum == 2


@pytest.mark.parametrize(
    ("told", "limit", "utf16"),
    [
        ({}, None, True),
        ({"max_prompt_characters": "800"}, 800, True),
        ({"max_prompt_characters": 0, "prompt_length": {"max": 50, "unit": "characters"}}, 50, False),
        ({"prompt_length": {"limit": 60, "unit": "UTF-16 code units"}}, 60, True),
    ],
)
def test_edge_17_the_list_tells_the_unit_of_the_prompt_limit(
    told: dict[str, object], limit: int | None, utf16: bool
) -> None:
    can = one({"supported_parameters": told}).capabilities
    assert (can.prompt_limit, can.prompt_utf16) == (limit, utf16)


@pytest.mark.parametrize(
    ("told", "most", "listed"),
    [
        ({}, 10, False),
        ({"resolutions": ["1k"]}, 1, False),
        ({"n": {"type": "enum", "values": [1, 2, 4]}}, 4, True),
        ({"n": {"max": 1}}, 1, True),
        ({"n": True}, 1, True),
        ({"max_images": 1}, 1, False),
        ({"max_images": 1_000_000}, 64, True),
    ],
)
def test_edge_7_how_many_may_be_asked_for(told: dict[str, object], most: int, listed: bool) -> None:
    can = one({"supported_parameters": told}).capabilities
    assert (can.max_count, "n" in can.listed) == (most, listed)


@pytest.mark.parametrize(
    ("record", "images", "words"),
    [
        ({}, True, True),
        ({"architecture": {"modality": "text->image"}}, False, True),
        ({"architecture": {"input_modalities": ["image"]}}, True, False),
        ({"capabilities": {"image_to_image": True, "image_generation": False}}, True, False),
        ({"capabilities": {"image_to_image": False}}, False, True),
        ({"supported_parameters": {"max_input_images": 0}}, False, True),
    ],
)
def test_what_a_model_starts_from(record: dict[str, object], images: bool, words: bool) -> None:
    can = one(record).capabilities
    assert (can.outcome is Outcome.PASTE, can.text_to_image, can.needs_base) == (images, words, images and not words)


@settings(max_examples=60, deadline=None)
@given(bodies, bodies)
def test_edge_46_any_bytes_give_models_or_a_provider_error(first: bytes, second: bytes) -> None:
    try:
        found = read_models(first, second, NANOGPT)
    except ProviderError:
        found = ()
    for model in found:
        price_of(with_endpoints(model, second), "1k", 2)
