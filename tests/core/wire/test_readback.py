"""The golden files as other programs read them: what each says, written down by hand beside the documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.wire.orders import JPEG, LINK, MASK, PNG
from tests.core.wire.peers import Read, picture, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.wire.messages import WireImage

GOLDEN = Path(__file__).parent / "golden"
FIRST, SECOND, HOLE = "data:image/png FIRST", "data:image/jpeg SECOND", "data:image/png HOLE"
BYTES = {FIRST: PNG, SECOND: JPEG, HOLE: MASK}


def golden(name: str) -> Read:
    return read((GOLDEN / f"{name}.http").read_bytes())


def file(field: str, name: str, image: WireImage) -> tuple[str, str, str, bytes]:
    return (field, name, image.media_type, image.data)


def told(**fields: str) -> list[tuple[str, None, None, bytes]]:
    return [(name, None, None, value.encode()) for name, value in fields.items()]


FORMS: Mapping[str, tuple[list[Any], list[Any]]] = {
    "nanogpt-edits-one-picture": (
        told(model="gpt-image-1", prompt="Remove the background", size="1024x1024"),
        [file("image", "image-1.png", PNG)],
    ),
    "nanogpt-edit-alias-several-pictures": (
        told(model="gpt-image-1", prompt="Combine these references into one product image"),
        [file("image[]", "image-1.png", PNG), file("image[]", "image-2.jpg", JPEG)],
    ),
    "nanogpt-edits-mask": (
        told(
            model="nano-banana",
            prompt="A café “on the corner” ☕",
            n="2",
            strength="0.8",
            kontext_max_mode="true",
            seed="42",
            response_format="url",
        ),
        [file("image", "image-1.png", PNG), file("mask", "mask.png", MASK)],
    ),
    "nanogpt-edits-links-no-model": (
        told(prompt="Remove the background"),
        [
            ("image[]", None, None, b"data:image/png;base64,iVBORw0KGgpmaXJzdCBwaWM="),
            ("image[]", None, None, LINK.encode()),
            ("image[]", None, None, b"data:image/jpeg;base64,/9j/4HNlY29uZA=="),
        ],
    ),
    "naga-edits-one-picture": (
        told(
            model="gpt-image-1",
            prompt="Make the sky more dramatic and add light rays",
            n="1",
            size="1024x1024",
            response_format="url",
        ),
        [file("image", "image-1.png", PNG)],
    ),
    "naga-edits-several-pictures": (
        told(model="gpt-image-1", prompt="Make the sky more dramatic", response_format="b64_json"),
        [file("images[]", "image-1.jpg", JPEG), file("images[]", "image-2.png", PNG)],
    ),
    "naga-edits-mask": (
        told(model="gpt-image-1", prompt="Make the sky more dramatic", n="3", background="transparent", quality="high"),
        [
            file("image[]", "image-1.png", PNG),
            file("image[]", "image-2.jpg", JPEG),
            file("mask", "mask.png", MASK),
        ],
    ),
    "openai-edits-one-picture": (
        told(
            model="gpt-image-1.5",
            prompt="A red door",
            n="1",
            size="1536x1024",
            quality="high",
            background="transparent",
            output_format="webp",
            output_compression="90",
            input_fidelity="high",
        ),
        [file("image", "image-1.png", PNG)],
    ),
    "openai-edits-several-pictures-mask": (
        told(prompt="A red door"),
        [
            file("image[]", "image-1.png", PNG),
            file("image[]", "image-2.jpg", JPEG),
            file("mask", "mask.png", MASK),
        ],
    ),
}
OBJECTS: Mapping[str, dict[str, Any]] = {
    "nanogpt-edits-json-mask": {
        "model": "gpt-image-1",
        "prompt": "Remove the background",
        "imageDataUrl": FIRST,
        "maskDataUrl": HOLE,
    },
    "nanogpt-edits-json-several-pictures": {
        "model": "gpt-image-1",
        "prompt": "Combine these references into one product image",
        "n": 1,
        "size": "1024x1024",
        "imageDataUrls": [FIRST, SECOND],
    },
    "nanogpt-images-text": {
        "model": "gpt-image-2",
        "prompt": "A clean product photo of a matte black espresso machine on a white counter",
        "resolution": "1024x1024",
        "quality": "medium",
        "n": 1,
    },
    "nanogpt-images-references": {
        "model": "gpt-image-2",
        "prompt": "Make this look like a polished studio product photo",
        "resolution": "1024*1024",
        "input_references": [FIRST, "https://example.com/image.png"],
    },
    "nanogpt-images-reference-objects": {
        "model": "gpt-image-2",
        "prompt": "Make this look like a polished studio product photo",
        "input_references": [
            {"type": "image_url", "image_url": {"url": "https://example.com/reference.png"}},
            {"type": "image_url", "image_url": {"url": FIRST}},
        ],
        "resolution": "1024x1024",
        "quality": "medium",
        "n": 1,
    },
    "nanogpt-images-all-fields": {
        "model": "bytedance/seedream-v5.0-pro",
        "prompt": 'She said "no"\nand left',
        "n": 2,
        "resolution": "2k",
        "aspect_ratio": "16:9",
        "quality": "auto",
        "output_format": "webp",
        "seed": 0,
    },
    "nanogpt-generations-text": {
        "model": "hidream",
        "prompt": "A sunset over a mountain range",
        "n": 1,
        "size": "1024x1024",
        "response_format": "b64_json",
    },
    "nanogpt-generations-text-url": {
        "model": "hidream",
        "prompt": "A sunset over a mountain range",
        "n": 1,
        "size": "1024x1024",
        "response_format": "url",
    },
    "nanogpt-generations-one-picture": {
        "model": "flux-kontext",
        "prompt": "Transform to cyberpunk style",
        "imageDataUrl": SECOND,
        "size": "1024x1024",
        "n": 1,
        "strength": 0.8,
        "guidance_scale": 7.5,
        "num_inference_steps": 30,
        "seed": 42,
        "kontext_max_mode": True,
        "negative_prompt": "rain",
        "response_format": "b64_json",
    },
    "nanogpt-generations-several-pictures": {
        "model": "gpt-4o-image",
        "prompt": "Combine these images into a creative collage",
        "n": 1,
        "size": "1024x1024",
        "imageDataUrls": [SECOND, FIRST],
    },
    "nanogpt-generations-mask": {
        "model": "flux-lora/inpainting",
        "prompt": "a wooden bench",
        "imageDataUrl": FIRST,
        "maskDataUrl": HOLE,
        "response_format": "b64_json",
    },
    "naga-generations": {
        "model": "flux-1-schnell:free",
        "prompt": "A lighthouse",
        "n": 1,
        "size": "1024x1024",
        "quality": "high",
        "response_format": "b64_json",
    },
    "openai-edits-json": {
        "model": "gpt-image-2",
        "prompt": "A red door",
        "images": [{"image_url": FIRST}, {"image_url": LINK}],
        "mask": {"image_url": HOLE},
    },
    "openai-generations": {
        "model": "gpt-image-2",
        "prompt": "A red door",
        "n": 10,
        "size": "2048x1152",
        "quality": "medium",
        "moderation": "low",
        "output_format": "jpeg",
        "output_compression": 80,
    },
    "openai-generations-url": {
        "model": "stable-diffusion-xl",
        "prompt": "A red door",
        "seed": 7,
        "response_format": "url",
    },
}


def spoken(value: Any) -> Any:
    """JSON with each data URL read and put in the words above."""
    if isinstance(value, dict):
        return {name: spoken(member) for name, member in value.items()}
    if isinstance(value, list):
        return [spoken(member) for member in value]
    if isinstance(value, str) and value.startswith("data:"):
        kind, data = picture(value)
        return next(words for words, image in BYTES.items() if (image.media_type, image.data) == (kind, data))
    return value


@pytest.mark.parametrize("name", FORMS)
def test_a_form_reads_as_it_was_meant(name: str) -> None:
    fields, files = FORMS[name]
    assert golden(name).parts == fields + files


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_reads_as_it_was_meant(name: str) -> None:
    sent = golden(name)
    assert sent.headers["content-type"] == "application/json"
    assert spoken(sent.json) == OBJECTS[name]


def test_every_golden_file_is_read() -> None:
    names = {path.stem for path in GOLDEN.glob("*.http")}
    posted = {name for name in names if golden(name).body}
    assert posted == FORMS.keys() | OBJECTS.keys()
    assert {(golden(name).method, golden(name).target) for name in names - posted} == {
        ("GET", "/api/v1/images/models"),
        ("GET", "/api/v1/image-models"),
        ("GET", "/api/v1/images/models/bytedance%2Fseedream-v5.0-pro/endpoints"),
        ("POST", "/api/check-balance"),
        ("GET", "/api/v1/usage/requests/req_0a1b"),
        ("GET", "/v1/models"),
        ("GET", "/api/v1/models"),
    }
