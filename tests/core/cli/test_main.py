"""The program from a terminal, before a desk that answers as the tests want."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.cli.main import main
from studio.domain.capabilities import Capabilities, MaskUse, Model, Parameter, ParameterKind, Price
from studio.domain.catalogue import problem, trouble
from studio.domain.gallery import GalleryEntry
from studio.domain.geometry import Size
from studio.domain.ids import LOCAL, BlobId, JobId, ModelId, OutputId
from studio.domain.job import Job, JobState
from studio.domain.request import EditRequest
from studio.session.face.terminal import (
    EndedNews,
    GalleryListing,
    JobListing,
    OutputFile,
    ProgressNews,
    QueuedNews,
    RemarkNews,
    TerminalDesk,
)
from tests.fakes.terminal import Builder, FakeTerminalDesk

if TYPE_CHECKING:
    from studio.domain.problems import StudioError

JOB = JobId("01")
EDIT = ["edit", "--image", "a.png"]
OUTPUT = OutputFile(
    id=OutputId("01-0"), path="out/01-0.png", raw="blobs/aa", paste_mask=None, size=Size(width=8, height=6)
)
REMARK = RemarkNews(text="a.png has 16 bits a channel.")
SUCCEEDED = EndedNews(job=JOB, state=JobState.SUCCEEDED, outputs=(OUTPUT,), missing=1, request_id="r")
SENDING = ("edit --image a.png --prompt x --output o", "generate --provider p --prompt x", "jobs run", "jobs resume")
SILENT = ("jobs cancel 01", "gallery trash 01-0", "gallery restore 01-0", "providers remove p")
REQUEST = EditRequest(provider=LOCAL, model=ModelId("remove"), prompt="remove this\nbottle")


class Terminal:
    """The program, its desk, and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk = FakeTerminalDesk()
        self.builder = Builder(self.desk)
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        status = main(arguments, self.builder)
        assert isinstance(status, int)
        out, err = self._capsys.readouterr()
        return status, out, err

    def lines(self, *arguments: str) -> tuple[int, list[dict[str, object]]]:
        """Exit status and the objects of standard output, with --json."""
        status, out, _ = self.run("--json", *arguments)
        assert out == "" or out.endswith("\n")
        return status, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_the_fake_is_a_desk() -> None:
    desk: TerminalDesk = FakeTerminalDesk()
    assert desk


def test_an_edit_in_json(terminal: Terminal) -> None:
    price = Price(amount="0.04")
    terminal.desk.script = [
        REMARK,
        QueuedNews(job=JOB, price=price),
        ProgressNews(job=JOB, phase="Filling", fraction=0.5),
        ProgressNews(job=JOB, phase="Pasting", fraction=None),
        SUCCEEDED,
    ]
    status, lines = terminal.lines(*EDIT)
    assert status == 0
    assert lines == [
        {"event": "queued", "job": "01", "price": {"amount": "0.04", "currency": "USD"}},
        {"event": "progress", "job": "01", "phase": "Filling", "fraction": 0.5},
        {"event": "progress", "job": "01", "phase": "Pasting", "fraction": None},
        {
            "event": "ended",
            "job": "01",
            "state": "succeeded",
            "outputs": [
                {
                    "id": "01-0",
                    "path": "out/01-0.png",
                    "raw": "blobs/aa",
                    "paste_mask": None,
                    "width": 8,
                    "height": 6,
                }
            ],
            "missing": 1,
            "cost": None,
            "request_id": "r",
            "revised_prompt": None,
            "problem": None,
        },
    ]
    assert terminal.desk.closed


def test_an_edit_in_words(terminal: Terminal) -> None:
    terminal.desk.script = [
        REMARK,
        QueuedNews(job=JOB, price=None),
        ProgressNews(job=JOB, phase="Filling", fraction=0.1),
        ProgressNews(job=JOB, phase="Filling", fraction=0.5),
        SUCCEEDED,
    ]
    status, out, err = terminal.run(*EDIT)
    assert (status, out) == (0, "out/01-0.png\n")
    assert err.splitlines() == [REMARK.text, "Job 01", "Filling", "1 of the pictures asked for did not come."]


