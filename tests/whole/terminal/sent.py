"""What a request carried, read by Pillow alone: pictures in their order, and what a mask changes."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from studio.playground.exchange import Asked

MASK_NAMES = ("mask", "maskDataUrl")


def body_of(asked: Asked) -> dict[str, Any]:
    """The members of a JSON body, or the texts of a form."""
    if (asked.header("content-type") or "").startswith("application/json"):
        return json.loads(asked.body)
    return dict(asked.fields)


def names_of(asked: Asked) -> list[str]:
    """The names that carry pictures and mask, in their order."""
    carried = [upload.name for upload in asked.files]
    plain = ("imageDataUrl", "imageDataUrls", "maskDataUrl", "input_references", "images", "mask", "image")
    return carried or [name for name in body_of(asked) if name in plain]


def pictures_of(asked: Asked) -> list[Image.Image | str]:
    """All pictures but the mask in the order in which they were sent; a link as its text."""
    if asked.files:
        return [_opened(upload.data) for upload in asked.files if upload.name not in MASK_NAMES]
    body = body_of(asked)
    single = [body["imageDataUrl"]] if "imageDataUrl" in body else []
    several = body.get("imageDataUrls") or body.get("input_references") or body.get("images") or []
    return [_read(_url(each)) for each in (*single, *several)]


def mask_of(asked: Asked) -> Image.Image | None:
    """The mask."""
    for upload in asked.files:
        if upload.name in MASK_NAMES:
            return _opened(upload.data)
    body = body_of(asked)
    found = next((body[name] for name in MASK_NAMES if name in body), None)
    if found is None:
        return None
    read = _read(_url(found))
    assert not isinstance(read, str)
    return read


def changed_by(mask: Image.Image, form: str) -> NDArray[np.bool_]:
    """Where a reader of this form (alpha, white, or both) would change the picture. The two readings of `both` are
    held to each other."""
    pixels = np.asarray(mask.convert("RGBA"))
    clear, white = pixels[..., 3] == 0, (pixels[..., :3] == 255).all(axis=2)
    if form == "white":
        assert (pixels[..., 3] == 255).all(), "a mask that is read by its colour is opaque"
        assert (white | (pixels[..., :3] == 0).all(axis=2)).all()
        return white
    assert set(np.unique(pixels[..., 3])) <= {0, 255}
    if form == "both":
        assert (clear == white).all()
    return clear


def masked_area(path: Path) -> NDArray[np.bool_]:
    """What a mask file marks by white."""
    with Image.open(path) as mask:
        return np.asarray(mask.convert("L")) >= 128


def colours_of(pictures: list[Image.Image | str]) -> list[tuple[int, ...] | str]:
    """The middle pixel of each."""
    return [each if isinstance(each, str) else _middle(each) for each in pictures]


def _middle(image: Image.Image) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(found, tuple)
    return tuple(int(each) for each in found)


def _url(item: Any) -> str:
    """Of a text, an object with `image_url`, or one that holds another with `url`."""
    while isinstance(item, dict):
        item = item.get("image_url") or item["url"]
    return item


def _read(url: str) -> Image.Image | str:
    if not url.startswith("data:"):
        return url
    head, _, data = url.partition(",")
    image = _opened(base64.b64decode(data, validate=True))
    assert head == f"data:{image.get_format_mimetype()};base64"
    return image


def _opened(data: bytes) -> ImageFile.ImageFile:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
