"""A studio with two workers behind one router, set up as the help page says: one dies midway, and no job is lost."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.peers import processes
from tests.peers.processes import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.peers.processes import Server

PAGE = ROOT / "resources/help/your-own-servers.md"
PHOTO = ROOT / "tests/photos/life_by_Aitzol_Berasategi.jpg"
JOBS = 8
HELD = "job 4"


def _recipe(*workers: Server) -> str:
    """The page's own file, with the addresses of these workers in place of its machines."""
    fenced = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert fenced
    text = fenced[1]
    for number, worker in enumerate(workers, 1):
        assert f"http://gpu-{number}:8000/v1" in text
        text = text.replace(f"http://gpu-{number}:8000/v1", worker.url)
    return text


def _settings() -> list[str]:
    """The page's own settings of the provider."""
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    values = {name: "2" if name == "parallel" else value.strip() for name, value in rows}
    assert {"plain_http", "parallel", "deadline_s", "mask", "body"} == set(values)
    return [word for name, value in values.items() for word in ("--set", f"{name}={value}")]


@dataclass(slots=True, kw_only=True)
class Terminal:
    """The program in a folder of its own."""

    folder: Path
    key: Path

    def command(self, *arguments: str | Path) -> list[str]:
        start = [sys.executable, "-P", "-m", "studio", "--data-dir", self.folder / "data", "--json"]
        return [str(word) for word in (*start, *arguments)]

    def run(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """To its end, which must be a good one; what it printed."""
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, env=self._env(), timeout=100)
        assert done.returncode == 0, done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """The same, and it goes on."""
        return subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE, text=True, env=self._env())

    def _env(self) -> dict[str, str]:
        return os.environ | {"HOME": str(self.folder), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


@contextmanager
def _studio(folder: Path, held: str | None = None) -> Iterator[tuple[Terminal, list[Server]]]:
    """Two workers, the router, and a terminal whose provider is the router."""
    with (
        processes.worker("a", folder, held) as one,
        processes.worker("b", folder, held) as two,
        processes.litellm(_recipe(one, two), folder) as router,
    ):
        key = folder / "key"
        key.write_text("sk-choose-a-long-one\n", encoding="utf-8")
        key.chmod(0o600)
        terminal = Terminal(folder=folder, key=key)
        terminal.run("providers", "add", "studio", "--kind", "openai", "--url", router.url, *_settings())
        yield terminal, [one, two]


def _ends(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["event"] == "ended"]


def _prompts(folder: Path, worker: str, event: str) -> list[str]:
    return [line["fields"]["prompt"] for line in processes.written(folder, worker) if line["event"] == event]


def test_an_edit_and_a_generation_by_the_command_line(tmp_path: Path) -> None:
    with _studio(tmp_path) as (terminal, _):
        order = ("--provider", "studio", "--model", "studio-edit", "--prompt", "a red door", "--key-file", terminal.key)
        photo = ("--image", PHOTO, "--image", PHOTO)
        edited = _ends(terminal.run("edit", *photo, *order, "--output", tmp_path / "out"))
        made = _ends(terminal.run("generate", *order, "--count", "2", "--output", tmp_path / "out"))
    assert [end["state"] for end in (*edited, *made)] == ["succeeded", "succeeded"]
    assert [len(end["outputs"]) for end in (*edited, *made)] == [1, 2]
    received = [*processes.received(tmp_path, "a"), *processes.received(tmp_path, "b")]
    assert sorted((each["path"], len(each["files"])) for each in received) == [
        ("/v1/images/edits", 2),
        ("/v1/images/generations", 0),
    ]
    assert {each["fields"]["model"] for each in received} == {"Qwen/Qwen-Image-Edit-2511"}


@pytest.mark.timeout(240)
def test_no_job_is_lost_when_a_worker_dies_midway(tmp_path: Path) -> None:
    """Whichever worker gets the middle one keeps it, and is killed with it in its hands."""
    with _studio(tmp_path, HELD) as (terminal, workers):
        order = ("edit", "--provider", "studio", "--model", "studio-edit", "--image", PHOTO, "--prompt")
        waiting = [terminal.run(*order, f"job {number}", "--no-wait")[0]["job"] for number in range(JOBS)]
        running = terminal.start("jobs", "run", "--key-file", terminal.key)
        dying = _first_to_hold(workers)
        workers[dying].kill()
        output, _ = running.communicate(timeout=200)
    ends = _ends([json.loads(line) for line in output.splitlines()])
    assert (running.returncode, {end["job"] for end in ends}) == (0, set(waiting))
    assert {end["state"] for end in ends} == {"succeeded"}
    assert len({made["id"] for end in ends for made in end["outputs"]}) == JOBS
    dead, alive = ("ab"[dying], "ab"[1 - dying])
    assert HELD in _prompts(tmp_path, dead, "received")
    assert HELD not in _prompts(tmp_path, dead, "answered")
    assert HELD in _prompts(tmp_path, alive, "answered")
    answered = {*_prompts(tmp_path, dead, "answered"), *_prompts(tmp_path, alive, "answered")}
    assert answered == {f"job {number}" for number in range(JOBS)}


def _first_to_hold(workers: list[Server]) -> int:
    """The place of the worker that keeps an order."""
    holding: queue.Queue[int] = queue.Queue()

    def wait(place: int) -> None:
        with contextlib.suppress(AssertionError):
            workers[place].wait_for("^holding$")
            holding.put(place)

    for place in range(len(workers)):
        threading.Thread(target=wait, args=(place,), daemon=True).start()
    return holding.get(timeout=processes.PATIENCE_S)
