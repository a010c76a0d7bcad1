"""How the pages of the help are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextFormat

from studio.ui.dialogs.help import HelpWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow


def test_the_lines_of_a_file_stand_together_and_fit(window: MainWindow, qtbot: QtBot) -> None:
    dialog = HelpWindow(window)
    qtbot.addWidget(dialog)
    dialog.turn_to("your-own-servers")
    dialog.show()
    document = dialog.browser.document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    code = [each for each in blocks if each.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)]
    assert code[0].text() == "model_list:"
    margins = [each.blockFormat().bottomMargin() for each in code]
    assert set(margins[:-1]) == {0.0}
    assert margins[-1] > 0
    assert dialog.browser.horizontalScrollBar().maximum() == 0
