"""The rows of the providers' documents, each with the forms that it has: what is ordered, and what must arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

COLOURS = ("red", "lime", "blue")
LINK = "https://pictures.example/fox.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`images`: how many files are given, the photograph first. `mask`: the form that the mask must arrive in. `names`:
    what carries pictures and mask. `body`: members or fields that must be there; None: must not."""

    name: str
    kind: str
    path: str
    model: str = ""
    settings: dict[str, str] = field(default_factory=dict[str, str])
    images: int = 0
    mask: str = ""
    link: bool = False
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    body: dict[str, Any] = field(default_factory=dict[str, Any])
    auth: str = "authorization"
    bills: str = ""


def _sets(**values: object) -> tuple[str, ...]:
    return tuple(word for name, value in values.items() for word in ("--set", f"{name}={value}"))


_EDITS, _EDIT, _IMAGES = "/api/v1/images/edits", "/api/v1/images/edit", "/api/v1/images"
_GENERATIONS = "/v1/images/generations"
_NAGA, _OPENAI = "/naga/v1/images", "/openai/v1/images"
_BY_EDITS, _BY_IMAGES, _BY_GENERATIONS = {"route": "edits"}, {"route": "images"}, {"route": "generations"}
_BY_JSON = {"route": "edits", "body": "json"}
_ALL_SET = _sets(strength=0.6, guidance_scale=7.5, num_inference_steps=30, negative_prompt="rain")
_ALL_SENT = {"strength": 0.6, "guidance_scale": 7.5, "num_inference_steps": 30, "negative_prompt": "rain"}

NANOGPT_EDITS = [
    Row(name="nano edits, image", kind="nanogpt", path=_EDITS, model="gpt-image-1", settings=_BY_EDITS, images=1,
        names=("image",), body={"model": "gpt-image-1", "prompt": "a red fox", "n": "1", "strength": None}),
    Row(name="nano edit, the alias", kind="nanogpt", path=_EDIT, model="gpt-image-1", images=1, names=("image",),
        settings={"route": "edits", "edits_path": "edit"}),
    Row(name="nano edits, image[]", kind="nanogpt", path=_EDITS, model="gpt-image-1", settings=_BY_EDITS, images=3,
        names=("image[]", "image[]", "image[]")),
    Row(name="nano edits, mask", kind="nanogpt", path=_EDITS, model="gpt-image-1", images=1, mask="both",
        names=("image", "mask")),
    Row(name="nano edits, image[] and mask", kind="nanogpt", path=_EDITS, model="qwen-image", images=2, mask="both",
        names=("image[]", "image[]", "mask")),
    Row(name="nano edits, imageDataUrl", kind="nanogpt", path=_EDITS, model="gpt-image-1", settings=_BY_JSON, images=1,
        names=("imageDataUrl",), body={"n": 1}),
    Row(name="nano edits, imageDataUrls", kind="nanogpt", path=_EDITS, model="gpt-image-1", settings=_BY_JSON, images=3,
        names=("imageDataUrls",)),
    Row(name="nano edits, maskDataUrl", kind="nanogpt", path=_EDITS, model="gpt-image-1", settings=_BY_JSON, images=1,
        mask="white", names=("imageDataUrl", "maskDataUrl")),
    Row(name="nano edits, several and maskDataUrl", kind="nanogpt", path=_EDITS, model="gpt-image-1", images=2,
        settings=_BY_JSON, mask="white", names=("imageDataUrls", "maskDataUrl")),
    Row(name="nano edits, no model", kind="nanogpt", path=_EDITS, settings=_BY_EDITS, images=1, names=("image",),
        body={"model": None}, bills="gpt-image-1"),
    Row(name="nano edits, x-api-key", kind="nanogpt", path=_EDITS, model="gpt-image-1", images=1, names=("image",),
        settings={"route": "edits", "auth": "x-api-key"}, auth="x-api-key"),
    Row(name="nano edits, parameters of the documents", kind="nanogpt", path=_EDITS, model="gpt-image-1", images=1,
        settings=_BY_EDITS, names=("image",), words=(*_ALL_SET, *_sets(quality="high", background="opaque")),
        body={"strength": "0.6", "guidance_scale": "7.5", "num_inference_steps": "30", "negative_prompt": "rain",
              "quality": "high", "background": "opaque"}),
    Row(name="nano edits, a size that is listed, url", kind="nanogpt", path=_EDITS, model="gpt-image-1", images=1,
        settings={"route": "edits", "response_format": "url"}, names=("image",), words=("--size", "1024x1024"),
        body={"size": "1024x1024", "response_format": "url"}),
]  # fmt: skip

NANOGPT_IMAGES = [
    Row(name="nano images, text", kind="nanogpt", path=_IMAGES, model="gpt-image-2", settings=_BY_IMAGES,
        body={"model": "gpt-image-2", "prompt": "a red fox", "n": 1, "seed": None, "size": None}),
    Row(name="nano images, data URL", kind="nanogpt", path=_IMAGES, model="gpt-image-2", settings=_BY_IMAGES, images=3,
        names=("input_references",)),
    Row(name="nano images, link", kind="nanogpt", path=_IMAGES, model="gpt-image-2", settings=_BY_IMAGES, images=2,
        link=True, names=("input_references",)),
    Row(name="nano images, objects", kind="nanogpt", path=_IMAGES, model="gpt-image-2", images=2, link=True,
        settings={"route": "images", "reference_form": "object"}, names=("input_references",)),
    Row(name="nano images, resolution, quality, format, count", kind="nanogpt", path=_IMAGES, model="gpt-image-2",
        settings=_BY_IMAGES,
        words=("--size", "1536x1024", "--count", "2", *_sets(quality="high", output_format="webp")),
        body={"resolution": "1536x1024", "size": None, "n": 2, "quality": "high", "output_format": "webp"}),
    Row(name="nano images, aspect ratio and seed", kind="nanogpt", path=_IMAGES, model="bytedance/seedream-v5.0-pro",
        words=("--size", "1k", "--seed", "7", *_sets(aspect_ratio="16:9")),
        body={"resolution": "1k", "seed": 7, "aspect_ratio": "16:9"}),
    Row(name="nano images, a count that is fixed", kind="nanogpt", path=_IMAGES, model="sketch-four", body={"n": None}),
]  # fmt: skip

