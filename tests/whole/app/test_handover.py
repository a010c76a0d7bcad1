"""Verbs and files handed to the window that holds the data folder: real windows, real programs started beside them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from studio.cli.errand import WAITS
from studio.storage.announcement import announced
from studio.storage.lock import holder
from tests.whole.app.voices import watched

if TYPE_CHECKING:
    from tests.whole.conftest import Desk

TESTS = Path(__file__).resolve().parents[2]
PHOTO = TESTS / "photos" / "small_friends_by_Aitzol_Berasategi.jpg"
OTHER = TESTS / "photos" / "seeding_by_Clements_Engelhardt.jpg"
MASK = TESTS / "masks" / "remove-dog-small.png"
SPOT = TESTS / "masks" / "remove-spot-small.png"
REMOVE = ("edit", "--image", PHOTO, "--mask", MASK, "--prompt", "remove")
"""Takes seconds, so that something else can happen meanwhile."""
QUICK = ("edit", "--image", PHOTO, "--mask", SPOT, "--prompt", "remove")
WAITING = ("edit", "--image", PHOTO, "--prompt", "extend", "--set", "left=16", "--no-wait")
DATA = ("--data-dir", "data", "--json")
PATIENCE_S = 60
LOOKS = 1500
"""Of 20 ms each."""


class Window:
    """A window without a screen, or with one, and programs beside it."""

    def __init__(self, desk: Desk, platform: str = "offscreen", data: str = "data") -> None:
        self.desk = desk
        self.folder = desk.home / data
        self.process = desk.start("--data-dir", data, QT_QPA_PLATFORM=platform)

    def listens(self) -> Window:
        """Once it does."""
        for _ in range(LOOKS):
            place = announced(self.folder)
            if place is not None and place.pid == self.process.pid:
                return self
            with pytest.raises(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.02)
        self.process.kill()
        pytest.fail(f"the window takes no orders: {self.process.communicate()[1]}")

    def run(self, *words: str | Path) -> tuple[int, list[dict[str, Any]]]:
        """The status of a program started beside it, and the objects that it printed."""
        status, output, _errors = self.desk.run("--data-dir", self.folder, "--json", *words, timeout=PATIENCE_S)
        return status, lines(output)

    def close(self) -> None:
        self.process.terminate()
        assert self.process.wait(timeout=PATIENCE_S) == 0
        assert self.process.stderr is not None
        assert "Traceback" not in self.process.stderr.read()


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def told(program: subprocess.Popen[str], event: str, phase: str | None = None) -> dict[str, Any]:
    """What it prints, up to the first object of this kind."""
    assert program.stdout is not None
    said: list[str] = []
    for line in program.stdout:
        said.append(line)
        found: dict[str, Any] = json.loads(line)
        if found["event"] == event and phase in (None, found.get("phase")):
            return found
    words = program.stderr.read() if program.stderr is not None else ""
    pytest.fail(f"it ended with {program.wait()} and without {event}, but with {''.join(said)}{words}")


def ended(program: subprocess.Popen[str]) -> tuple[int, dict[str, Any]]:
    """Its status and the last object that it printed."""
    output, _errors = program.communicate(timeout=PATIENCE_S)
    return program.returncode, lines(output)[-1]


@pytest.fixture
def window(desk: Desk) -> Window:
    return Window(desk).listens()


def test_an_edit_is_told_as_without_a_window(desk: Desk, window: Window) -> None:
    said: list[list[dict[str, Any]]] = []
    for folder in ("data", "alone"):
        status, output, _errors = desk.run("--data-dir", folder, "--json", *QUICK, "--seed", "1", "--output", folder)
        assert status == 0
        said.append(lines(output))
    names = [[(each["event"], each.get("phase"), list(each)) for each in whole] for whole in said]
    assert names[0] == names[1]
    # Nobody sees one, and it takes half a second.
    assert "Making a preview" not in [phase for _, phase, _ in names[0]]
    here, alone = (whole[-1]["outputs"][0] for whole in said)
    assert Path(here["path"]).parent == Path(alone["path"]).parents[1] / "data" == desk.home / "data"
    for part in ("path", "raw", "paste_mask"):
        assert Path(here[part]).name == Path(alone[part]).name
        one, other = (Image.open(made[part]) for made in (here, alone))
        assert (one.format, one.mode, one.info) == (other.format, other.mode, other.info)
        assert np.array_equal(np.asarray(one), np.asarray(other))
    before, after, mask = (np.asarray(Image.open(path)) for path in (PHOTO, here["path"], here["paste_mask"]))
    changed = (before != after[..., :3]).any(axis=2)
    assert changed[mask == 255].mean() > 0.5
    assert not changed[mask == 0].any()
    window.close()


def test_the_words_for_people_are_the_same(desk: Desk, window: Window) -> None:
    words = ("edit", "--image", PHOTO, "--model", "extend", "--set", "left=8")
    said = [desk.run("--data-dir", folder, *words) for folder in ("data", "alone")]
    assert [status for status, _output, _errors in said] == [0, 0]
    here, alone = (errors.splitlines()[1:] for _status, _output, errors in said)
    assert here == alone
    for folder in ("data", "alone"):
        status, output, errors = desk.run("--data-dir", folder, "edit", "--image", "gone.png", "--prompt", "upscale")
        assert (status, output) == (2, "")
        assert errors.startswith("gone.png is not there")
    window.close()


def test_two_programs_at_once_both_get_their_pictures(desk: Desk, window: Window) -> None:
    both = [desk.start(*DATA, *QUICK, "--output", "out") for _ in range(2)]
    ends = [ended(program) for program in both]
    assert [(status, end["state"]) for status, end in ends] == [(0, "succeeded")] * 2
    assert len({end["outputs"][0]["path"] for _status, end in ends}) == 2
    assert {row["job"] for row in window.run("gallery")[1]} == {end["job"] for _status, end in ends}
    window.close()


def test_an_order_that_waits_is_sent_by_a_run_and_its_picture_trashed_and_restored(window: Window) -> None:
    status, said = window.run(*WAITING)
    assert (status, said[-1]["state"]) == (0, "queued")
    assert window.run(*WAITING)[0] == 0
    waiting = [row["job"] for row in window.run("jobs")[1]]
    status, said = window.run("jobs", "cancel", waiting[0])
    assert (status, said[-1]["job"], said[-1]["state"]) == (0, waiting[0], "cancelled")
    status, said = window.run("jobs", "run")
    assert (status, said[-1]["job"], said[-1]["state"]) == (0, waiting[1], "succeeded")
    picture = said[-1]["outputs"][0]["id"]
    assert window.run("gallery", "trash", picture) == (0, [])
    assert window.run("gallery") == (0, [])
    assert window.run("gallery", "restore", picture) == (0, [])
    assert [row["id"] for row in window.run("gallery")[1]] == [picture]
    assert window.run("gallery", "trash", "nonsense")[0] == 2
    assert window.run("jobs", "cancel", "nonsense")[0] == 2
    window.close()


def test_a_program_that_is_started_while_the_window_opens_waits_for_it(desk: Desk) -> None:
    window = Window(desk)
    while (found := holder(window.folder)) is None or found.pid != window.process.pid:
        with pytest.raises(subprocess.TimeoutExpired):
            window.process.wait(timeout=0.01)
    assert announced(window.folder) is None
    assert window.run(*WAITING)[0] == 0
    window.close()


def test_a_window_that_is_killed_midway_leaves_a_true_end(desk: Desk, window: Window) -> None:
    program = desk.start(*DATA, *REMOVE, "--count", "4", "--output", "out")
    job = told(program, "progress", "Filling")["job"]
    window.process.kill()
    status, end = ended(program)
    assert (status, end["job"], end["state"], end["problem"]["code"]) == (3, job, "failed", "interrupted")
    assert not list((desk.home / "out").iterdir())
    # What the kill left behind neither blocks nor lies.
    status, said = window.run("jobs", "resume")
    assert (status, said[-1]["job"], said[-1]["state"]) == (3, job, "failed")
    assert window.run("jobs", "resume") == (0, [])
    again = Window(desk).listens()
    assert again.run(*WAITING)[0] == 0
    again.close()


def test_a_window_that_is_closed_midway_leaves_a_true_end(desk: Desk, window: Window) -> None:
    first = desk.start(*DATA, *REMOVE, "--count", "4")
    told(first, "progress", "Filling")
    second = desk.start(*DATA, *QUICK)
    waiting = told(second, "queued")["job"]
    window.close()
    status, end = ended(first)
    assert (status, end["state"], end["problem"]["code"]) == (3, "failed", "interrupted")
    status, end = ended(second)
    assert (status, end["job"], end["state"], end["problem"]["code"]) == (3, waiting, "queued", "window-gone")
    assert {row["job"]: row["state"] for row in window.run("jobs")[1]}[waiting] == "queued"


def test_a_window_that_is_killed_before_it_wrote_the_files_leaves_them_to_who_ordered(desk: Desk) -> None:
    voice = watched(desk, held="before Succeeded 1")
    voice.where("Drop a picture here")
    program = desk.start(*DATA, *QUICK, "--output", "out")
    voice.until("held")
    voice.kill()
    status, end = ended(program)
    assert (status, end["state"], end["problem"]) == (0, "succeeded", None)
    (output,) = end["outputs"]
    assert {Path(output[part]).parent for part in ("path", "raw", "paste_mask")} == {desk.home / "out"}
    assert len(list((desk.home / "out").iterdir())) == 3


def test_orders_of_two_programs_without_a_window_go_one_after_the_other(desk: Desk) -> None:
    first = desk.start(*DATA, *REMOVE)
    job = told(first, "queued")["job"]
    second = desk.start(*DATA, *QUICK)
    status, _output, errors = desk.run(*DATA, "jobs", "cancel", job)
    assert (status, "uses" in errors) == (5, True)
    assert ended(first)[0] == 0
    output, errors = second.communicate(timeout=PATIENCE_S)
    assert (second.returncode, lines(output)[-1]["state"]) == (0, "succeeded")
    assert errors.splitlines() == [WAITS]


def test_an_interruption_cancels_the_job_in_the_window(desk: Desk, window: Window) -> None:
    program = desk.start(*DATA, *REMOVE, "--count", "4")
    job = told(program, "progress", "Filling")["job"]
    program.send_signal(signal.SIGINT)
    status, end = ended(program)
    assert (status, end["job"], end["state"]) == (130, job, "cancelled")
    assert [row["state"] for row in window.run("jobs")[1]] == ["cancelled"]
    window.close()


def test_a_program_that_is_killed_leaves_its_job_to_the_window(desk: Desk, window: Window) -> None:
    program = desk.start(*DATA, *REMOVE, "--count", "2", "--output", "out")
    job = told(program, "queued")["job"]
    program.kill()
    # The second order runs after the first one.
    assert window.run(*QUICK)[0] == 0
    assert {row["job"]: row["state"] for row in window.run("jobs")[1]}[job] == "succeeded"
    assert len(list((desk.home / "out").glob("*-remove-[12].png"))) == 2
    window.close()


def test_a_second_start_hands_its_files_to_the_first_window(desk: Desk) -> None:
    window = Window(desk, platform="xcb").listens()
    assert desk.run("--data-dir", "data", os.path.relpath(OTHER, desk.home), timeout=PATIENCE_S) == (0, "", "")
    desk.find("seeding")
    assert desk.run("--data-dir", "data", timeout=PATIENCE_S) == (0, "", "")
    window.close()


def test_strangers_on_the_socket_do_no_harm(window: Window) -> None:
    place = announced(window.folder)
    assert place is not None
    talk = (b"", b"\0\xff" * 4000 + b"\n", b"{" * (1 << 21), b'{"proof": "00", "number": ""}\n', b"GET / HTTP/1.1\r\n")
    for noise in talk:
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(place.socket)
            assert b"overpaint" in stranger.recv(4096)
            try:
                stranger.sendall(noise)
                stranger.shutdown(socket.SHUT_WR)
                assert stranger.recv(4096) == b""
            except (BrokenPipeError, ConnectionResetError):
                continue
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(place.socket)
        assert window.run(*WAITING)[0] == 0
    window.close()


def test_the_socket_and_its_secret_are_for_their_owner_alone(window: Window) -> None:
    for name in ("window.json", "window.socket"):
        assert (window.folder / name).stat().st_mode & 0o077 == 0
    window.close()
    assert not [name for name in ("window.json", "window.socket") if (window.folder / name).exists()]


def test_a_path_that_is_too_long_for_a_socket_is_no_hindrance(desk: Desk) -> None:
    window = Window(desk, data="deep/" + "d" * 120).listens()
    place = announced(window.folder)
    assert place is not None
    assert (place.socket, place.port > 0) == ("", True)
    assert window.run(*WAITING)[0] == 0
    window.close()
