"""The form of a model that the code has never seen, what stands beside Run, and the first page's ways to a model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from studio.domain.capabilities import Capabilities, Model, Parameter, ParameterKind, Price
from studio.domain.ids import ModelId, ProviderId
from studio.session.face.views import FormView, ReferenceRow, RunView
from studio.ui.canvas.empty import EmptyState
from studio.ui.generate.controls import value_words
from studio.ui.generate.parameters import ParameterForm
from studio.ui.generate.ratio import RatioPreview, ratio_of
from studio.ui.generate.references import ReferenceTray
from studio.ui.generate.run import covers, raised
from studio.ui.widgets.fields import Field
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.segmented import Segmented
from studio.ui.widgets.tinted import Tinted
from tests.fakes.desk_scene import PAID_MODEL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

KIND = ParameterKind
SIZES = ("1024x1024", "1024*1536", "auto", "1536x1024", "2048x2048", "4096x4096")


def model(*parameters: Parameter, **facts: object) -> Model:
    can = replace(Capabilities(parameters=parameters, max_count=10, takes_seed=True), **facts)  # pyright: ignore[reportArgumentType]  the fields of a record
    return Model(id=ModelId("new"), provider=ProviderId("lab"), name="New", capabilities=can)


def view_of(made: Model, **facts: object) -> FormView:
    view = FormView(model=made, parameters=made.capabilities.parameters, models=(made,))
    return replace(view, **facts)  # pyright: ignore[reportArgumentType]  the fields of a view


class Told:
    """A form alone, and what it told."""

    def __init__(self, form: ParameterForm) -> None:
        self.form = form
        self.values: list[tuple[str, object]] = []
        self.counts: list[object] = []
        form.set_parameter.connect(lambda name, value: self.values.append((name, value)))
        form.set_count.connect(self.counts.append)

    def show(self, view: FormView) -> None:
        """Show it; Qt shows what was laid out anew with the next events."""
        self.form.show_state(view)
        QApplication.processEvents()

    def button(self, name: str) -> QAbstractButton:
        found = [each for each in self.form.findChildren(QAbstractButton) if each.accessibleName() == name]
        return next(each for each in found if each.isVisible())


@pytest.fixture
def told(theme: Theme, qtbot: QtBot) -> Told:
    form = ParameterForm()
    qtbot.addWidget(form)
    form.resize(300, 400)
    form.show()
    return Told(form)


def test_a_number_is_off_until_set_and_one_click_from_off_again(told: Told) -> None:
    made = model(Parameter(name="strength", label="Strength", kind=KIND.NUMBER, minimum=0, maximum=1))
    told.show(view_of(made))
    told.button("Strength: default. Set it").click()
    assert told.values == [("strength", 0.8)]
    told.show(view_of(made, values=(("strength", 0.8),)))
    assert next(each for each in told.form.findChildren(SliderField)).value() == 0.8
    told.button("Strength: back to default").click()
    assert told.values[-1] == ("strength", None)
    told.show(view_of(made))
    assert told.button("Strength: default. Set it")


def test_a_flag_without_a_value_can_be_left_to_the_provider(told: Told, qtbot: QtBot) -> None:
    made = model(Parameter(name="max_mode", label="Max mode", kind=KIND.FLAG))
    told.show(view_of(made))
    row = next(each for each in told.form.findChildren(Segmented) if each.accessibleName() == "Max mode")
    assert row.value() is None
    qtbot.mouseClick(row.segment(False), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.segment(None), Qt.MouseButton.LeftButton)
    assert told.values == [("max_mode", False), ("max_mode", None)]


def test_a_text_is_unset_by_emptying_it(told: Told, qtbot: QtBot) -> None:
    made = model(Parameter(name="negative_prompt", label="Negative prompt", kind=KIND.TEXT))
    told.show(view_of(made, values=(("negative_prompt", "dogs"),)))
    field = next(each for each in told.form.findChildren(Field) if each.accessibleName() == "Negative prompt")
    assert field.text() == "dogs"
    field.clear()
    assert told.values == [("negative_prompt", None)]
    field.setFocus()
    qtbot.keyClicks(field, "cats")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.values[-1] == ("negative_prompt", "cats")


def test_a_number_without_bounds_takes_only_numbers(told: Told, qtbot: QtBot) -> None:
    made = model(Parameter(name="tiles", label="Tiles", kind=KIND.INTEGER, minimum=1))
    told.show(view_of(made))
    field = next(each for each in told.form.findChildren(Field) if each.accessibleName() == "Tiles")
    qtbot.keyClicks(field, "a4b2.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.values == [("tiles", "42")]


def test_many_sizes_are_a_list_with_their_proportions_and_prices(told: Told) -> None:
    made = model(Parameter(name="size", label="Size", kind=KIND.CHOICE, values=SIZES), listed=("size",))
    made = replace(made, prices=(("1024x1024", Price(amount="0.03")), ("2048x2048", Price(amount="0.06"))))
    told.show(view_of(made, values=(("size", "1024*1536"),)))
    combo = told.form.findChild(QComboBox)
    assert isinstance(combo, QComboBox)
    texts = [combo.itemText(at) for at in range(combo.count())]
    assert texts[:3] == ["Default", "1024 × 1024 · $0.03", "1024 × 1536"]
    preview = told.form.findChild(RatioPreview)
    assert isinstance(preview, RatioPreview)
    assert preview.ratio == pytest.approx(2 / 3)
    combo.activated.emit(0)
    assert told.values == [("size", None)]


def test_rare_parameters_are_folded_and_those_that_are_set_are_counted(told: Told) -> None:
    rare = tuple(Parameter(name=f"knob_{at}", label=f"knob_{at}", kind=KIND.TEXT) for at in range(4))
    listed = Parameter(name="watermark", label="Watermark", kind=KIND.FLAG)
    made = model(listed, *rare, listed=("watermark",))
    told.show(view_of(made, values=(("knob_2", "x"),)))
    shown = [each.accessibleName() for each in told.form.findChildren(Field) if each.isVisible()]
    assert not any(name.startswith("knob") for name in shown)
    told.button("More (4, 1 set)").click()
    QApplication.processEvents()
    fields = {each.accessibleName(): each for each in told.form.findChildren(Field) if each.isVisible()}
    assert {each.label for each in rare} <= set(fields)
    assert {name: each.text() for name, each in fields.items() if each.text()} == {"knob_2": "x"}


def test_more_than_four_variations_are_a_slider_and_a_fixed_number_is_no_choice(told: Told) -> None:
    told.show(view_of(model(), count=7))
    count = next(each for each in told.form.findChildren(NumberField) if each.accessibleName() == "Variations")
    assert count.value() == 7
    count.setValue(9)
    assert told.counts == [9]
    told.show(view_of(model(fixed_count=4), count=4))
    assert not [each for each in told.form.findChildren(NumberField) if each.isVisible()]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("very-high", "Very high"),
        ("1024x1536", "1024 × 1536"),
        ("HD", "HD"),
        ("png", "PNG"),
        ("16:9", "16:9"),
        ("b64_json", "b64_json"),
    ],
)
def test_values_are_written_as_people_write_them(value: str, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("words", "ratio"),
    [("16:9", 16 / 9), ("1024*768", 4 / 3), ("1024 × 512", 2.0), ("auto", None), ("0x4", None), (None, None)],
)
def test_a_ratio_is_read_from_sizes_alone(words: object, ratio: float | None) -> None:
    assert ratio_of(words) == (ratio if ratio is None else pytest.approx(ratio))


def test_the_price_says_what_raised_it() -> None:
    priced = replace(PAID_MODEL, price=Price(amount="0.04"), prices=())
    paid = RunView(enabled=True, free=False, price=Price(amount="0.12"))
    assert raised(view_of(priced, count=3, run=paid)) == "3 × $0.04"
    sized = replace(priced, prices=(("1024x1024", Price(amount="0.04")), ("2048x2048", Price(amount="0.06"))))
    many = view_of(sized, count=2, values=(("size", "2048x2048"),), run=paid)
    assert raised(many) == "2 × $0.06 (2048 × 2048)"
    assert raised(replace(many, run=RunView(free=True))) == ""


def test_the_balance_stands_beside_the_time_and_warns_where_it_does_not_suffice(
    window: MainWindow, desk: FakeDesk
) -> None:
    desk.show_jobs(())
    run = RunView(enabled=True, free=False, price=Price(amount="0.12"), duration="about 20 s")
    notes = ("This model reads no mask.", "This model always makes 4 pictures, and they are charged.")
    desk.show_form(view_of(PAID_MODEL, run=run, balance=Price(amount="12.34900000"), notes=notes))
    words = {each.text(): each for each in window.generate.run.findChildren(Tinted) if each.isVisible()}
    assert set(words) == {"Balance $12.34", *notes}
    assert words[notes[0]].y() < window.generate.run.button.y()
    assert not covers(Price(amount="0.05"), run.price)
    assert covers(Price(amount="0.12"), run.price)
    assert covers(Price(amount="1", currency="EUR"), run.price)
    desk.show_form(view_of(PAID_MODEL, run=replace(run, enabled=False, reason="Write what you want to see")))
    assert not [each for each in window.generate.run.findChildren(Tinted) if each.isVisible()]


def test_the_tray_counts_what_is_over_the_limit_before_it_is_sent(theme: Theme, qtbot: QtBot) -> None:
    tray = ReferenceTray()
    qtbot.addWidget(tray)
    rows = tuple(ReferenceRow(id=f"r{at}", name=f"{at}.jpg") for at in range(6))
    tray.show_state(view_of(PAID_MODEL, references=rows[:4]))
    assert tray.count.text() == "4 of 4"
    tray.show_state(view_of(PAID_MODEL, references=rows))
    assert tray.count.text() == "6 of 4: switch 2 off"
    tray.show_state(view_of(PAID_MODEL, references=(*rows[:4], *(replace(row, enabled=False) for row in rows[4:]))))
    assert tray.count.text() == "4 of 4"


def test_the_first_page_leads_to_a_provider_and_to_one_that_costs_nothing(theme: Theme, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    page, asked = EmptyState(ground), list[str]()
    page.asked.connect(asked.append)
    page.provider.click()
    page.trial.click()
    assert asked == ["providers.open", "providers.try"]
