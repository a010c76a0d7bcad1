"""The form under somebody who types into it: prices and limits come late, and another model may be chosen meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from studio.domain.capabilities import Model, Parameter, ParameterKind, Price
from studio.domain.ids import ModelId
from studio.session.form import Form
from studio.ui.widgets.combo import Choice
from studio.ui.widgets.fields import Field
from studio.ui.widgets.numbers import NumberField
from studio.ui.widgets.segmented import Segmented
from tests.fakes.desk_scene import PAID_MODEL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

Kind = TypeVar("Kind", bound=QWidget)

AVOID = Parameter(name="negative_prompt", label="Avoid", kind=ParameterKind.TEXT)
STEPS = Parameter(name="steps", label="Steps", kind=ParameterKind.INTEGER, minimum=1, maximum=50, default=20)
SIZE = Parameter(name="size", label="Size", kind=ParameterKind.CHOICE, values=("1K", "2K"))
RARE = tuple(Parameter(name=f"knob_{at}", label=f"Knob {at}", kind=ParameterKind.TEXT) for at in range(3))
PRICES = (("1K", Price(amount="0.04")), ("2K", Price(amount="0.08")))


def model(name: str, *parameters: Parameter, **facts: object) -> Model:
    can = replace(PAID_MODEL.capabilities, parameters=parameters)
    made = replace(PAID_MODEL, id=ModelId(name), name=name, prices=(), capabilities=can)
    return replace(made, **facts)  # pyright: ignore[reportArgumentType]  the fields of a model


class Scene:
    """The session's own form behind the window's."""

    def __init__(self, window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
        self.form, self.desk, self.qtbot = Form(1), desk, qtbot
        self.panel = window.generate.parameters
        self.form.changed.connect(desk.show_form)
        self.panel.set_parameter.connect(self.form.set_parameter)
        self.panel.set_seed.connect(self.form.set_seed)
        self.panel.set_count.connect(self.form.set_count)
        self.providers = desk.form_view().providers
        window.activateWindow()

    def offer(self, *models: Model) -> None:
        self.form.offer(self.providers, models, models[0].id, models[0].provider)
        QApplication.processEvents()

    def part(self, kind: type[Kind], name: str) -> Kind:
        found = [each for each in self.panel.findChildren(kind) if each.accessibleName() == name and each.isVisible()]
        return found[0]

    def type_into(self, kind: type[Field | NumberField], name: str, text: str) -> QLineEdit | NumberField:
        field = self.part(kind, name)
        field.setFocus()
        self.qtbot.waitUntil(field.hasFocus)
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        return field

    def type_on(self, text: str) -> None:
        """To whoever has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClicks(focus, text)
        self.qtbot.keyClick(focus, Qt.Key.Key_Return)


