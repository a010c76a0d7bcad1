"""The queue in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.gallery.queue_cards import Queue

if TYPE_CHECKING:
    from studio.ui.window import MainWindow


@pytest.fixture
def queue(window: MainWindow) -> Queue:
    window.commands.run("panel.queue")
    assert window.gallery.queue is not None
    return Queue(window.gallery.queue)
