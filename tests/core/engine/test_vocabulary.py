"""Few words, strictly."""

from __future__ import annotations

import pytest

from studio.engine.operations import OPERATIONS
from studio.engine.vocabulary import understood


@pytest.mark.parametrize(
    ("prompt", "operation"),
    [
        ("remove", "remove"),
        ("Remove this.", "remove"),
        ("erase the object", "remove"),
        ("please delete the masked area", "remove"),
        ("fill", "remove"),
        ("Clean up", "remove"),
        ("INPAINT", "remove"),
        ("get rid of it", "remove"),
        ("extend", "extend"),
        ("expand the canvas", "extend"),
        ("outpaint", "extend"),
        ("uncrop the picture", "extend"),
        ("cut out", "cutout"),
        ("cut out the subject", "cutout"),
        ("Isolate the person", "cutout"),
        ("remove the background", "cutout"),
        ("remove background from the photo", "cutout"),
        ("select the object", "select"),
        ("upscale", "upscale"),
        ("enlarge this image", "upscale"),
    ],
)
def test_words_and_their_synonyms_are_understood(prompt: str, operation: str) -> None:
    assert understood(prompt) == operation


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "   ",
        "...",
        "remove the dog and add a cat",
        "remove the dog",
        "don't remove",
        "a red ball",
        "fill with roses",
        "make it blue",
        "background",
        "remove remove",
        "extend the leg",
        "cut out the noise",
        "upscale 8x",
        "entferne das",
    ],
)
def test_anything_else_is_not(prompt: str) -> None:
    assert understood(prompt) is None


def test_every_word_leads_to_an_operation_that_exists() -> None:
    known = {str(model.id) for model in OPERATIONS}
    assert {understood(prompt) for prompt in ("remove", "extend", "select", "cut out", "upscale")} == known
