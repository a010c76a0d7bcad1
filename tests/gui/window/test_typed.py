"""What stands in a field is what counts, though buttons and commands leave the focus in it: a run is paid for as it was
typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from studio.domain.capabilities import Parameter, ParameterKind
from studio.domain.margins import Margins
from studio.session.face.tools import Tool
from studio.ui.dialogs.export import ExportDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.layers.layers import LayersPanel
from studio.ui.widgets.fields import Field
from studio.ui.widgets.numbers import NumberField
from tests.fakes.desk_scene import PAID_MODEL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

Kind = TypeVar("Kind", bound=QWidget)

PARAMETERS = (
    Parameter(name="negative_prompt", label="Avoid", kind=ParameterKind.TEXT),
    Parameter(name="steps", label="Steps", kind=ParameterKind.INTEGER, minimum=1, maximum=50, default=20),
    Parameter(name="tiles", label="Tiles", kind=ParameterKind.INTEGER, minimum=1),
)
TOLD = {
    "Avoid": ("set_parameter", "negative_prompt", "40"),
    "Steps": ("set_parameter", "steps", 40),
    "Tiles": ("set_parameter", "tiles", "40"),
    "Seed": ("set_seed", 40),
}


def named(owner: QWidget, kind: type[Kind], name: str) -> Kind:
    return next(each for each in owner.findChildren(kind) if each.accessibleName() == name and each.isVisible())


def type_into(field: QLineEdit | NumberField, text: str, qtbot: QtBot) -> None:
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, text)


def press(owner: QWidget, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(named(owner, QAbstractButton, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def form(window: MainWindow, desk: FakeDesk) -> QWidget:
    model = replace(PAID_MODEL, capabilities=replace(PAID_MODEL.capabilities, parameters=PARAMETERS))
    desk.show_form(replace(desk.form_view(), model=model, parameters=PARAMETERS, values=(), seed=None))
    QApplication.processEvents()
    desk.calls.clear()
    return window.generate.parameters


def typed(form: QWidget, name: str, text: str, qtbot: QtBot) -> QLineEdit | NumberField:
    field = named(form, NumberField if name == "Steps" else Field, name)
    type_into(field, text, qtbot)
    return field


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize("way", ["button", "key", "palette"])
def test_run_sends_what_was_typed(
    window: MainWindow, desk: FakeDesk, form: QWidget, name: str, way: str, qtbot: QtBot
) -> None:
    field = typed(form, name, "40", qtbot)
    assert not desk.calls
    if way == "button":
        qtbot.mouseClick(window.generate.run.button, Qt.MouseButton.LeftButton)
        assert field.hasFocus()
    elif way == "key":
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        window.commands.run("generate.run")
    assert desk.calls == [TOLD[name], ("perform", "generate.run")]


def test_what_is_taken_over_is_told_once(window: MainWindow, desk: FakeDesk, form: QWidget, qtbot: QtBot) -> None:
    for name in TOLD:
        typed(form, name, "40", qtbot)
        window.commands.run("view.fit")
        window.commands.run("view.fit")
    window.canvas.setFocus()
    assert desk.calls == list(TOLD.values())


def test_a_sum_that_is_not_finished_is_not_shown_as_if_it_were_sent(
    window: MainWindow, desk: FakeDesk, form: QWidget, qtbot: QtBot
) -> None:
    field = typed(form, "Steps", "4*", qtbot)
    window.commands.run("generate.run")
    assert field.text() == "20"
    assert desk.calls == [("perform", "generate.run")]


def test_a_command_leaves_text_and_caret_to_who_types_on(
    window: MainWindow, desk: FakeDesk, form: QWidget, qtbot: QtBot
) -> None:
    field = typed(form, "Avoid", "cats dogs", qtbot)
    assert isinstance(field, QLineEdit)
    for _ in "dogs":
        qtbot.keyClick(field, Qt.Key.Key_Left)
    qtbot.keyClicks(field, "and")
    qtbot.keyClick(field, Qt.Key.Key_Space)
    window.commands.run("view.fit")
    desk.show_form(replace(desk.form_view(), values=(("negative_prompt", "cats and dogs"),)))
    qtbot.keyClicks(field, "hot ")
    assert field.text() == "cats and hot dogs"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() != "cats and hot dogs"


def test_extend_takes_the_margin_that_was_typed(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_tool(replace(desk.tool_view(), tool=Tool.EXTEND, margins=Margins()))
    QApplication.processEvents()
    type_into(named(window.options, NumberField, "Extend to the left by"), "300", qtbot)
    desk.calls.clear()
    press(window.options, "Extend", qtbot)
    assert desk.calls == [("set_extend", Margins(left=300)), ("perform", "generate.extend")]


def test_grow_takes_the_pixels_that_were_typed(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_tool(replace(desk.tool_view(), tool=Tool.RECTANGLE))
    QApplication.processEvents()
    type_into(named(window.options, NumberField, "Grow the mask by"), "40", qtbot)
    press(window.options, "Grow", qtbot)
    assert desk.called("grow_mask") == [(40,)]


def test_export_takes_the_quality_that_was_typed(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.commands.run("file.export")
    dialog = window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    press(dialog, "Format: JPEG", qtbot)
    type_into(named(dialog, NumberField, "Quality"), "35", qtbot)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    ((_, options),) = desk.called("export")
    assert options.quality == 35  # pyright: ignore[reportAttributeAccessIssue]  ExportOptions


def test_a_limit_that_was_typed_holds_when_the_settings_are_closed(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.commands.run("costs.open")
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    type_into(named(dialog, Field, "Limit for one run"), "0,50", qtbot)
    press(dialog, "Close", qtbot)
    assert desk.settings().limits.click == "0.50"


def test_a_layers_name_is_in_what_is_saved(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    panel = window.layers.made()
    assert isinstance(panel, LayersPanel)
    panel.list.rename("a")
    field = named(panel, QLineEdit, "Name of the layer")
    type_into(field, "fence", qtbot)
    window.commands.run("file.save")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.calls[-2:] == [("set_layer", "a", {"name": "fence"}), ("perform", "file.save")]


def test_escape_leaves_a_layers_name_as_it_was(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    panel = window.layers.made()
    assert isinstance(panel, LayersPanel)
    panel.list.rename("a")
    field = named(panel, QLineEdit, "Name of the layer")
    type_into(field, "fence", qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not desk.called("set_layer")
