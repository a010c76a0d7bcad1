"""Many second starts: each hands its files over and ends, and none is kept out by what a kill left behind."""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.whole.app.test_handover import OTHER, PATIENCE_S, PHOTO, Window

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

pytestmark = pytest.mark.timeout(600)
AT_MOST_S = 1.0
BARE = 8
"""On a machine that is busy, a start may take as long as so many of an interpreter that does nothing."""


def handed_over(desk: Desk) -> float:
    """Seconds from a second start with two files to its end."""
    start = time.monotonic()
    assert desk.run("--data-dir", "data", PHOTO, OTHER, timeout=PATIENCE_S) == (0, "", "")
    return time.monotonic() - start


def bare_start(desk: Desk) -> float:
    """Seconds that an interpreter takes that does nothing."""
    start = time.monotonic()
    assert desk.launch(sys.executable, "-c", "pass").wait(timeout=PATIENCE_S) == 0
    return time.monotonic() - start


@pytest.mark.parametrize("starts", [5, pytest.param(50, marks=pytest.mark.long)])
def test_each_further_start_hands_its_files_over_within_a_second(desk: Desk, starts: int) -> None:
    window = Window(desk).listens()
    pairs = [(handed_over(desk), bare_start(desk)) for _ in range(starts)]
    window.close()
    took, bare = zip(*pairs, strict=True)
    told = f"median {statistics.median(took):.2f} s, worst {max(took):.2f} s"
    print(f"{starts} starts: {told}; a bare interpreter {statistics.median(bare):.2f} s, worst {max(bare):.2f} s")
    assert max(took) < max(AT_MOST_S, BARE * max(bare))


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_what_a_killed_window_left_keeps_nobody_out(desk: Desk, kills: int) -> None:
    window = Window(desk).listens()
    for _ in range(kills):
        window.process.kill()
        window.process.wait(timeout=PATIENCE_S)
        window = Window(desk).listens()
        handed_over(desk)
    window.close()
