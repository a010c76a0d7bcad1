"""Answers written down as they come: readable at every moment, private, swept, and never in anybody's way."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from studio.domain.ids import JobId
from studio.storage.spool import PAGE, UNREAD, DiskSpool
from studio.wire.messages import Answer

if TYPE_CHECKING:
    from pathlib import Path

JOB, OTHER = JobId("18bcfe56be8e4f3ee7e"), JobId("18bcfe56be8e4f3ee7f")
HEAD = Answer(status=200, headers=(("content-length", "6"), ("x-request-id", "req “7”\n")))


@pytest.fixture
def spool(tmp_path: Path) -> DiskSpool:
    return DiskSpool(tmp_path / "incoming", tmp_path / "unread")


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("sizes", [
    (), (0,), (1, 0, 2), (PAGE,), (PAGE - 1, 1), (PAGE + 1, PAGE - 1, 3), (65_000, 65_536, 17, 65_536), (700,) * 30,
])  # fmt: skip
def test_all_of_it_is_there_when_it_ends_and_nearly_all_before(spool: DiskSpool, sizes: tuple[int, ...]) -> None:
    written = spool.begin(JOB, None, HEAD)
    assert spool.read(JOB, None) == HEAD
    body = b""
    for number, size in enumerate(sizes):
        piece = bytes([number % 256]) * size
        written.add(piece)
        body += piece
        found = spool.read(JOB, None)
        assert found is not None
        assert body.startswith(found.body)
        assert len(body) - len(found.body) < PAGE
    written.close()
    written.close()
    assert spool.read(JOB, None) == Answer(status=200, headers=HEAD.headers, body=body)


def test_what_is_held_is_there_after_a_rest_and_nothing_twice(spool: DiskSpool) -> None:
    written = spool.begin(JOB, None, HEAD)
    body = b""
    for number, size in enumerate((1, PAGE - 2, 1, PAGE, 5, PAGE + 7, 0, 3 * PAGE - 12, 9)):
        written.add(bytes([number]) * size)
        body += bytes([number]) * size
        written.rest()
        found = spool.read(JOB, None)
        assert found is not None
        assert found.body == body
        written.rest()
    written.add(b"end")
    written.close()
    found = spool.read(JOB, None)
    assert found is not None
    assert found.body == body + b"end"


def test_a_new_answer_takes_the_place_of_the_old_one_and_pictures_have_their_own(spool: DiskSpool) -> None:
    for index, body in ((None, b"longer than the next"), (None, b"short"), (0, b"first"), (1, b"second")):
        written = spool.begin(JOB, index, HEAD)
        written.add(body)
        written.close()
    bodies = [found.body for index in (None, 0, 1) if (found := spool.read(JOB, index)) is not None]
    assert bodies == [b"short", b"first", b"second"]
    assert spool.read(JOB, 2) is None
    assert spool.read(OTHER, None) is None


@pytest.mark.parametrize("data", [b"", b"no end of line", b"{}\nbody", b"[1]\nbody", b'{"status": "200"}\n', b"\xff\n"])
def test_what_is_no_answer_is_none(spool: DiskSpool, tmp_path: Path, data: bytes) -> None:
    spool.begin(JOB, None, HEAD).close()
    (tmp_path / "incoming" / f"{JOB}.answer.part").write_bytes(data)
    assert spool.read(JOB, None) is None


def test_what_was_dropped_is_gone(spool: DiskSpool, tmp_path: Path) -> None:
    assert spool.forget(JOB, None)
    spool.begin(JOB, None, HEAD).close()
    assert spool.forget(JOB, None)
    assert names(tmp_path) == []


def test_a_settled_job_leaves_nothing_and_others_all(spool: DiskSpool, tmp_path: Path) -> None:
    for job in (JOB, OTHER):
        for index in (None, 0):
            spool.begin(job, index, HEAD).close()
    spool.settle(JOB, unread=False)
    assert names(tmp_path) == [f"{OTHER}.0.part", f"{OTHER}.answer.part"]
    spool.settle(OTHER, unread=True)
    assert names(tmp_path) == [f"{OTHER}.answer"]
    assert stat.S_IMODE((tmp_path / "unread").stat().st_mode) == 0o700
    spool.settle(JOB, unread=True)


def test_the_newest_that_nobody_could_read_are_kept(spool: DiskSpool, tmp_path: Path) -> None:
    jobs = [JobId(f"18bcfe56be8e4f{number:05x}") for number in range(UNREAD + 5)]
    for job in jobs:
        spool.begin(job, None, HEAD).close()
        spool.settle(job, unread=True)
    assert names(tmp_path) == [f"{job}.answer" for job in jobs[-UNREAD:]]


def test_a_start_keeps_what_belongs_to_running_jobs_alone(spool: DiskSpool, tmp_path: Path) -> None:
    for job in (JOB, OTHER):
        spool.begin(job, 3, HEAD).close()
    stranger = tmp_path / "incoming" / "notes.txt"
    stranger.write_text("mine")
    spool.sweep([JOB])
    assert names(tmp_path) == [f"{JOB}.3.part", "notes.txt"]


@pytest.mark.parametrize("name", ["../up", "a/b", "", "a.b", "x" * 100, "nul\0"])
def test_no_job_names_a_file_elsewhere(spool: DiskSpool, name: str) -> None:
    with pytest.raises(ValueError, match="names no file"):
        spool.begin(JobId(name), None, HEAD)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("call", ["open", "write", "second write", "mkdir"])
def test_a_disk_that_refuses_is_in_nobodys_way(
    spool: DiskSpool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    calls = {"write": 1, "second write": 2}
    whole, count = getattr(os, call.rpartition(" ")[2]), 0

    def refusing(*given: object, **more: object) -> object:
        nonlocal count
        count += 1
        if count >= calls.get(call, 1):
            raise OSError(number, os.strerror(number))
        return whole(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call.rpartition(" ")[2], refusing)
        written = spool.begin(JOB, None, HEAD)
        written.add(b"a" * PAGE)
        written.add(b"b" * PAGE)
        written.close()
    # What it took goes at once: the library may need the room.
    assert names(tmp_path) == []
    assert spool.read(JOB, None) is None


def test_a_short_write_is_gone_on_with(spool: DiskSpool, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda descriptor, data: whole(descriptor, bytes(data)[:5]))
        written = spool.begin(JOB, None, HEAD)
        written.add(b"0123456789abc")
        written.close()
    found = spool.read(JOB, None)
    assert found is not None
    assert found.body == b"0123456789abc"
