"""An order and its files made into the one message that carries it, without a connection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from studio.domain.capabilities import Capabilities, MaskUse, Model
from studio.domain.geometry import Rect, Size
from studio.domain.ids import BlobId, ModelId, ProviderId
from studio.domain.pixels import PixelFormat
from studio.domain.problems import UsageError
from studio.domain.profile import new_profile, with_setting
from studio.domain.request import EditRequest
from studio.imaging.arrays import pixels_of
from studio.imaging.masks import rectangle
from studio.imaging.png import png
from studio.imaging.tiles import read_all
from studio.providers.preparing import Given, Ready, make_ready
from studio.wire.messages import Route

if TYPE_CHECKING:
    from studio.domain.profile import ProviderProfile

BOUNDARY = "0" * 32
BLOB = BlobId("0" * 64)
EDITS = Capabilities(mask=MaskUse.OPTIONAL, max_references=3, max_count=4, takes_seed=True, needs_base=False)


def picture(side: int = 40, *, seed: int = 0) -> bytes:
    array = np.random.default_rng(seed).integers(0, 256, (side, side, 4), np.uint8)
    array[..., 3] = 255
    return png(pixels_of(array, PixelFormat.BGRA))


def mask(side: int = 40) -> bytes:
    return png(read_all(rectangle(Size(width=side, height=side), Rect(x=4, y=4, width=9, height=9))))


def profile(kind: str = "openai", **settings: str) -> ProviderProfile:
    found = new_profile("there", kind, "https://api.example/v1")
    for name, value in settings.items():
        found = with_setting(found, name, value)
    return found


def given(capabilities: Capabilities = EDITS, at: ProviderProfile | None = None, **changes: Any) -> Given:
    order = EditRequest(provider=ProviderId("there"), model=ModelId("m"), prompt=changes.pop("prompt", "a fox"))
    model = Model(id=ModelId("m"), provider=ProviderId("there"), name="M", capabilities=capabilities)
    return Given(profile=at or profile(), model=model, request=order, **changes)


def made(order: Given) -> Ready:
    return make_ready(order, BOUNDARY)


def body(ready: Ready) -> bytes:
    return b"".join(ready.message.body)


def code_of(order: Given) -> str:
    with pytest.raises(UsageError) as caught:
        made(order)
    return caught.value.problem.code


def test_what_fits_goes_as_it_was_given() -> None:
    ready = made(given(base=picture(), references=(picture(seed=1),), mask=mask()))
    assert (ready.route, ready.changed) == (Route.EDITS, "")
    assert picture() in body(ready)
    assert picture(seed=1) in body(ready)


@pytest.mark.parametrize(("kind", "text"), [("openai", "multipart"), ("openai", "json"), ("nanogpt", "json")])
@pytest.mark.parametrize("limit", [12_000, 20_000, 60_000])
def test_edge_16_the_whole_body_is_within_the_limit(kind: str, text: str, limit: int) -> None:
    at = profile(kind, body=text, route="edits", max_body_bytes=str(limit))
    order = given(at=at, base=picture(160), references=(picture(160, seed=1),), mask=mask(160), prompt="fox " * 100)
    ready = made(order)
    assert ready.message.length <= limit
    assert ready.changed.startswith("Sent as ")


def test_edge_16_what_cannot_fit_is_told() -> None:
    at = profile(max_body_bytes="10000")
    assert code_of(given(at=at, base=picture(), prompt="x" * 12_000)) == "picture-over-limit"


def test_the_size_is_the_catalogues_word_and_no_parameter() -> None:
    order = given(base=picture())
    wanted = replace(order, request=replace(order.request, parameters=(("quality", "high"), ("size", "1024x1024"))))
    text = body(made(wanted))
    assert text.count(b'name="size"') == 1
    assert b"1024x1024" in text
    assert b'name="quality"' in text


@pytest.mark.parametrize(("capabilities", "changes", "code"), [
    (replace(EDITS, needs_prompt=True), {"base": b"", "prompt": "  "}, "prompt-empty"),
    (replace(EDITS, prompt_limit=3), {"prompt": "🦊🦊"}, "prompt-over-limit"),
    (EDITS, {"references": (b"",) * 5}, "too-many-references"),
    (replace(EDITS, min_references=1), {"base": b""}, "too-few-references"),
    (replace(EDITS, needs_base=True), {}, "no-document"),
    (replace(EDITS, mask=MaskUse.REQUIRED), {"base": b""}, "mask-empty"),
])  # fmt: skip
def test_edges_15_and_17_what_can_be_told_without_a_pixel(
    capabilities: Capabilities, changes: dict[str, Any], code: str
) -> None:
    assert code_of(given(capabilities, **changes)) == code


def test_a_prompt_is_counted_in_the_models_unit() -> None:
    fits = replace(EDITS, prompt_limit=2, prompt_utf16=False)
    assert made(given(fits, prompt=" 🦊🦊 ")).route is Route.GENERATIONS


def test_edge_15_a_model_without_a_mask_slot_says_so() -> None:
    assert code_of(given(replace(EDITS, mask=MaskUse.NONE), base=picture(), mask=mask())) == "no-mask-slot"


def test_edge_14_a_mask_of_another_size_is_refused() -> None:
    assert code_of(given(base=picture(40), mask=mask(41))) == "mask-size"


def test_only_media_types_go_that_the_model_takes() -> None:
    ready = made(given(replace(EDITS, image_types=("image/jpeg",)), base=picture()))
    assert b"Content-Type: image/jpeg" in body(ready)
    assert b"image/png" not in body(ready)


@pytest.mark.parametrize(
    "link", [b"https://pictures.example/a.png", b"https://pictures.example/a b.png", b"https://\xff"]
)
def test_a_reference_that_is_a_link_goes_as_one(link: bytes) -> None:
    order = given(at=profile("nanogpt", route="images"), base=picture(), references=(link,))
    if link.endswith(b"/a.png"):
        assert link in body(made(order))
    else:
        with pytest.raises(Exception, match="not-an-image"):
            made(order)
