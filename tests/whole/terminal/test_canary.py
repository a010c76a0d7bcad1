"""A key that is like no other, used through a full run with errors and a kill: it is found nowhere but where it was
given."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, PngImagePlugin

from studio.playground.faults import Fault, cut, late, page, redirect, refuse, rewritten, too_many
from studio.playground.faults import Place as Cut
from tests.whole.app.test_handover import Window, told
from tests.whole.terminal.visitor import TESTS, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studio.playground.server import Playground
    from tests.whole.conftest import Desk

CANARY = "sk-CANARY-7e1f93ab5cd24c0f"
FORMS = tuple(
    form
    for text in (CANARY, CANARY[3:])
    for form in (text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode()).rstrip(b"="))
)
"""As it is, as a toolkit would write it, and as a header of another kind would carry it."""
_SAID = {"error": {"message": f"The key {CANARY} may not do this", "type": "x", "param": None, "code": CANARY}}


class Run:
    """Programs in a home of their own, one data folder, and all that they said."""

    def __init__(self, home: Path, playground: Playground) -> None:
        self.home = home
        self.playground = playground
        self.visitor = Visitor(home, playground)
        self.visitor.data = home / "data"
        self.said: list[str] = []
        self.environment = os.environ | {"HOME": str(home), "PYTHONFAULTHANDLER": "1"}
        self._running: list[subprocess.Popen[str]] = []

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "studio", "--data-dir", self.visitor.data, "--json", *words]
        program = subprocess.Popen(
            [str(word) for word in command], cwd=TESTS.parent, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._running.append(program)
        return program

    def here(self, *words: str | Path) -> int:
        """In this process, which is faster where nothing of a process is looked at."""
        ended = self.visitor.run(*words)
        self.said += [ended.out, ended.words]
        return ended.status

    def end(self) -> None:
        """Whatever still runs."""
        for program in self._running:
            program.kill()
            program.communicate()

    def run(self, *words: str | Path, typed: str = "") -> int:
        """To its end; its status."""
        program = self.start(*words)
        out, err = program.communicate(typed, timeout=120)
        self.said += [out, err]
        return program.returncode

    def order(self, *words: str | Path, key: bool = True) -> list[str | Path]:
        """Words of an edit with a mask."""
        named = ("edit", "--provider", "nano", "--model", "gpt-image-1", "--prompt", "a red fox")
        named = (*named, "--output", self.home / "out")
        pictures = ("--image", self.visitor.photo(), "--mask", self.visitor.mask())
        return [*named, *pictures, *(("--key-file", self.visitor.key_file) if key else ()), *words]


@pytest.fixture
def course(playground: Playground, tmp_path: Path) -> Iterator[Run]:
    playground.world.keys[:] = [CANARY]
    home = tmp_path / "course"
    home.mkdir()
    run = Run(home, playground)
    yield run
    run.playground.faults.clear()
    run.here("providers", "remove", "nano")
    run.end()


def command_lines() -> Iterator[tuple[str, bytes]]:
    """Of every process on this machine that may be looked at: what it was started with and what surrounds it."""
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ", "comm"):
            try:
                yield str(process / name), (process / name).read_bytes()
            except OSError:  # it ended meanwhile, or is somebody else's
                continue


def contents(home: Path, given: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below the home but the one that the key was given in, and what lies within packed ones."""
    for path in (each for each in home.rglob("*") if each.is_file() and each != given):
        data = path.read_bytes()
        yield str(path), data
        yield f"the name of {path}", os.fsencode(path)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path}: {name}", archive.read(name)) for name in archive.namelist())
        if data.startswith(b"\x89PNG"):
            with Image.open(path) as image:
                yield f"{path}: texts", repr(image.info).encode()


def check_nowhere(found: Iterable[tuple[str, bytes]]) -> int:
    """How much was looked at."""
    looked = 0
    for place, data in found:
        looked += 1
        assert not any(form in data for form in FORMS), place
    return looked


