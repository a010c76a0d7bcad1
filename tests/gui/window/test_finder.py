from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from studio.domain.command import Needs
from studio.session.face.commands import COMMANDS
from studio.session.face.views import Readiness
from studio.ui.finder.palette import CommandPalette
from studio.ui.finder.score import fit, ranked

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("undo", "edit.undo"),
        ("inpaint", "generate.remove"),
        ("outpaint", "generate.extend"),
        ("remove background", "generate.cutout"),
        ("select all", "mask.fill"),
        ("deselect", "mask.clear"),
        ("save as", "file.save-as"),
        ("preferences", "edit.settings"),
        ("enlarge", "generate.upscale"),
        ("pan", "tool.hand"),
        ("blur", "mask.feather"),
        ("png", "file.export"),
        ("100 %", "view.actual"),
        ("invmas", "mask.invert"),
        ("gall", "gallery.find"),
        ("quit", "file.quit"),
        ("diagnostics", "help.report"),
    ],
)
def test_everyday_words_find_their_command(typed: str, wanted: str) -> None:
    assert wanted in [row.id for row in ranked(typed, COMMANDS, ())[:3]]


def test_what_does_not_occur_is_not_listed() -> None:
    assert fit("zzz", "Invert mask") == 0
    assert not ranked("qqqqq", COMMANDS, ())


def test_recent_commands_come_first_where_nothing_is_typed() -> None:
    assert [row.id for row in ranked("", COMMANDS, ["mask.grow", "view.fit"])[:2]] == ["mask.grow", "view.fit"]


def test_ctrl_k_type_enter_runs_it(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.activateWindow()
    window.commands.run("help.palette")
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "invert mask")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.called("perform") == [("mask.invert",)]
    assert not palette.isVisible()
    window.commands.run("help.palette")
    assert palette.list.item(0).text() == "Invert mask"


def test_it_says_why_a_command_cannot_run_and_does_not_run_it(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_readiness(Readiness(met=Needs.NOTHING))
    window.commands.run("help.palette")
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    qtbot.keyClicks(palette.field, "invert mask")
    assert "Open a picture first." in palette.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not desk.called("perform")
    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
