"""The sharp edges of requests, each by its number, over every provider and form."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from studio.domain.capabilities import Capabilities, Model
from studio.domain.ids import ModelId, ProviderId
from studio.domain.problems import UsageError
from studio.wire.messages import Message, Route, WireImage, WireOrder
from studio.wire.requests import edit_message
from tests.core.wire.orders import BOUNDARY, JPEG, LINK, MASK, OWN, PNG, profile_of
from tests.core.wire.peers import parts_of, picture

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

WEBP = WireImage(data=b"RIFF\x04\0\0\0WEBPVP8 x", media_type="image/webp")
ORDER = WireOrder(model="m", prompt="p", count=1, images=(PNG,))
NANO, NAGA = profile_of("nanogpt"), profile_of("naga")
OPENAI = profile_of("openai", OWN)
EDITING = [NANO, NAGA, OPENAI]
WAYS = [
    (NANO, Route.EDITS), (replace(NANO, body="json"), Route.EDITS), (NANO, Route.IMAGES), (NANO, Route.GENERATIONS),
    (NAGA, Route.EDITS), (NAGA, Route.GENERATIONS), (OPENAI, Route.EDITS), (replace(OPENAI, body="json"), Route.EDITS),
    (OPENAI, Route.GENERATIONS),
]  # fmt: skip


def fields(message: Message) -> dict[str, Any]:
    """What is said besides pictures, as text of a form or values of an object."""
    body = b"".join(message.body)
    if dict(message.headers)["Content-Type"] == "application/json":
        return json.loads(body)
    return {name: data.decode() for name, filename, _, data in parts_of(body, BOUNDARY) if not filename}


def files(profile: ProviderProfile, *images: WireImage, mask: WireImage | None = None) -> list[Any]:
    """The files of a form."""
    order = WireOrder(model="m", images=images, mask=mask)
    body = b"".join(edit_message(profile, Route.EDITS, order, BOUNDARY).body)
    return [part for part in parts_of(body, BOUNDARY) if part[1]]


def sent(
    profile: ProviderProfile, route: Route, order: WireOrder = ORDER, model: Model | None = None
) -> dict[str, Any]:
    """The fields of an order, its pictures taken away where the route takes none."""
    if route is Route.GENERATIONS and profile.kind is not NANO.kind:
        order = replace(order, images=(), mask=None)
    return fields(edit_message(profile, route, order, BOUNDARY, model))


@pytest.mark.parametrize("profile", EDITING)
@pytest.mark.parametrize("field", ["image[]", "images[]"])
def test_edge_01_one_picture_is_image_and_several_are_the_profiles_field(profile: ProviderProfile, field: str) -> None:
    own = replace(profile, image_field=field)
    assert [part[0] for part in files(own, PNG)] == ["image"]
    assert [part[0] for part in files(own, PNG, mask=MASK)] == ["image", "mask"]
    assert [part[0] for part in files(own, PNG, JPEG, PNG)] == [field] * 3


@pytest.mark.parametrize("profile", EDITING)
def test_edge_02_pictures_keep_their_order_and_the_mask_comes_last(profile: ProviderProfile) -> None:
    for images in ((PNG, JPEG, WEBP), (WEBP, PNG, JPEG)):
        assert [part[3] for part in files(profile, *images, mask=MASK)] == [*(each.data for each in images), MASK.data]
    urls = sent(replace(NANO, body="json"), Route.EDITS, replace(ORDER, images=(WEBP, PNG)))["imageDataUrls"]
    assert [picture(url)[1] for url in urls] == [WEBP.data, PNG.data]


@pytest.mark.parametrize("profile", EDITING)
@pytest.mark.parametrize(
    ("image", "name", "kind"),
    [(PNG, "png", "image/png"), (JPEG, "jpg", "image/jpeg"), (WEBP, "webp", "image/webp"),
     (WireImage(data=b"GIF89a", media_type="image/gif"), "gif", "image/gif")],
)  # fmt: skip
@pytest.mark.parametrize("declared", ["image/png", "image/jpg", "image/webp", "application/octet-stream"])
def test_edge_03_name_and_type_of_a_part_follow_its_bytes(
    profile: ProviderProfile, image: WireImage, name: str, kind: str, declared: str
) -> None:
    lying = replace(image, media_type=declared)
    (field, filename, media_type, data), *_ = files(profile, lying)
    assert (field, filename, media_type, data) == ("image", f"image-1.{name}", kind, image.data)
    assert filename.isascii()


@pytest.mark.parametrize("declared", ["image/jpg", "image/png", "image/jpeg"])
def test_edge_04_a_data_url_declares_what_its_bytes_are(declared: str) -> None:
    large = WireImage(data=JPEG.data * 100, media_type=declared)
    for profile, route, key in [
        (replace(NANO, body="json"), Route.EDITS, "imageDataUrl"),
        (NANO, Route.GENERATIONS, "imageDataUrl"),
    ]:
        url = sent(profile, route, replace(ORDER, images=(large,)))[key]
        assert picture(url) == ("image/jpeg", large.data)
        assert not set(url) & set("\r\n -_")


def test_edge_05_input_references_never_stand_beside_another_style() -> None:
    for form in ("data-url", "object"):
        said = sent(replace(NANO, reference_form=form), Route.IMAGES, replace(ORDER, images=(PNG, LINK)))
        assert len(said["input_references"]) == 2
        assert said.keys() & {"imageDataUrl", "imageDataUrls", "image_url", "images", "image"} == set()
    for profile, route in WAYS:
        if route is not Route.IMAGES:
            assert "input_references" not in sent(profile, route)


@pytest.mark.parametrize(("profile", "route"), [(replace(NANO, body="json"), Route.EDITS), (NANO, Route.GENERATIONS)])
def test_edge_06_one_data_url_or_several_never_both(profile: ProviderProfile, route: Route) -> None:
    one = sent(profile, route)
    assert "imageDataUrls" not in one
    assert one["imageDataUrl"].startswith("data:image/png;base64,")
    several = sent(profile, route, replace(ORDER, images=(PNG, JPEG)))
    assert "imageDataUrl" not in several
    assert len(several["imageDataUrls"]) == 2


@pytest.mark.parametrize(("profile", "route"), WAYS)
def test_edge_07_only_n_is_sent_and_not_where_the_number_is_fixed(profile: ProviderProfile, route: Route) -> None:
    order = replace(ORDER, count=3)
    plain = _model(max_count=4, listed=("n",), routes=("images",))
    said = sent(profile, route, order, plain)
    assert str(said["n"]) == "3"
    assert "nImages" not in said
    assert "n" not in sent(profile, route, order, _model(max_count=4, fixed_count=4, listed=("n",), routes=("images",)))
    for count in (5, 0):
        with pytest.raises(UsageError) as caught:
            sent(profile, route, replace(ORDER, count=count), plain)
        assert caught.value.problem.code == "bad-parameter"


@pytest.mark.parametrize(("profile", "route"), WAYS)
@pytest.mark.parametrize("name", ["stream", "provider", "X-Provider", "billing_mode", "x-x402", "nImages", "image_url"])
def test_edge_08_nothing_that_changes_answer_or_payment_is_ever_sent(
    profile: ProviderProfile, route: Route, name: str
) -> None:
    with pytest.raises(UsageError) as caught:
        sent(profile, route, replace(ORDER, parameters=((name, "x"),)))
    assert caught.value.problem.code == "bad-parameter"
    said = sent(profile, route, replace(ORDER, parameters=(("stream", False), ("provider", ""))))
    assert said.keys() & {"stream", "provider"} == set()


@pytest.mark.parametrize(
    ("profile", "route", "model", "value"),
    [
        (NAGA, Route.EDITS, "gpt-image-1", "b64_json"), (NAGA, Route.GENERATIONS, "m", "b64_json"),
        (NANO, Route.GENERATIONS, "gpt-image-1", "b64_json"), (NANO, Route.EDITS, "m", None),
        (NANO, Route.IMAGES, "m", None), (replace(NANO, response_format="url"), Route.IMAGES, "m", None),
        (replace(NANO, response_format="url"), Route.EDITS, "m", "url"), (OPENAI, Route.EDITS, "gpt-image-2", None),
        (OPENAI, Route.GENERATIONS, "openai/chatgpt-image-latest", None), (OPENAI, Route.EDITS, "m", None),
        (replace(OPENAI, response_format="b64_json"), Route.EDITS, "gpt-image-1", "b64_json"),
        (replace(OPENAI, response_format="url", url="https://api.openai.com"), Route.EDITS, "gpt-image-1", None),
        (replace(OPENAI, response_format="none"), Route.EDITS, "m", None),
        (replace(NAGA, response_format="none"), Route.EDITS, "m", None),
        (replace(OPENAI, response_format="url"), Route.GENERATIONS, "sdxl", "url"),
    ],
)  # fmt: skip
def test_edge_09_response_format_goes_only_to_those_who_take_it(
    profile: ProviderProfile, route: Route, model: str, value: str | None
) -> None:
    assert sent(profile, route, replace(ORDER, model=model)).get("response_format") == value


@pytest.mark.parametrize(("profile", "route"), WAYS)
def test_edge_10_nothing_empty_is_sent(profile: ProviderProfile, route: Route) -> None:
    order = WireOrder(model="m", images=(PNG,), parameters=(("quality", ""), ("negative_prompt", "")))
    own = replace(profile, response_format="none")
    pictures = {"image", "images", "imageDataUrl", "input_references"}
    assert sent(own, route, order).keys() - pictures == {"model"}
    if route is not Route.IMAGES:
        absent = replace(order, size="auto", parameters=(("quality", "auto"), ("background", "auto")))
        assert sent(own, route, absent).keys() - pictures == {"model"}


@pytest.mark.parametrize(
    ("value", "text", "number"),
    [(30, "30", 30), (7.5, "7.5", 7.5), (0.00001, "0.00001", 1e-05), (1e22, "10000000000000000000000", 1e22),
     (True, "true", True), (False, "false", False), (0, "0", 0), (2.0, "2.0", 2.0)],
)  # fmt: skip
def test_edge_10_numbers_are_decimal_text_in_forms_and_numbers_in_objects(
    value: float, text: str, number: float
) -> None:
    order = replace(ORDER, seed=0, parameters=(("guidance_scale", value),))
    for profile in EDITING:
        said = sent(profile, Route.EDITS, order)
        assert (said["guidance_scale"], said["seed"], said["n"]) == (text, "0", "1")
    said = sent(NANO, Route.GENERATIONS, order)
    assert (said["guidance_scale"], said["seed"], said["n"]) == (number, 0, 1)
    assert type(said["guidance_scale"]) is type(number)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize(("profile", "route"), WAYS)
def test_edge_10_what_is_no_number_is_not_sent_as_one(profile: ProviderProfile, route: Route, value: float) -> None:
    with pytest.raises(UsageError):
        sent(profile, route, replace(ORDER, parameters=(("strength", value),)))


@pytest.mark.parametrize("size", ["1024x1024", "1024*1024", "1:1", "1k", "2K", " 4x ", "WxH"])
def test_edge_11_a_size_goes_out_as_the_catalogue_gave_it(size: str) -> None:
    for profile, route in WAYS:
        said = sent(profile, route, replace(ORDER, size=size))
        name, other = ("resolution", "size") if route is Route.IMAGES else ("size", "resolution")
        assert said[name] == size
        assert other not in said
    assert sent(NANO, Route.IMAGES, replace(ORDER, size="auto"))["resolution"] == "auto"


@pytest.mark.parametrize("profile", [*EDITING, replace(NANO, body="json"), replace(OPENAI, body="json")])
@pytest.mark.parametrize(
    "images",
    [(), (WireImage(data=b"", media_type="image/png"),), (WireImage(data=b"<html>", media_type="image/png"),),
     (PNG, WireImage(data=b"", media_type="image/png")), (WireImage(data=b"<svg>", media_type="image/svg+xml"),)],
)  # fmt: skip
def test_edge_12_an_edit_without_a_readable_picture_never_leaves(
    profile: ProviderProfile, images: tuple[WireImage, ...]
) -> None:
    with pytest.raises(UsageError):
        sent(profile, Route.EDITS, replace(ORDER, images=images))


@pytest.mark.parametrize("profile", EDITING)
def test_edge_14_a_mask_is_a_file_of_its_own_with_a_plain_name(profile: ProviderProfile) -> None:
    assert files(profile, JPEG, PNG, mask=MASK)[-1] == ("mask", "mask.png", "image/png", MASK.data)


@pytest.mark.parametrize("profile", EDITING)
def test_edge_15_a_mask_never_goes_where_it_has_no_place(profile: ProviderProfile) -> None:
    with pytest.raises(UsageError):
        edit_message(profile, Route.IMAGES, replace(ORDER, mask=MASK), BOUNDARY)
    with pytest.raises(UsageError):
        edit_message(profile, Route.EDITS, WireOrder(model="m", mask=MASK), BOUNDARY)
    if profile.kind is not NANO.kind:
        with pytest.raises(UsageError):
            edit_message(profile, Route.GENERATIONS, replace(ORDER, mask=MASK), BOUNDARY)


def _model(**can: Any) -> Model:
    return Model(id=ModelId("m"), provider=ProviderId("p"), name="m", capabilities=Capabilities(**can))
