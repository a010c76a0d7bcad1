"""What a person can get wrong, and what a disk can: one sentence, the right status, no job, no traceback.

The real rooms in this process; what ends a process is in `test_ends.py`.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from studio.app.desks import TerminalDesks
from studio.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTO = Path(__file__).resolve().parents[2] / "photos" / "friends_by_Aitzol_Berasategi.jpg"
SIZE = (56, 84)
"""Small: each square of another size that is looked at around a click takes the net a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a verb ended."""

    status: int
    state: str
    code: str | None
    job: str | None
    sentence: str


class Terminal:
    """Verbs on one data folder, files beside it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._capsys = capsys

    def run(self, *words: str | Path) -> tuple[int, list[dict[str, Any]], str]:
        """Status, the objects that were printed, and the words for people."""
        status = main(["--data-dir", str(self.data), "--json", *map(str, words)], TerminalDesks())
        assert isinstance(status, int)
        output, errors = self._capsys.readouterr()
        assert "Traceback" not in errors
        return status, [json.loads(line) for line in output.splitlines()], errors

    def edit(self, *words: str | Path) -> Ended:
        """The end of an edit of the small photo."""
        status, said, errors = self.run("edit", *words)
        end = said[-1]
        problem = end["problem"]
        return Ended(
            status=status, state=end["state"], code=problem and problem["code"], job=end["job"], sentence=errors
        )

    def path(self, name: str) -> Path:
        return self.folder / name


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG that declares a size, whatever it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    with Image.open(PHOTO) as photo:
        photo.resize(SIZE).save(tmp_path / "photo.png")
    whole = (tmp_path / "photo.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "words.jpg").write_text("no picture at all\n" * 9)
    (tmp_path / "nothing.png").write_bytes(b"")
    (tmp_path / "bomb.png").write_bytes(png(20_000, 20_000, bytes(900_000)))
    (tmp_path / "folder").mkdir()
    mask = np.zeros(SIZE[::-1], np.uint8)
    Image.fromarray(mask).save(tmp_path / "empty.png")
    Image.fromarray(mask + 255).save(tmp_path / "full.png")
    Image.fromarray(mask[:17] + 255).save(tmp_path / "other.png")
    mask[28:42, 21:32] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    return Terminal(tmp_path, capsys)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("words.jpg", "not-an-image"),
        ("cut.png", "image-truncated"),
        ("nothing.png", "image-empty"),
        ("folder", "is-a-folder"),
        ("gone.png", "file-missing"),
        ("bomb.png", "image-too-large"),
    ],
)
def test_a_file_that_is_no_picture(terminal: Terminal, name: str, code: str) -> None:
    assert terminal.path("bomb.png").stat().st_size < 1100
    for words in (
        ("--image", terminal.path(name), "--model", "cutout"),
        ("--image", terminal.path("photo.png"), "--mask", terminal.path(name), "--prompt", "remove"),
    ):
        end = terminal.edit(*words)
        assert (end.status, end.state, end.code, end.job) == (2, "failed", code, None)
        assert end.sentence.count("\n") == 1
        assert name in end.sentence
    assert terminal.run("jobs")[:2] == (0, [])


@pytest.mark.parametrize(
    ("name", "code"), [("other.png", "mask-size"), ("empty.png", "mask-empty"), ("full.png", "mask-full")]
)
def test_a_mask_that_marks_nothing_to_do(terminal: Terminal, name: str, code: str) -> None:
    photo = terminal.path("photo.png")
    end = terminal.edit("--image", photo, "--mask", terminal.path(name), "--prompt", "remove")
    assert (end.status, end.code, end.job) == (2, code, None)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--prompt", "extend"), "--set left=64"),
        (("--prompt", "select"), "--set clicks=X,Y"),
        (("--prompt", "upscale", "--mask", "mask.png"), "leave out --mask"),
        (("--prompt", "extend", "--set", "left=9", "--mask", "mask.png"), "leave out --mask"),
        (("--prompt", "remove"), "mask is empty"),
        (("--prompt", "upscale", "--set", "factor=9"), "from 1.1 to 4"),
        (("--prompt", "upscale", "--set", "size=9"), "factor"),
        (("--prompt", "paint a cat"), "does not read prompts"),
        (("--model", "blend"), "no model named blend"),
        (("--model", "cutout", "--provider", "nowhere"), "local"),
    ],
)
def test_an_order_that_cannot_be_meant(terminal: Terminal, words: tuple[str, ...], hint: str) -> None:
    whole = [terminal.path(word) if word.endswith(".png") else word for word in words]
    end = terminal.edit("--image", terminal.path("photo.png"), *whole)
    assert (end.status, end.job) == (2, None)
    assert hint in end.sentence
    assert "Nothing was sent." in end.sentence


