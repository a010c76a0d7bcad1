"""The lists of Naga and of servers that speak as OpenAI's, from rich records down to bare ids; and typed models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from studio.domain.capabilities import MaskUse, Model, ParameterKind, Price
from studio.domain.problems import ProviderError
from studio.domain.request import Outcome
from studio.wire.models_openai import read_models
from studio.wire.typed import typed_model
from tests.core.wire.received import NAGA, NANOGPT, OWN, PROFILES, bodies, seen

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile


def naga(record: dict[str, object]) -> Model:
    return read_models(json.dumps({"data": [{"id": "m", **record}]}).encode(), NAGA)[0]


def names(model: Model) -> set[str]:
    return {each.name for each in model.capabilities.parameters}


def test_image_models_are_picked_by_what_they_serve() -> None:
    found = {str(each.id): each for each in read_models(seen("naga-models.json"), NAGA)}
    assert set(found) == {"gpt-image-1", "flux-1-schnell:free", "qwen-image-edit"}
    rich = found["gpt-image-1"].capabilities
    assert (rich.max_count, rich.mask, rich.routes) == (10, MaskUse.OPTIONAL, ("edits", "generations"))
    assert names(found["gpt-image-1"]) == {"background", "quality", "size", "texture"}
    assert {each.name: each.kind for each in rich.parameters}["texture"] is ParameterKind.TEXT
    made = found["flux-1-schnell:free"].capabilities
    assert (made.outcome, made.mask, made.max_references, made.needs_base) == (Outcome.PICTURE, MaskUse.NONE, 0, False)
    edits = found["qwen-image-edit"].capabilities
    assert (edits.needs_base, edits.text_to_image, edits.mask) == (True, False, MaskUse.NONE)


def test_prices_by_token_are_no_price_of_a_picture() -> None:
    assert {each.price for each in read_models(seen("naga-models.json"), NAGA)} == {None}
    assert naga({"pricing": {"per_image": "0.04"}}).price == Price(amount="0.04")


def test_edge_46_a_bare_list_is_one_too() -> None:
    found = read_models(seen("naga-models-bare.json"), NAGA)
    assert [str(each.id) for each in found] == ["sdxl", "kandinsky"]
    assert found[0].capabilities.max_count == 4


def test_bare_ids_are_all_offered_image_models_first() -> None:
    found = read_models(seen("openai-models.json"), OWN)
    assert [str(each.id) for each in found] == ["gpt-image-2", "gpt-image-1-mini", "stable-diffusion-xl",
                                                "our-house-style", "text-embedding-3-small"]  # fmt: skip
    newest, mini, sdxl = found[0], found[1], found[2]
    assert "input_fidelity" not in names(newest)
    assert "input_fidelity" in names(mini)
    assert newest.capabilities.takes_seed is False
    assert sdxl.capabilities.takes_seed is True
    assert "negative_prompt" in names(sdxl)


@pytest.mark.parametrize(
    ("record", "seed", "fixed", "references"),
    [
        ({}, False, None, 15),
        ({"supported_parameters": ["seed", "mask"]}, True, None, 15),
        ({"supported_parameters": {"max_input_images": 2, "fixed_image_count": 3}}, False, 3, 1),
    ],
)
def test_what_a_record_tells_counts(record: dict[str, object], seed: bool, fixed: int | None, references: int) -> None:
    can = naga(record).capabilities
    assert (can.takes_seed, can.fixed_count, can.max_references) == (seed, fixed, references)
    assert can.mask is (MaskUse.NONE if fixed else MaskUse.OPTIONAL)


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>x</html>", b'{"error": {"message": "no"}}'])
def test_edge_47_what_is_no_list_says_so(body: bytes) -> None:
    with pytest.raises(ProviderError) as caught:
        read_models(body, OWN)
    assert caught.value.problem.code == "catalogue-unreadable"


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_edge_46_any_bytes_give_models_or_a_provider_error(body: bytes) -> None:
    for profile in PROFILES:
        try:
            found = read_models(body, profile)
        except ProviderError:
            continue
        assert all(each.id and each.capabilities.max_count >= 1 for each in found)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda each: each.id)
def test_edge_47_a_model_can_always_be_typed(profile: ProviderProfile) -> None:
    model = typed_model(profile, "  some/model:v2 ")
    assert (str(model.id), model.provider, model.capabilities.routes) == ("some/model:v2", profile.id, ())
    assert model.capabilities.max_references > 0
    assert typed_model(profile, "").name == "Provider's choice"


def test_a_typed_model_has_what_the_documents_name() -> None:
    assert {"strength", "guidance_scale", "num_inference_steps", "negative_prompt", "kontext_max_mode", "background",
            "quality", "size", "aspect_ratio", "output_format"} == names(typed_model(NANOGPT, "x"))  # fmt: skip
    assert names(typed_model(NAGA, "x")) == {"background", "quality", "size"}
    assert {"size", "quality", "num_inference_steps"} <= names(typed_model(OWN, "x"))
    assert all(each.default is None for each in typed_model(NANOGPT, "x").capabilities.parameters)


def test_what_is_known_of_a_model_counts_for_a_typed_one() -> None:
    can = typed_model(NANOGPT, "flux-lora/inpainting").capabilities
    assert (can.mask, can.needs_base, can.text_to_image) == (MaskUse.REQUIRED, True, False)
    assert typed_model(NANOGPT, "flux-pro/v1/vto").capabilities.min_references == 1
    assert typed_model(NANOGPT, "Upscaler").capabilities.needs_prompt is False
