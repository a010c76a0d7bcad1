"""How the program ends when it is told to, and what it makes of the streams and the arguments that it is given: by
a signal while a job runs, by a reader that has gone, in letters that are none."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.playground.faults import drip

if TYPE_CHECKING:
    from tests.whole.conftest import Desk
    from tests.whole.terminal.visitor import Visitor

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


@pytest.mark.parametrize(
    "loaded",
    ["studio.app.kept_methods", "studio.app.ground", "studio.cli.main", "argparse", "asyncio", "studio.cli.errand"],
)
def test_an_interruption_while_the_program_loads_ends_it_without_a_word(desk: Desk, loaded: str) -> None:
    """What Python tells of each module that it has loaded says where the program is."""
    order = ("--data-dir", "data", *REMOVE)
    # What a shell starts beside others ignores interruptions, and so does all that it starts.
    heard = ("env", "--default-signal=INT")
    program = desk.launch(*heard, sys.executable, "-X", "importtime", "-P", "-m", "studio", *order)
    assert program.stderr is not None
    for line in program.stderr:
        if line.rpartition("|")[2].strip() == loaded:
            break
    program.send_signal(signal.SIGINT)
    output, errors = program.communicate(timeout=60)
    said = [line for line in errors.splitlines() if not line.startswith("import time:")]
    # Where the machine is slow it had come so far that there was something to cancel.
    assert (program.returncode, output) == (130, "")
    assert said in ([], ["Cancelled."])


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


@pytest.mark.parametrize(
    ("closing", "options"),
    [(">&-", ("--json",)), (">&-", ()), ("2>&-", ("--json",)), ("2>&-", ()), (">&- 2>&-", ())],
)
def test_closed_streams_take_nothing_from_an_order(desk: Desk, closing: str, options: tuple[str, ...]) -> None:
    order = ("--data-dir", "data", *options, "edit", "--image", PHOTO, "--prompt", "extend", "--set", "left=8")
    program = desk.launch("sh", "-c", f'exec "$@" {closing}', "sh", sys.executable, "-P", "-m", "studio", *order)
    output, errors = program.communicate(timeout=60)
    assert (program.returncode, "Traceback" in errors) == (0, False), errors
    if "2" in closing or options:
        assert errors == ""
    if closing == ">&-":
        assert output == ""
    elif options:
        assert {json.loads(line)["event"] for line in output.splitlines()} == {"queued", "progress", "ended"}


def test_words_for_people_never_get_into_the_lines_for_programs(desk: Desk) -> None:
    words = ("--data-dir", "data", "--json", "jobs", "show", "nope")
    program = desk.launch("sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-P", "-m", "studio", *words)
    assert program.communicate(timeout=60) == ("", "")
    assert program.returncode == 2


def test_a_folder_whose_name_the_terminal_cannot_write(desk: Desk) -> None:
    order = ("--prompt", "extend", "--set", "left=8", "--output", "日本")
    status, output, errors = desk.run("--data-dir", "data", "edit", "--image", PHOTO, *order, PYTHONIOENCODING="cp1252")
    assert (status, len(list((desk.home / "日本").glob("*-1.png")))) == (0, 1), errors
    assert "\\u65e5\\u672c" in output


@pytest.mark.parametrize("options", [("--json",), ()], ids=["json", "words"])
def test_a_reader_that_has_gone_costs_no_picture(desk: Desk, visitor: Visitor, options: tuple[str, ...]) -> None:
    """The answer comes in drops, and is paid for."""
    visitor.add("nanogpt", route="generations")
    visitor.playground.faults.add(drip(20_000, 0.05))
    order = ("--provider", "there", "--model", "hidream", "--key-file", visitor.key_file, "--output", visitor.out)
    program = desk.start("--data-dir", visitor.data, *options, "generate", "--prompt", "a fox", *order)
    gone = program.stdout if options else program.stderr
    assert gone is not None
    gone.readline()
    gone.close()
    assert program.wait(timeout=60) == (141 if options else 0)
    assert len(visitor.playground.ledger) == 1
    assert [row["state"] for row in visitor.run("jobs").said] == ["succeeded"]
    assert list(visitor.out.glob("*-1.png"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere arguments are text")
def test_a_prompt_that_is_no_text_is_refused_in_a_sentence(desk: Desk) -> None:
    prompt = os.fsdecode(b"caf\xe9")
    status, output, errors = desk.run("--data-dir", "data", "--json", "edit", "--image", PHOTO, "--prompt", prompt)
    (ended,) = [json.loads(line) for line in output.splitlines()]
    assert (status, ended["job"], ended["problem"]["code"]) == (2, None, "bad-arguments")
    assert errors == "--prompt holds bytes that are no text in UTF-8. Nothing was sent. See overpaint --help.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_paths_that_are_no_text_are_taken_everywhere(desk: Desk) -> None:
    odd = os.fsdecode(b"caf\xe9")
    photo = desk.home / f"{odd}.jpg"
    photo.write_bytes(PHOTO.read_bytes())
    where = ("--data-dir", odd)
    order = ("edit", "--image", photo, "--prompt", "extend", "--set", "left=8", "--output", f"{odd}-out")
    status, output, errors = desk.run(*where, "--json", *order)
    assert status == 0, errors
    picture = json.loads(output.splitlines()[-1])["outputs"][0]
    assert os.path.getsize(desk.home / picture["path"]) > 0
    status, output, errors = desk.run(*where, "--json", "gallery", "export", picture["id"], "--output", f"{odd}-more")
    assert (status, errors) == (0, "")
    assert os.path.getsize(json.loads(output)["path"]) > 0
