"""The queue in sight: alone, or in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from studio.session.face.commands import COMMANDS
from studio.ui.actions import Actions
from studio.ui.gallery.queue import QueuePanel
from tests.gui.gallery.queue_cards import Queue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


@pytest.fixture
def queue(qtbot: QtBot, theme: Theme, desk: FakeDesk) -> Iterator[Queue]:
    """The panel in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    panel = QueuePanel(Actions(COMMANDS, {}, window))
    panel.setParent(window)
    panel.resize(1040, 400)
    window.resize(1040, 400)
    window.show()
    qtbot.waitExposed(window)
    panel.attach(desk)
    yield Queue(panel)
    window.close()


@pytest.fixture
def docked(window: MainWindow) -> Queue:
    """The panel in its dock."""
    window.commands.run("panel.queue")
    assert window.gallery.queue is not None
    return Queue(window.gallery.queue)
