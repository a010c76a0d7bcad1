"""The models that the playground starts with, as its catalogues publish them: nothing here is read but as a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Record = dict[str, object]
SQUARE = ("1024x1024",)
THREE = ("auto", "1024x1024", "1536x1024", "1024x1536")
_BYTES = 31_457_280


def nanogpt_records() -> list[Record]:
    """Records of both shapes of `supported_parameters`, and the models that the documents name."""
    return [*_described(), *_plain(), *_for_images()]


def _described() -> list[Record]:
    quality = _enum("auto", "low", "medium", "high")
    own = {"quality": quality, "output_format": _enum("png", "jpeg", "webp"), "background": _enum("auto", "opaque")}
    seedream = {"seed": _range(0, 2_147_483_647, 0), "aspect_ratio": _enum("1:1", "4:3", "16:9")}
    return [
        _record("gpt-image-2", "GPT Image 2", _shape(THREE, 4, own), images=16, mask=True, price="0.04"),
        _record(
            "bytedance/seedream-v5.0-pro", "Seedream 5.0 Pro", _shape(("1k", "2k"), 4, seedream), images=4, price="0.03"
        ),
    ]


def _plain() -> list[Record]:
    sizes = ("1024x1024", "1024*768", "768*1024", "512x512")
    fixed: Record = {"fixed_image_count": 4, "rendering_speed": ["turbo", "default"]}
    return [
        _record("hidream", "HiDream", _flat(sizes, 4), price="0.01"),
        _record("qwen-image", "Qwen Image", _flat(sizes, 4, images=3, prompt=3000), images=3, mask=True, price="0.02"),
        _record("gpt-image-1", "GPT Image 1", _flat(THREE, 4, images=16), images=16, mask=True, price="0.05"),
        _record("gpt-4o-image", "GPT-4o Image", _flat(SQUARE, 1, images=8), images=8, price="0.06"),
        _record("flux-kontext", "FLUX Kontext", _flat(sizes, 4, images=4, prompt=800), images=4, mask=True),
        _record("sketch-four", "Sketch, four at once", _flat(SQUARE, 4, extra=fixed), price="0.08"),
        _record("z-image-turbo", "Z-Image Turbo", _flat(SQUARE, 1), price="0"),
        _record("odd-prices", "A model whose price nobody knows", _flat(SQUARE, 1), price=""),
    ]


def _for_images() -> list[Record]:
    """Models that need a picture, or more than one."""
    names = {
        "flux-dev-image-to-image": "FLUX Dev, image to image",
        "ghiblify": "Ghiblify",
        "gemini-flash-edit": "Gemini Flash Edit",
        "hidream-edit": "HiDream Edit",
        "bagel": "Bagel",
        "SDXL-ArliMix-v1": "SDXL ArliMix",
        "flux-kontext/dev": "FLUX Kontext Dev",
        "Upscaler": "Upscaler",
    }
    singles = [
        _record(name, shown, _flat((), 1, images=1), images=1, text=name == "bagel") for name, shown in names.items()
    ]
    return [
        *singles,
        _record(
            "flux-lora/inpainting", "FLUX LoRA Inpainting", _flat((), 1, images=1), images=1, mask=True, text=False
        ),
        _record("flux-pro/v1/vto", "FLUX Pro, try on", _flat((), 1, images=2), images=2, text=False, price="0.07"),
    ]


def hidden_facts() -> dict[str, Record]:
    """What a model insists on, or takes, though its record does not tell."""
    return {
        "flux-lora/inpainting": {"mask": "required"},
        "flux-kontext/dev": {"mask": "taken"},
        "gemini-flash-edit": {"mask": "taken"},
        "flux-pro/v1/vto": {"min_images": 2},
        "Upscaler": {"prompt": "optional"},
    }


def naga_records() -> list[Record]:
    """Naga's list: prices by token, parameters by endpoint."""
    both, made = ("images.generations", "images.edits"), ("images.generations",)
    return [
        _naga("gpt-image-1", both, ("background", "mask", "n", "quality", "size"), 10),
        _naga("qwen-image-edit", ("images.edits",), ("n", "size"), 4),
        _naga("flux-1-schnell:free", made, ("n", "size"), 4),
    ]


