"""Damaged libraries without pictures: what the database itself and its copies still tell."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from studio.domain.gallery import GalleryQuery
from studio.domain.ids import OutputId
from studio.storage.library import open_library
from tests.core.storage.shelf import Ticks, folders_in, live, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.storage.folders import Folders

JOBS = 40
PAGE = 4096


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that was killed, its log still there, and one that was closed, with a backup of its first half."""
    root = tmp_path_factory.mktemp("patterns")
    closed, killed = folders_in(root / "closed"), folders_in(root / "killed")
    with opened(closed) as library:
        for number in range(JOBS):
            live(library, f"{number:02}", prompt=f"prompt {number} " + "long " * 60)
            if number == JOBS // 2 - 1:
                assert library.back_up()
        library.gallery.mark(OutputId("07-0"), starred=True)
        for path in closed.data.glob("library.sqlite*"):
            shutil.copy(path, killed.data)
    shutil.rmtree(closed.sidecars)
    return root


@pytest.fixture
def folders(patterns: Path, tmp_path: Path) -> Folders:
    """The killed one."""
    return folders_in(shutil.copytree(patterns / "killed", tmp_path / "killed"))


@pytest.fixture
def closed(patterns: Path, tmp_path: Path) -> Folders:
    """The closed one."""
    return folders_in(shutil.copytree(patterns / "closed", tmp_path / "closed"))


def jobs_after_rescue(folders: Folders) -> set[str]:
    """Opens the damaged library, looks that it works as one, and tells which jobs have their row."""
    found = open_library(folders, clock=Ticks())
    try:
        assert found.problem is not None
        assert found.problem.code == "library-damaged"
        live(found.library, "99")
        rows = found.library.gallery.entries(GalleryQuery())
    finally:
        found.library.close()
    assert list(folders.data.glob("library.damaged-*.sqlite"))
    with opened(folders) as library:  # sound from now on
        assert len(library.journal.jobs()) >= len(rows)
    return {str(row.job) for row in rows} - {"99"}


def test_an_unclean_end_loses_nothing(folders: Folders) -> None:
    with opened(folders) as library:
        assert library.gallery.count(GalleryQuery()) == JOBS
        assert len(library.gallery.entries(GalleryQuery(starred=True))) == 1


def _zero(data: bytes, page: int) -> bytes:
    return data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"not a database at all" * 300, id="other-bytes"),
        pytest.param(lambda data: bytes(len(data)), id="zeros"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data[:50], id="a-piece-of-the-head"),
        pytest.param(lambda data: _zero(data, 0), id="first-page"),
        pytest.param(lambda data: data[:100] + b"\xff" * 2000 + data[2100:], id="schema"),
    ],
)
def test_with_a_backup_at_least_its_jobs_come_back(closed: Folders, damage: Callable[[bytes], bytes]) -> None:
    closed.library.write_bytes(damage(closed.library.read_bytes()))
    assert jobs_after_rescue(closed) >= {f"{number:02}" for number in range(JOBS // 2)}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_damaged_page_after_a_kill_costs_its_own_rows_only(folders: Folders, share: float) -> None:
    with opened(folders) as library:  # bring the log into the file
        library.close()
    log = folders.library.with_name("library.sqlite-wal")
    data = folders.library.read_bytes()
    pages = len(data) // PAGE
    folders.library.write_bytes(_zero(data, int(pages * share)))
    log.write_bytes(b"\0" * 32)  # an unclean end
    assert len(jobs_after_rescue(folders)) >= JOBS * 0.75


def test_the_damaged_file_is_kept_byte_for_byte(closed: Folders) -> None:
    damaged = b"no database" * 1000
    closed.library.write_bytes(damaged)
    open_library(closed, clock=Ticks()).library.close()
    (kept,) = closed.data.glob("library.damaged-*.sqlite")
    assert kept.read_bytes() == damaged
