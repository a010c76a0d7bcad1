"""What becomes of a verb whose words nobody takes: real pipes without a reader, and a disk that is full."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from studio.cli.main import main
from studio.cli.outlet import Outlet
from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.domain.ids import JobId, OutputId
from studio.domain.job import JobState
from studio.session.face.terminal import EndedNews, OutputFile, ProgressNews, QueuedNews
from tests.fakes.terminal import Builder, FakeTerminalDesk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import TextIO

    from studio.session.face.terminal import EditOrder, TerminalNews

JOB = JobId("01")
OUTPUT = OutputFile(id=OutputId("01-0"), path="o/1.png", raw="aa", paste_mask=None, size=Size(width=8, height=6))
SUCCEEDED = EndedNews(job=JOB, state=JobState.SUCCEEDED, outputs=(OUTPUT,))
FULL = "/dev/full"
HAS_FULL = pytest.mark.skipif(not os.path.exists(FULL), reason="no device that is always full here")


class Followed(FakeTerminalDesk):
    """Knows whether it was heard to the end."""

    whole = False

    async def edit(self, order: EditOrder) -> AsyncIterator[TerminalNews]:
        async for news in super().edit(order):
            yield news
        self.whole = True


@pytest.fixture
def desk() -> Followed:
    desk = Followed()
    desk.script = [
        QueuedNews(job=JOB, price=None),
        ProgressNews(job=JOB, phase="Waiting", fraction=None),
        ProgressNews(job=JOB, phase="Receiving", fraction=0.5),
        SUCCEEDED,
    ]
    return desk


@pytest.fixture
def nobody() -> Iterator[TextIO]:
    """A pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as pipe:
        yield pipe


@pytest.fixture
def full() -> Iterator[TextIO]:
    with open(FULL, "w", encoding="utf-8") as disk:
        yield disk


def edit(desk: FakeTerminalDesk, *options: str) -> int:
    status = main([*options, "edit", "--image", "a.png"], Builder(desk))
    assert isinstance(status, int)
    return status


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_an_order_is_followed_to_its_end_though_nobody_reads(
    desk: Followed, nobody: TextIO, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "stdout", nobody)
    assert (edit(desk, *options), desk.whole, desk.closed) == (141, True, True)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_words_for_people_that_nobody_reads_change_nothing(
    desk: Followed,
    nobody: TextIO,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
) -> None:
    monkeypatch.setattr(sys, "stderr", nobody)
    assert (edit(desk, *options), desk.whole) == (0, True)
    assert "o/1.png" in capsys.readouterr().out


@HAS_FULL
def test_a_full_disk_under_the_output_is_said_once_the_order_has_ended(
    desk: Followed, full: TextIO, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", full)
    assert (edit(desk, "--json"), desk.whole) == (5, True)
    assert capsys.readouterr().err == "Standard output could not be written: No space left on device.\n"


def test_what_the_job_ended_with_outweighs_that_nobody_heard_of_it(
    desk: Followed, nobody: TextIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", nobody)
    desk.script[-1] = EndedNews(job=JOB, state=JobState.UNKNOWN, problem=problem("outcome-unknown"))
    assert (edit(desk, "--json"), desk.whole) == (4, True)


@pytest.mark.parametrize("words", ["doctor", "--json doctor", "--help", "jobs --help", "playground"])
def test_other_verbs_end_as_a_broken_pipe_does(nobody: TextIO, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "stdout", nobody)
    assert main(words.split(), Builder(FakeTerminalDesk())) == 141


@pytest.mark.parametrize(
    ("encoding", "errors", "said"),
    [
        ("cp1252", "strict", b"caf\xe9 \\u65e5 \\udce9\n"),
        ("utf-8", "strict", "café 日 \\udce9\n".encode()),
        ("utf-8", "surrogateescape", "café 日 ".encode() + b"\xe9\n"),
        ("ascii", "replace", b"caf? ? ?\n"),
    ],
)
def test_letters_that_a_stream_does_not_know_are_written_out(encoding: str, errors: str, said: bytes) -> None:
    kept = io.BytesIO()
    outlet = Outlet(io.TextIOWrapper(kept, encoding=encoding, errors=errors, newline="\n"))
    outlet.line("café 日 \udce9")
    assert (kept.getvalue(), outlet.lost) == (said, None)


def test_half_a_pair_is_written_out_too_where_names_leave_as_they_are() -> None:
    kept = io.BytesIO()
    outlet = Outlet(io.TextIOWrapper(kept, encoding="utf-8", errors="surrogateescape"))
    outlet.write("\ud83e fox")
    assert kept.getvalue() == b"\\ud83e fox"
