from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.settings import Settings
from studio.ui.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme

HOUSE = Path(__file__).parents[3]
SLOW = ("numpy", "cv2", "httpx", "keyring", "PIL", "qasync", "asyncio", "msgspec", "tomlkit", "sqlite3", "ssl")
LATER = (
    "studio.ui.dialogs",
    "studio.ui.finder",
    "studio.ui.canvas.furniture",
    "studio.ui.canvas.surface",
    "studio.ui.theme.menu_icons",
    "studio.session.face.views",
    "studio.session.face.terminal",
    "studio.domain.job",
)
"""What the first frame does not show and so does not wait for."""
SHOW = """
import builtins
import sys
from studio.ui.toolkit import load_toolkit
load_toolkit()
assert builtins.__import__ is not builtins.__feature_import__
from studio.domain.settings import Settings
from studio.ui.application import make_application
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow
app = make_application(["overpaint"])
window = MainWindow(Settings(), Theme(app))
window.show()
window.grab()
print(" ".join(sorted(sys.modules)))
"""


def test_the_first_frame_loads_nothing_slow_and_no_dialog() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, cwd=HOUSE, check=True, timeout=60
    )
    loaded = set(ran.stdout.split())
    assert not loaded & set(SLOW)
    assert not [name for name in loaded if name.startswith(LATER)]
    assert "studio.ui.window" in loaded


def test_the_window_is_finished_before_there_is_a_session(bare: MainWindow) -> None:
    for part in (bare.generate, bare.gallery, bare.tools, bare.options, bare.status, bare.canvas):
        assert part.isVisible()
    assert "Run" in bare.generate.run.button.text()
    assert bare.generate.run.button.dimmed
    assert not bare.actions_of_window["generate.run"].isEnabled()


def test_every_key_works_once_the_first_frame_stands(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(Settings(), theme)
    qtbot.addWidget(window)
    rows = {row.id for row in window.actions_of_window.rows}
    assert {each.objectName() for each in window.actions()} < rows
    with qtbot.waitSignal(window.painted):
        window.show()
    assert {each.objectName() for each in window.actions()} == rows


def test_a_command_without_a_session_is_no_crash(bare: MainWindow) -> None:
    for row in bare.actions_of_window.rows:
        if row.id not in ("file.quit", "help.log", "file.open"):
            bare.commands.run(row.id)
    bare.commands.run("view.reset")
