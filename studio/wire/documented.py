"""Parameters that the providers' documents name themselves. They are always offered, and none is sent unless it was
set; what a catalogue lists of the same name takes their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.capabilities import Parameter, ParameterKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SIZE = Parameter(
    name="size",
    label="Size",
    kind=ParameterKind.TEXT,
    help="Width and height like 1024x1024, or another word that the provider knows.",
)
_QUALITY = Parameter(
    name="quality",
    label="Quality",
    kind=ParameterKind.TEXT,
    help="The provider's own word, such as low, medium or high.",
)
_BACKGROUND = Parameter(
    name="background", label="Background", kind=ParameterKind.TEXT, help="Such as transparent, opaque or auto."
)
_FORMAT = Parameter(
    name="output_format", label="File format", kind=ParameterKind.CHOICE, values=("png", "jpeg", "webp"),
    help="The format of the answer.",
)  # fmt: skip
_STRENGTH = Parameter(
    name="strength", label="Strength", kind=ParameterKind.NUMBER, minimum=0.0, maximum=1.0,
    help="How much to change: 0 keeps the picture, 1 makes it anew.",
)  # fmt: skip
_GUIDANCE = Parameter(
    name="guidance_scale", label="Guidance", kind=ParameterKind.NUMBER, minimum=0.0, maximum=30.0,
    help="How closely the prompt is followed.",
)  # fmt: skip
_STEPS = Parameter(
    name="num_inference_steps", label="Steps", kind=ParameterKind.INTEGER, minimum=1, maximum=150,
    help="More steps are better and slower.",
)  # fmt: skip
_NEGATIVE = Parameter(
    name="negative_prompt", label="Negative prompt", kind=ParameterKind.TEXT, help="What should not be in the picture."
)
_MAX_MODE = Parameter(
    name="kontext_max_mode",
    label="Kontext max mode",
    kind=ParameterKind.FLAG,
    help="Reads more of the context (flux-kontext).",
)
_RATIO = Parameter(
    name="aspect_ratio", label="Aspect ratio", kind=ParameterKind.TEXT, help="Width to height, like 16:9."
)
_COMPRESSION = Parameter(
    name="output_compression", label="Compression", kind=ParameterKind.INTEGER, minimum=0, maximum=100,
    help="For JPEG and WebP.",
)  # fmt: skip
_FIDELITY = Parameter(
    name="input_fidelity", label="Input fidelity", kind=ParameterKind.CHOICE, values=("low", "high"),
    help="How closely the pictures that are sent are kept.",
)  # fmt: skip

NANOGPT = (_SIZE, _QUALITY, _STRENGTH, _GUIDANCE, _STEPS, _NEGATIVE, _MAX_MODE, _BACKGROUND)
"""Of the edits and generations documents."""
NANOGPT_TYPED = (*NANOGPT, _RATIO, _FORMAT)
"""For a model that no catalogue lists: those of the images document too."""
NAGA = (_SIZE, _QUALITY, _BACKGROUND)
OWN_SERVER = (_SIZE, _QUALITY, _BACKGROUND, _FORMAT, _STRENGTH, _GUIDANCE, _STEPS, _NEGATIVE)
"""What servers that speak as OpenAI's take beyond it."""
_GPT_SIZES = ("auto", "1024x1024", "1536x1024", "1024x1536")
_KNOWN: Mapping[str, Parameter] = {
    each.name: each for each in (*NANOGPT_TYPED, *NAGA, *OWN_SERVER, _COMPRESSION, _FIDELITY)
}


def known(name: str) -> Parameter | None:
    """The parameter of this name as a document describes it."""
    return _KNOWN.get(name)


def label_of(name: str) -> str:
    """What a parameter is called where no document tells: its own name, as words."""
    found = known(name)
    return found.label if found else (name.replace("_", " ").replace("-", " ").strip() or name).capitalize()


def gpt_image(model: str) -> tuple[Parameter, ...]:
    """Of OpenAI's own image models. From gpt-image-2 on any size of theirs is taken, and `input_fidelity` is not."""
    first = "gpt-image-1" in model
    size = _choice(_SIZE, *_GPT_SIZES) if first else _SIZE
    found = (
        size,
        _choice(_QUALITY, "auto", "low", "medium", "high"),
        _choice(_BACKGROUND, "auto", "transparent", "opaque"),
        _FORMAT,
        _COMPRESSION,
    )
    return (*found, _FIDELITY) if first else found


def joined(first: Iterable[Parameter], then: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Both, each name once: the earlier one counts."""
    found: dict[str, Parameter] = {}
    for each in (*first, *then):
        found.setdefault(each.name, each)
    return tuple(found.values())


def _choice(parameter: Parameter, *values: str) -> Parameter:
    return Parameter(
        name=parameter.name, label=parameter.label, kind=ParameterKind.CHOICE, values=values, help=parameter.help
    )