@pytest.mark.parametrize(
    "plant",
    [
        lambda path: path.write_bytes(f"key={CANARY}".encode("utf-16-le")),
        lambda path: path.write_bytes(base64.b64encode(CANARY.encode())),
        lambda path: path.with_name(CANARY).mkdir() or (path.with_name(CANARY) / "file").touch(),
        lambda path: Image.new("L", (1, 1)).save(path.with_suffix(".png"), pnginfo=_text()),
    ],
)  # fmt: skip
def test_the_search_finds_a_key_wherever_it_was_put(tmp_path: Path, plant: Callable[[Path], object]) -> None:
    assert check_nowhere(contents(tmp_path, tmp_path / "key")) == 0
    plant(tmp_path / "file")
    with pytest.raises(AssertionError):
        check_nowhere(contents(tmp_path, tmp_path / "key"))


def _text() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_text("Comment", CANARY * 20, zip=True)
    return found


def test_a_key_is_found_nowhere(course: Run) -> None:
    nano = course.playground.url
    assert course.run("providers", "add", "nano", "--kind", "nanogpt", "--url", nano) == 0
    assert course.run("providers", "key", "nano", "--from-file", "-", typed=CANARY) == 0
    assert course.run("providers", "key", "nano", CANARY) == 2
    for words in (("providers",), ("providers", "check", "nano"), ("models", "--provider", "nano", "--refresh")):
        assert course.here(*words) == 0
    assert course.run(*course.order(key=False)) == 0
    assert course.here(*course.order("--count", "2")) == 0
    for fault, statuses in errors(course.playground):
        course.playground.faults.clear()
        course.playground.faults.add(fault)
        assert course.here(*course.order()) in statuses, fault
    course.playground.faults.clear()
    killed_while_it_waits(course)
    assert course.run("jobs", "resume") == 4
    assert course.run("gallery", "export", output_of(course), "--output", course.home / "exported") == 0
    for words in (("jobs",), ("gallery",), ("doctor",), ("models",)):
        assert course.here(*words) == 0
    assert sum(len(each) for each in course.said) > 10_000
    check_nowhere([("what was said", "\n".join(course.said).encode())])
    assert check_nowhere(contents(course.home, course.visitor.key_file)) > 40


def errors(playground: Playground) -> list[tuple[Fault, tuple[int, ...]]]:
    """What servers answer that repeat what they were sent, and what breaks off; with how the program may end."""
    echo = rewritten(lambda value: value | {"data": [{"b64_json": CANARY, "revised_prompt": CANARY}]})
    elsewhere = f"{playground.url}/{CANARY}"
    return [
        (refuse(400, _SAID), (3,)),
        (refuse(401, _SAID), (3,)),
        (refuse(500, _SAID, billed=True), (4,)),
        (refuse(403, f"<html>{CANARY}</html>"), (3, 4)),
        (page(502, f"Bad gateway for Bearer {CANARY}"), (4,)),
        (redirect(elsewhere), (3,)),
        (echo, (3, 4)),
        (rewritten(lambda value: value | {"data": [{"url": elsewhere}]}), (3, 4)),
        (cut(Cut.START), (4,)),
        (cut(Cut.BODY), (4,)),
        (too_many("600"), (3,)),
    ]


def killed_while_it_waits(course: Run) -> None:
    course.playground.faults.add(late(60))
    program = course.start(*course.order())
    told(program, "progress", "Waiting")
    assert check_nowhere(command_lines()) > 10
    program.send_signal(signal.SIGKILL)
    out, err = program.communicate(timeout=60)
    course.said += [out, err]
    course.playground.faults.clear()


def output_of(course: Run) -> str:
    """The last picture of the gallery."""
    return course.visitor.run("gallery").last["id"]


def test_a_window_leaves_no_key_behind_either(course: Run, desk: Desk) -> None:
    data = desk.home / "data"
    desk.environment["PYTHONFAULTHANDLER"] = "1"
    window = Window(desk).listens()
    assert window.run("providers", "add", "nano", "--kind", "nanogpt", "--url", course.playground.url)[0] == 0
    assert window.run(*course.order())[0] == 0
    course.playground.faults.add(replace(refuse(400, _SAID), times=1))
    assert window.run(*course.order())[0] == 3
    course.playground.faults.add(late(60))
    program = desk.start("--data-dir", data, "--json", *course.order())
    told(program, "progress", "Waiting")
    assert check_nowhere(command_lines()) > 10
    window.process.send_signal(signal.SIGKILL)
    out, err = program.communicate(timeout=60)
    said = [out, err, *window.process.communicate(timeout=60)]
    assert program.returncode == 4
    check_nowhere([("what was said", "\n".join(said).encode())])
    assert check_nowhere(contents(desk.home, course.visitor.key_file)) > 20
