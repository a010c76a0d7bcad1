from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme.palette import Theme, tokens_of
from studio.ui.theme.tokens import DARK, LIGHT
from studio.ui.widgets.fields import Field

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("finished", [False, True])
def test_a_field_looks_the_same_before_and_after_the_style_sheet(
    qapp: QApplication, qtbot: QtBot, finished: bool
) -> None:
    qapp.setStyleSheet("")
    theme = Theme(qapp, "light")
    owner = QWidget()
    qtbot.addWidget(owner)
    field = Field("Seed", hint="random")
    QVBoxLayout(owner).addWidget(field)
    owner.show()
    field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    field.clearFocus()
    if finished:
        theme.finish()
    for choice, tokens in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        theme.choose(choice)
        qtbot.waitUntil(lambda: tokens_of(owner) is tokens)  # noqa: B023  waited for within the turn
        image = field.grab().toImage()
        middle = image.width() // 2
        assert image.pixelColor(middle, 3).name() == tokens.field
        assert image.pixelColor(middle, 0).name() == tokens.edge
