"""The real window on a real X server, driven by real pointer and key events."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.whole.conftest import Desk


def test_the_demo_does_the_main_job_without_a_screen(desk: Desk) -> None:
    status, output, errors = desk.run("--demo", "--data-dir", "data", QT_QPA_PLATFORM="offscreen", timeout=100)
    assert status == 0, errors
    lines = dict(line.split(": ", 1) for line in output.splitlines())
    with Image.open(lines["export"]) as picture:
        assert picture.size == (2056, 3088)
    with Image.open(lines["screenshot"]) as picture:
        assert picture.size == (1440, 900)


def test_without_a_display_a_sentence_says_so(desk: Desk) -> None:
    status, _output, errors = desk.run(DISPLAY="", QT_QPA_PLATFORM="", timeout=30)
    assert status == 2
    assert "no display" in errors


def test_a_second_demo_on_the_same_data_is_refused_in_a_sentence(desk: Desk) -> None:
    first = desk.start("--data-dir", "data")
    desk.find("Overpaint")
    status, _output, errors = desk.run("--data-dir", "data", "--demo", timeout=30)
    assert status == 5
    assert "Another Overpaint" in errors
    first.terminate()
    assert first.wait(timeout=30) == 0


def test_the_window_keeps_a_copy_of_the_library_when_nobody_waits(desk: Desk) -> None:
    window = desk.start("--data-dir", "data", QT_QPA_PLATFORM="offscreen")
    while not list((desk.home / "data" / "backups").glob("library-*.sqlite")):
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(timeout=0.1)
    window.terminate()
    assert window.wait(timeout=30) == 0
