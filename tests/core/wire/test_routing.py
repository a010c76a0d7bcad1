"""Which way an order takes, in which form, and how its mask is written."""

from __future__ import annotations

import pytest

from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import UsageError
from studio.domain.profile import CHOICES
from studio.wire.messages import MaskForm, Route
from studio.wire.routing import BodyForm, body_form, mask_form, route_for
from tests.core.wire.orders import OWN, profile_of


def model_of(*, routes: tuple[str, ...] = (), listed: tuple[str, ...] = (), mask: MaskUse = MaskUse.OPTIONAL) -> Model:
    can = Capabilities(routes=routes, listed=listed, mask=mask)
    return Model(id=ModelId("m"), provider=ProviderId("p"), name="", capabilities=can)


TYPED = model_of()
LISTED = model_of(routes=("images", "edits", "generations"), listed=("n", "size", "quality"))
ELSEWHERE = model_of(routes=("edits", "generations"))


@pytest.mark.parametrize(
    ("model", "images", "route"),
    [
        (LISTED, 0, Route.IMAGES), (LISTED, 1, Route.IMAGES), (LISTED, 3, Route.IMAGES),
        (TYPED, 0, Route.GENERATIONS), (TYPED, 1, Route.EDITS), (ELSEWHERE, 0, Route.GENERATIONS),
        (ELSEWHERE, 2, Route.EDITS),
    ],
)  # fmt: skip
def test_an_order_without_a_mask_goes_where_the_catalogue_lists_the_model(
    model: Model, images: int, route: Route
) -> None:
    assert route_for(profile_of("nanogpt"), model, images=images, masked=False) is route


def test_what_was_set_and_is_not_listed_takes_the_order_elsewhere() -> None:
    profile = profile_of("nanogpt")
    for names, route in ((("quality", "size"), Route.IMAGES), (("quality", "strength"), Route.EDITS)):
        assert route_for(profile, LISTED, images=1, masked=False, names=names) is route
    assert route_for(profile, LISTED, images=0, masked=False, names=("seed",)) is Route.GENERATIONS


@pytest.mark.parametrize("model", [LISTED, TYPED, ELSEWHERE])
def test_a_mask_never_goes_where_there_is_no_place_for_it(model: Model) -> None:
    assert route_for(profile_of("nanogpt"), model, images=1, masked=True) is Route.EDITS
    with pytest.raises(UsageError) as caught:
        route_for(profile_of("nanogpt", route="images"), model, images=1, masked=True)
    assert caught.value.problem.code == "no-mask-slot"


def test_a_model_that_cannot_do_without_a_mask_is_asked_as_its_document_shows() -> None:
    model = model_of(mask=MaskUse.REQUIRED)
    assert route_for(profile_of("nanogpt"), model, images=1, masked=True) is Route.GENERATIONS


@pytest.mark.parametrize("kind", ["nanogpt", "naga", "openai"])
@pytest.mark.parametrize("route", ["auto", "edits", "generations"])
def test_edge_15_a_mask_for_a_model_without_a_slot_is_told_before_anything_is_sent(kind: str, route: str) -> None:
    with pytest.raises(UsageError) as caught:
        route_for(profile_of(kind, OWN, route=route), model_of(mask=MaskUse.NONE), images=1, masked=True)
    assert caught.value.problem.code == "no-mask-slot"
    assert caught.value.problem.button == "Send without mask"


@pytest.mark.parametrize("kind", ["naga", "openai"])
def test_others_have_edits_for_pictures_and_generations_for_none(kind: str) -> None:
    profile = profile_of(kind, OWN)
    assert route_for(profile, TYPED, images=1, masked=True) is Route.EDITS
    assert route_for(profile, TYPED, images=2, masked=False) is Route.EDITS
    assert route_for(profile, TYPED, images=0, masked=False) is Route.GENERATIONS


@pytest.mark.parametrize("word", CHOICES["route"][1:])
def test_the_profile_may_set_the_route(word: str) -> None:
    profile = profile_of("nanogpt", route=word)
    assert route_for(profile, TYPED, images=1, masked=False).value == word


@pytest.mark.parametrize(
    ("kind", "route", "images", "says"),
    [
        ("nanogpt", "edits", 0, "no picture to edit"), ("naga", "edits", 0, "no picture to edit"),
        ("naga", "images", 0, "does not have it"), ("openai", "images", 1, "does not have it"),
        ("openai", "generations", 1, "takes no pictures"), ("naga", "generations", 2, "takes no pictures"),
    ],
)  # fmt: skip
def test_edge_12_a_set_route_that_cannot_carry_the_order_is_told(kind: str, route: str, images: int, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        route_for(profile_of(kind, OWN, route=route), TYPED, images=images, masked=False)
    assert caught.value.problem.code == "route-unfit"
    assert says in caught.value.problem.what


def test_a_mask_alone_is_no_order() -> None:
    with pytest.raises(UsageError) as caught:
        route_for(profile_of("naga"), TYPED, images=0, masked=True)
    assert caught.value.problem.code == "bad-parameter"


def test_only_edits_leave_a_choice_of_form() -> None:
    for kind in ("nanogpt", "naga", "openai"):
        profile = profile_of(kind, OWN)
        assert body_form(profile, Route.GENERATIONS) is BodyForm.JSON
        assert body_form(profile, Route.EDITS) is BodyForm.MULTIPART
    for word in ("multipart", "json"):
        assert body_form(profile_of("openai", OWN, body=word), Route.EDITS).value == word
        assert body_form(profile_of("nanogpt", body=word), Route.EDITS).value == word
        assert body_form(profile_of("nanogpt", body=word), Route.IMAGES) is BodyForm.JSON
    assert body_form(profile_of("naga", body="multipart"), Route.EDITS) is BodyForm.MULTIPART


def test_links_go_as_each_document_has_them() -> None:
    assert body_form(profile_of("nanogpt"), Route.EDITS, links=True) is BodyForm.MULTIPART
    assert body_form(profile_of("openai", OWN), Route.EDITS, links=True) is BodyForm.JSON


def test_naga_takes_forms_alone() -> None:
    with pytest.raises(UsageError) as caught:
        body_form(profile_of("naga", body="json"), Route.EDITS)
    assert caught.value.problem.code == "bad-parameter"


@pytest.mark.parametrize(
    ("kind", "body", "route", "form"),
    [
        ("openai", "auto", Route.EDITS, MaskForm.ALPHA), ("openai", "json", Route.EDITS, MaskForm.ALPHA),
        ("naga", "auto", Route.EDITS, MaskForm.ALPHA), ("nanogpt", "auto", Route.EDITS, MaskForm.BOTH),
        ("nanogpt", "json", Route.EDITS, MaskForm.WHITE), ("nanogpt", "auto", Route.GENERATIONS, MaskForm.WHITE),
    ],
)  # fmt: skip
def test_edge_14_a_mask_is_written_as_its_reader_reads(kind: str, body: str, route: Route, form: MaskForm) -> None:
    assert mask_form(profile_of(kind, OWN, body=body), route) is form


@pytest.mark.parametrize("word", CHOICES["mask"][1:])
@pytest.mark.parametrize("kind", ["nanogpt", "naga", "openai"])
def test_edge_14_the_profile_may_set_the_form_of_masks(kind: str, word: str) -> None:
    assert mask_form(profile_of(kind, OWN, mask=word), Route.EDITS).value == word
