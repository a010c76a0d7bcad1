"""What changes is painted, and little else."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from studio.domain.catalogue import problem
from studio.domain.geometry import Point
from studio.domain.ids import JobId
from studio.session.face.views import Notice, StagingView, VariationRow
from studio.ui.canvas.surface import Surface
from studio.ui.widgets.thin_bar import PARTS, ThinBar
from tests.gui.gallery.queue_cards import card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

STAGING = StagingView(
    job=JobId("job"), variations=tuple(VariationRow(output=None, label=f"{n}") for n in "12"), index=0, note="done"
)


class Told(QObject):
    """Notes who is told of one kind of event."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind = kind
        self.widgets: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is self._kind:
            self.widgets.append(watched)
        return False


@contextmanager
def told(kind: QEvent.Type) -> Iterator[list[QObject]]:
    """All that are told of it meanwhile."""
    app, watch = QApplication.instance(), Told(kind)
    assert app is not None
    app.installEventFilter(watch)
    yield watch.widgets
    app.removeEventFilter(watch)


def painted(surface: Surface) -> list[QObject]:
    """All that is painted with a frame of the picture."""
    with told(QEvent.Type.Paint) as widgets:
        surface.repaint()
    assert surface in widgets
    return widgets


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


@pytest.mark.parametrize("what", ["result", "problem"])
def test_a_box_is_not_painted_anew_where_it_stays(
    window: MainWindow, desk: FakeDesk, surface: Surface, what: str, qtbot: QtBot
) -> None:
    desk.noticed.emit(Notice(text="", problem=problem("disk-full", place="/a", name="x.png")))
    box = over(window, desk, what)

    def still() -> bool:
        with told(QEvent.Type.Paint) as widgets:
            desk.show_staging(STAGING)
            QApplication.processEvents()
        return set(box.findChildren(QAbstractButton)).isdisjoint(widgets)

    qtbot.waitUntil(still)


@pytest.mark.parametrize("where", ["status", "run", "jobs"])
def test_a_word_that_has_its_room_does_not_lay_the_window_out(
    window: MainWindow, surface: Surface, where: str, qtbot: QtBot
) -> None:
    numbers = count()
    cards = (), (card(),)
    say: dict[str, Callable[[int], None]] = {
        "status": lambda number: window.status.show_position(Point(x=number, y=number)),
        "run": lambda number: window.generate.run._phase.setText(f"{number}"),
        "jobs": lambda number: window.gallery.header.show_jobs(cards[number % 2]),
    }

    def still() -> bool:
        with told(QEvent.Type.LayoutRequest) as widgets:
            say[where](next(numbers))
            for _ in range(10):  # each layout asks for that of the next around it
                QApplication.processEvents()
        return window not in widgets

    qtbot.waitUntil(still)


def test_a_form_that_is_shown_again_paints_nothing(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    def still() -> bool:
        with told(QEvent.Type.Paint) as widgets:
            desk.show_form(desk.form_view())
            QApplication.processEvents()
        return set(window.generate.findChildren(QWidget)).isdisjoint(widgets)

    qtbot.waitUntil(still)


def test_a_bar_that_moves_paints_with_the_next_frame(qtbot: QtBot) -> None:
    bar = ThinBar()
    qtbot.addWidget(bar)
    bar.resize(200, 4)
    with qtbot.waitExposed(bar):
        bar.show()
    QApplication.processEvents()
    with told(QEvent.Type.Paint) as widgets:
        for part in range(10):
            bar.show_fraction(part / 10)
        assert bar not in widgets
        qtbot.waitUntil(lambda: bar in widgets)
    assert bar.value() == round(0.9 * PARTS)
