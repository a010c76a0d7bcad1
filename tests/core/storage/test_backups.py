"""Copies of the library, and a rescue that a kill cut off."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import OutputId
from studio.domain.problems import StorageError
from studio.storage.backups import EVERY_SECONDS, KEPT
from studio.storage.library import open_library
from studio.storage.soundness import is_doubted
from tests.core.storage.shelf import Ticks, folders_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path


def test_a_rescue_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        live(library, "01")
    folders.library.rename(folders.library.with_name("library.sqlite.rescued"))
    found = open_library(folders, clock=Ticks())
    assert found.problem is not None
    assert len(found.library.journal.jobs()) == 1
    found.library.close()


def test_the_newest_copy_comes_back_and_the_damaged_file_is_kept(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        live(library, "01")
        assert library.back_up()
        live(library, "02")
    shutil.rmtree(folders.sidecars)
    damaged = b"no database" * 1000
    folders.library.write_bytes(damaged)
    found = open_library(folders, clock=Ticks())
    jobs = [job.id for job in found.library.journal.jobs()]
    found.library.close()
    assert jobs == ["01"]
    (kept,) = folders.data.glob("library.damaged-*.sqlite")
    assert kept.read_bytes() == damaged


def test_of_two_copies_the_newer_says_what_was_made_of_a_picture(tmp_path: Path) -> None:
    folders, clock = folders_in(tmp_path), Ticks()
    found = open_library(folders, clock=clock)
    output = OutputId(live(found.library, "01"))
    for starred in (True, False):
        found.library.gallery.mark(output, starred=starred)
        assert found.library.back_up()
        clock.at += EVERY_SECONDS
    found.library.close()
    shutil.rmtree(folders.sidecars)
    folders.library.write_bytes(b"no database")
    found = open_library(folders, clock=clock)
    entry = found.library.gallery.entry(output)
    found.library.close()
    assert entry is not None
    assert not entry.starred


def test_damage_that_is_met_in_use_is_looked_at_by_the_next_start(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    with opened(folders) as library:
        live(library, "01")
        with pytest.raises(StorageError) as caught, library.gallery._database.reading() as connection:  # pyright: ignore[reportPrivateUsage]  # the way in for damage that no query meets
            connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    assert caught.value.problem.code == "library-unreadable"
    assert is_doubted(folders.library)
    with opened(folders):
        assert not is_doubted(folders.library)


def test_one_backup_a_day_and_the_three_newest(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    clock = Ticks()
    found = open_library(folders, clock=clock)
    made: list[bool] = []
    for _ in range(6):
        made += [found.library.back_up(), found.library.back_up()]
        clock.at += EVERY_SECONDS
    found.library.close()
    assert made == [True, False] * 6
    assert len(list(folders.backups.iterdir())) == KEPT


def test_a_clock_that_was_wrong_for_some_days_does_not_end_the_copies(tmp_path: Path) -> None:
    folders, clock = folders_in(tmp_path), Ticks()
    right, library = clock.at, open_library(folders, clock=clock).library
    for day in (0, 1, 2, 7300, 7301, 7302, 5, 6, 7, 8):
        clock.at = right + day * 1.1 * EVERY_SECONDS
        assert library.back_up()
        assert any(abs(path.stat().st_mtime - clock.at) < 60 for path in folders.backups.iterdir()), day
    library.close()
    ages = sorted(clock.at - path.stat().st_mtime for path in folders.backups.iterdir())
    assert [int(age / EVERY_SECONDS) for age in ages] == [0, 1, 2]
