"""The power goes at any instant: what the program had said or sent by then is true of the library that is found."""

from __future__ import annotations

import json
import random
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from studio.domain.job import JobState
from studio.storage.blobs import BlobStore
from studio.storage.folders import Folders
from studio.storage.library import open_library
from tests.kill.disk import Disk
from tests.kill.house import NAMED, WHOLE, House
from tests.kill.trace import Deed, Did, command, deeds
from tests.kill.witness import witness

if TYPE_CHECKING:
    from pathlib import Path

    from studio.domain.ids import JobId
    from studio.domain.job import Job

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
WAYS = 50
"""Instants in each run, each with another part of what was not synced lost."""


def recorded(house: House, *words: str) -> tuple[Disk, list[Deed]]:
    """The disk as it was before a run of the program, and all that the run did."""
    disk = Disk.of(house.data)
    notes = house.folder / "calls"
    house.watched([*command(str(notes)), sys.executable, "-P", "-m", "studio"], *words)
    with notes.open(encoding="ascii") as lines:
        return disk, deeds(lines, str(house.data))


def check(data: Path, done: list[Deed], prompts: list[str]) -> None:
    """Open the library after a cut and hold it to what was said and sent before."""
    folders = Folders.at(str(data))
    folders.make()
    opened = open_library(folders)
    try:
        assert opened.problem is None, opened.problem
        jobs = {job.id: job for job in opened.library.journal.jobs()}
    finally:
        opened.library.close()
    _check_said(done, jobs, BlobStore(folders.blobs))
    sent = b"".join(deed.data for deed in done if deed.did is Did.SENT)
    waiting = {job.request.prompt for job in jobs.values() if job.state is JobState.QUEUED}
    known = {job.request.prompt for job in jobs.values()}
    for prompt in prompts:
        if json.dumps(prompt).encode() in sent:
            assert prompt in known - waiting, f"{prompt!r} was sent, and would be sent again"


def _check_said(done: list[Deed], jobs: dict[JobId, Job], blobs: BlobStore) -> None:
    said = b"".join(deed.data for deed in done if deed.did is Did.SAID).decode()
    for line in said.splitlines(keepends=True):
        if not line.endswith("\n"):
            continue
        news = json.loads(line)
        job = jobs[news["job"]]
        if news["event"] == "ended":
            assert job.state.value == news["state"]
            assert [output["raw"].rpartition("/")[2] for output in news["outputs"]] == [
                each.raw for each in job.outputs
            ]
            for output in job.outputs:
                assert blobs.get(output.raw)
                assert output.finished is not None
                assert blobs.get(output.finished)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("provider", [None, WHOLE, NAMED])
def test_what_was_said_and_sent_is_true_after_any_power_cut(tmp_path: Path, provider: str | None) -> None:
    with witness() as seen:
        house = House(tmp_path / "house", seen, random.Random(1))
        if provider is None:
            house.place(4)
            disk, done = recorded(house, "jobs", "run")
        else:
            disk, done = recorded(house, *house.words(house.order(provider)))
    assert any(deed.did is Did.SYNC for deed in done)
    instants = [*sorted(house.chance.sample(range(len(done)), WAYS - 1)), len(done)]
    before = 0
    for number, instant in enumerate(instants):
        disk.do(done[before:instant])
        before = instant
        data = tmp_path / f"cut-{number}"
        disk.cut(data, house.chance)
        check(data, done[:instant], list(house.clicks))
        shutil.rmtree(data)
    print(f"{len(instants)} power cuts among {len(done)} deeds")
