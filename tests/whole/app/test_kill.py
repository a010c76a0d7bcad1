"""Kill -9 of the whole window, while painting and while a job runs: what a restart finds, shows and goes on with."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.domain.gallery import GalleryQuery
from studio.domain.job import JobState
from studio.storage.blobs import BlobStore
from tests.core.storage.shelf import folders_in, opened
from tests.whole.app.voices import PHOTO, Voice, watched

if TYPE_CHECKING:
    from studio.domain.job import Job
    from tests.whole.conftest import Desk

MOST_LOST_S = 10.0
"""With a recovery copy a second after a change; the time that writing it takes on a busy machine comes to that."""
OFFER = "Recover unsaved pictures"
PLACES = 60
"""Strokes that find room beside each other before the mask is cleared."""
INSTANTS = int(os.environ.get("KILLS", "12"))
"""How many kills at random instants the long tests do."""
INTERRUPTED = "Nothing was charged."


def begin(desk: Desk, held: str = "", variations: int = 2) -> tuple[Voice, str]:
    """A photo in the window; recovery copies a second after a change, so that nobody has to wait for half a minute."""
    data = desk.home / "data"
    data.mkdir()
    (data / "settings.toml").write_text(f"autosave_seconds = 1\nvariations = {variations}\n", encoding="utf-8")
    voice = watched(desk, PHOTO, held=held)
    return voice, voice.show_picture(PHOTO.name)


def stroke(desk: Desk, window: str, number: int = 0) -> None:
    """One stroke with the real pointer; each number in another place. Now and then the mask is cleared."""
    if number % PLACES == PLACES - 1:
        desk.point("key", "--window", window, "ctrl+d")
        return
    x, y = 480 + 23 * (number % PLACES % 9), 250 + 31 * (number % PLACES // 9)
    path = [word for step in range(8) for word in ("mousemove", "--window", window, x + 3 * step, y + 2 * step)]
    desk.point(*path[:5], "mousedown", 1, *path[5:], "mouseup", 1)


def kept(voice: Voice) -> str:
    """The mask of the last recovery copy that was finished."""
    return [line for line in voice.said if line.startswith("saved")][-1].split()[1]


def recovered(desk: Desk) -> tuple[Voice, str]:
    """What a user does after a crash: start again, see the offer, open the copy. The mask that comes back."""
    voice = watched(desk)
    voice.where(OFFER)
    voice.click(f"Open {PHOTO.name} as a copy")
    mask = voice.until("mask").split()[1]
    voice.bring("recovered")
    return voice, mask


def assert_sound(desk: Desk, dead: int) -> None:
    """The library is whole, every picture of it is what its hash says, and nothing half-made lies about."""
    data = desk.home / "data"
    with contextlib.closing(sqlite3.connect(data / "library.sqlite")) as library:
        assert library.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    blobs = BlobStore(data / "blobs")
    for job in jobs(desk):
        for output in job.outputs:
            assert output.finished is not None
            assert blobs.get(output.raw)
            assert blobs.get(output.finished)
    assert [path for path in data.rglob("*") if path.name.endswith((".part", ".gone"))] == []
    assert list(Path("/dev/shm").glob(f"overpaint-{dead}-*")) == []


def jobs(desk: Desk) -> tuple[Job, ...]:
    """Oldest first. Each output has its row in the gallery."""
    with opened(folders_in(desk.home / "data"), read_only=True) as library:
        found = library.journal.jobs()[::-1]
        rows = {row.id for row in library.gallery.entries(GalleryQuery())}
    assert rows == {f"{job.id}-{output.index}" for job in found for output in job.outputs}
    return found


@pytest.mark.parametrize("held", ["", "file */recovery/*/000002.pack 1", "file */recovery/*/000003.json 1"])
def test_strokes_up_to_the_last_recovery_copy_come_back(desk: Desk, held: str) -> None:
    voice, window = begin(desk, held)
    number = 0
    while not voice.has_said("held") and sum(line.startswith("saved") for line in voice.said) < 3:
        stroke(desk, window, number)
        voice.until("mask")
        number += 1
    stroke(desk, window, number)
    voice.kill()
    painted = [line.split()[1] for line in voice.said if line.startswith("mask")]
    assert kept(voice) in painted[1:]
    again, mask = recovered(desk)
    assert mask == kept(voice)
    again.quit()
    assert_sound(desk, voice.process.pid)


@pytest.mark.parametrize(
    ("held", "said", "state", "outputs"),
    [
        ("after Submitting 1", "held", JobState.FAILED, 0),
        ("before OutputStored 1", "held", JobState.FAILED, 0),
        ("after OutputStored 1", "held", JobState.FAILED, 1),
        ("before OutputFinished 2", "held", JobState.SUCCEEDED, 2),
        ("before Succeeded 1", "held", JobState.SUCCEEDED, 2),
        ("", "event Succeeded", JobState.SUCCEEDED, 2),
    ],
)
def test_a_job_is_shown_as_it_ended_and_nothing_that_came_is_lost(
    desk: Desk, held: str, said: str, state: JobState, outputs: int
) -> None:
    voice, window = begin(desk, held)
    stroke(desk, window)
    voice.until("saved")
    desk.point("key", "--window", window, "ctrl+Return")
    voice.until(said)
    assert voice.kill()
    again, mask = recovered(desk)
    assert mask == kept(voice)
    again.click("Queue")
    again.where(INTERRUPTED if state is JobState.FAILED else "Done")
    again.quit()
    (job,) = jobs(desk)
    assert (job.state, len(job.outputs)) == (state, outputs)
    assert_sound(desk, voice.process.pid)


def test_a_job_that_waited_behind_the_killed_one_goes_on_by_itself(desk: Desk) -> None:
    voice, window = begin(desk, variations=4)
    stroke(desk, window)
    voice.until("saved")
    desk.point("key", "--window", window, "ctrl+Return")
    # Until the window shows the first one under way, a second press is the same click twice.
    voice.where("Filling")
    desk.point("key", "--window", window, "ctrl+Return")
    voice.until("event Queued")
    assert voice.kill() >= {"studio.workers.engine_child", "studio.workers.decode_child"}
    again, _mask = recovered(desk)
    again.heard("event Succeeded")
    again.quit()
    first, second = jobs(desk)
    assert (first.state, second.state, len(second.outputs)) == (JobState.FAILED, JobState.SUCCEEDED, 4)
    assert_sound(desk, voice.process.pid)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(INSTANTS))
def test_at_any_instant_no_more_is_lost_than_the_last_strokes(desk: Desk, seed: int) -> None:
    voice, window = begin(desk)
    end = time.monotonic() + random.Random(seed).uniform(0.0, 7.0)
    for number in count():
        stroke(desk, window, number)
        voice.until("mask")
        if number == 5:
            desk.point("key", "--window", window, "ctrl+Return")
        if time.monotonic() > end:
            break
    voice.kill()
    killed = time.monotonic()
    copies = [(each, line.split()[1]) for each, line in enumerate(voice.said) if line.startswith("sav")]
    done = [each for each, line in enumerate(voice.said) if line.startswith("saved")]
    if list((desk.home / "data" / "recovery").glob("*/*.json")):
        again, mask = recovered(desk)
        assert mask in {copy for each, copy in copies if each >= max(done, default=0)}
        newest = max(each for each, line in enumerate(voice.said) if line == f"mask {mask}")
        lost = [killed - at for at in voice.times[newest + 1 :]]
        print(f"lost the strokes of {max(lost, default=0.0):.1f} s")
        assert max(lost, default=0.0) < MOST_LOST_S
    else:
        assert not done
        again = watched(desk)
        again.where("Drop a picture here")
        again.bring("Overpaint")
    again.quit()
    outputs = sum(len(job.outputs) for job in jobs(desk))
    assert outputs >= voice.said.count("event OutputStored")
    assert_sound(desk, voice.process.pid)
