"""How the program ends when it is told to: by a signal while a job runs, by a reader that has gone."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

TESTS = Path(__file__).resolve().parents[2]
PHOTO = TESTS / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
REMOVE = (
    "edit",
    "--image",
    PHOTO,
    "--mask",
    TESTS / "masks" / "remove-dog-small.png",
    "--prompt",
    "remove",
    "--count",
    "4",
)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_cancels_the_job_and_says_so(desk: Desk, number: signal.Signals) -> None:
    program = desk.start("--data-dir", "data", "--json", *REMOVE)
    assert program.stdout is not None
    for line in program.stdout:
        if json.loads(line).get("phase") == "Filling":
            break
    program.send_signal(number)
    output, errors = program.communicate(timeout=60)
    end = json.loads(output.splitlines()[-1])
    assert (program.returncode, end["event"], end["state"]) == (130, "ended", "cancelled")
    assert errors == ""
    _status, listed, _errors = desk.run("--data-dir", "data", "--json", "jobs")
    assert [json.loads(line)["state"] for line in listed.splitlines()] == ["cancelled"]


def test_a_killed_job_is_told_by_resume(desk: Desk) -> None:
    program = desk.start("--data-dir", "data", "--json", *REMOVE)
    assert program.stdout is not None
    for line in program.stdout:
        if json.loads(line).get("phase") == "Filling":
            break
    program.kill()
    program.wait(timeout=60)
    status, output, errors = desk.run("--data-dir", "data", "jobs", "resume")
    assert (status, output) == (3, "")
    assert "ended while this job ran. Nothing was charged." in errors
    assert desk.run("--data-dir", "data", "jobs", "resume") == (0, "", "")


def test_a_reader_that_has_gone_is_no_traceback(desk: Desk) -> None:
    program = desk.start("--data-dir", "data", "models")
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    assert "Traceback" not in program.stderr.read()
    assert program.wait(timeout=60) in (0, 141)
