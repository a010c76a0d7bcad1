"""The real window, used at random: it never fails inside, ends when it is closed, and leaves a sound library.

`CHANCES` steps from the seed `SEED` on are a hunt: what it finds is tried again with the seed that found it.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

ROOT = Path(__file__).resolve().parents[3]
SEED = int(os.environ.get("SEED", "1"))
STEPS = int(os.environ.get("CHANCES", "2000"))


def used(desk: Desk, seed: int, steps: int) -> None:
    known = {"PYTHONPATH": str(ROOT)}
    module = (sys.executable, "-P", "-m", "tests.whole.app.chance")
    server = desk.converse(*module, "serve", str(seed), str(steps // 200), **known)
    assert server.stdout is not None
    told = json.loads(server.stdout.readline())
    window = desk.launch(*module, "use", str(seed), str(steps), URL=told["url"], KEY=told["key"], **known)
    output, errors = window.communicate(timeout=60 + steps / 5)
    assert window.returncode == 0, errors[-3000:]
    found = json.loads(output.splitlines()[-1])
    assert found["wrong"] == [], found["last"]
    assert found["steps"] == steps
    libraries = list(desk.home.rglob("library.sqlite"))
    assert len(libraries) == 1
    with closing(sqlite3.connect(libraries[0])) as library:
        assert library.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        (sent,) = library.execute("SELECT count(DISTINCT job) FROM events WHERE kind = 'submitting'").fetchone()
    charged = json.loads(server.communicate(timeout=30)[0])["charged"]
    assert charged <= sent


def test_three_hundred_things_done_at_random(desk: Desk) -> None:
    used(desk, seed=2, steps=300)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(SEED, SEED + 5))
def test_thousands_of_things_done_at_random(desk: Desk, seed: int) -> None:
    used(desk, seed, STEPS)
