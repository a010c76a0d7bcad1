"""A disk that is really full: a small file system in memory, mounted for the test."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.document.edits import new_document
from studio.document.project import Project
from studio.domain.gallery import GalleryQuery
from studio.domain.problems import StorageError
from studio.domain.recovery import RecoveryEntry
from studio.storage.blobs import BlobStore
from studio.storage.recovery import RecoveryStore
from studio.storage.settings import SettingsFile
from studio.storage.user_files import UserFiles
from tests.core.storage.pages import differences, noise
from tests.core.storage.shelf import folders_in, live, opened
from tests.whole.storage.small_disk import fill, small_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from studio.domain.settings import Settings


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Three megabytes."""
    with small_disk(tmp_path / "disk", "3m") as place:
        yield place


def listing(disk: Path) -> set[str]:
    return {str(path.relative_to(disk)) for path in disk.rglob("*")}


def refused(call: Callable[[], object]) -> None:
    with pytest.raises(StorageError) as caught:
        call()
    assert caught.value.problem.code == "disk-full"


def test_a_project_stays_and_nothing_is_left_behind(disk: Path) -> None:
    files = UserFiles(blobs=BlobStore(disk / "blobs"), sample=disk, handed_out=disk / "out")
    path = str(disk / "a.ora")
    small, large = new_document(noise(100, 100, 1), "small"), new_document(noise(900, 900, 2), "large")
    files.save_project(path, Project(state=small))
    before = (disk / "a.ora").read_bytes(), listing(disk)
    refused(lambda: files.save_project(path, Project(state=large)))
    assert ((disk / "a.ora").read_bytes(), listing(disk)) == before
    assert differences(small, files.load_project(path).state) == []


def test_a_result_that_finds_no_room_says_so_and_the_next_one_goes_on(disk: Path) -> None:
    blobs = BlobStore(disk)
    fill(disk)
    refused(lambda: blobs.put(bytes(100_000)))
    assert [name for name in listing(disk) if name.endswith(".part")] == []
    (disk / "filler").unlink()
    assert blobs.get(blobs.put(bytes(100_000))) == bytes(100_000)


def test_the_journal_refuses_whole_and_goes_on_when_there_is_room(disk: Path) -> None:
    folders = folders_in(disk)
    with opened(folders) as library:
        live(library, "01")
        fill(disk)
        refused(lambda: [live(library, f"1{number:04}", prompt="long " * 2000) for number in range(1000)])
        (disk / "filler").unlink()
        live(library, "99999")
        rows = library.gallery.count(GalleryQuery())
    with opened(folders) as library:
        assert library.gallery.count(GalleryQuery()) == rows >= 2


def test_a_recovery_copy_that_finds_no_room_leaves_the_last_one(disk: Path) -> None:
    store = RecoveryStore(disk)
    small, large = new_document(noise(100, 100, 1), "small"), new_document(noise(900, 900, 2), "large")
    store.save(RecoveryEntry(key="one", title="", saved_at=1.0, size=small.size), small)
    before = listing(disk)
    refused(lambda: store.save(RecoveryEntry(key="one", title="", saved_at=2.0, size=large.size), large))
    assert listing(disk) == before
    assert differences(small, RecoveryStore(disk).load("one")) == []


def test_settings_stay_as_they_were(disk: Path) -> None:
    store = SettingsFile(disk / "settings.toml")
    long: Settings = replace(store.load(), recent=("x" * 200,) * 10)
    store.save(replace(long, theme="dark"))
    before = (disk / "settings.toml").read_bytes()
    fill(disk)
    refused(lambda: store.save(replace(long, theme="light", hints_seen=("y" * 5000,) * 20)))
    assert (disk / "settings.toml").read_bytes() == before
