"""Where the Tab key goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget, QWidgetItem
from shiboken6 import getAllValidWrappers

from tests.fakes.desk_scene import filled_desk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


def walk(window: MainWindow, start: QWidget) -> list[QWidget]:
    """All that Tab stops at, from one on until it comes back; without a screen no window is in front to get the key."""
    start.setFocus()
    seen: list[QWidget] = [start]
    while len(seen) < 500:
        assert window.focusNextPrevChild(True)
        at = window.focusWidget()
        assert at is not None
        if at is start:
            return seen
        seen.append(at)
    raise AssertionError("it does not come back")


def stops(window: MainWindow) -> set[QWidget]:
    """All that can take the focus by Tab now."""
    return {
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and each.isVisible()
        and each.isEnabled()
        and each.window() is window
    }


@pytest.fixture
def paid(window: MainWindow, desk: FakeDesk) -> MainWindow:
    """A model is in hand whose controls were made after all else, the rare ones last."""
    desk.show_form(filled_desk(paid=True, pictures=False).form_view())
    QApplication.processEvents()
    more = window.generate.parameters._more
    if more is not None:
        more.click()
    QApplication.processEvents()
    return window


def test_it_goes_through_the_form_as_the_eye_does(paid: MainWindow, qtbot: QtBot) -> None:
    panel = paid.generate
    inside = [each for each in walk(paid, panel.prompt) if panel.isAncestorOf(each)]
    assert len(inside) > 8
    assert inside.index(panel.run.button) > inside.index(panel.model) + 3

    def place(each: QWidget) -> QPoint:
        return each.mapTo(panel, QPoint(0, each.height() // 2))

    def is_read_so(one: QWidget, other: QWidget) -> bool:
        """The other stands below it, or beside it in the same row."""
        across, down = place(other).x() - place(one).x(), place(other).y() - place(one).y()
        return down > 4 or (abs(down) <= 14 and across > 0)

    # Once all of it has its place.
    qtbot.waitUntil(lambda: all(is_read_so(one, other) for one, other in pairwise(inside)))


def test_it_stops_everywhere_once_and_comes_back(paid: MainWindow) -> None:
    seen = walk(paid, paid.generate.prompt)
    assert len(seen) == len(set(seen))
    assert set(seen) == stops(paid)


def test_it_goes_from_the_tools_over_the_picture_to_the_form_and_the_panels(paid: MainWindow) -> None:
    seen = walk(paid, paid.generate.prompt)
    parts = (paid.generate, paid.layers, paid.gallery.header, paid.menu_row, paid.tools, paid.canvas)
    order = [next(at for at, each in enumerate(seen) if part.isAncestorOf(each)) for part in parts]
    assert order == sorted(order)


def test_nothing_is_kept_of_what_may_go_before_it(paid: MainWindow) -> None:
    """What stands for an item of a layout outlives it, and then for whatever comes to lie where it was."""

    def items() -> set[int]:
        return {id(each) for each in getAllValidWrappers() if isinstance(each, QWidgetItem)}

    before = items()
    walk(paid, paid.generate.prompt)
    assert items() <= before
