"""Someone at a terminal who has a key of the playground: the program's own entry, in this process or in one of its
own, before a real server."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from studio.app.desks import TerminalDesks
from studio.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.playground.exchange import Asked
    from studio.playground.server import Playground

TESTS = Path(__file__).resolve().parents[2]
PHOTO = TESTS / "photos" / "friends_by_Aitzol_Berasategi.jpg"
SIDE = 320
"""Pixels of the longer side of the picture that most orders are about."""
NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the program ended: its status, the objects it printed, and its words."""

    status: int
    said: list[dict[str, Any]]
    words: str
    out: str

    @property
    def last(self) -> dict[str, Any]:
        """The last object."""
        return self.said[-1]

    @property
    def code(self) -> str:
        """Of the problem that it ended with; empty where there was none."""
        problem = self.last.get("problem") if self.said else None
        return problem["code"] if problem else ""


class Visitor:
    """Has a data folder, a key file, a photograph, a mask for it, and references that differ in colour."""

    def __init__(self, folder: Path, playground: Playground) -> None:
        self.folder = folder
        self.playground = playground
        self.data = folder / "data"
        self.key_file = self.write_key(playground.key)
        self.out = folder / "out"
        self.provider = ""
        self._added: set[str] = set()

    def write_key(self, key: str, name: str = "key", mode: int = 0o600) -> Path:
        """A file that holds a key."""
        path = self.folder / name
        path.write_text(key + "\n")
        path.chmod(mode)
        return path

    def run(self, *words: str | Path) -> Ended:
        """The program's entry in this process, with --json."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(["--data-dir", str(self.data), "--json", *map(str, words)], TerminalDesks())
        assert isinstance(status, int)
        return _ended(status, out.getvalue(), err.getvalue())

    def process(self, *words: str | Path, typed: str | None = None, changes: Mapping[str, str] | None = None) -> Ended:
        """The program in a process of its own, with --json; `typed` comes on standard input, `changes` are made to its
        environment."""
        program = self.start(*words, changes=changes)
        try:
            out, err = program.communicate(typed or "", timeout=120)
        finally:
            program.kill()
        return _ended(program.returncode, out, err)

    def start(self, *words: str | Path, changes: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """The same, left running: whoever starts it ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "studio", "--data-dir", str(self.data), "--json", *map(str, words)],
            cwd=TESTS.parent, env=os.environ | dict(changes or {}), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def add(self, kind: str, name: str = "there", **settings: str) -> None:
        """Set the playground up as a provider of this kind; it is the one that is ordered from."""
        self.provider = name
        if name in self._added:
            return
        self._added.add(name)
        url = self.playground.url if kind == "nanogpt" else f"{self.playground.url}/{kind}/v1"
        sets = [word for pair in settings.items() for word in ("--set", "=".join(pair))]
        added = self.run("providers", "add", name, "--kind", kind, "--url", url, *sets)
        assert added.status == 0, added.words

    def order(self, verb: str, *words: str | Path, model: str = "") -> Ended:
        """`edit` or `generate` by the provider that was added, with the key of the file."""
        named = ["--model", model] if model else []
        where = ["--provider", self.provider, "--key-file", self.key_file, "--output", self.out]
        return self.run(verb, *where, *named, *words)

    def photo(self, side: int = SIDE) -> Path:
        """A real photograph, made smaller."""
        path = self.folder / f"photo-{side}.png"
        if not path.exists():
            with Image.open(PHOTO) as image:
                image.thumbnail((side, side))
                image.convert("RGB").save(path)
        return path

    def mask(self, side: int = SIDE) -> Path:
        """White on black, a box in the middle of the photograph."""
        with Image.open(self.photo(side)) as image:
            width, height = image.size
        array = np.zeros((height, width), np.uint8)
        array[height // 3 : height // 2, width // 3 : width // 2] = 255
        path = self.folder / f"mask-{side}.png"
        Image.fromarray(array).save(path)
        return path

    def reference(self, colour: str) -> Path:
        """A picture of one colour."""
        path = self.folder / f"{colour}.png"
        Image.new("RGB", (64, 48), colour).save(path)
        return path

    def orders(self) -> list[Asked]:
        """The requests that could be charged, in their order."""
        return [asked for asked in self.playground.requests if asked.method == "POST" and "/images" in asked.path]


def _ended(status: int, out: str, err: str) -> Ended:
    return Ended(status=status, said=[json.loads(line) for line in out.splitlines()], words=err, out=out)