@pytest.mark.parametrize(("cost", "words"), [("0.0400", "It cost $0.04."), ("0.05", "It cost $0.05, not $0.04.")])
def test_a_cost_is_said_and_where_it_is_not_the_price_both(terminal: Terminal, cost: str, words: str) -> None:
    terminal.desk.script = [
        QueuedNews(job=JOB, price=Price(amount="0.04")),
        replace(SUCCEEDED, cost=Price(amount=cost), missing=0),
    ]
    _, _, err = terminal.run(*EDIT)
    assert err.splitlines() == ["Job 01, 0.04 USD", words]


@pytest.mark.parametrize(
    ("ended", "status"),
    [
        (EndedNews(job=JOB, state=JobState.FAILED, problem=problem("engine-died")), 3),
        (EndedNews(job=None, state=JobState.FAILED, problem=problem("mask-empty")), 2),
        (EndedNews(job=None, state=JobState.FAILED, problem=problem("not-an-image", name="a")), 2),
        (EndedNews(job=None, state=JobState.FAILED, problem=problem("file-missing", name="a")), 2),
        (EndedNews(job=JOB, state=JobState.FAILED, problem=problem("disk-full", place="a")), 5),
        (EndedNews(job=JOB, state=JobState.FAILED, problem=problem("bug")), 1),
        (EndedNews(job=JOB, state=JobState.UNKNOWN, problem=problem("outcome-unknown")), 4),
        (EndedNews(job=JOB, state=JobState.EXPIRED), 4),
        (EndedNews(job=JOB, state=JobState.CANCELLED), 130),
        (EndedNews(job=JOB, state=JobState.QUEUED), 0),
    ],
)
def test_the_end_decides_the_status(terminal: Terminal, ended: EndedNews, status: int) -> None:
    terminal.desk.script = [ended]
    got, lines = terminal.lines(*EDIT)
    assert got == status
    assert (lines[-1]["event"], lines[-1]["state"]) == ("ended", ended.state.value)
    told = lines[-1]["problem"]
    assert (told is None) == (ended.problem is None)
    if isinstance(told, dict):
        assert list(told) == ["code", "title", "what", "cost", "next"]


def test_of_several_jobs_the_worst_counts(terminal: Terminal) -> None:
    terminal.desk.script = [
        SUCCEEDED,
        EndedNews(job=JobId("02"), state=JobState.FAILED, problem=problem("engine-died")),
        EndedNews(job=JobId("03"), state=JobState.UNKNOWN),
    ]
    status, lines = terminal.lines("jobs", "run")
    assert (status, [line["job"] for line in lines]) == (4, ["01", "02", "03"])
    assert terminal.lines("jobs", "resume")[0] == 4
    assert terminal.desk.calls == [("run", None), ("resume", None)]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["edit"], 2, "bad-arguments"),
        (["generate", "--prompt", "cat"], 2, "bad-arguments"),
        (["jobs", "run", "--nonsense"], 2, "bad-arguments"),
    ],
)
def test_bad_arguments_end_in_an_object_too(terminal: Terminal, arguments: list[str], status: int, code: str) -> None:
    got, lines = terminal.lines(*arguments)
    assert (got, len(lines), lines[0]["job"], lines[0]["event"]) == (status, 1, None, "ended")
    assert isinstance(lines[0]["problem"], dict)
    assert lines[0]["problem"]["code"] == code
    assert terminal.builder.built == []


def test_bad_arguments_in_words(terminal: Terminal) -> None:
    status, out, err = terminal.run("edit", "--image", "a.png", "--count", "many")
    assert (status, out) == (2, "")
    assert err == ("--count: a whole number from 1 on is needed, not 'many'. Nothing was sent. See overpaint --help.\n")


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (trouble("data-in-use", place="d"), 5),
        (trouble("library-newer", place="d"), 5),
    ],
)
def test_a_data_folder_that_does_not_open(terminal: Terminal, failure: StudioError, status: int) -> None:
    terminal.builder.failure = failure
    got, lines = terminal.lines(*EDIT)
    assert (got, lines[-1]["event"], lines[-1]["job"]) == (status, "ended", None)
    assert terminal.lines("jobs") == (status, [])


