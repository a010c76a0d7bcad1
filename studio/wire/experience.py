"""What is known of single models of NanoGPT that its catalogue leaves out or tells wrongly.

The models that demand a picture, a mask or several pictures stand in the provider's documents or refuse orders without
them. Those that honour a mask whatever their flag says were measured in June 2026 by the authors of nanoodle.
"""

from __future__ import annotations

import re

from studio.domain.request import Outcome

_NEEDS_MASK = ("flux-lora/inpainting",)
_NEEDS_IMAGE = (
    *_NEEDS_MASK, "flux-dev-image-to-image", "ghiblify", "gemini-flash-edit", "hidream-edit", "hidream-e1-1",
    "flux-kontext/dev", "upscaler", "wan-2.6-image-edit", "vidu-q2-reference", "flux-pro/v1/vto",
)  # fmt: skip
_FEWEST_IMAGES = {"flux-pro/v1/vto": 2}
_HONOURS_MASK = re.compile(
    r"bria-fibo|(?:.*/)?nano-banana|reve-2-(?:edit|remix)|pruna-ai/p-image/edit|kling-image-o1|"
    r"fal-ai/boogu-image/edit|gemini-flash-edit|flux-kontext|imagineart/.*edit-preview/image-to-image"
)
_UPSCALES = re.compile(r"upscal|super-?resolution", re.IGNORECASE)


def needs_mask(model: str) -> bool:
    """Whether it refuses an order without a mask."""
    return model.lower() in _NEEDS_MASK


def needs_image(model: str) -> bool:
    """Whether it refuses an order without a picture."""
    return model.lower() in _NEEDS_IMAGE


def fewest_images(model: str) -> int:
    """As many pictures must be sent, the first of them included."""
    return _FEWEST_IMAGES.get(model.lower(), 1)


def honours_mask(model: str) -> bool:
    """Whether it keeps to a mask though its flag says that it takes none."""
    return _HONOURS_MASK.match(model.lower()) is not None


def needs_prompt(model: str) -> bool:
    """Whether words are needed."""
    return _UPSCALES.search(model) is None


def outcome(model: str, *, takes_images: bool) -> Outcome:
    """What is made of no picture, or is larger than it was, is a picture of its own."""
    return Outcome.PASTE if takes_images and _UPSCALES.search(model) is None else Outcome.PICTURE
