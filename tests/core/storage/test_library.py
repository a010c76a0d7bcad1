"""Journal and gallery over a real SQLite file."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest

from studio.domain.capabilities import Price
from studio.domain.catalogue import problem
from studio.domain.gallery import GalleryQuery
from studio.domain.ids import JobId, ModelId, OutputId, ProviderId, output_id
from studio.domain.job import (
    Answered,
    Cancelled,
    Expired,
    Failed,
    JobEvent,
    LookedAgain,
    OutcomeUnknown,
    PutBack,
    Queued,
    ResultAddress,
    Submitting,
    Succeeded,
)
from studio.domain.problems import StorageError
from studio.domain.request import EditRequest
from studio.storage.adapters import AsyncBlobs, AsyncJournal, AsyncLibrary
from studio.storage.blobs import BlobStore
from studio.storage.library import open_library
from tests.core.contract.blobs import BlobsContract
from tests.core.contract.journal import JournalContract
from tests.core.storage.shelf import folders_in, live, opened, run_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from studio.domain.gallery import GalleryEntry
    from studio.storage.folders import Folders
    from studio.storage.library import Library


class _Opened:
    def __init__(self, library: Library) -> None:
        self.journal = AsyncJournal(library.journal, run_here)
        self._library = AsyncLibrary(library.gallery, run_here)

    async def row(self, job: JobId) -> GalleryEntry | None:
        return await self._library.entry(output_id(job, 0))


class TestJournal(JournalContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.folders = folders_in(tmp_path)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[_Opened]:
        with opened(self.folders) as library:
            yield _Opened(library)


class TestBlobs(BlobsContract):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> None:
        self.root = tmp_path / "blobs"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[AsyncBlobs]:
        yield AsyncBlobs(BlobStore(self.root), run_here)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return folders_in(tmp_path)


@pytest.fixture
def library(folders: Folders) -> Iterator[Library]:
    with opened(folders) as library:
        yield library


def found(library: Library, query: GalleryQuery | None = None) -> list[str]:
    return [entry.id for entry in library.gallery.entries(query or GalleryQuery())]


def test_it_is_all_there_after_opening_again(folders: Folders) -> None:
    with opened(folders) as library:
        live(library, "01")
        before = library.journal.jobs(), library.gallery.entries(GalleryQuery())
    with opened(folders) as library:
        assert (library.journal.jobs(), library.gallery.entries(GalleryQuery())) == before


def test_words_find_by_the_beginnings_of_prompt_model_and_provider(library: Library) -> None:
    live(library, "01", prompt="Ein grüner Baum am See", model="flux-pro", provider="local")
    live(library, "02", prompt="a tree, by the lake", model="seedream", provider="naga")
    assert found(library, GalleryQuery(words="gruner")) == ["01-0"]
    assert found(library, GalleryQuery(words="tree lak")) == ["02-0"]
    assert found(library, GalleryQuery(words="tree flux")) == []
    assert found(library, GalleryQuery(words="flux-p")) == ["01-0"]
    assert found(library, GalleryQuery(words="NAG")) == ["02-0"]
    assert found(library, GalleryQuery(words="pro-flux")) == []
    live(library, "03", prompt="a tree", provider="naga")
    assert found(library, GalleryQuery(words="tree")) == ["03-0", "02-0"]
    assert found(library, GalleryQuery(words="tree", before=OutputId("03-0"))) == ["02-0"]
    library.gallery.mark(OutputId("03-0"), trashed=True)
    assert found(library, GalleryQuery(words="tree")) == ["02-0"]
    assert library.gallery.count(GalleryQuery(words="tree", before=OutputId("03-0"))) == 1
    assert found(library) == ["02-0", "01-0"]


@pytest.mark.parametrize("words", ['"', "a* OR b", "NEAR(", "prompt:tree", "-", "'; DROP TABLE gallery"])
def test_search_syntax_is_nothing_but_words(library: Library, words: str) -> None:
    live(library, "01", prompt="tree")
    assert library.gallery.count(GalleryQuery(words=words)) in (0, 1)


def test_pages_begin_before_an_entry(library: Library) -> None:
    for number in range(5):
        live(library, f"0{number}")
    first = found(library, GalleryQuery(limit=2))
    assert first == ["04-0", "03-0"]
    assert found(library, GalleryQuery(limit=2, before=OutputId(first[-1]))) == ["02-0", "01-0"]
    assert library.gallery.count(GalleryQuery(before=OutputId(first[-1]), limit=2)) == 5


def test_marks_filter_and_stay_with_the_output(library: Library) -> None:
    for number in range(3):
        live(library, f"0{number}")
    library.gallery.mark(OutputId("00-0"), starred=True)
    library.gallery.mark(OutputId("01-0"), trashed=True)
    library.gallery.mark(OutputId("00-0"), applied=True)
    entry = library.gallery.entry(OutputId("00-0"))
    assert entry is not None
    assert (entry.starred, entry.applied, entry.trashed) == (True, True, False)
    assert found(library) == ["02-0", "00-0"]
    assert found(library, GalleryQuery(starred=True)) == ["00-0"]
    assert found(library, GalleryQuery(trashed=True)) == ["01-0"]
    library.gallery.mark(OutputId("01-0"), trashed=False)
    assert library.gallery.count(GalleryQuery()) == 3


def test_a_rebuild_gives_equal_rows(folders: Folders) -> None:
    with opened(folders) as library:
        for number in range(3):
            live(library, f"0{number}", prompt=f"tree {number}")
        library.gallery.mark(OutputId("01-0"), starred=True)
        before = tables(folders)
        assert library.rebuild() == 0
        assert tables(folders) == before
        assert found(library, GalleryQuery(words="tree 1")) == ["01-0"]
        assert found(library, GalleryQuery(starred=True)) == ["01-0"]


def test_a_rebuild_gives_equal_rows_of_jobs_with_every_kind_of_event(folders: Folders) -> None:
    trouble = problem("key-missing", provider="P")
    later = ResultAddress(index=1, url="https://host/1", expires=9.0)
    after_an_answer: list[tuple[JobEvent, ...]] = [
        (Cancelled(billed=True, cost=Price(amount="0.2")),),
        (Expired(problem=trouble, request_id="r"), LookedAgain(), Succeeded()),
        (OutcomeUnknown(problem=trouble), LookedAgain(), Expired(problem=trouble)),
    ]
    lives: list[tuple[JobEvent, ...]] = [
        (PutBack(problem=trouble), Submitting(attempt=2), Answered(results=(later,), request_id="r"), *rest)
        for rest in after_an_answer
    ]
    lives += [(Failed(problem=trouble),), (OutcomeUnknown(problem=trouble), LookedAgain())]
    with opened(folders) as library:
        for number, rest in enumerate(lives):
            job = JobId(f"{number:02}")
            library.journal.append(job, Queued(request=EditRequest(provider=ProviderId("p"), model=ModelId("m"))))
            for event in (Submitting(attempt=1), *rest):
                library.journal.append(job, event)
        live(library, "99")
        before = tables(folders)
        assert library.rebuild() == 0
        assert tables(folders) == before
        states = [job.state.value for job in library.journal.jobs()]
    assert states == ["succeeded", "running", "failed", "expired", "succeeded", "cancelled"]


def tables(folders: Folders) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(folders.library)) as connection:
        names = ("jobs", "gallery", "gallery_words")
        return [connection.execute(f"SELECT rowid, * FROM {name} ORDER BY 1").fetchall() for name in names]


@pytest.mark.parametrize("statement", ["UPDATE events SET at = 0", "DELETE FROM events"])
def test_events_are_never_changed(folders: Folders, statement: str) -> None:
    with opened(folders) as library:
        live(library, "01")
    with closing(sqlite3.connect(folders.library)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_events_come_back_with_fields_that_a_newer_version_added(folders: Folders) -> None:
    with opened(folders) as library:
        library.journal.append(JobId("01"), Queued(request=EditRequest(provider=ProviderId("p"), model=ModelId("m"))))
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute(
            """INSERT INTO events (job, at, kind, payload) VALUES ('01', 5.0, 'submitting', '{"attempt":1,"new":2}')"""
        )
    with opened(folders) as library:
        assert library.rebuild() == 0
        (job,) = library.journal.jobs()
        assert job.attempts == 1


def test_a_reader_sees_what_the_writer_commits_and_cannot_write(folders: Folders) -> None:
    with opened(folders) as writer:
        live(writer, "01")
        with opened(folders, read_only=True) as reader:
            assert found(reader) == ["01-0"]
            live(writer, "02")
            assert found(reader) == ["02-0", "01-0"]
            with pytest.raises(StorageError) as caught:
                reader.gallery.mark(OutputId("01-0"), starred=True)
    assert caught.value.problem.code == "folder-read-only"


def test_reading_where_nothing_is_yet_makes_no_file(folders: Folders) -> None:
    with opened(folders, read_only=True) as library:
        assert found(library) == []
    assert not folders.library.exists()


def test_the_file_is_for_its_owner_alone(folders: Folders, library: Library) -> None:
    live(library, "01")
    for path in folders.library.parent.glob("library.sqlite*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_newer_library_is_refused_untouched(folders: Folders) -> None:
    with opened(folders) as library:
        live(library, "01")
    with closing(sqlite3.connect(folders.library)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = folders.library.read_bytes()
    with pytest.raises(StorageError) as caught:
        open_library(folders)
    assert caught.value.problem.code == "library-newer"
    assert folders.library.read_bytes() == before
    assert list(folders.data.glob("library.*")) == [folders.library]


def test_a_newer_library_whose_version_is_in_its_log_alone_is_refused_too(folders: Folders, tmp_path: Path) -> None:
    with opened(folders) as library:
        live(library, "01")
    with closing(sqlite3.connect(folders.library)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA user_version = 99")
        other = folders_in(tmp_path / "killed")
        for path in folders.data.glob("library.sqlite*"):
            shutil.copy(path, other.data)
    before = {path.name: path.read_bytes() for path in other.data.glob("library.sqlite*") if "shm" not in path.name}
    with pytest.raises(StorageError) as caught:
        open_library(other)
    assert caught.value.problem.code == "library-newer"
    assert {name: (other.data / name).read_bytes() for name in before} == before


def test_another_writer_in_the_way_is_said_in_a_sentence(folders: Folders, library: Library) -> None:
    with closing(sqlite3.connect(folders.library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        library.gallery._database.connection.execute("PRAGMA busy_timeout = 1")  # pyright: ignore[reportPrivateUsage]  # the wait is 5 s else
        with pytest.raises(StorageError) as caught:
            live(library, "01")
        other.execute("ROLLBACK")
    assert caught.value.problem.code == "data-in-use"
    live(library, "01")
