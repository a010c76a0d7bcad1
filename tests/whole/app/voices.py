"""Hears a watched program (see `watched.py`), kills it, and tells what it left."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

ROOT = Path(__file__).resolve().parents[3]
PHOTO = ROOT / "tests" / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
PATIENCE_S = 45.0


class Voice:
    """A running program and what it has said, with the times (of `time.monotonic`). What `until` has passed is not
    seen again by the next one."""

    def __init__(self, desk: Desk, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.desk = desk
        self.process = process
        self.said: list[str] = []
        self.times: list[float] = []
        self._stream = process.stdout.fileno()
        self._rest = b""
        self._passed = 0

    def until(self, *beginnings: str) -> str:
        """The next line with one of these beginnings."""
        limit = time.monotonic() + PATIENCE_S
        while True:
            while self._passed < len(self.said):
                line = self.said[self._passed]
                self._passed += 1
                if line.startswith(beginnings):
                    return line
            left = limit - time.monotonic()
            if left <= 0 or not self._hear(left):
                raise AssertionError(f"{beginnings} was not said, but: {self._last_words()}")

    def has_said(self, beginning: str) -> bool:
        """Whether there is such a line by now, passed or not."""
        while self._hear(0.0):
            pass
        return any(line.startswith(beginning) for line in self.said)

    def heard(self, beginning: str) -> None:
        """Wait for such a line, passed or not."""
        if not self.has_said(beginning):
            self.until(beginning)

    def where(self, text: str) -> tuple[int, int]:
        """The middle of what shows this text, on the screen, once it is seen."""
        return self._place(f"where {text}")

    def target(self, name: str) -> tuple[int, int]:
        """The middle of the canvas's target for drags that has this name."""
        return self._place(f"target {name}")

    def front(self, title: str) -> str:
        """The window with this in its title, once it has the keyboard by itself."""
        self._ask(f"front {title}")
        return self.until("front ").split()[1]

    def bring(self, title: str) -> str:
        """The window with this in its title, brought to the front."""
        self._ask(f"window {title}")
        window = self.until("window ").split()[1]
        self.desk.point("windowactivate", "--sync", window)
        return window

    def show_picture(self, title: str) -> str:
        """The window with this in its title in front, once its canvas shows the picture."""
        self._ask("picture")
        self.until("picture")
        return self.bring(title)

    def click(self, text: str) -> None:
        """A real click on what shows this text."""
        x, y = self.where(text)
        self.desk.point("mousemove", x, y, "click", 1)

    def kill(self) -> set[str]:
        """SIGKILL; the modules of the children that it had, which are waited for. What was said until then is in
        `said`."""
        children = {each: os.pidfd_open(each) for each in children_of(self.process.pid)}
        modules = {module_of(each) for each in children}
        self.process.kill()
        self.process.wait(PATIENCE_S)
        while self._hear(0.0):
            pass
        for each, handle in children.items():
            assert select.select([handle], [], [], PATIENCE_S)[0], f"process {each} has outlived the program"
            os.close(handle)
        return modules

    def quit(self) -> None:
        """By the keys, once the main window has them."""
        self._ask("main")
        self.until("main")
        # The window may be gone before the key goes up again, which xdotool counts as a failure.
        self.desk.launch("xdotool", "key", "ctrl+q").wait(timeout=PATIENCE_S)
        with contextlib.suppress(subprocess.TimeoutExpired):
            assert self.process.wait(timeout=PATIENCE_S) == 0
            return
        raise AssertionError(f"it did not end, but: {self._last_words()}")

    def _place(self, question: str) -> tuple[int, int]:
        self._ask(question)
        _, x, y = self.until("at ").split()
        return int(x), int(y)

    def _ask(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def _last_words(self) -> str:
        """What it said and how many seconds ago, and where its threads are or why it ended."""
        now = time.monotonic()
        said = [f"{now - at:6.1f} {line}" for at, line in zip(self.times[-8:], self.said[-8:], strict=True)]
        self.process.send_signal(signal.SIGABRT)
        self.process.wait(PATIENCE_S)
        return "\n".join((*said, self.process.stderr.read() if self.process.stderr else ""))

    def _hear(self, seconds: float) -> bool:
        """Whether anything was said in this time."""
        if not select.select([self._stream], [], [], seconds)[0]:
            return False
        heard = os.read(self._stream, 1 << 16)
        *lines, self._rest = (self._rest + heard).split(b"\n")
        self.said += [line.decode() for line in lines]
        self.times += [time.monotonic()] * len(lines)
        return bool(heard)


def watched(desk: Desk, *arguments: str | Path, held: str = "") -> Voice:
    """The program with a voice, on the desk's data folder."""
    program = (sys.executable, "-P", "-X", "faulthandler", "-m", "tests.whole.app.watched")
    return Voice(desk, desk.converse(*program, "--data-dir", "data", *arguments, PYTHONPATH=str(ROOT), HELD=held))


def module_of(process: int) -> str:
    """What a child of ours runs."""
    words = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").split("\0")
    return words[words.index("-m") + 1] if "-m" in words else ""


def children_of(parent: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found
