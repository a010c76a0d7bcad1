"""Interruptions: the first one cancels, the second one leaves, and both tell what it may have cost."""

from __future__ import annotations

import os
import signal

import pytest

from studio.cli.errand import WAITS
from studio.domain.catalogue import problem, trouble
from studio.domain.ids import JobId
from studio.domain.phrases import MAYBE
from studio.session.face.terminal import QueuedNews
from tests.core.cli.test_main import EDIT, JOB, Terminal


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_cancels_the_job(terminal: Terminal, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    terminal.desk.script = [QueuedNews(job=JOB, price=None), lambda: os.kill(os.getpid(), number)]
    status, lines = terminal.lines(*EDIT)
    assert (status, lines[-1]["state"], lines[-1]["job"]) == (130, "cancelled", "01")
    assert [line["event"] for line in lines] == ["queued", "ended"]
    assert ("cancel", "01") in terminal.desk.calls
    assert terminal.desk.closed
    assert signal.getsignal(number) is before


def test_all_are_cancelled_at_once_and_the_latest_first(terminal: Terminal) -> None:
    """One whose end takes long lets none begin behind it."""
    waiting = JobId("02")
    terminal.desk.slow = {JOB}
    terminal.desk.script = [
        QueuedNews(job=JOB, price=None),
        QueuedNews(job=waiting, price=None),
        lambda: os.kill(os.getpid(), signal.SIGINT),
    ]
    assert terminal.lines(*EDIT)[0] == 130
    assert [call for call in terminal.desk.calls if call[0] == "cancel"] == [("cancel", waiting), ("cancel", JOB)]


def twice() -> None:
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)


def test_a_second_interruption_waits_no_longer_and_tells_what_is_known(terminal: Terminal) -> None:
    terminal.desk.script = [QueuedNews(job=JOB, price=None), twice]
    terminal.desk.said = problem("cancelled-late", provider="far")
    status, lines = terminal.lines(*EDIT)
    assert (status, [line["event"] for line in lines]) == (130, ["queued", "ended"])
    told = lines[-1]["problem"]
    assert isinstance(told, dict)
    assert (lines[-1]["state"], told["code"], told["cost"]) == ("cancelled", "cancelled-late", MAYBE)
    assert ("left", "01") in terminal.desk.calls
    assert terminal.desk.closed


def test_a_second_interruption_says_where_to_look_where_nothing_is_known(terminal: Terminal) -> None:
    terminal.desk.script = [QueuedNews(job=JOB, price=None), twice]
    terminal.desk.refusal = trouble("library-unreadable", place="d")
    status, _, err = terminal.run(*EDIT)
    assert status == 130
    assert err.splitlines()[-2:] == [problem("cancelled-left", job=JOB).sentence(), "Cancelled."]
    assert f"{MAYBE} See overpaint jobs show 01 before" in err


def test_what_was_not_sent_is_said_to_be_free(terminal: Terminal) -> None:
    terminal.desk.script = [QueuedNews(job=JOB, price=None), twice]
    assert terminal.run(*EDIT)[2].splitlines()[-1] == "Cancelled. Nothing was charged."


def test_an_interruption_before_there_is_a_job(terminal: Terminal) -> None:
    terminal.desk.script = [lambda: os.kill(os.getpid(), signal.SIGINT)]
    status, lines = terminal.lines(*EDIT)
    assert (status, lines[-1]["state"], lines[-1]["job"]) == (130, "cancelled", None)
    assert terminal.desk.closed


def test_an_order_waits_for_another_program_and_says_so(terminal: Terminal) -> None:
    terminal.builder.held = True
    for verb in (EDIT, ("jobs", "run"), ("jobs", "resume")):
        status, _out, err = terminal.run("--json", *verb)
        assert (status, err) == (0, f"{WAITS}\n")


def test_what_orders_nothing_does_not_wait_for_another_program(terminal: Terminal) -> None:
    """A job must not be cancelled after its end."""
    terminal.builder.held = True
    for verb in (("jobs", "cancel", "01"), ("gallery", "trash", "01-0")):
        assert terminal.run("--json", *verb)[0] == 5
    assert terminal.desk.calls == []