@pytest.fixture
def scene(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> Scene:
    return Scene(window, desk, qtbot)


def test_prices_that_come_late_leave_the_typist_alone_and_are_shown(scene: Scene) -> None:
    scene.offer(model("a", SIZE, AVOID))
    scene.type_into(Field, "Avoid", "blu")
    scene.offer(model("a", SIZE, AVOID, prices=PRICES))
    scene.type_on("rry")
    assert dict(scene.form.values()) == {"negative_prompt": "blurry"}
    sizes = scene.part(Choice, "Size")
    assert [sizes.itemText(at) for at in range(sizes.count())] == ["Default", "1K · $0.04", "2K · $0.08"]
    scene.offer(model("a", SIZE, AVOID, prices=(PRICES[0], ("2K", Price(amount="0.09")))))
    assert scene.part(Choice, "Size") is sizes
    assert sizes.itemText(2) == "2K · $0.09"
    scene.offer(model("a", SIZE, AVOID))
    assert scene.part(Segmented, "Size").value() is None


def test_a_chosen_size_is_still_chosen_beside_its_price(scene: Scene, qtbot: QtBot) -> None:
    scene.offer(model("a", SIZE))
    segment = scene.part(Segmented, "Size").segment("2K")
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    segment.setFocus()
    scene.offer(model("a", SIZE, prices=PRICES))
    sizes = scene.part(Choice, "Size")
    assert sizes.currentData() == "2K"
    assert sizes.hasFocus()


def test_limits_that_come_late_make_only_that_anew_which_they_change(scene: Scene) -> None:
    scene.offer(model("a", SIZE, AVOID, STEPS))
    field = scene.type_into(Field, "Avoid", "blu")
    more = replace(SIZE, values=("1K", "2K", "4K"))
    scene.offer(model("a", more, AVOID, STEPS))
    assert field.hasFocus()
    scene.type_on("rry")
    assert dict(scene.form.values()) == {"negative_prompt": "blurry"}
    assert scene.part(Segmented, "Size").segment("4K")


def test_what_was_unfolded_stays_so_when_limits_come_late(scene: Scene, qtbot: QtBot) -> None:
    scene.offer(model("a", SIZE, *RARE))
    more = next(each for each in scene.panel.findChildren(QAbstractButton) if each.text() == "More (3)")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    scene.type_into(Field, "Knob 1", "blu")
    scene.offer(model("a", replace(SIZE, values=("1K",)), *RARE))
    scene.type_on("rry")
    assert dict(scene.form.values()) == {"knob_1": "blurry"}
    assert scene.part(Field, "Knob 2")


@pytest.mark.parametrize(("kind", "name"), [(Field, "Avoid"), (NumberField, "Steps")])
@pytest.mark.parametrize("other", [model("b", AVOID, STEPS), model("b", AVOID, replace(STEPS, maximum=99)), model("b")])
def test_what_was_typed_for_a_model_is_not_set_for_another(
    scene: Scene, kind: type[Field | NumberField], name: str, other: Model
) -> None:
    scene.offer(model("a", AVOID, STEPS), other)
    field = scene.type_into(kind, name, "40")
    scene.form.set_model(other.id, other.provider)
    field.clearFocus()
    QApplication.processEvents()
    assert not scene.form.values()
    shown = {each.text() for each in scene.panel.findChildren(kind) if each.isVisible() and each is not field}
    assert "40" not in shown


def test_a_seed_counts_for_whichever_model_comes(scene: Scene, window: MainWindow) -> None:
    scene.offer(model("a", AVOID), model("b", STEPS))
    field = scene.type_into(Field, "Seed", "4")
    scene.form.set_model(ModelId("b"))
    assert field.hasFocus()
    scene.type_on("2")
    assert scene.form.seed == 42


def test_another_model_is_chosen_after_what_was_typed_was_set(
    scene: Scene, window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    scene.offer(model("a", AVOID), model("b", AVOID))
    scene.type_into(Field, "Avoid", "blurry")
    qtbot.mouseClick(window.generate.model, Qt.MouseButton.LeftButton)
    assert dict(scene.form.values()) == {"negative_prompt": "blurry"}


def test_a_count_is_what_it_is_seen_to_be(scene: Scene) -> None:
    """Also where another model takes fewer while it is typed."""
    few, many = model("a", AVOID), model("b", AVOID)
    few, many = (
        replace(each, capabilities=replace(each.capabilities, max_count=most)) for each, most in ((few, 6), (many, 10))
    )
    scene.offer(many, few)
    scene.form.set_count(3)
    scene.type_into(NumberField, "Variations", "5")
    scene.form.set_model(few.id, few.provider)
    QApplication.processEvents()
    assert scene.part(NumberField, "Variations").value() == scene.form.effective_count()
    scene.type_into(NumberField, "Variations", "5")
    scene.offer(few, replace(many, id=ModelId("c")))
    scene.type_on("")
    assert scene.form.effective_count() == 5


def test_a_parameter_that_goes_behind_more_is_out_of_sight(scene: Scene) -> None:
    scene.offer(model("a", AVOID, *RARE[:1]))
    shown = scene.part(Field, "Knob 0")
    scene.offer(model("a", AVOID, *RARE))
    assert not [
        each for each in scene.panel.findChildren(Field) if each.isVisible() and each.accessibleName()[:4] == "Knob"
    ]
    assert not shown.isVisible()
