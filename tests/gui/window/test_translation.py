from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain.catalogue import CATALOGUE, problem
from studio.domain.settings import Settings
from studio.session.face.views import Notice
from studio.ui.spoken import spoken
from studio.ui.translate import load_language, tr
from studio.ui.widgets.buttons import Button
from studio.ui.window import MainWindow
from tests.fakes.desk_scene import filled_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from pytestqt.qtbot import QtBot

    from studio.ui.theme.palette import Theme

HOUSE = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def strings() -> ModuleType:
    spec = importlib.util.spec_from_file_location("strings", HOUSE / "packaging" / "strings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Longer(QTranslator):
    """A language in which everything is 40 % longer."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return text + "".join("~" if letter != " " else " " for letter in text[: round(len(text) * 0.4)])


@pytest.fixture
def longer(qapp: QApplication) -> Iterator[None]:
    translator = Longer()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_the_catalogue_is_up_to_date(strings: ModuleType) -> None:
    assert strings.main(["--check"]) == 0, "run packaging/strings.py"


def test_strings_are_plain(strings: ModuleType) -> None:
    for text in strings.spoken():
        assert "!" not in text, text
        assert not re.search(r"\bOops\b|\bError\b|Exception|Errno", text), text


def test_facts_are_filled_in() -> None:
    assert tr("{on} of {most}", on=2, most=4) == "2 of 4"


def test_a_language_without_a_catalogue_stays_english(qapp: QApplication) -> None:
    assert load_language("xx", QObject()) is None


def long(text: str) -> str:
    return Longer().translate("", text)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_problem_is_said_in_the_language_of_the_window(code: str, longer: None) -> None:
    """With its facts, which are not translated."""
    row = CATALOGUE[code]
    names = {name for text in row[2:5] for name in re.findall(r"{(\w+)}", text)}
    facts = {name: f"a/{name}. 7 MB" for name in names}
    told = spoken(problem(code, **facts))
    assert told == tuple(long(text).format(**facts) if text else "" for text in row[1:5])


def test_a_problem_of_earlier_words_stays_as_it_was_told(longer: None) -> None:
    told = replace(problem("file-missing", name="a.png"), what="There is no a.png.")
    assert spoken(told).what == "There is no a.png."


def test_a_passing_word_is_said_in_the_language_of_the_window(longer: None, theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(Settings(theme="dark"), theme)
    qtbot.addWidget(window)
    window.say(Notice(text="Exported to {path}", facts={"path": "/a/b.png"}))
    toast = window.notices.toast()
    assert toast is not None
    assert toast.accessibleName() == long("Exported to {path}").format(path="/a/b.png")


def test_longer_words_clip_no_button(longer: None, theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(Settings(theme="dark"), theme)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.attach(filled_desk(pictures=False))
    qtbot.waitExposed(window)
    for part in (window.generate, window.gallery):
        cut = [
            button.text()
            for button in part.findChildren(Button)
            if button.isVisible() and button.width() < button.sizeHint().width()
        ]
        assert not cut
    labels = [label for label in window.generate.findChildren(QLabel) if label.isVisible() and not label.wordWrap()]
    assert not [label.text() for label in labels if type(label) is QLabel and label.width() < label.sizeHint().width()]


def test_from_right_to_left_the_panels_mirror_and_the_canvas_does_not(
    qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        window = MainWindow(Settings(theme="dark"), theme)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.attach(filled_desk(pictures=False))
        qtbot.waitExposed(window)
        assert window.tools.mapTo(window, window.tools.rect().center()).x() > 600
        bar = window.menu_row.bar
        qtbot.waitUntil(lambda: all(bar.rect().contains(bar.actionGeometry(each)) for each in bar.actions()))
        window.grab()
        assert bar.width() >= 500
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
