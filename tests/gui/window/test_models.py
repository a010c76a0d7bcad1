"""Choosing among the models of several providers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from studio.domain.capabilities import Capabilities, MaskUse, Model, Price, ProviderInfo
from studio.domain.ids import LOCAL, ModelId, ProviderId
from studio.session.face.views import FormView
from studio.ui.generate.offers import Kind
from studio.ui.generate.picker import ModelPicker
from studio.ui.generate.words import price_words
from tests.fakes.desk_scene import LOCAL_MODELS, PAID_MODEL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

HERE = ProviderInfo(id=LOCAL, name="Local engine", local=True)
NANO, NAGA = ProviderInfo(id=ProviderId("nanogpt"), name="NanoGPT"), ProviderInfo(id=ProviderId("naga"), name="Naga")
SEEDREAM = Model(
    id=ModelId("bytedance/seedream-4"),
    provider=NANO.id,
    name="Seedream 4",
    price=Price(amount="0.03"),
    prices=(("1024x1024", Price(amount="0.03")), ("2048x2048", Price(amount="0.06"))),
    capabilities=Capabilities(text_to_image=True, mask=MaskUse.OPTIONAL, max_references=10),
)
VIEW = FormView(providers=(NANO, HERE, NAGA), models=(PAID_MODEL, SEEDREAM, *LOCAL_MODELS), model=SEEDREAM)


class Taken:
    """What a picker told."""

    def __init__(self, picker: ModelPicker) -> None:
        self.news: list[tuple[str, ...]] = []
        picker.chosen.connect(lambda model, provider: self.news.append(("chosen", model, provider)))
        picker.typed.connect(lambda provider, model: self.news.append(("typed", provider, model)))
        picker.opened.connect(lambda: self.news.append(("opened",)))


@pytest.fixture
def button(theme: Theme, qtbot: QtBot) -> QWidget:
    button = QWidget()
    qtbot.addWidget(button)
    button.show()
    return button


def opened(view: FormView, button: QWidget) -> tuple[ModelPicker, Taken]:
    picker = ModelPicker(view, button)
    picker.open_below(button)
    return picker, Taken(picker)


def titles(picker: ModelPicker, *kinds: Kind) -> list[str]:
    return [each.title for each in picker.offers.offers() if each.kind in (kinds or Kind)]


def test_the_local_engine_comes_first_then_each_provider_under_its_name(button: QWidget) -> None:
    picker, _ = opened(VIEW, button)
    assert titles(picker, Kind.HEADING) == ["Local engine", "NanoGPT", "Naga"]
    assert titles(picker)[1] == "Fill"
    assert titles(picker)[-2:] == ["Set up Naga", "Providers and keys…"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("seed", ["Seedream 4"]),
        ("BYTEDANCE", ["Seedream 4"]),
        ("nanogpt 4", ["Seedream 4"]),
        ("nanogpt", ["GPT Image 2", "Seedream 4"]),
        ("nothing of this name", []),
    ],
)
def test_words_are_looked_for_in_name_id_and_provider(button: QWidget, words: str, found: list[str]) -> None:
    picker, _ = opened(VIEW, button)
    picker.search.setText(words)
    assert titles(picker, Kind.MODEL) == found


def test_keys_walk_over_headings_and_take(button: QWidget, qtbot: QtBot) -> None:
    picker, taken = opened(VIEW, button)
    assert picker.list.currentIndex().data() == "Seedream 4"
    for _ in range(2):
        qtbot.keyClick(picker.search, Qt.Key.Key_Up)
    assert picker.list.currentIndex().data() == "Upscale"
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken.news == [("chosen", "gpt-image-2", "nanogpt")]


def test_escape_leaves_and_chooses_nothing(button: QWidget, qtbot: QtBot) -> None:
    picker, taken = opened(VIEW, button)
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert taken.news == []
    assert not [each for each in button.findChildren(ModelPicker) if each.isVisible()]


def test_an_id_that_no_list_names_can_be_used_of_every_provider(button: QWidget, qtbot: QtBot) -> None:
    picker, taken = opened(VIEW, button)
    picker.search.setText("gpt-image-2")
    assert titles(picker, Kind.TYPED) == ["Use “gpt-image-2” of Naga"]
    picker.search.setText("my-model")
    assert titles(picker) == ["Use “my-model” of NanoGPT", "Use “my-model” of Naga"]
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken.news == [("typed", "nanogpt", "my-model")]


def test_without_a_provider_the_last_row_leads_to_one(button: QWidget, qtbot: QtBot) -> None:
    picker, taken = opened(replace(VIEW, providers=(HERE,), models=LOCAL_MODELS, model=LOCAL_MODELS[0]), button)
    assert titles(picker)[-1] == "Add a provider"
    picker.search.setText("my-model")
    assert titles(picker) == []
    picker.search.clear()
    for _ in range(9):
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert taken.news == [("opened",)]


def test_the_row_says_price_and_what_the_model_takes(button: QWidget) -> None:
    picker, _ = opened(VIEW, button)
    row = picker.offers.offer(picker.offers.place("nanogpt", "bytedance/seedream-4"))
    assert row.spoken == "Seedream 4, from $0.03, mask, 10 references, text to image"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (LOCAL_MODELS[0], "free"),
        (PAID_MODEL, "about $0.04"),
        (SEEDREAM, "from $0.03"),
        (replace(PAID_MODEL, price=None), "price unknown"),
        (replace(PAID_MODEL, price=Price(amount="0.5", currency="EUR")), "0.50 EUR"),
        (replace(PAID_MODEL, price=Price(amount="0.0039")), "$0.0039"),
        (replace(SEEDREAM, prices=SEEDREAM.prices[:1], price=None), "$0.03"),
    ],
)
def test_prices_are_said_as_they_are_known(model: Model, words: str) -> None:
    assert price_words(model) == words


def test_five_thousand_models_are_listed_and_searched(button: QWidget) -> None:
    many = tuple(replace(PAID_MODEL, id=ModelId(f"m{at}"), name=f"Model {at}") for at in range(5000))
    picker, _ = opened(replace(VIEW, models=many, model=many[4000]), button)
    assert picker.list.currentIndex().data() == "Model 4000"
    assert picker.list.uniformItemSizes()
    picker.search.setText("model 499")
    assert titles(picker, Kind.MODEL)[:2] == ["Model 499", "Model 4990"]


def test_the_window_hands_choices_to_the_session(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_form(VIEW)
    button = window.generate.model
    for words, call in (("seedream", "set_model"), ("my-model", "type_model")):
        button.open()
        (picker,) = [each for each in button.findChildren(ModelPicker) if each.isVisible()]
        picker.search.setText(words)
        qtbot.keyClick(picker.search, Qt.Key.Key_Return)
        assert len(desk.called(call)) == 1
    assert desk.called("set_model") == [(SEEDREAM.id, NANO.id)]
    assert desk.called("type_model") == [(NANO.id, "my-model")]
