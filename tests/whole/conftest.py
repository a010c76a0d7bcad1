"""The whole ring: the real program in processes of its own, on a real X server that nobody sees.

`screen` is one Xvfb with a window manager for each process of the test run. `desk` is an empty home on that
screen: start the program with `desk.start(...)`; whatever still runs at the end of the test is ended by its
process id.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_S = 20
_SEARCHES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A running X server; `name` is what DISPLAY takes."""

    name: str


@dataclass(slots=True, kw_only=True)
class Desk:
    """An empty home on a screen, and the processes started there."""

    home: Path
    environment: dict[str, str]
    _running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str | Path, **changes: str) -> subprocess.Popen[str]:
        """Starts `overpaint` with these arguments, its output in pipes, `changes` in its environment."""
        return self.launch(sys.executable, "-P", "-m", "studio", *arguments, **changes)

    def launch(self, *command: str | Path, **changes: str) -> subprocess.Popen[str]:
        """Starts any program at this desk."""
        return self._launch(command, subprocess.DEVNULL, changes)

    def converse(self, *command: str | Path, **changes: str) -> subprocess.Popen[str]:
        """Starts a program that is spoken to: its input is a pipe too."""
        return self._launch(command, subprocess.PIPE, changes)

    def _launch(self, command: tuple[str | Path, ...], stdin: int, changes: dict[str, str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [str(word) for word in command],
            env=self.environment | changes,
            cwd=self.home,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._running.append(process)
        return process

    def run(self, *arguments: str | Path, timeout: float = 60, **changes: str) -> tuple[int, str, str]:
        """Runs `overpaint` to its end; returns exit status, standard output, standard error."""
        process = self.start(*arguments, **changes)
        output, errors = process.communicate(timeout=timeout)
        return process.returncode, output, errors

    def point(self, *arguments: str | int) -> str:
        """Sends real pointer and key events by xdotool; returns what it printed."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
        )
        return done.stdout.strip()

    def find(self, title: str) -> str:
        """The first window in sight with this in its title, once there is one. One that goes away while all are looked
        at breaks the search off, so it begins anew."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title]
        errors = ""
        for _ in range(_SEARCHES):
            done = subprocess.run(
                command, env=self.environment, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
            )
            if done.returncode == 0:
                return done.stdout.split()[0]
            errors = done.stderr
        pytest.fail(f"no window {title}: {errors}")

    def clear(self) -> None:
        """Ends what still runs."""
        for process in self._running:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_PATIENCE_S)
    if process.poll() is None:
        process.kill()
    with contextlib.suppress(ValueError):
        process.communicate()


def _server() -> tuple[subprocess.Popen[str], str]:
    """Starts Xvfb on the first free display, which it tells through a pipe once it is ready."""
    reader, writer = os.pipe()
    # Without repeating keys: one that goes down as its window goes away would be pressed in all later ones too.
    size = ("-screen", "0", "1440x900x24")
    command = ["Xvfb", "-displayfd", str(writer), *size, "-nolisten", "tcp", "-noreset", "-r"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL, text=True)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        _end(server)
        pytest.fail("Xvfb did not start")
    return server, f":{number}"


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """An X server of 1440 x 900 with a window manager, for this process of the test run."""
    if not shutil.which("Xvfb"):
        pytest.fail("Xvfb is missing; packaging/test.sh installs it")
    server, name = _server()
    window_manager = subprocess.Popen(
        ["openbox", "--sm-disable"], env=os.environ | {"DISPLAY": name}, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield Screen(name=name)
    finally:
        _end(window_manager)
        _end(server)


@pytest.fixture(autouse=True)
def nothing_shared_stays() -> Iterator[None]:
    """Whoever hands pixels to a process of ours takes the folder for them away again."""
    yield
    folders = (Path("/dev/shm"), Path(tempfile.gettempdir()))
    assert [path for folder in folders for path in folder.glob(f"overpaint-{os.getpid()}-*")] == []


@pytest.fixture
def desk(screen: Screen, tmp_path: Path) -> Iterator[Desk]:
    """An empty home on the screen; the bus and keyring of the ring are kept."""
    home = tmp_path / "home"
    home.mkdir()
    strangers = ("XDG_CONFIG", "XDG_DATA", "XDG_CACHE", "XDG_STATE", "QT_", "WAYLAND_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
    place = Desk(
        home=home,
        environment=kept | {"HOME": str(home), "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"},
    )
    held = [word for key in ("q", "Control_L", "Return") for word in ("keyup", key)]
    subprocess.run(["xdotool", *held], env=place.environment, check=False, capture_output=True)
    yield place
    place.clear()
