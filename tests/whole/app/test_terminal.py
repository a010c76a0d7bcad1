"""The command line in processes of its own, on real photographs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

TESTS = Path(__file__).resolve().parents[2]
PHOTO = TESTS / "photos" / "friends_by_Aitzol_Berasategi.jpg"
MASK = TESTS / "masks" / "remove-dog.png"


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def edit(desk: Desk, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    status, output, _errors = desk.run("--data-dir", "data", "--json", "edit", *arguments, timeout=100)
    return status, lines(output)[-1]


def test_a_removal_changes_nothing_outside_the_paste_mask_and_is_found_again(desk: Desk) -> None:
    status, ended = edit(desk, "--image", PHOTO, "--mask", MASK, "--prompt", "remove", "--output", "out")
    assert status == 0
    assert ended["state"] == "succeeded"
    output = ended["outputs"][0]
    before = np.asarray(Image.open(PHOTO).convert("RGB"))
    after = np.asarray(Image.open(desk.home / output["path"]).convert("RGB"))
    mask = np.asarray(Image.open(desk.home / output["paste_mask"]))
    changed = (before != after).any(axis=2)
    assert mask.shape == changed.shape
    assert changed[mask == 255].mean() > 0.5
    assert not changed[mask == 0].any()

    _status, jobs, _errors = desk.run("--data-dir", "data", "--json", "jobs")
    assert [job["state"] for job in lines(jobs)] == ["succeeded"]
    _status, gallery, _errors = desk.run("--data-dir", "data", "--json", "gallery")
    assert [row["job"] for row in lines(gallery)] == [ended["job"]]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--image", PHOTO, "--mask", MASK, "--prompt", "a red balloon"], "prompt-needs-provider"),
        (["--image", PHOTO.parent, "--prompt", "remove"], "is-a-folder"),
        (["--image", PHOTO, "--mask", TESTS / "masks" / "remove-fig.png", "--prompt", "remove"], "mask-size"),
        (["--image", PHOTO, "--model", "nonsense"], "unknown-model"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_sent(desk: Desk, arguments: list[str | Path], code: str) -> None:
    status, ended = edit(desk, *arguments)
    assert status == 2
    assert ended["job"] is None
    assert ended["problem"]["code"] == code
