"""Nothing is cut off or covered, at the sizes and fonts that windows have, in long languages and from right to left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QRect, Qt, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLabel, QSlider, QToolButton, QWidget
from pytestqt.exceptions import TimeoutError as PatienceError

from studio.domain.capabilities import Parameter, ParameterKind, Price
from studio.domain.catalogue import problem
from studio.domain.ids import ModelId, OutputId
from studio.domain.job import JobState
from studio.domain.settings import Settings
from studio.session.face.views import Tool
from studio.ui.gallery.queue_card import CardWidget
from studio.ui.theme.tokens import DARK
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import Elided
from studio.ui.window import MainWindow
from tests.fakes.desk_scene import PAID_MODEL, filled_desk
from tests.gui.gallery.queue_cards import card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme

SIZES = ((1366, 768), (1280, 720), (1440, 900), (1920, 1080))
"""Logical pixels: 1280 x 720 is a screen of 1920 x 1080 at 150 %."""
PARTS = (QLabel, QAbstractButton, QAbstractSpinBox, QSlider)


class Longer(QTranslator):
    """A language in which everything is 40 % longer."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return text + "n" * round(len(text) * 0.4) if context == "overpaint" else None


@pytest.fixture(params=["plain", "long", "mirrored", "large"])
def manner(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """How the window is set up: as designed, in a long language, from right to left, with a font of 14 points."""
    manner, font, longer = str(request.param), QApplication.font(), Longer()
    if manner == "long":
        QCoreApplication.installTranslator(longer)
    if manner == "mirrored":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if manner == "large":
        larger = QFont(font)
        larger.setPointSizeF(14)
        QApplication.setFont(larger)
    yield manner
    QCoreApplication.removeTranslator(longer)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QApplication.setFont(font)


def place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def words(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{text}: {widget.width()} x {widget.height()}, wants {widget.minimumSizeHint().toTuple()}"


def cut(widget: QWidget) -> bool:
    """Whether it has less room than its words."""
    if isinstance(widget, Elided):
        return False
    if isinstance(widget, QLabel):
        wanted = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        return bool(widget.text()) and (
            widget.height() < wanted or (not widget.wordWrap() and widget.width() < widget.sizeHint().width())
        )
    return widget.width() < widget.minimumSizeHint().width()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_words_are_cut_and_no_control_is_covered(
    size: tuple[int, int], manner: str, theme: Theme, qtbot: QtBot
) -> None:
    window, desk = MainWindow(Settings(theme="dark"), theme), filled_desk(pictures=False)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.attach(desk)
    desk.set_tool(Tool.BRUSH)
    qtbot.waitExposed(window)
    try:
        qtbot.waitUntil(lambda: not faults(window), timeout=3000)
    except PatienceError:
        assert not faults(window), manner


def test_a_remote_model_s_form_is_not_cut_either(manner: str, theme: Theme, qtbot: QtBot) -> None:
    window, desk = MainWindow(Settings(theme="dark"), theme), filled_desk(paid=True, pictures=False)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.attach(desk)
    desk.show_jobs(())
    knobs = tuple(
        Parameter(name=f"knob_{at}", label="Guidance", kind=kind, minimum=0, maximum=1, values=("1024x1536", "auto"))
        for at, kind in enumerate(ParameterKind)
    )
    view = replace(desk.form_view(), parameters=knobs, values=(("knob_1", 0.5),), balance=Price(amount="1234.5"))
    desk.show_form(replace(view, notes=("This model reads no mask.",), model=replace(PAID_MODEL, id=ModelId("knobs"))))
    qtbot.waitExposed(window)
    try:
        qtbot.waitUntil(lambda: not faults(window), timeout=3000)
    except PatienceError:
        assert not faults(window), manner


def test_the_queue_is_not_cut_either(manner: str, theme: Theme, qtbot: QtBot) -> None:
    window, desk = MainWindow(Settings(theme="dark"), theme), filled_desk(paid=True, pictures=False)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.attach(desk)
    window.commands.run("panel.queue")
    queue = window.gallery.queue
    assert queue is not None
    lost = [card(f"f{at}", JobState.FAILED, problem=problem("engine-died")) for at in range(3)]
    asked = card("u", JobState.UNKNOWN, problem=problem("outcome-unknown"), can_look=True, billed=None)
    kept = card("c", JobState.CANCELLED, billed=None, can_look=True, outputs=(OutputId("j1-0"),))
    desk.show_jobs((card("r", expected=(20.0, 40.0)), card("w", JobState.QUEUED, held=True), asked, kept, *lost))
    qtbot.waitUntil(lambda: len(queue.widgets()) == 5)
    try:
        qtbot.waitUntil(lambda: not faults(window), timeout=3000)
    except PatienceError:
        assert not faults(window), manner
    tall = queue.area.viewport().height()
    for widget in queue.widgets():
        parts = [each for kind in (QLabel, QAbstractButton) for each in widget.findChildren(kind) if each.isVisible()]
        inside = [each for each in parts if not widget.rect().contains(place(widget, each))]
        assert [words(each) for each in parts if cut(each)] == [], manner
        assert [words(each) for each in inside] == [], manner
        assert widget.height() <= tall, "a card is seen whole"


def test_between_the_panels_is_one_line_and_nothing_else(manner: str, theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(Settings(theme="dark"), theme)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.attach(filled_desk(pictures=False))
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: not faults(window), timeout=3000)
    window.grab()  # lays out what is still to be laid out
    picture, middle, form = window.grab().toImage(), window.canvas.parentWidget(), window.docks["generate"]
    assert middle is not None
    gap = (
        range(middle.geometry().right() + 1, form.x())
        if form.x() > middle.geometry().right()
        else range(form.geometry().right() + 1, 0)
    )
    assert 3 <= len(gap) <= 8
    rows = range(form.y(), form.geometry().bottom())
    assert {picture.pixelColor(gap[-1], y).name() for y in rows} == {DARK.line}
    canvas = place(window, window.canvas)
    touches = canvas.right() == gap[0] - 1  # else the tool bar is between
    for beside, colours in (
        (range(form.y(), canvas.top() - 1), {DARK.panel}),
        (range(canvas.top() - 1, canvas.top()), {DARK.line}),
        (range(canvas.top(), canvas.bottom() + 1), {DARK.surround if touches else DARK.panel}),
        (range(canvas.bottom() + 1, canvas.bottom() + 2), {DARK.line}),
        (range(canvas.bottom() + 2, form.geometry().bottom()), {DARK.panel}),
    ):
        assert {picture.pixelColor(x, y).name() for x in gap[:-1] for y in beside} <= colours, beside


def test_what_is_in_the_right_panel_stands_as_far_from_its_line_as_from_the_window(window: MainWindow) -> None:
    picture, run = window.grab().toImage(), place(window, window.generate.run.button)
    y = run.center().y()
    line = next(x for x in range(run.left(), 0, -1) if picture.pixelColor(x, y).name() == DARK.line)
    before = sum(picture.pixelColor(x, y).name() == DARK.panel for x in range(line + 1, run.left()))
    after = sum(picture.pixelColor(x, y).name() == DARK.panel for x in range(run.right() + 1, window.width()))
    assert before == run.left() - line - 1 == after == window.width() - run.right() - 1


def test_brush_and_menus_keep_their_words_in_a_large_font(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    font = QApplication.font()
    larger = QFont(font)
    larger.setPointSizeF(14)
    QApplication.setFont(larger)
    try:
        window, desk = MainWindow(Settings(theme="dark"), theme), filled_desk(pictures=False)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        window.show()
        window.attach(desk)
        desk.set_tool(Tool.BRUSH)
        qtbot.waitUntil(lambda: not faults(window), timeout=3000)
        said = {each.text() for each in window.options.findChildren(QLabel) if each.isVisible()}
        assert {"Size", "Hardness", "Opacity"} <= said
        window.commands.run("panel.queue")
        assert window.gallery.queue is not None
        queue = window.gallery.queue
        qtbot.waitUntil(lambda: len(queue.findChildren(CardWidget)) == 2)
        cards = queue.findChildren(CardWidget)
        window.grab()
        assert [each.visibleRegion().boundingRect() for each in cards[:2]] == [each.rect() for each in cards[:2]]
        ended = replace(desk.job_cards()[0], state=JobState.SUCCEEDED, ended=1.0, outputs=(OutputId("j1-0"),))
        desk.show_jobs((ended,))
        buttons = [each for each in cards[0].findChildren(Button) if each.isVisible()]
        window.grab()
        assert len(buttons) == 3
        assert not [words(each) for each in buttons if each.width() < each.sizeHint().width()]
        arrow = window.menu_row.bar.findChild(QToolButton)
        assert arrow is None or not arrow.isVisible(), "all menus are in sight"
        window.resize(1920, 1080)
        qtbot.waitUntil(lambda: len([each for each in window.options.findChildren(QSlider) if each.isVisible()]) == 3)
    finally:
        QApplication.setFont(font)


def faults(window: MainWindow) -> list[str]:
    """What is cut off, lies outside of its bar, or lies over another control."""
    found: list[str] = []
    for owner in (window.options, window.tools, window.generate, window.gallery.header, window.menu_row):
        parts = [each for kind in PARTS for each in owner.findChildren(kind) if each.isVisible()]
        found += [f"cut off: {words(each)}" for each in parts if cut(each)]
        if owner is not window.generate:
            inside = owner.rect().adjusted(-1, -1, 1, 1)
            found += [f"outside: {words(each)}" for each in parts if not inside.contains(place(owner, each))]
        controls = [each for each in parts if isinstance(each, (Button, QSlider, QAbstractSpinBox))]
        found += [
            f"covered: {words(one)} by {words(other)}"
            for at, one in enumerate(controls)
            for other in controls[at + 1 :]
            if place(window, one).intersects(place(window, other))
        ]
    run = window.generate.run.button
    if run.visibleRegion().boundingRect() != run.rect():
        found.append("Run is not whole in sight")
    return found
