"""The gui ring: widgets in this process, without a screen. pytest-qt's `qapp` is the one QApplication.

A window before a fake desk, at the size of a small laptop.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from studio.domain.settings import Settings
from studio.ui.theme.palette import Theme
from studio.ui.window import MainWindow
from tests.fakes.desk_scene import filled_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.fakes.desk import FakeDesk


# Before the first QApplication, and whatever the person's own desktop says.
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session", autouse=True)
def nothing_on_the_clipboard(qapp: QApplication) -> Iterator[None]:
    """Without a screen what is on it is destroyed by Qt after Python has ended, which takes the process down."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_stays(qapp: QApplication) -> Iterator[None]:
    """What a test closed is gone before the next one: Qt would keep it until an event loop ends, and dress thousands of
    dead widgets anew for each window. So is the style sheet: as in the program, a window is made without one, in half
    of the time."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setStyleSheet("")


@pytest.fixture
def desk() -> FakeDesk:
    """A day's work, without pictures, so that a test waits for nothing."""
    return filled_desk(pictures=False)


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return Theme(app, "dark")


@pytest.fixture
def bare(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    """The window before there is a session."""
    window = MainWindow(Settings(theme="dark"), theme, layout_file=str(tmp_path / "layout.ini"))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.fixture
def window(bare: MainWindow, desk: FakeDesk, qtbot: QtBot) -> MainWindow:
    """The window with the fake desk."""
    bare.attach(desk)
    qtbot.waitUntil(lambda: bare.generate.height() >= bare.generate.wanted_height())
    return bare
