"""Providers from a terminal: lists, changes, and keys that nobody else gets to see."""

from __future__ import annotations

import getpass
import io
import json
import os
from typing import TYPE_CHECKING

import pytest

from studio.cli.main import main
from studio.domain.capabilities import Price
from studio.domain.catalogue import trouble
from studio.domain.ids import ProviderId
from studio.domain.profile import new_profile, settings_of, with_setting
from studio.session.face.terminal import CheckListing, ProviderChange, ProviderDo, ProviderListing
from tests.fakes.terminal import Builder, FakeTerminalDesk

if TYPE_CHECKING:
    from pathlib import Path

KEY = "sk-never-shown-7f3a"
MINE = with_setting(with_setting(new_profile("mine", "naga"), "mask", "alpha"), "max_body_bytes", "20000")
ROWS = [
    ProviderListing(id=MINE.id, kind="naga", url=MINE.url, key="keyring", settings=settings_of(MINE)),
    ProviderListing(
        id=ProviderId("nano"),
        kind="nanogpt",
        url="https://nano-gpt.com",
        key="none",
        settings=settings_of(new_profile("nano", "nanogpt")),
    ),
]


class Console:
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


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(capsys)


def test_the_list_in_json(console: Console) -> None:
    console.desk.provider_rows = ROWS
    status, out, _ = console.run("--json", "providers")
    first, second = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert first == {
        "id": "mine",
        "kind": "naga",
        "url": "https://api.naga.ac/v1",
        "key": "keyring",
        "settings": {
            "auth": "bearer",
            "route": "auto",
            "edits_path": "edits",
            "body": "auto",
            "image_field": "images[]",
            "reference_form": "data-url",
            "response_format": "auto",
            "mask": "alpha",
            "plain_http": "refused",
            "parallel": 2,
            "deadline_s": 300,
            "max_body_bytes": 20000,
        },
    }
    assert (second["key"], second["settings"]["image_field"]) == ("none", "image[]")


def test_the_list_in_words_names_the_settings_that_were_changed(console: Console) -> None:
    console.desk.provider_rows = ROWS
    _, out, _ = console.run("providers")
    assert [line.split() for line in out.splitlines()] == [
        ["PROVIDER", "KIND", "ADDRESS", "KEY", "SETTINGS"],
        ["mine", "naga", "https://api.naga.ac/v1", "keyring", "mask=alpha", "max_body_bytes=20000"],
        ["nano", "nanogpt", "https://nano-gpt.com", "none", "-"],
    ]


def test_with_nothing_set_up_the_way_to_begin_is_named(console: Console) -> None:
    status, out, err = console.run("providers")
    assert (status, out) == (0, "")
    assert "overpaint playground" in err


def test_changes_are_written_by_whoever_holds_the_data_folder(console: Console) -> None:
    status, out, err = console.run("--json", "providers", "add", "mine", "--kind", "naga", "--set", "mask=alpha")
    assert (status, out, err) == (0, "", "")
    change = ProviderChange(do=ProviderDo.ADD, id="mine", kind="naga", settings=(("mask", "alpha"),))
    assert console.desk.calls == [("set_up", change)]
    assert console.builder.built == [(None, False)]
    console.desk.refusal = trouble("unknown-provider", provider="x", providers="none")
    assert console.run("providers", "remove", "x")[0] == 2


@pytest.mark.parametrize(
    ("found", "status", "told"),
    [
        (CheckListing(id=ProviderId("mine"), good=True, words="Good.", balance=Price(amount="12.5")), 0, "12.50 USD"),
        (CheckListing(id=ProviderId("mine"), good=False, words="The key was refused."), 3, "refused"),
        (CheckListing(id=ProviderId("mine"), good=None, words="It cannot be told: no list."), 0, "cannot be told"),
    ],
)
def test_a_check_says_what_it_learnt(console: Console, found: CheckListing, status: int, told: str) -> None:
    console.desk.checked = found
    got, out, _ = console.run("providers", "check", "mine", "--key-file", "k")
    assert got == status
    assert told in out
    assert console.desk.calls == [("check", "mine", "k")]
    _, out, _ = console.run("--json", "providers", "check", "mine")
    balance = None if found.balance is None else {"amount": "12.5", "currency": "USD"}
    assert json.loads(out) == {"id": "mine", "good": found.good, "words": found.words, "balance": balance}


class TestKeys:
    """`providers key`: in by a file, a pipe or blind typing, and out nowhere."""

    def test_from_a_file(self, console: Console, tmp_path: Path) -> None:
        path = tmp_path / "key"
        path.write_text(KEY + "\n")
        path.chmod(0o600)
        status, out, err = console.run("--json", "providers", "key", "mine", "--from-file", str(path))
        assert (status, json.loads(out), err) == (0, {"id": "mine", "key": "keyring"}, "")
        assert console.desk.calls == [("give_key", "mine", KEY + "\n")]
        path.chmod(0o644)
        _, out, err = console.run("providers", "key", "mine", "--from-file", str(path))
        assert "can be read by others" in err
        assert "kept in the keyring" in err
        assert KEY not in out + err

    def test_from_a_pipe(self, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(KEY))
        assert console.run("providers", "key", "mine", "--from-file", "-")[0] == 0
        assert console.desk.calls == [("give_key", "mine", KEY)]

    def test_typed_where_nobody_sees_it(self, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def typed(prompt: str) -> str:
            asked.append(prompt)
            return KEY

        monkeypatch.setattr(getpass, "getpass", typed)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        _, out, err = console.run("providers", "key", "mine")
        assert (asked, console.desk.calls) == (["Key of mine: "], [("give_key", "mine", KEY)])
        assert KEY not in out + err

    def test_without_a_terminal_it_does_not_wait_for_one(
        self, console: Console, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(KEY))
        status, _, err = console.run("providers", "key", "mine")
        assert (status, console.desk.calls) == (2, [])
        assert "--from-file" in err

    def test_a_file_that_cannot_be_read(self, console: Console, tmp_path: Path) -> None:
        assert console.run("providers", "key", "mine", "--from-file", str(tmp_path / "none"))[0] == 2
        assert console.run("providers", "key", "mine", "--from-file", os.fspath(tmp_path))[0] == 5

    def test_a_key_among_the_arguments_is_not_repeated(self, console: Console) -> None:
        status, out, err = console.run("--json", "providers", "key", "mine", KEY)
        assert status == 2
        assert KEY not in out + err

    @pytest.mark.parametrize("code", ["keyring-unavailable", "keyring-locked", "keyring-slow"])
    def test_without_a_keyring_the_reason_is_told(
        self, console: Console, monkeypatch: pytest.MonkeyPatch, code: str
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(KEY))
        console.desk.refusal = trouble(code, seconds=5)
        status, out, err = console.run("providers", "key", "mine", "--from-file", "-")
        assert (status, out) == (5, "")
        assert console.desk.refusal.problem.what in err
