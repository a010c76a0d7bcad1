from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain.settings import Settings
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
