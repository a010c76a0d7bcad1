"""How much may be sent, and how much an order comes to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.capabilities import Capabilities, Model
from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import UsageError
from studio.wire.limits import (
    NANOGPT_BODY,
    OPENAI_MASK,
    body_limit,
    body_size,
    check_prompt,
    encoded_size,
    image_limit,
    in_text,
    mask_limit,
    overhead,
    prompt_length,
)
from studio.wire.messages import Route, WireImage, WireOrder
from studio.wire.requests import edit_message
from tests.core.wire.orders import BOUNDARY, JPEG, LINK, MASK, ORDERS, OWN, PNG, profile_of

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile


def model_of(**can: object) -> Model:
    capabilities = replace(Capabilities(), **can)  # pyright: ignore[reportArgumentType]  # each test names real fields
    return Model(id=ModelId("m"), provider=ProviderId("p"), name="Painter", capabilities=capabilities)


def test_edge_16_nanogpt_counts_the_whole_body_at_every_host_but_one() -> None:
    assert NANOGPT_BODY == 4_000_000
    roomy = model_of(max_bytes=31_457_280, max_references=3)
    for url in ("https://nano-gpt.com", OWN, "https://gate.example/api.nano-gpt.com"):
        assert body_limit(profile_of("nanogpt", url), roomy) == 4_000_000
    direct = profile_of("nanogpt", "https://API.nano-gpt.com/api/v1")
    assert body_limit(direct, roomy) > 4 * 31_457_280
    assert body_limit(direct, None) == body_limit(direct, model_of()) > 1_000_000_000


@pytest.mark.parametrize("kind", ["nanogpt", "naga", "openai"])
def test_edge_16_the_profile_overrules(kind: str) -> None:
    assert body_limit(profile_of(kind, OWN, max_body_bytes="123456"), None) == 123_456


def test_others_name_no_limit_of_the_body() -> None:
    assert body_limit(profile_of("naga"), None) == body_limit(profile_of("openai", OWN), None) > 1_000_000_000


def test_a_picture_and_a_mask_have_limits_of_their_own() -> None:
    told = model_of(max_bytes=10_485_760)
    assert image_limit(profile_of("nanogpt"), told) == 10_485_760
    assert image_limit(profile_of("openai", OWN), told) == 10_485_760
    assert image_limit(profile_of("openai", OWN), None) == 50_000_000
    assert image_limit(profile_of("naga"), None) is None
    assert mask_limit(profile_of("openai", OWN), Route.EDITS) == OPENAI_MASK == 4_000_000
    assert mask_limit(profile_of("nanogpt", body="json"), Route.EDITS) is None


@pytest.mark.parametrize("name", ORDERS)
def test_edge_16_the_size_is_known_before_anything_is_encoded(name: str) -> None:
    sent = ORDERS[name]
    assert body_size(sent.profile, sent.route, sent.order) == sent.message().length


@given(
    st.sampled_from(sorted(ORDERS)),
    st.lists(st.tuples(st.sampled_from([PNG, JPEG]), st.integers(0, 5000)), max_size=4),
)
def test_edge_16_the_size_is_known_for_any_pictures(name: str, sizes: list[tuple[WireImage, int]]) -> None:
    images = tuple(replace(image, data=image.data + bytes(more)) for image, more in sizes)
    sent = ORDERS[name]
    order = replace(sent.order, images=images, mask=sent.order.mask if images else None)
    try:
        built = replace(sent, order=order).message()
    except UsageError:
        return
    assert body_size(sent.profile, sent.route, order) == built.length
    pictures = (*images, *((order.mask,) if order.mask else ()))
    encoded = sum(encoded_size(sent.profile, sent.route, len(each.data)) for each in pictures)
    assert overhead(sent.profile, sent.route, order) + encoded == built.length


@pytest.mark.parametrize("profile", [profile_of("nanogpt"), profile_of("openai", OWN)])
def test_edge_16_beside_a_link_pictures_are_texts_and_a_mask_stays_what_it_was(profile: ProviderProfile) -> None:
    order = WireOrder(model="m", images=(PNG, LINK, JPEG), mask=replace(MASK, data=MASK.data + bytes(1000)))
    assert body_size(profile, Route.EDITS, order) == edit_message(profile, Route.EDITS, order, BOUNDARY).length
    assert in_text(profile, Route.EDITS, links=True)
    assert not in_text(profile, Route.EDITS)


def test_base64_is_counted_with_its_padding() -> None:
    profile = profile_of("nanogpt")
    assert [encoded_size(profile, Route.IMAGES, length) for length in range(5)] == [0, 4, 4, 4, 8]
    assert encoded_size(profile, Route.EDITS, 5) == 5


@pytest.mark.parametrize(
    ("prompt", "units", "characters"),
    [("", 0, 0), ("  a b \n", 3, 3), ("☕", 1, 1), ("🎨", 2, 1), ("👩‍🎨", 5, 3), ("\ud83d", 1, 1)],
)
def test_edge_17_a_prompt_is_counted_in_the_unit_that_the_catalogue_names(
    prompt: str, units: int, characters: int
) -> None:
    assert prompt_length(prompt, utf16=True) == units
    assert prompt_length(prompt, utf16=False) == characters


def test_edge_17_a_prompt_over_the_limit_is_told_with_both_numbers() -> None:
    check_prompt(model_of(prompt_limit=4), " 🎨🎨 ")
    check_prompt(model_of(), "a" * 100_000)
    with pytest.raises(UsageError) as caught:
        check_prompt(model_of(prompt_limit=4), "🎨🎨🎨")
    assert caught.value.problem.code == "prompt-over-limit"
    assert "6 UTF-16 units" in caught.value.problem.what
    assert "takes 4" in caught.value.problem.what
    check_prompt(model_of(prompt_limit=4, prompt_utf16=False), "🎨🎨🎨🎨")
    with pytest.raises(UsageError, match="5 characters"):
        check_prompt(model_of(prompt_limit=4, prompt_utf16=False), "abcde")


def test_an_empty_prompt_is_told_where_the_model_needs_one() -> None:
    check_prompt(model_of(), " ")
    with pytest.raises(UsageError) as caught:
        check_prompt(replace(model_of(needs_prompt=True), name=""), " \n")
    assert caught.value.problem.code == "prompt-empty"


def test_a_size_is_refused_as_the_order_is() -> None:
    with pytest.raises(UsageError):
        body_size(profile_of("naga"), Route.EDITS, WireOrder(model="m"))