def test_damage_that_was_found_is_said_beside_the_answer(terminal: Terminal) -> None:
    terminal.desk.found = [problem("library-damaged", place="d")]
    terminal.desk.script = [SUCCEEDED]
    status, out, err = terminal.run("--json", *EDIT)
    assert (status, len(out.splitlines())) == (0, 1)
    assert err == terminal.desk.found[0].sentence() + "\n"


def test_an_error_that_is_raised_instead_of_told(terminal: Terminal) -> None:
    terminal.desk.script = [QueuedNews(job=JOB, price=None), trouble("disk-full", place="d")]
    status, lines = terminal.lines(*EDIT)
    assert (status, lines[-1]["event"], lines[-1]["job"]) == (5, "ended", None)


def test_a_bug_has_a_status_of_its_own(terminal: Terminal) -> None:
    terminal.desk.script = [ZeroDivisionError("oh")]
    status, lines = terminal.lines(*EDIT)
    assert (status, lines[-1]["event"]) == (1, "ended")


def test_a_cancel_that_was_asked_for_is_done(terminal: Terminal) -> None:
    status, lines = terminal.lines("jobs", "cancel", "01")
    assert (status, lines[-1]["state"]) == (0, "cancelled")
    status, lines = terminal.lines("jobs", "cancel", "stranger")
    assert (status, lines[-1]["job"]) == (2, None)


MODEL = Model(
    id=ModelId("extend"),
    provider=LOCAL,
    name="Extend canvas",
    capabilities=Capabilities(
        mask=MaskUse.OPTIONAL,
        max_count=8,
        parameters=(
            Parameter(name="left", label="Left", kind=ParameterKind.INTEGER, minimum=0, maximum=9, default=0),
            Parameter(name="quality", label="Quality", kind=ParameterKind.CHOICE, values=("fast", "best")),
            Parameter(name="note", label="Note", kind=ParameterKind.TEXT, default=""),
        ),
    ),
    free=True,
)
JOB_ROW = JobListing(
    job=Job(id=JOB, request=REQUEST, created=1_700_000_000.0, state=JobState.SUCCEEDED), outputs=(OUTPUT,)
)
PICTURE = GalleryListing(
    entry=GalleryEntry(
        id=OutputId("01-0"),
        job=JOB,
        index=0,
        created=1_700_000_000.5,
        request=REQUEST,
        raw=BlobId("aa"),
        finished=None,
        media_type="image/png",
        size=Size(width=8, height=6),
    ),
    path="/blobs/aa",
)


