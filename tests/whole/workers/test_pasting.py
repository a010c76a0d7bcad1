"""The process that makes finished pictures: the same bytes as made here, real deaths, files that are not there."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.domain.geometry import Margins, Rect, Size
from studio.domain.problems import ImagingError, StorageError
from studio.domain.request import Colours, Outcome, Placement
from studio.framing.finished import finished
from studio.framing.unfinished import Unfinished
from studio.imaging.decode import decode
from studio.imaging.kept import Kept
from studio.imaging.masks import feather, rectangle
from studio.imaging.png import png
from studio.imaging.tiles import read_all
from studio.storage.blobs import BlobStore
from studio.workers.pasting import PastingProcess
from tests.fakes.profiles import adobe_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

PHOTO = Path("tests/photos/small_friends_by_Aitzol_Berasategi.jpg")
SIZE = Size(width=411, height=618)
LARGE = Path("tests/photos/friends_by_Aitzol_Berasategi.jpg")
LARGE_SIZE = Size(width=2056, height=3088)
ANSWER = Path("tests/photos/life_by_Aitzol_Berasategi.jpg")
CROP = Rect(x=60, y=80, width=160, height=128)
GROWN = Rect(x=-20, y=0, width=SIZE.width + 20, height=SIZE.height)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


@pytest.fixture
def process(threads: ThreadPoolExecutor) -> Iterator[PastingProcess]:
    process = PastingProcess(threads)
    yield process
    process.close()


def kept(store: BlobStore, data: bytes) -> Kept:
    blob = store.put(data)
    return Kept(blob=blob, path=str(store.path(blob)))


def unfinished(folder: Path, outcome: Outcome = Outcome.PASTE, box: Rect = CROP) -> Unfinished:
    """A crop of a photograph, for which another one came."""
    store = BlobStore(folder / "blobs")
    inner = Rect(x=30, y=30, width=box.width - 60, height=box.height - 60)
    mask = feather(rectangle(Size(width=box.width, height=box.height), inner), 9.0)
    return Unfinished(
        source=kept(store, PHOTO.read_bytes()),
        answer=kept(store, ANSWER.read_bytes()),
        paste=kept(store, png(read_all(mask))),
        placement=Placement(
            document=SIZE,
            box=box,
            sent=Size(width=1024, height=1024),
            padding=Margins(left=3, top=128, right=5, bottom=128),
        ),
        outcome=outcome,
        colours=Colours.SRGB,
    )


@pytest.mark.parametrize(
    ("outcome", "box"),
    [(Outcome.PASTE, CROP), (Outcome.CANVAS, GROWN), (Outcome.LAYER, CROP), (Outcome.MASK, CROP)],
)
def test_it_makes_the_picture_that_would_be_made_here(
    process: PastingProcess, tmp_path: Path, outcome: Outcome, box: Rect
) -> None:
    work = unfinished(tmp_path, outcome, box)
    data, size = asyncio.run(process.finished(work))
    assert (bytes(data), size) == finished(work)


def test_a_large_photograph_comes_back_whole(process: PastingProcess, tmp_path: Path) -> None:
    work = unfinished(tmp_path, box=Rect(x=300, y=400, width=640, height=480))
    source = kept(BlobStore(tmp_path / "blobs"), LARGE.read_bytes())
    work = replace(work, source=source, placement=replace(work.placement, document=LARGE_SIZE))
    data, size = asyncio.run(process.finished(work))
    assert (bytes(data), size) == finished(work)
    assert size == LARGE_SIZE


def test_colours_are_brought_into_the_profile_of_the_picture_there_too(process: PastingProcess, tmp_path: Path) -> None:
    work = unfinished(tmp_path)
    wide = png(decode(PHOTO.read_bytes(), "photo").pixels, icc=adobe_rgb())
    work = replace(work, source=kept(BlobStore(tmp_path / "blobs"), wide))
    as_sent, as_it_is = [replace(work, colours=colours) for colours in (Colours.SRGB, Colours.SOURCE)]
    data, _ = asyncio.run(process.finished(as_sent))
    assert bytes(data) == finished(as_sent)[0]
    assert bytes(data) != finished(as_it_is)[0]
    assert decode(bytes(data), "finished").icc == adobe_rgb()


def test_one_that_was_ended_between_two_pictures_is_started_again(process: PastingProcess, tmp_path: Path) -> None:
    work = unfinished(tmp_path)
    first, _ = asyncio.run(process.finished(work))
    pid = process.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    second, _ = asyncio.run(process.finished(work))
    assert bytes(second) == bytes(first)
    assert process.pid() != pid


def test_files_that_are_gone_or_were_changed_are_said_so(process: PastingProcess, tmp_path: Path) -> None:
    work = unfinished(tmp_path)
    gone = replace(work.source, path=str(tmp_path / "gone"))
    with pytest.raises(StorageError, match="file-missing"):
        asyncio.run(process.finished(replace(work, source=gone)))
    other = replace(work.answer, path=work.source.path)
    with pytest.raises(StorageError, match="blob-damaged"):
        asyncio.run(process.finished(replace(work, answer=other)))
    unread = replace(work.answer, blob=kept(BlobStore(tmp_path), b"words").blob)
    with pytest.raises(StorageError, match="blob-damaged"):
        asyncio.run(process.finished(replace(work, answer=unread)))
    assert asyncio.run(process.finished(work))[1] == SIZE


def test_an_answer_that_is_no_picture_is_said_so(process: PastingProcess, tmp_path: Path) -> None:
    words = kept(BlobStore(tmp_path / "blobs"), b"Dear Sir or Madam")
    with pytest.raises(ImagingError, match="not-an-image"):
        asyncio.run(process.finished(replace(unfinished(tmp_path), answer=words)))


def test_a_picture_that_cannot_be_made_is_a_sentence_and_the_process_lives(
    process: PastingProcess, tmp_path: Path
) -> None:
    work = unfinished(tmp_path)
    elsewhere = replace(work.placement, document=Size(width=10, height=10))
    with pytest.raises(ImagingError, match="not-pasted"):
        asyncio.run(process.finished(replace(work, placement=elsewhere)))
    pid = process.pid()
    asyncio.run(process.finished(work))
    assert process.pid() == pid


@pytest.mark.parametrize(("manner", "detail"), [("die", "exit status -9"), ("hang", "not done")])
def test_a_picture_that_brings_the_process_down_is_a_sentence(
    threads: ThreadPoolExecutor, tmp_path: Path, manner: str, detail: str
) -> None:
    process = PastingProcess(
        threads, seconds=2.0 if manner == "hang" else 60.0, module="tests.whole.workers.scripted_pasting"
    )
    try:
        work = unfinished(tmp_path)
        with pytest.raises(ImagingError, match="not-pasted") as caught:
            asyncio.run(process.finished(replace(work, answer=replace(work.answer, path=manner))))
        assert detail in caught.value.problem.detail
        assert "gallery" in caught.value.problem.cost
    finally:
        process.close()
