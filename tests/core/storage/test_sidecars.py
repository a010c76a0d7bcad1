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
