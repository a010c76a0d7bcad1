"""What must hold in a house after every restart, whatever ended the lives before it."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.domain.gallery import GalleryQuery
from studio.domain.job import JobState
from studio.storage.blobs import BlobStore
from studio.storage.library import open_library

if TYPE_CHECKING:
    from studio.domain.gallery import GalleryEntry
    from studio.domain.job import Job
    from tests.kill.house import House, Life
    from tests.kill.witness import Sent

GRACE_S = 0.1
"""What the server finished sending so long before the kill must not be lost."""
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(slots=True, kw_only=True)
class Found:
    """A house as it is found between two lives."""

    house: House
    jobs: dict[str, Job] = field(default_factory=dict)
    rows: list[GalleryEntry] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    due: list[Sent] = field(default_factory=list)

    def states(self) -> Counter[str]:
        """How many jobs ended how."""
        return Counter(job.state.value for job in self.jobs.values())


def check(house: House) -> Found:
    """Look at a house whose program has ended; AssertionError where anything paid for is lost, billed twice, or told
    otherwise than it is."""
    found = look(house)
    _check_library(found)
    _check_files(found)
    _check_pictures(found)
    billed, orders = house.witness.billed(), house.witness.orders()
    for prompt, job in found.jobs.items():
        _check_job(job, billed.get(prompt, 0), orders.get(prompt, 0))
    for prompt in set(house.clicks) - set(found.jobs):
        assert (billed.get(prompt, 0), orders.get(prompt, 0)) == (0, 0), f"{prompt!r} was sent and is no job"
    return found


def look(house: House) -> Found:
    """All that is to be checked."""
    found = Found(house=house)
    folders = house.folders
    opened = open_library(folders, read_only=True)
    try:
        assert opened.problem is None, opened.problem
        jobs = opened.library.journal.jobs(limit=10_000)
        found.jobs = {job.request.prompt: job for job in jobs}
        assert len(found.jobs) == len(jobs), "one click made two jobs"
        found.rows = list(opened.library.gallery.entries(GalleryQuery(limit=100_000)))
    finally:
        opened.library.close()
    with contextlib.closing(sqlite3.connect(folders.library)) as library:
        for payload, entry in library.execute("SELECT payload, entry FROM events"):
            found.named |= set(_DIGEST.findall(f"{payload} {entry}"))
    found.due = due(house)
    return found


def due(house: House) -> list[Sent]:
    """The pictures that came whole while the program lived, or left long enough before its kill."""
    return [sent for sent in house.witness.sent() if _was_received(sent, _life_of(sent, house.lives))]


def _life_of(sent: Sent, lives: list[Life]) -> Life | None:
    return next((life for life in reversed(lives) if life.began <= sent.asked), None)


def _was_received(sent: Sent, life: Life | None) -> bool:
    return life is not None and (life.ended is None or sent.at <= life.ended - GRACE_S)


def _check_library(found: Found) -> None:
    with contextlib.closing(sqlite3.connect(found.house.folders.library)) as library:
        assert library.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    outputs = {f"{job.id}-{output.index}" for job in found.jobs.values() for output in job.outputs}
    assert {row.id for row in found.rows} == outputs


def _check_files(found: Found) -> None:
    """What is on the disk is what the library names, each file is what its name says, nothing is half-made."""
    folders = found.house.folders
    there = {path.name for path in folders.blobs.rglob("*") if path.is_file()}
    needed = {blob for job in found.jobs.values() for blob in job.request.blobs()}
    for job in found.jobs.values():
        for output in job.outputs:
            needed |= {output.raw} | ({output.finished} if output.finished else set())
    assert needed - there == set(), "the library names files that are not there"
    assert there - found.named == set(), "files that nothing names"
    store = BlobStore(folders.blobs)
    for row in found.rows:
        store.get(row.raw)
    left = [path for path in folders.data.rglob("*") if path.name.endswith((".part", ".gone", ".tmp"))]
    assert left == [], "half-made files"


def _check_pictures(found: Found) -> None:
    for sent in found.due:
        job = found.jobs[sent.prompt]
        kept = {output.raw for output in job.outputs}
        assert sent.digest in kept, f"{sent} was received and is not in the library: {job}"


def _check_job(job: Job, billed: int, orders: int) -> None:
    assert billed <= 1, f"billed {billed} times: {job}"
    told = f"billed {billed} times, {orders} orders: {job}"
    whole = len(job.outputs) == job.request.count and all(output.finished for output in job.outputs)
    match job.state:
        case JobState.SUCCEEDED:
            assert (billed, whole, job.missing) == (1, True, 0), told
        case JobState.QUEUED:
            assert (billed, orders) == (0, 0), told
        case JobState.UNKNOWN:
            assert job.problem is not None, told
            assert job.billed is not False, told
        case JobState.FAILED:
            assert billed == 0, told
        case JobState.EXPIRED:
            assert billed == 1, told
        case _:
            raise AssertionError(f"a job is {job.state.value} and nobody works on it: {told}")
