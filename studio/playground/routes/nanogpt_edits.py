"""POST /api/v1/images/edits and its alias /edit: a multipart form, or JSON with data URLs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from studio.playground.checks import (
    DOCUMENTED,
    Held,
    card_of,
    check_documented,
    check_doubled,
    check_key,
    check_names,
    check_size_of_body,
    check_unspoken,
    count_of,
    prompt_of,
    size_of_form,
)
from studio.playground.forms import BadForm, content_type, read_json, read_multipart
from studio.playground.inputs import of_upload
from studio.playground.order import Order, carried_out
from studio.playground.refusals import Dialect, flat, refusal
from studio.playground.routes.nanogpt_pictures import (
    Pictures,
    check_pictures,
    data_pictures,
    mask_in_form,
    named_picture,
)

if TYPE_CHECKING:
    from studio.playground.exchange import Asked, Given
    from studio.playground.forms import Form
    from studio.playground.inputs import Input
    from studio.playground.world import World

DEFAULT_MODEL = "gpt-image-1"
_OWN = frozenset({"model", "prompt", "size", "n", "response_format", "user", "stream", "provider", *DOCUMENTED})
_FORM_NAMES = _OWN | {"image", "image[]"}
_JSON_NAMES = _OWN | {"imageDataUrl", "imageDataUrls", "maskDataUrl"}
_ME = Dialect.NANOGPT


async def answer(asked: Asked, world: World) -> Given:
    """Raises Refused."""
    check_size_of_body(asked, world)
    check_key(asked, world, _ME, x_api_key=True)
    held = Held(form=read(asked), dialect=_ME)
    check_doubled(held)
    check_unspoken(held)
    pictures = await asyncio.to_thread(_pictures, held.form, world)
    card = card_of(held, world, DEFAULT_MODEL)
    check_names(held, card, _JSON_NAMES if held.form.is_json else _FORM_NAMES)
    check_documented(held, card)
    check_pictures(card, pictures)
    size = size_of_form(held, card, "size")
    order = Order(
        dialect=_ME,
        route="edits",
        card=card,
        prompt=prompt_of(held, card),
        count=count_of(held, card),
        # The example of the document answers with an address.
        wanted=held.one_of("response_format", ("url", "b64_json")) or "url",
        size=size,
        seed=held.integer("seed", 0, 2**63 - 1),
        form=held.one_of("output_format", ("png", "jpeg", "webp")) or "png",
        images=pictures.images,
        change=pictures.change,
    )
    return await carried_out(order, asked, world)


def read(asked: Asked) -> Form:
    """The body by its content type. Raises Refused."""
    kind = content_type(asked)
    try:
        if kind == "multipart/form-data":
            return read_multipart(asked)
        if kind == "application/json":
            return read_json(asked)
    except BadForm as error:
        code = "invalid_json" if kind == "application/json" else "invalid_multipart_body"
        raise refusal(_ME, 400, code, str(error)) from error
    raise refusal(_ME, 415, "invalid_content_type", "Send multipart/form-data or application/json.")


def _pictures(form: Form, world: World) -> Pictures:
    if form.is_json:
        return data_pictures(form)
    images = _images(form, world)
    if not images:
        raise refusal(_ME, 400, "missing_image_input", "image is required.", "image")
    strangers = {file.name for file in form.files} - {"image", "image[]", "mask"}
    if strangers:
        raise refusal(_ME, 400, "invalid_multipart_body", f"Unexpected file field: {min(strangers)}.")
    masks = form.files_of("mask")
    if len(masks) > 1:
        raise refusal(_ME, 400, "invalid_multipart_body", "mask was sent more than once.", "mask")
    change = mask_in_form(of_upload(masks[0], _ME), images[0]) if masks else None
    return Pictures(images=images, change=change)


def _images(form: Form, world: World) -> tuple[Input, ...]:
    single, several = form.files_of("image"), form.files_of("image[]")
    has_single = bool(single) or "image" in form.values
    if has_single and (several or "image[]" in form.values):
        raise flat(400, "conflicting_image_inputs", "Use image or image[], not both.")
    if len(single) > 1 or (single and "image" in form.values):
        raise refusal(_ME, 400, "invalid_multipart_body", "image was sent more than once; use image[].", "image")
    if several and "image[]" in form.values:
        raise refusal(_ME, 400, "invalid_multipart_body", "image[] is a file or a string, not both.", "image[]")
    named = (form.text("image"),) if form.text("image") else form.lists.get("image[]", ())
    files = tuple(of_upload(file, _ME) for file in (*single, *several))
    return files + tuple(named_picture(text, world, "image") for text in named)