NANOGPT_GENERATIONS = [
    Row(name="nano generations, b64", kind="nanogpt", path=_GENERATIONS, model="hidream", settings=_BY_GENERATIONS,
        words=("--size", "1024*768"), body={"response_format": "b64_json", "size": "1024*768", "n": 1}),
    Row(name="nano generations, url", kind="nanogpt", path=_GENERATIONS, model="hidream",
        settings=_BY_GENERATIONS | {"response_format": "url"}, body={"response_format": "url"}),
    Row(name="nano generations, no model", kind="nanogpt", path=_GENERATIONS, settings=_BY_GENERATIONS,
        body={"model": None}, bills="hidream"),
    Row(name="nano generations, imageDataUrl", kind="nanogpt", path=_GENERATIONS, model="flux-kontext", images=1,
        settings=_BY_GENERATIONS, names=("imageDataUrl",)),
    Row(name="nano generations, imageDataUrls", kind="nanogpt", path=_GENERATIONS, model="gpt-4o-image", images=3,
        settings=_BY_GENERATIONS, names=("imageDataUrls",)),
    Row(name="nano generations, maskDataUrl", kind="nanogpt", path=_GENERATIONS, model="flux-lora/inpainting", images=1,
        mask="white", names=("imageDataUrl", "maskDataUrl")),
    Row(name="nano generations, parameters of the documents", kind="nanogpt", path=_GENERATIONS, model="flux-kontext",
        settings=_BY_GENERATIONS, images=1, names=("imageDataUrl",),
        words=("--seed", "42", *_ALL_SET, *_sets(kontext_max_mode="true")),
        body=_ALL_SENT | {"seed": 42, "kontext_max_mode": True}),
]  # fmt: skip

NAGA = [
    Row(name="naga edits, image", kind="naga", path=f"{_NAGA}/edits", model="gpt-image-1", images=1, names=("image",)),
    Row(name="naga edits, several", kind="naga", path=f"{_NAGA}/edits", model="gpt-image-1", images=3,
        names=("images[]", "images[]", "images[]")),
    Row(name="naga edits, mask", kind="naga", path=f"{_NAGA}/edits", model="gpt-image-1", images=1, mask="alpha",
        names=("image", "mask")),
    Row(name="naga edits, parameters", kind="naga", path=f"{_NAGA}/edits", model="gpt-image-1", images=1,
        settings={"response_format": "url"}, names=("image",),
        words=("--size", "1024x1024", "--count", "2", *_sets(background="transparent", quality="high")),
        body={"size": "1024x1024", "n": "2", "background": "transparent", "quality": "high", "response_format": "url"}),
    Row(name="naga generations, b64", kind="naga", path=f"{_NAGA}/generations", model="flux-1-schnell:free",
        settings={"response_format": "b64_json"}, body={"response_format": "b64_json", "model": "flux-1-schnell:free"}),
    Row(name="naga generations, url", kind="naga", path=f"{_NAGA}/generations", model="flux-1-schnell:free",
        settings={"response_format": "url"}, words=("--size", "512x512"),
        body={"response_format": "url", "size": "512x512"}),
]  # fmt: skip

OPENAI = [
    Row(name="openai edits, image", kind="openai", path=f"{_OPENAI}/edits", model="gpt-image-2", images=1,
        names=("image",), body={"response_format": None}),
    Row(name="openai edits, several and mask", kind="openai", path=f"{_OPENAI}/edits", model="gpt-image-2", images=3,
        mask="alpha", names=("image[]", "image[]", "image[]", "mask")),
    Row(name="openai edits, JSON", kind="openai", path=f"{_OPENAI}/edits", model="gpt-image-2", images=2,
        settings={"body": "json"}, mask="alpha", names=("images", "mask")),
    Row(name="openai edits, link", kind="openai", path=f"{_OPENAI}/edits", model="gpt-image-2", images=2, link=True,
        names=("images",)),
    Row(name="openai edits, current fields", kind="openai", path=f"{_OPENAI}/edits", model="gpt-image-1.5", images=1,
        names=("image",), words=("--size", "1024x1024", *_sets(quality="high", background="opaque",
        output_format="webp", output_compression=80, input_fidelity="high")),
        body={"quality": "high", "background": "opaque", "output_format": "webp", "output_compression": "80",
              "input_fidelity": "high"}),
    Row(name="openai generations", kind="openai", path=f"{_OPENAI}/generations", model="gpt-image-2",
        words=("--count", "2", "--size", "1024x1536"), body={"n": 2, "size": "1024x1536", "response_format": None}),
    Row(name="a studio's own model", kind="openai", path=f"{_OPENAI}/generations", model="studio-sdxl",
        words=("--seed", "5", *_ALL_SET), body=_ALL_SENT | {"seed": 5}),
]  # fmt: skip

ROWS = [*NANOGPT_EDITS, *NANOGPT_IMAGES, *NANOGPT_GENERATIONS, *NAGA, *OPENAI]