def test_a_click_beside_the_picture(terminal: Terminal) -> None:
    end = terminal.edit("--image", terminal.path("photo.png"), "--model", "select", "--set", "clicks=56,7")
    assert (end.status, end.code) == (2, "bad-parameter")
    assert "56 x 84" in end.sentence


@pytest.mark.parametrize(
    ("words", "size"),
    [
        (("--prompt", "remove", "--mask", "mask.png"), SIZE),
        (("--prompt", "extend", "--set", "left=16", "--set", "bottom=8"), (SIZE[0] + 16, SIZE[1] + 8)),
        (("--prompt", "cut out"), SIZE),
        (("--prompt", "select", "--set", "clicks=28,42"), SIZE),
        (("--prompt", "select", "--mask", "mask.png"), SIZE),
        (("--prompt", "upscale", "--set", "factor=1.5"), (SIZE[0] * 3 // 2, SIZE[1] * 3 // 2)),
    ],
)
def test_every_operation_of_the_engine(terminal: Terminal, words: tuple[str, ...], size: tuple[int, int]) -> None:
    whole = [terminal.path(word) if word.endswith(".png") else word for word in words]
    output = ("--output", terminal.path("out"))
    status, said, errors = terminal.run("edit", "--image", terminal.path("photo.png"), *whole, *output)
    assert (status, said[-1]["state"]) == (0, "succeeded"), errors
    with Image.open(said[-1]["outputs"][0]["path"]) as picture:
        assert picture.size == size


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_sent(terminal: Terminal) -> None:
    photo = terminal.path("photo.png")
    end = terminal.edit("--image", photo, "--model", "cutout", "--output", "/proc/out")
    assert (end.status, end.code, end.job) == (5, "folder-read-only", None)
    end = terminal.edit("--image", photo, "--model", "cutout", "--output", photo)
    assert (end.status, end.code, end.job) == (2, "bad-arguments", None)


@pytest.fixture
def full(terminal: Terminal) -> Iterator[Path]:
    """A folder with room for next to nothing."""
    place = terminal.path("full")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", place]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root on Linux only")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_fails_the_files_and_keeps_the_picture(terminal: Terminal, full: Path) -> None:
    words = ("--image", terminal.path("photo.png"), "--mask", terminal.path("mask.png"), "--prompt", "remove")
    status, said, errors = terminal.run("edit", *words, "--output", full)
    assert (status, said[-1]["state"], said[-1]["problem"]["code"]) == (5, "failed", "disk-full")
    assert str(full) in errors
    assert list(full.iterdir()) == []
    assert Path(said[-1]["outputs"][0]["path"]).stat().st_size > 0
    assert [row["job"] for row in terminal.run("gallery")[1]] == [said[-1]["job"]]


def test_a_data_folder_on_a_full_disk(terminal: Terminal, full: Path) -> None:
    terminal.data = full
    end = terminal.edit("--image", terminal.path("photo.png"), "--model", "cutout")
    assert (end.status, end.code, end.job) == (5, "disk-full", None)


def test_a_damaged_library_is_said_by_a_reader_and_mended_by_a_writer(terminal: Terminal) -> None:
    waiting = ("edit", "--image", terminal.path("photo.png"), "--model", "cutout", "--no-wait")
    assert terminal.run(*waiting)[0] == 0
    assert len(list((terminal.data / "backups").glob("library-*.sqlite"))) == 1
    for left in terminal.data.glob("library.sqlite-*"):
        left.unlink()
    (terminal.data / "library.sqlite").write_bytes(b"not a library " * 999)
    for verb in ("jobs", "gallery"):
        status, said, errors = terminal.run(verb)
        assert (status, said) == (5, [])
        assert "is damaged and cannot be read" in errors
    status, said, errors = terminal.run(*waiting)
    assert (status, said[-1]["state"]) == (0, "queued")
    assert "was damaged. The damaged file was kept" in errors
    status, said, errors = terminal.run("jobs")
    assert (status, len(said), errors) == (0, 2, ""), "the first one came from the backup"


def test_a_library_of_a_newer_program_is_left_alone(terminal: Terminal) -> None:
    waiting = ("edit", "--image", terminal.path("photo.png"), "--model", "cutout", "--no-wait")
    assert terminal.run(*waiting)[0] == 0
    library = terminal.data / "library.sqlite"
    data = bytearray(library.read_bytes())
    data[60:64] = (999).to_bytes(4, "big")
    library.write_bytes(data)
    for verb in (waiting, ("jobs",)):
        status, _said, errors = terminal.run(*verb)
        assert status == 5
        assert "newer Overpaint" in errors
    assert library.read_bytes() == bytes(data)
    shutil.rmtree(terminal.data)
