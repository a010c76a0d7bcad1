"""Odd input on its way to a provider: what can be made right is, and the rest is refused in a sentence before anything
was sent."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.whole.terminal.sent import changed_by, mask_of, pictures_of
from tests.whole.terminal.visitor import PHOTO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.whole.terminal.visitor import Ended, Visitor

FOX = "\N{FOX FACE}"
"""One character that counts as two UTF-16 code units."""


def refused(visitor: Visitor, ended: Ended, *codes: str) -> None:
    """In one sentence of ours, with nothing sent and nothing billed."""
    assert (ended.status, ended.last["state"]) == (2, "failed"), ended.said
    assert ended.code in codes
    assert ended.last["problem"]["cost"] == "Nothing was sent."
    assert len(ended.words.splitlines()) <= 3
    assert visitor.orders() == []
    assert len(visitor.playground.ledger) == 0


class TestOrders:
    """Words and numbers that a model does not take."""

    @pytest.fixture(autouse=True)
    def there(self, visitor: Visitor) -> None:
        visitor.add("nanogpt")

    @pytest.mark.parametrize("prompt", ["", "   ", "\n"])
    def test_an_empty_prompt(self, visitor: Visitor, prompt: str) -> None:
        edit = visitor.order("edit", "--image", visitor.photo(), "--prompt", prompt, model="gpt-image-1")
        refused(visitor, edit, "prompt-empty", "bad-arguments")
        made = visitor.order("generate", "--prompt", prompt, model="hidream")
        refused(visitor, made, "prompt-empty", "bad-arguments")

    def test_a_prompt_over_the_limit_is_counted_in_the_models_own_unit(self, visitor: Visitor) -> None:
        words = ("edit", "--image", visitor.photo(), "--prompt")
        over = visitor.order(*words, FOX * 401, model="flux-kontext")
        refused(visitor, over, "prompt-over-limit")
        assert "802" in over.last["problem"]["what"]
        assert "800" in over.last["problem"]["what"]
        assert visitor.order(*words, FOX * 400, model="flux-kontext").status == 0

    def test_twenty_references_for_a_model_that_takes_four(self, visitor: Visitor) -> None:
        images = [word for _ in range(20) for word in ("--image", visitor.reference("red"))]
        ended = visitor.order("edit", *images, "--prompt", "a fox", model="flux-kontext")
        refused(visitor, ended, "too-many-references", "bad-parameter")

    def test_a_mask_for_a_model_that_has_no_place_for_one(self, visitor: Visitor) -> None:
        words = ("--image", visitor.photo(), "--mask", visitor.mask(), "--prompt", "a fox")
        ended = visitor.order("edit", *words, model="gpt-4o-image")
        if ended.status:
            refused(visitor, ended, "no-mask-slot", "bad-arguments")
        else:
            # The honest other way: the crop is sent without the mask, and pasted back under it.
            assert mask_of(visitor.orders()[0]) is None

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("--size", "17x17"), "bad-parameter"),
            (("--set", "colour=red"), "bad-parameter"),
            (("--set", "num_inference_steps=many"), "bad-parameter"),
            (("--set", "strength=7"), "bad-parameter"),
        ],
    )
    def test_values_that_are_not_the_models(self, visitor: Visitor, words: tuple[str, ...], code: str) -> None:
        refused(visitor, visitor.order("generate", "--prompt", "a fox", *words, model="hidream"), code)

    def test_no_key_at_all(self, visitor: Visitor) -> None:
        ended = visitor.process("generate", "--provider", "there", "--prompt", "a fox", "--model", "hidream")
        assert ended.status in (2, 5)
        assert ended.code in ("key-missing", "keyring-unavailable", "keyring-locked")
        assert visitor.orders() == []

    def test_a_count_over_what_the_model_makes_is_told_as_missing(self, visitor: Visitor) -> None:
        ended = visitor.order("generate", "--prompt", "a fox", "--count", "6", "--size", "512x512", model="hidream")
        assert (ended.status, len(ended.last["outputs"]), ended.last["missing"]) == (0, 4, 2)


def cmyk(path: Path) -> None:
    with Image.open(PHOTO) as image:
        image.thumbnail((300, 300))
        image.convert("CMYK").save(path, "JPEG")


def sixteen_bit(path: Path) -> None:
    ramp = np.linspace(0, 65535, 120 * 90).astype(np.uint16).reshape(90, 120)
    Image.fromarray(ramp).save(path, "PNG")


def palette(path: Path) -> None:
    with Image.open(PHOTO) as image:
        image.thumbnail((300, 300))
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(path, "PNG")


def disguised(path: Path) -> None:
    with Image.open(PHOTO) as image:
        image.thumbnail((300, 300))
        image.save(path, "WEBP")


def turned(path: Path) -> None:
    """Lies on its side by EXIF, and tells where it was taken."""
    with Image.open(PHOTO) as image:
        image.thumbnail((300, 300))
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010E] = "CANARY-OF-EXIF"
        exif.get_ifd(0x8825)[1] = "N"
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        image.save(path, "JPEG", exif=exif, comment=b"CANARY-OF-COMMENT", icc_profile=profile)


ODD = [("cmyk.jpg", cmyk), ("deep.png", sixteen_bit), ("palette.png", palette), ("webp.png", disguised),
       ("turned.jpg", turned)]  # fmt: skip


@pytest.mark.parametrize(("name", "write"), ODD, ids=[name for name, _ in ODD])
@pytest.mark.parametrize("kind", ["nanogpt", "openai"])
def test_odd_pictures_are_made_plain_wherever_they_stand(
    regular: Visitor, kind: str, name: str, write: Callable[[Path], None]
) -> None:
    regular.add(kind, kind)
    path = regular.folder / name
    write(path)
    model = {"nanogpt": "gpt-image-1", "openai": "gpt-image-2"}[kind]
    ended = regular.order("edit", "--image", path, "--image", path, "--prompt", "a fox", model=model)
    assert (ended.status, ended.last["state"]) == (0, "succeeded"), ended.words
    asked = regular.orders()[-1]
    for sent in pictures_of(asked):
        assert not isinstance(sent, str)
        assert sent.mode in ("RGB", "RGBA")
        assert not sent.getexif()
        with Image.open(path) as given:
            assert sent.size == (given.size[::-1] if name == "turned.jpg" else given.size)
    assert b"CANARY" not in asked.body


@pytest.mark.long
def test_a_photograph_of_100_megapixels(visitor: Visitor) -> None:
    """Half a minute, most of it for a PNG of that size."""
    check_sent_smaller(visitor, (8165, 12264), 4_000_000)


def test_what_is_too_large_is_sent_smaller_and_the_mask_follows(visitor: Visitor) -> None:
    check_sent_smaller(visitor, (800, 1200), 60_000, max_body_bytes="60000")


def check_sent_smaller(visitor: Visitor, size: tuple[int, int], limit: int, **settings: str) -> None:
    """And the answer is pasted into the whole of it."""
    visitor.add("nanogpt", **settings)
    path, mask = visitor.folder / "large.jpg", visitor.folder / "large-mask.png"
    width, height = size
    with Image.open(PHOTO) as image:
        image.resize(size, Image.Resampling.BILINEAR).save(path, quality=80)
    painted = Image.new("L", size, 0)
    painted.paste(255, (width // 4, height // 4, width * 3 // 4, height * 3 // 4))
    painted.save(mask, compress_level=1)
    words = ("--image", path, "--mask", mask, "--frame", "whole", "--prompt", "a fox")
    ended = visitor.order("edit", *words, model="gpt-image-1")
    assert (ended.status, ended.last["state"]) == (0, "succeeded"), ended.words
    (asked,) = visitor.orders()
    (first,), sent_mask = pictures_of(asked), mask_of(asked)
    assert sent_mask is not None
    assert not isinstance(first, str)
    assert sent_mask.size == first.size
    assert first.width < width
    assert len(asked.body) <= limit
    assert changed_by(sent_mask, "both").mean() == pytest.approx(0.25, abs=0.06)
    (output,) = ended.last["outputs"]
    assert (output["width"], output["height"]) == size
    phases = [each["phase"] for each in ended.said if each["event"] == "progress"]
    assert f"Sent as {first.width} x {first.height} instead of {width} x {height}" in " ".join(phases)


def test_a_link_goes_only_where_the_route_takes_one(visitor: Visitor) -> None:
    visitor.add("naga")
    link = "https://pictures.example/fox.png"
    words = ("--image", visitor.photo(), "--image", link, "--prompt", "a fox")
    ended = visitor.order("edit", *words, model="gpt-image-1")
    assert ended.status == 2
    assert visitor.orders() == []
    assert ended.last["problem"]["next"]


@pytest.mark.parametrize(
    ("images", "told"),
    [
        (("https://pictures.example/fox.png",), "The picture itself has to be a file"),
        (("photo", "http://pictures.example/fox.png"), "has to begin with https"),
    ],
)
def test_an_address_where_none_can_be(visitor: Visitor, images: tuple[str, ...], told: str) -> None:
    visitor.add("nanogpt")
    words = [word for image in images for word in ("--image", visitor.photo() if image == "photo" else image)]
    ended = visitor.order("edit", *words, "--prompt", "a fox", model="gpt-image-1")
    refused(visitor, ended, "bad-arguments")
    assert told in ended.last["problem"]["what"]


def test_a_reference_that_is_no_picture(visitor: Visitor) -> None:
    visitor.add("nanogpt")
    path = visitor.folder / "notes.png"
    path.write_bytes(b"these are notes")
    ended = visitor.order("edit", "--image", visitor.photo(), "--image", path, "--prompt", "a", model="gpt-image-1")
    assert (ended.status, ended.code, ended.last["job"]) == (2, "not-an-image", None)
    assert visitor.orders() == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_file_name_that_is_no_text_names_what_is_made_of_it(visitor: Visitor) -> None:
    visitor.add("openai")
    photo = visitor.folder / os.fsdecode(b"caf\xe9.png")
    photo.write_bytes(visitor.photo().read_bytes())
    ended = visitor.order("edit", "--image", photo, "--prompt", "a fox", model="gpt-image-2")
    assert (ended.status, len(visitor.playground.ledger)) == (0, 1), ended.words
    (output,) = ended.last["outputs"]
    assert os.fsencode(output["path"]) == os.fsencode(visitor.out) + b"/caf\xe9-gpt-image-2-1.png"
    assert os.path.getsize(output["path"]) > 0
