"""Each output has its sidecar, and the library has each output that has one."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.domain.gallery import GalleryQuery
from studio.domain.geometry import Size
from studio.domain.ids import BlobId, JobId, ModelId, OutputId, ProviderId
from studio.domain.job import Answered, Output, OutputStored, Queued, ResultAddress, Submitting, Succeeded
from studio.domain.request import EditRequest
from studio.storage.blobs import BlobStore
from studio.storage.library import open_library
from studio.storage.orphans import note_unclean_end
from studio.storage.records import Marks
from studio.storage.sidecars import Sidecars
from tests.core.storage.shelf import Ticks, entry, folders_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.folders import Folders
    from studio.storage.library import Library

ADDRESS = "https://host/picture?signature=secret"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return folders_in(tmp_path)


def paid(library: Library, raw: BlobId) -> None:
    """A job of two pictures of which one came so far."""
    request = EditRequest(
        provider=ProviderId("p"), model=ModelId("m"), prompt="a “tree”", parameters=(("steps", 3),), count=2
    )
    job = JobId("01")
    library.journal.append(job, Queued(request=request))
    library.journal.append(job, Submitting(attempt=1))
    library.journal.append(job, Answered(results=(ResultAddress(index=1, url=ADDRESS),), request_id="r"))
    output = Output(index=0, raw=raw, media_type="image/png", size=Size(width=8, height=6), seed=5)
    library.journal.append(job, OutputStored(output=output), replace(entry(job, request), raw=raw))


def names(folders: Folders) -> list[str]:
    return sorted(path.name for path in folders.sidecars.rglob("*") if path.is_file())


def test_it_says_what_was_ordered_and_what_came_but_no_address(folders: Folders) -> None:
    with opened(folders) as library:
        paid(library, BlobId("aa"))
        path = Sidecars(folders.sidecars).path(OutputId("01-0"))
        text = path.read_text(encoding="utf-8")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        told = json.loads(text)
        library.journal.append(JobId("01"), Succeeded(missing=1))
        assert len(json.loads(path.read_text(encoding="utf-8"))["lines"]) == len(told["lines"]) + 1
    assert (told["prompt"], told["parameters"], told["request_id"], told["raw"]) == (
        "a “tree”",
        {"steps": 3},
        "r",
        "aa",
    )
    assert "secret" not in text
    assert names(folders) == ["01-0.json"]


def test_a_disk_that_refuses_it_holds_up_no_output_and_gets_it_later(folders: Folders) -> None:
    with opened(folders) as library:
        folders.sidecars.rmdir()
        folders.sidecars.write_bytes(b"")
        live(library, "01")
        assert library.gallery.count(GalleryQuery()) == 1
        folders.sidecars.unlink()
        live(library, "02")
    assert names(folders) == ["01-0.json", "02-0.json"]


def test_outputs_of_an_earlier_version_get_theirs(folders: Folders) -> None:
    with opened(folders) as library:
        for number in range(5):
            live(library, f"0{number}")
    shutil.rmtree(folders.sidecars)
    with opened(folders):
        assert len(names(folders)) == 5


def test_what_the_library_does_not_know_is_put_back(folders: Folders) -> None:
    with opened(folders):
        raw = BlobStore(folders.blobs).put(b"picture")
    before = folders.library.read_bytes()
    with opened(folders) as library:
        paid(library, raw)
        live(library, "02")  # its picture is not there
    folders.library.write_bytes(before)
    found = open_library(folders, clock=Ticks())
    (row,) = found.library.gallery.entries(GalleryQuery())
    found.library.close()
    assert found.problem is not None
    assert found.problem.code == "library-mended"
    assert (row.id, row.raw, row.request.prompt, row.seed) == ("01-0", raw, "a “tree”", None)
    assert names(folders) == ["01-0.json", "02-0.json.unreadable"]
    with opened(folders) as library:
        assert library.gallery.count(GalleryQuery()) == 1


def test_lines_whose_numbers_are_taken_come_behind_the_last(folders: Folders) -> None:
    with opened(folders):
        raw = BlobStore(folders.blobs).put(b"picture")
    before = folders.library.read_bytes()
    with opened(folders) as library:
        paid(library, raw)
    folders.library.write_bytes(before)
    shutil.move(folders.sidecars, folders.data / "elsewhere")
    with opened(folders) as library:
        live(library, "07")
    shutil.copytree(folders.data / "elsewhere", folders.sidecars, dirs_exist_ok=True)
    found = open_library(folders, clock=Ticks())
    rows = [row.id for row in found.library.gallery.entries(GalleryQuery())]
    assert found.library.rebuild() == 0
    found.library.close()
    assert rows == ["01-0", "07-0"]
    with closing(sqlite3.connect(folders.library)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (8,)


MARKS = {"01-0": (True, True, False), "02-0": (False, False, True), "03-0": (False, False, False)}


def marks_after_mending(folders: Folders) -> dict[str, tuple[bool, bool, bool]]:
    """Starred, applied and trashed, by the library that is found damaged."""
    found = open_library(folders, clock=Ticks())
    assert found.problem is not None
    gallery = found.library.gallery
    rows = (*gallery.entries(GalleryQuery()), *gallery.entries(GalleryQuery(trashed=True)))
    found.library.close()
    return {row.id: (row.starred, row.applied, row.trashed) for row in rows}


@pytest.fixture
def marked(folders: Folders) -> Folders:
    """Three pictures: one that was starred and applied, one in the trash, one that was left alone. The backup is from
    before that."""
    with opened(folders) as library:
        for number in (1, 2, 3):
            live(library, f"0{number}", raw=BlobStore(folders.blobs).put(b"picture %d" % number))
        assert library.back_up()
        library.gallery.mark(OutputId("01-0"), starred=True)
        library.gallery.mark(OutputId("01-0"), applied=True)
        library.gallery.mark(OutputId("02-0"), trashed=True, starred=True)
        library.gallery.mark(OutputId("02-0"), starred=False)
    return folders


def test_marks_come_back_with_the_pictures(marked: Folders) -> None:
    shutil.rmtree(marked.backups)
    marked.backups.mkdir()
    marked.library.write_bytes(b"damaged")
    assert marks_after_mending(marked) == MARKS


def test_marks_are_newer_than_those_of_a_backup(marked: Folders) -> None:
    marked.library.write_bytes(b"damaged")
    assert marks_after_mending(marked) == MARKS


def test_marks_come_back_with_rows_that_the_library_lost(marked: Folders, tmp_path: Path) -> None:
    other = folders_in(tmp_path / "other")
    with opened(other):
        pass
    shutil.copy(other.library, marked.library)
    assert marks_after_mending(marked) == MARKS


def test_marks_that_the_damaged_file_tells_are_newer_still(marked: Folders) -> None:
    path = Sidecars(marked.sidecars).path(OutputId("03-0"))
    before = path.read_bytes()
    with opened(marked) as library:
        library.gallery.mark(OutputId("03-0"), starred=True)
    path.write_bytes(before)
    note_unclean_end(marked.library)
    with closing(sqlite3.connect(marked.library)) as connection, connection:
        connection.execute("PRAGMA application_id = 7")
    assert marks_after_mending(marked) == MARKS | {"03-0": (True, False, False)}


def test_a_disk_that_refuses_it_holds_up_no_mark(marked: Folders) -> None:
    with opened(marked) as library:
        shutil.rmtree(marked.sidecars)
        marked.sidecars.write_bytes(b"")
        library.gallery.mark(OutputId("03-0"), starred=True)
        marked.sidecars.unlink()
        live(library, "04")
    told = Sidecars(marked.sidecars).read(OutputId("03-0"))
    assert told is not None
    assert told.marks == Marks(starred=True)