def openai_records() -> list[Record]:
    """OpenAI's list tells nothing but names; one is no image model, one is a studio's own."""
    names = {"gpt-image-2": "openai", "gpt-image-1.5": "openai", "gpt-4.1-mini": "openai", "studio-sdxl": "studio"}
    return [{"id": name, "object": "model", "created": 1_760_000_000, "owned_by": by} for name, by in names.items()]


def _record(
    name: str,
    shown: str,
    parameters: Record,
    *,
    images: int = 0,
    mask: bool = False,
    text: bool = True,
    price: str = "0.02",
) -> Record:
    sources = [word for word, takes in (("text", True), ("image", images > 0)) if takes]
    pricing: Record = {"per_image": _prices(parameters, price) if price else None, "currency": "USD"}
    return {
        "id": name,
        "name": shown,
        "description": f"{shown}, as the playground plays it.",
        "created": 1_760_000_000,
        "owned_by": name.split("/")[0].split("-")[0],
        "architecture": {
            "modality": "+".join(sources) + "->image",
            "input_modalities": sources,
            "output_modalities": ["image"],
        },
        "supported_parameters": parameters,
        "supports_streaming": False,
        "capabilities": {
            "image_generation": text,
            "image_to_image": images > 0,
            "inpainting": mask,
            "nsfw": False,
        },
        "pricing": pricing,
        "max_input_images": images,
    }


def _prices(parameters: Record, price: str) -> Record:
    """A price for each size, spelled with a star where the list of sizes has an x, as catalogues do."""
    words = parameters.get("resolutions")
    if words is None:
        words = cast("Record", parameters["resolution"])["values"]
    return {word.replace("x", "*"): float(price) for word in cast("list[str]", words)} or {"default": float(price)}


def _enum(*values: str) -> Record:
    return {"type": "enum", "values": list(values), "default": values[0]}


def _range(low: int, high: int, default: int) -> Record:
    return {"type": "range", "min": low, "max": high, "default": default}


def _shape(sizes: Sequence[str], count: int, others: Mapping[str, object]) -> Record:
    return {"resolution": _enum(*sizes), "n": _range(1, count, 1), **others}


def _flat(
    sizes: Sequence[str],
    count: int,
    images: int = 0,
    prompt: int | None = None,
    extra: Mapping[str, object] | None = None,
) -> Record:
    parameters: Record = {"resolutions": list(sizes), "max_images": count, "max_output_images": count, **(extra or {})}
    if images:
        route = {"max_bytes": _BYTES, "formats": ["png", "jpeg", "webp"], "source": "route-preflight"}
        sides = {"min_width": 8, "min_height": 8, "max_width": 16_384, "max_height": 16_384}
        parameters["max_input_images"] = images
        parameters["input_image_constraints"] = {"max_items": images, "route": {**sides, **route}}
    if prompt is not None:
        parameters["max_prompt_characters"] = prompt
        parameters["prompt_length"] = {"status": "known", "unit": "utf16_code_units", "trim_whitespace": True}
    return parameters


def _naga(name: str, endpoints: Sequence[str], parameters: Sequence[str], count: int) -> Record:
    return {
        "id": name,
        "object": "model",
        "display_name": name,
        "description": f"{name}, as the playground plays it.",
        "owned_by": "naga",
        "created": 1_760_000_000,
        "context_window": None,
        "max_output_images": count,
        "supported_endpoints": list(endpoints),
        "supported_parameters": list(parameters),
        "supported_parameters_by_endpoint": {each: list(parameters) for each in endpoints},
        "pricing": {"per_output_image_token": "0.00004", "per_input_image_token": "0.00001"},
        "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["image"]},
        "aliases": [],
        "deprecates_at": None,
    }
