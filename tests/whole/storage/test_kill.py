"""Kill -9 while writing: what was said to be safe is there, and everything opens."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from studio.domain.gallery import GalleryQuery
from studio.domain.ids import JobId
from studio.domain.job import JobState
from studio.storage.blobs import BlobStore, blob_id
from studio.storage.recovery import RecoveryStore
from studio.storage.user_files import UserFiles
from tests.core.storage.pages import noise, tight
from tests.core.storage.shelf import folders_in, opened

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 8


def killed(kind: str, root: Path, chance: random.Random) -> list[int]:
    """Lets the writer work for a moment, kills it in the midst of its work, and gives the numbers that it said."""
    program = [sys.executable, "-m", "tests.whole.storage.kill", kind, str(root)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline())]
        timer = threading.Timer(chance.uniform(0.0, 0.15), process.kill)
        timer.start()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
        timer.join()
    assert process.returncode == -9
    return said


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_finished_result_is_lost(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    folders = folders_in(tmp_path)
    safe: list[int] = []
    for _ in range(2):
        safe += killed("journal", tmp_path, chance)
        with opened(folders) as library:
            jobs = {job.id: job for job in library.journal.jobs(limit=100_000)}
            rows = library.gallery.entries(GalleryQuery(limit=100_000))
        blobs = BlobStore(folders.blobs)
        for number in safe:
            assert jobs[JobId(f"{number:06}")].state is JobState.SUCCEEDED
            assert blobs.get(blob_id(b"result %d" % number))
        assert {row.job for row in rows} >= {f"{number:06}" for number in safe}
        blobs.sweep()
        assert not list(folders.blobs.rglob("*.part"))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_last_recovery_copy_that_was_finished_opens(tmp_path: Path, seed: int) -> None:
    last = killed("recovery", tmp_path, random.Random(seed))[-1]
    store = RecoveryStore(tmp_path)
    (entry,) = store.entries()
    assert entry.saved_at in (last, last + 1)
    state = store.load("one")
    assert tight(state.layers[0].raster) == bytes(noise(700, 300, round(entry.saved_at)).data)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_project_is_the_old_one_or_the_new_one(tmp_path: Path, seed: int) -> None:
    last = killed("project", tmp_path, random.Random(seed))[-1]
    files = UserFiles(blobs=BlobStore(tmp_path), sample=tmp_path, handed_out=tmp_path)
    (layer,) = files.load_project(str(tmp_path / "project.ora")).state.layers
    assert int(layer.name) in (last, last + 1)
    assert tight(layer.raster) == bytes(noise(400, 300, int(layer.name)).data)
