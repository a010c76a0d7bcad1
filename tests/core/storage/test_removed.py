"""Removed cards in a real library: nothing else of a job goes, and nothing brings them back by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.gallery import GalleryQuery
from studio.domain.ids import LOCAL, JobId, ModelId, ProviderId
from studio.domain.job import JobState, OutcomeUnknown, Queued, Submitting
from studio.domain.request import EditRequest
from studio.domain.spending import Since
from studio.storage.backups import EVERY_SECONDS
from studio.storage.library import open_library
from tests.core.storage.shelf import Ticks, folders_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.folders import Folders
    from studio.storage.library import Library

LOST, DONE = JobId("01"), JobId("02")
REMOVED = {LOST: JobState.UNKNOWN, DONE: JobState.SUCCEEDED}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A library with a job that may have been charged, one that succeeded, and the cards of both removed."""
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        stock(library)
        before = everything(library)
        library.cards.mark_removed(REMOVED)
        assert everything(library) == before
    return folders


def stock(library: Library) -> None:
    request = EditRequest(provider=ProviderId("nano"), model=ModelId("m"))
    library.journal.append(LOST, Queued(request=request, price=Price(amount="0.04")))
    library.journal.append(LOST, Submitting(attempt=1))
    library.journal.append(LOST, OutcomeUnknown(problem=problem("outcome-unknown")))
    live(library, DONE)


def everything(library: Library) -> tuple[object, ...]:
    """Jobs, their events, the gallery, and what counts as spent."""
    jobs = library.journal.jobs()
    totals = library.spending.totals(Since(day=0.0, month=0.0), {LOCAL})
    return jobs, [library.journal.events(job.id) for job in jobs], library.gallery.entries(GalleryQuery()), totals


def test_all_else_is_as_it_was_after_opening_again_and_folding_anew(folders: Folders) -> None:
    with opened(folders) as library:
        before = everything(library)
        assert library.cards.removed_cards() == REMOVED
        assert library.rebuild() == 0
        assert everything(library) == before
        assert library.cards.removed_cards() == REMOVED
    with opened(folders) as library:
        assert (library.cards.removed_cards(), everything(library)) == (REMOVED, before)


def test_a_job_that_may_have_been_charged_stays_in_the_costs(folders: Folders) -> None:
    with opened(folders) as library:
        (today,) = library.spending.totals(Since(day=0.0, month=0.0), {LOCAL}).today.sums
    assert (today.open, today.open_jobs) == ("0.04", 1)


def test_the_newest_are_told(folders: Folders) -> None:
    with opened(folders) as library:
        assert library.cards.removed_cards(limit=1) == {DONE: JobState.SUCCEEDED}


def test_a_state_that_nobody_knows_removes_nothing(folders: Folders) -> None:
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("UPDATE cards SET removed = 'eaten' WHERE job = ?", (LOST,))
    with opened(folders) as library:
        assert library.cards.removed_cards() == {DONE: JobState.SUCCEEDED}


def test_a_damaged_library_keeps_what_its_copy_says_and_what_came_later(folders: Folders) -> None:
    """The file itself has the last word where it can be read, its copy where it cannot."""
    clock = Ticks()
    library = open_library(folders, clock=clock).library
    clock.at += EVERY_SECONDS
    assert library.back_up()
    library.cards.mark_removed({LOST: None})
    library.close()
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("UPDATE jobs SET fold = 'noise'")
    found = open_library(folders, clock=Ticks())
    try:
        assert found.problem is not None
        assert found.problem.code == "library-damaged"
        assert found.library.cards.removed_cards() == {DONE: JobState.SUCCEEDED}
    finally:
        found.library.close()


def test_a_library_that_is_gone_keeps_what_its_copy_says(folders: Folders) -> None:
    library = open_library(folders, clock=Ticks()).library
    assert library.back_up()
    library.close()
    folders.library.write_bytes(b"noise" * 4096)
    found = open_library(folders, clock=Ticks())
    try:
        assert found.library.cards.removed_cards() == REMOVED
    finally:
        found.library.close()
