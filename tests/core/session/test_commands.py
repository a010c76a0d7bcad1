"""What buttons of problems name can be done."""

from __future__ import annotations

from studio.domain.catalogue import CATALOGUE
from studio.session.face.commands import COMMANDS, WINDOW_COMMANDS

KNOWN = {str(row.id) for row in COMMANDS}


def test_every_button_of_a_problem_names_a_command() -> None:
    named = {action for *_, action, _ in CATALOGUE.values() if action}
    assert sorted(named - KNOWN) == []


def test_what_the_window_does_is_in_the_table() -> None:
    assert sorted(set(map(str, WINDOW_COMMANDS)) - KNOWN) == []
