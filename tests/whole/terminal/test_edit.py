"""The command line as a script uses it: real processes, a real photograph."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from studio.domain.pixels import PixelFormat
from studio.framing.masks import mask_file
from studio.framing.place import same_outside
from studio.imaging.decode import decode
from tests.fakes.profiles import adobe_rgb

TESTS = Path(__file__).resolve().parents[2]
PHOTO = TESTS / "photos" / "friends_by_Aitzol_Berasategi.jpg"
MASK = TESTS / "masks" / "remove-dog.png"
PIECE = (96, 64)


def piece(folder: Path, icc: bytes | None = None) -> Path:
    """A small piece of the photograph, where its size does not matter."""
    path = folder / "piece.png"
    with Image.open(PHOTO) as photo:
        photo.crop((800, 900, 800 + PIECE[0], 900 + PIECE[1])).save(path, icc_profile=icc)
    return path


def run(data: Path, *words: str) -> tuple[int, list[dict[str, object]]]:
    """The exit status and the objects that were printed."""
    command = [sys.executable, "-m", "studio", "--data-dir", str(data), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=TESTS.parent)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def outputs_of(ended: dict[str, object]) -> list[dict[str, str]]:
    found = ended["outputs"]
    assert isinstance(found, list)
    return found


def test_an_edit_changes_nothing_outside_of_its_paste_mask(tmp_path: Path) -> None:
    words = ("edit", "--image", str(PHOTO), "--mask", str(MASK), "--prompt", "remove", "--output", str(tmp_path / "o"))
    status, said = run(tmp_path / "data", *words)
    assert status == 0
    assert [said[0]["event"], said[-1]["event"], said[-1]["state"]] == ["queued", "ended", "succeeded"]
    (output,) = outputs_of(said[-1])
    before, after = (decode(Path(path).read_bytes(), "it").pixels for path in (str(PHOTO), output["path"]))
    mask = mask_file(Path(output["paste_mask"]).read_bytes())
    assert mask.format is PixelFormat.GRAY
    assert before.size == after.size == mask.size
    assert bytes(before.data) != bytes(after.data)
    assert 0 < bytes(mask.data).count(0) < mask.size.area
    assert same_outside(before, after, mask) == 0
    _, listed = run(tmp_path / "data", "gallery")
    assert [row["job"] for row in listed] == [said[-1]["job"]]


def test_it_is_said_that_a_deep_picture_is_worked_on_with_8_bits(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    Image.new("I;16", PIECE, 0x1234).save(path)
    before = path.read_bytes()
    words = ("edit", "--image", str(path), "--prompt", "upscale", "--output", str(tmp_path))
    command = [sys.executable, "-m", "studio", "--data-dir", str(tmp_path / "data"), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=TESTS.parent)
    assert done.returncode == 0
    assert done.stderr == "deep.png has 16 bits a channel and is opened with 8. Its file stays as it is.\n"
    assert {json.loads(line)["event"] for line in done.stdout.splitlines()} == {"queued", "progress", "ended"}
    assert path.read_bytes() == before


def test_a_picture_that_is_made_larger_keeps_its_profile(tmp_path: Path) -> None:
    wide = piece(tmp_path, icc=adobe_rgb())
    words = (
        "edit",
        "--image",
        str(wide),
        "--prompt",
        "upscale",
        "--set",
        "factor=1.5",
        "--output",
        str(tmp_path / "o"),
    )
    status, said = run(tmp_path / "data", *words)
    assert status == 0
    (output,) = outputs_of(said[-1])
    made = decode(Path(output["path"]).read_bytes(), "it")
    raw = decode(Path(output["raw"]).read_bytes(), "it")
    assert made.icc == adobe_rgb()
    assert bytes(made.pixels.data) == bytes(raw.pixels.data)
    _, listed = run(tmp_path / "data", "gallery")
    assert decode(Path(str(listed[0]["path"])).read_bytes(), "it").icc == adobe_rgb()


def test_an_order_that_waits_is_sent_by_a_later_run(tmp_path: Path) -> None:
    image = piece(tmp_path)
    words = ("edit", "--image", str(image), "--prompt", "extend", "--set", "left=16", "--no-wait")
    status, said = run(tmp_path, *words)
    assert (status, said[-1]["state"]) == (0, "queued")
    status, later = run(tmp_path, "jobs", "run")
    assert (status, later[-1]["job"], later[-1]["state"]) == (0, said[0]["job"], "succeeded")
    (output,) = outputs_of(later[-1])
    assert output["width"] == PIECE[0] + 16


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--image", str(PHOTO), "--prompt", "paint a cat"), "prompt-needs-provider"),
        (("--image", str(PHOTO), "--prompt", "remove"), "mask-empty"),
        (("--image", str(PHOTO), "--model", "cutout", "--size", "64x64"), "bad-parameter"),
        (("--image", str(PHOTO.with_name("gone.jpg")), "--model", "cutout"), "file-missing"),
    ],
)
def test_bad_input_ends_with_a_reason_and_makes_no_job(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    status, said = run(tmp_path, "edit", *words)
    problem = said[-1]["problem"]
    assert isinstance(problem, dict)
    assert (status, said[-1]["job"], problem["code"]) == (2, None, code)
    assert run(tmp_path, "jobs") == (0, [])
