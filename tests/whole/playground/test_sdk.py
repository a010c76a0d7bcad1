"""OpenAI's own Python client, unchanged, works against the playground: so it is a true peer."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import openai
import pytest

from studio.imaging.decode import decode
from studio.playground.faults import Fault, refuse, too_many
from tests.whole.playground.speaking import alpha_mask, box, changed, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.domain.pixels import Pixels
    from studio.playground.server import Playground

IMAGE = picture()


@pytest.fixture
def sdk(playground: Playground) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{playground.url}/v1", api_key=playground.key, max_retries=0) as client:
        yield client


def first(answer: openai.types.ImagesResponse) -> Pixels:
    assert answer.data
    text = answer.data[0].b64_json
    assert text
    return decode(base64.b64decode(text), "the answer").pixels


def test_an_edit_of_one_image_however_it_is_given(sdk: openai.OpenAI, playground: Playground, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(IMAGE)
    with path.open("rb") as opened:
        for given in (IMAGE, io.BytesIO(IMAGE), opened, path, ("x.png", IMAGE, "image/png")):
            answer = sdk.images.edit(model="gpt-image-2", image=given, prompt="Make the sky dramatic")
            assert first(answer).size == box(96, 64)
    assert {file.name for asked in playground.requests for file in asked.files} == {"image"}


def test_an_edit_of_several_images_with_a_mask(sdk: openai.OpenAI, playground: Playground) -> None:
    answer = sdk.images.edit(
        model="gpt-image-2",
        image=[IMAGE, picture(form="webp"), picture(form="jpeg")],
        mask=alpha_mask(),
        prompt="Make the sky dramatic",
        n=2,
        quality="high",
        background="opaque",
        output_format="png",
    )
    assert answer.usage is not None
    assert len(answer.data or ()) == 2
    left, right = changed(IMAGE, first(answer))
    assert left > 0.95
    assert right == 0
    assert [file.name for file in playground.requests[0].files] == ["image[]"] * 3 + ["mask"]


def test_an_edit_by_naga_s_example(sdk: openai.OpenAI, playground: Playground) -> None:
    asked = {"model": "gpt-image-1", "prompt": "Add light rays", "size": "1024x1024", "n": 1}
    answer = sdk.images.edit(image=IMAGE, response_format="url", **asked)
    assert answer.data
    assert (answer.data[0].url or "").startswith(playground.url)
    assert answer.data[0].revised_prompt
    with pytest.raises(openai.BadRequestError, match="image"):
        sdk.images.edit(image=[IMAGE, IMAGE], **asked)
    playground.rules.naga_field = "image[]"
    assert sdk.images.edit(image=[IMAGE, IMAGE], **asked).data


def test_generations(sdk: openai.OpenAI) -> None:
    answer = sdk.images.generate(model="gpt-image-2", prompt="A sunset", size="1024x1024", n=1)
    assert first(answer).size == box(1024, 1024)
    nanogpt = sdk.images.generate(
        model="hidream", prompt="x", size="512x512", response_format="b64_json", extra_body={"seed": 42}
    )
    assert first(nanogpt).size == box(512, 512)


def test_an_edit_on_nanogpt_s_route(playground: Playground) -> None:
    with openai.OpenAI(base_url=f"{playground.url}/api/v1", api_key=playground.key, max_retries=0) as sdk:
        answer = sdk.images.edit(model="gpt-image-1", image=[IMAGE, IMAGE], prompt="x", response_format="b64_json")
    assert first(answer).size == box(96, 64)
    assert playground.ledger.charges[0].dialect == "nanogpt"


def test_models(sdk: openai.OpenAI, playground: Playground) -> None:
    assert "gpt-image-2" in {model.id for model in sdk.models.list()}


def test_errors_have_the_client_s_own_types(sdk: openai.OpenAI, playground: Playground) -> None:
    with pytest.raises(openai.NotFoundError) as missing:
        sdk.images.generate(model="gpt-image-9", prompt="x")
    assert missing.value.code == "model_not_found"
    assert missing.value.request_id == playground.requests[0].request_id
    with pytest.raises(openai.AuthenticationError):
        sdk.with_options(api_key="wrong").images.generate(model="gpt-image-2", prompt="x")
    playground.faults.add(too_many("1"), refuse(500))
    with pytest.raises(openai.RateLimitError):
        sdk.images.generate(model="gpt-image-2", prompt="x")
    with pytest.raises(openai.InternalServerError):
        sdk.images.generate(model="gpt-image-2", prompt="x")


def test_a_paid_request_that_the_client_sends_again_by_itself_is_billed_again(
    sdk: openai.OpenAI, playground: Playground
) -> None:
    ours = refuse(500, headers=(("retry-after-ms", "1"),), billed=True)
    playground.faults.add(Fault(times=2, instead=ours.instead, billed=True))
    sdk.with_options(max_retries=2).images.generate(model="studio-sdxl", prompt="x", size="64x64")  # pyright: ignore[reportArgumentType, reportCallIssue]  another server's size
    assert len(playground.ledger) == 3
