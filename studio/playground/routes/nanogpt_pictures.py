"""How NanoGPT's rows take pictures: data URLs, addresses, and what a model allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from studio.playground.inputs import Input, decoded, either_change, of_data_url, white_change
from studio.playground.refusals import Dialect, flat, refusal

if TYPE_CHECKING:
    from studio.domain.pixels import Pixels
    from studio.playground.catalogue import Card
    from studio.playground.forms import Form
    from studio.playground.world import World

_ME = Dialect.NANOGPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What came in. `change`: what the mask changes, None without one."""

    images: tuple[Input, ...] = ()
    change: Pixels | None = None


def data_pictures(form: Form, *, required: bool = True) -> Pictures:
    """`imageDataUrl` or `imageDataUrls`, and `maskDataUrl`. Raises Refused."""
    values = form.values
    if "imageDataUrl" in values and "imageDataUrls" in values:
        raise flat(400, "conflicting_image_inputs", "Use imageDataUrl or imageDataUrls, not both.")
    texts = _texts(values.get("imageDataUrls")) if "imageDataUrls" in values else None
    if "imageDataUrl" in values:
        texts = _texts([values["imageDataUrl"]])
    if not texts:
        if required or "maskDataUrl" in values or texts is not None:
            raise refusal(_ME, 400, "missing_image_input", "image is required.", "imageDataUrl")
        return Pictures()
    images = tuple(of_data_url(text, _ME, "imageDataUrl") for text in texts)
    if "maskDataUrl" not in values:
        return Pictures(images=images)
    (mask,) = _texts([values["maskDataUrl"]])
    return Pictures(images=images, change=white_change(of_data_url(mask, _ME, "maskDataUrl"), images[0]))


def mask_in_form(mask: Input, base: Input) -> Pixels:
    """The mask of a multipart form, of which no document tells how it marks. Raises Refused."""
    return either_change(mask, base)


def named_picture(text: str, world: World, param: str) -> Input:
    """A data URL or an address. An address of ours is read from memory; others are taken as they are, not fetched."""
    if text.startswith("data:"):
        return of_data_url(text, _ME, param)
    parts = urlsplit(text)
    if f"{parts.scheme}://{parts.netloc}" in world.origins:
        found = world.results.get(parts.path)
        if isinstance(found, int):
            raise flat(400, "INVALID_IMAGE_INPUT", f"The image could not be fetched: {found}.")
        return decoded(found[0], _ME)
    if parts.scheme != "https" or not parts.netloc:
        raise flat(400, "INVALID_IMAGE_INPUT", f"{param} must be a data URL or an https URL.")
    return Input(data=b"")


def check_pictures(card: Card, pictures: Pictures) -> None:
    """400 where there are too many or too few for the model, or a mask without a place."""
    count = len(pictures.images)
    if count and not card.max_images:
        raise refusal(_ME, 400, "image_input_not_supported", f"{card.id} does not take images.")
    if count > card.max_images:
        message = f"{card.id} takes at most {card.max_images} images, {count} were sent."
        raise refusal(_ME, 400, "invalid_parameter_value", message, "image")
    if count < card.min_images:
        raise refusal(_ME, 400, "missing_image_input", f"{card.id} needs {card.min_images} images.", "image")
    if pictures.change is None and card.hidden.get("mask") == "required":
        raise flat(400, "INVALID_IMAGE_INPUT", "No mask image data provided")
    if pictures.change is not None and not card.takes_mask:
        raise refusal(_ME, 400, "invalid_parameter_value", f"{card.id} does not support masks.", "mask")


def _texts(value: object) -> tuple[str, ...]:
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in items):
        raise flat(400, "INVALID_IMAGE_INPUT", "Images must be data URLs.")
    return tuple(str(item) for item in items)
