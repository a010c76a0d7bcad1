"""The catalogue of problems: every row can be shown, and says what happened, what it cost and what now."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from studio.domain.catalogue import CATALOGUE, problem, trouble
from studio.domain.catalogue_remote import REMOTE
from studio.domain.phrases import FREE, UNSENT
from studio.domain.problems import Offline, OutcomeLost, ProviderError, ResultExpired, UsageError
from studio.session.face.commands import COMMANDS

ROWS = sorted(CATALOGUE)
LONGEST_TITLE = 32


def facts_of(code: str) -> dict[str, str]:
    texts = CATALOGUE[code][1:5]
    return {name: f"<{name}>" for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", ROWS)
def test_a_row_is_plain_and_complete(code: str) -> None:
    told = problem(code, **facts_of(code))
    assert told.title
    assert len(told.title) <= LONGEST_TITLE
    assert told.what
    assert told.next
    assert bool(told.action) is bool(told.button) or code == "interrupted"
    for text in (told.title, told.what, told.cost, told.next, told.button):
        assert not re.search(r"!|\bOops\b|\bError\b|Exception|Errno|  | $", text), text
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert isinstance(trouble(code, **facts_of(code)), CATALOGUE[code][0])


@pytest.mark.parametrize("code", sorted(REMOTE))
def test_a_remote_row_says_truly_whether_it_cost(code: str) -> None:
    kind, cost = REMOTE[code][0], REMOTE[code][3]
    if kind in (UsageError, Offline):
        assert cost == UNSENT
    elif kind is ProviderError:
        assert cost == FREE
    else:
        assert kind in (OutcomeLost, ResultExpired)
        assert "charged" in cost
        assert cost != FREE


@pytest.mark.parametrize("code", ROWS)
def test_the_button_of_a_row_is_a_command(code: str) -> None:
    assert CATALOGUE[code][5] in {"", *(str(command.id) for command in COMMANDS)}


def test_no_remote_row_takes_the_place_of_another() -> None:
    assert all(CATALOGUE[code] is row for code, row in REMOTE.items())