class TestLists:
    """One object a line, or a table."""

    def test_models(self, terminal: Terminal) -> None:
        terminal.desk.model_rows = [MODEL]
        status, lines = terminal.lines("models", "--provider", "local", "--refresh")
        assert (status, terminal.desk.calls) == (0, [("models", "local", True, None)])
        assert lines == [
            {
                "id": "extend",
                "provider": "local",
                "name": "Extend canvas",
                "text_to_image": False,
                "references": 0,
                "mask": "optional",
                "sizes": [],
                "max_count": 8,
                "price": None,
                "parameters": [
                    {"name": "left", "kind": "integer", "min": 0, "max": 9, "default": 0},
                    {"name": "quality", "kind": "choice", "values": ["fast", "best"], "default": None},
                    {"name": "note", "kind": "text", "default": ""},
                ],
            }
        ]
        assert terminal.run("models")[1].splitlines()[1].split() == [
            *("extend", "local", "Extend", "canvas", "free", "optional", "left,", "quality,", "note")
        ]

    def test_jobs(self, terminal: Terminal) -> None:
        terminal.desk.job_rows = [JOB_ROW]
        status, lines = terminal.lines("jobs")
        assert status == 0
        assert list(lines[0]) == ["job", "state", "provider", "model", "created", "cost", "outputs"]
        assert lines[0]["created"] == "2023-11-14T22:13:20Z"
        assert terminal.lines("jobs", "show", "01")[1] == lines
        assert ("job", "01") in terminal.desk.calls
        head, row = terminal.run("jobs")[1].splitlines()
        assert head.split() == ["JOB", "STATE", "MODEL", "CREATED", "COST", "PICTURES", "ABOUT"]
        assert row.endswith("-     1         remove this bottle")
        terminal.desk.job_rows = [replace(JOB_ROW, job=replace(JOB_ROW.job, cost=Price(amount="0.0400")))]
        assert terminal.run("jobs")[1].splitlines()[1].endswith("0.04 USD  1         remove this bottle")

    def test_gallery(self, terminal: Terminal) -> None:
        terminal.desk.gallery_rows = [PICTURE]
        _, lines = terminal.lines("gallery", "search", "red", "bottle")
        assert ("gallery", "red bottle") in terminal.desk.calls
        assert lines == [
            {
                "id": "01-0",
                "job": "01",
                "path": "/blobs/aa",
                "prompt": "remove this\nbottle",
                "model": "remove",
                "provider": "local",
                "created": "2023-11-14T22:13:20Z",
                "width": 8,
                "height": 6,
                "parent": None,
                "starred": False,
            }
        ]
        assert terminal.run("gallery")[1].splitlines()[1].endswith("remove this bottle  /blobs/aa")

    def test_nothing_there(self, terminal: Terminal) -> None:
        assert terminal.lines("jobs") == (0, [])
        assert terminal.run("jobs") == (0, "", "There are no jobs.\n")
        assert terminal.run("gallery") == (0, "", "There are no such pictures.\n")

    def test_files_and_facts(self, terminal: Terminal) -> None:
        _, files = terminal.lines("gallery", "export", "01-0", "02-0", "--output", "d", "--format", "webp")
        assert files == [{"path": "d/01-0.webp"}, {"path": "d/02-0.webp"}]
        assert terminal.run("gallery", "trash", "01-0") == (0, "", "")
        assert terminal.run("gallery", "restore", "01-0") == (0, "", "")
        assert terminal.lines("project", "flatten", "p.ora", "--output", "p.png")[1] == [{"path": "p.png"}]
        assert terminal.lines("project", "info", "p.ora")[1] == [
            {"path": "p.ora", "width": 4, "height": 3, "masked": 0.25, "jobs": 2, "layers": []}
        ]
        assert "25.0% masked" in terminal.run("project", "info", "p.ora")[1]
        assert terminal.lines("doctor")[1][0] == {"name": "version", "value": "1"}
        assert terminal.run("doctor")[1].splitlines()[1] == "version  1"

    def test_a_refusal_is_a_sentence_and_standard_output_stays_clean(self, terminal: Terminal) -> None:
        terminal.desk.refusal = trouble("unknown-picture", id="09-0")
        status, out, err = terminal.run("--json", "gallery", "export", "09-0", "--output", "d")
        assert (status, out) == (2, "")
        assert err == "There is no picture 09-0 in the gallery. See overpaint gallery.\n"


def test_the_folder_and_the_way_it_is_opened(terminal: Terminal) -> None:
    terminal.run("--data-dir", "/d", "jobs")
    terminal.run("jobs", "cancel", "01")
    assert terminal.builder.built == [("/d", True), (None, False)]


@pytest.mark.parametrize("words", [*SENDING, *SILENT])
def test_a_desk_is_told_whether_anything_will_be_sent(terminal: Terminal, words: str) -> None:
    terminal.run(*words.split())
    assert terminal.builder.sending == [words in SENDING]


def test_help_goes_to_standard_output(terminal: Terminal) -> None:
    status, out, err = terminal.run("--help")
    assert (status, err) == (0, "")
    assert "exit status" in out
