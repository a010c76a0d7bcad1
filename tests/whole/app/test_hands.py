"""A person's hands on the real window: real pointer and key events paint, run and apply."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

PHOTO = Path(__file__).resolve().parents[2] / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
LOOKS = 30


def jobs(desk: Desk) -> list[dict[str, Any]]:
    """The journal, read beside the window."""
    _status, output, _errors = desk.run("--data-dir", "data", "--json", "jobs", timeout=30)
    return [json.loads(line) for line in output.splitlines()]


def test_a_stroke_and_ctrl_enter_run_a_job_in_the_window(desk: Desk) -> None:
    window = desk.start("--data-dir", "data", PHOTO)
    found = desk.find("friends")
    desk.point("windowactivate", "--sync", found)
    desk.point("mousemove", "--window", found, 560, 300)
    desk.point("mousedown", 1)
    for step in range(12):
        desk.point("mousemove", "--window", found, 560 + 3 * step, 300 + 4 * step)
    desk.point("mouseup", 1)
    seen: list[dict[str, Any]] = []
    for _ in range(LOOKS):
        seen = jobs(desk)
        if seen and seen[0]["state"] == "succeeded":
            break
        if not seen:
            desk.point("key", "--window", found, "ctrl+Return")
        # The engine has low priority: let it work. The window has to stay alive meanwhile.
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(timeout=2)
    assert [job["state"] for job in seen] == ["succeeded"]
    assert len(seen[0]["outputs"]) == 3
    window.terminate()
    assert window.wait(timeout=30) == 0


def test_closing_the_window_keeps_what_was_painted(desk: Desk) -> None:
    window = desk.start("--data-dir", "data", PHOTO)
    found = desk.find("friends")
    desk.point("windowactivate", "--sync", found)
    desk.point("mousemove", "--window", found, 560, 300, "mousedown", 1, "mousemove", "--window", found, 580, 320)
    desk.point("mouseup", 1)
    # The window may be gone before the key goes up again, which xdotool counts as a failure.
    desk.launch("xdotool", "key", "--window", found, "ctrl+q").wait(timeout=20)
    assert window.wait(timeout=30) == 0
    assert window.stderr is not None
    assert "pending" not in window.stderr.read()
    assert list((desk.home / "data" / "recovery").glob("*/*"))
