"""Every call of every writer fails once with every error of a full or failing disk: the old file stays as it was, no
temporary file is left, and there is one message that names the place. And before every call the process is killed once:
the library opens, old or new, and no file is left that it does not know."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.whole.storage.faulting import ERRORS, built
from tests.whole.storage.killed import SCENES
from tests.whole.storage.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[3]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what syncs cost does not matter here, and there are thousands."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="overpaint-faults-", dir=shared) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def preloaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, object]]:
    """Runs a module of ours with calls that can fail; the JSON of its last line."""
    library = built(tmp_path_factory.mktemp("faults"))
    if library is None:
        pytest.skip("there is no C compiler for the calls that fail")

    def run(module: str, *arguments: object) -> dict[str, object]:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        environment = {**os.environ, "LD_PRELOAD": str(library)}
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
        assert ended.returncode == 0, ended.stderr
        found: dict[str, object] = json.loads(ended.stdout.splitlines()[-1])
        return found

    return run


@pytest.mark.parametrize("writer", WRITERS)
def test_every_call_with_every_error(preloaded: Callable[..., dict[str, object]], memory: Path, writer: str) -> None:
    found = preloaded("tests.whole.storage.faulty", writer, memory)
    assert found["complaints"] == []
    calls = found["calls"]
    assert isinstance(calls, list)
    assert found["cases"] == len(ERRORS) * len(calls) + 1
    needed = {"thumbnail": {"write", "close", "rename"}, "journal": {"write", "fsync", "close", "rename"}}
    assert set(calls) >= needed.get(writer, {"write", "fsync", "close"})


@pytest.mark.parametrize("scene", SCENES)
def test_a_kill_before_every_call(preloaded: Callable[..., dict[str, object]], memory: Path, scene: str) -> None:
    found = preloaded("tests.whole.storage.killed", scene, memory)
    assert found["complaints"] == []
    kills = found["kills"]
    assert isinstance(kills, int)
    assert kills > 100
