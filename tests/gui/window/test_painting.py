"""What lies over the picture is not painted with each of its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.catalogue import problem
from studio.domain.ids import JobId
from studio.session.face.views import Notice, StagingView, VariationRow
from studio.ui.canvas.surface import Surface

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

STAGING = StagingView(
    job=JobId("job"), variations=tuple(VariationRow(output=None, label=f"{n}") for n in "12"), index=0, note="done"
)


class Painted(QObject):
    """Notes what is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.widgets.append(watched)
        return False


def painted(surface: Surface) -> list[QObject]:
    """All that is painted with a frame of the picture."""
    app, watch = QApplication.instance(), Painted()
    assert app is not None
    app.installEventFilter(watch)
    surface.repaint()
    app.removeEventFilter(watch)
    assert surface in watch.widgets
    return watch.widgets


@pytest.fixture
def surface(window: MainWindow, qtbot: QtBot) -> Surface:
    qtbot.waitExposed(window)
    (found,) = window.findChildren(Surface)
    return found


def over(window: MainWindow, desk: FakeDesk, what: str) -> QWidget:
    """It, in sight over the picture."""
    if what == "result":
        desk.show_staging(STAGING)
        return window.canvas._staging
    desk.noticed.emit(
        Notice(text="Mask inverted", undo=True) if what == "word" else Notice(text="", problem=problem("engine-died"))
    )
    found = window.notices.toast() if what == "word" else window.notices.bars()[0]
    assert found is not None
    return found


@pytest.mark.parametrize("what", ["result", "word", "problem"])
def test_a_frame_of_the_picture_paints_nothing_in_the_boxes_over_it(
    window: MainWindow, desk: FakeDesk, surface: Surface, what: str, qtbot: QtBot
) -> None:
    box = over(window, desk, what)
    # With the first frames comes whatever else the window has yet to paint.
    qtbot.waitUntil(lambda: set(box.findChildren(QWidget)).isdisjoint(painted(surface)))
    assert box in painted(surface), "it lies over the picture"
