from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.settings import OVERLAY_COLOURS
from studio.ui.theme.palette import Theme, palette_of, tokens_of
from studio.ui.theme.tokens import DARK, LIGHT, OVERLAYS, THEMES, Tokens, contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

UI = Path(__file__).parents[3] / "studio" / "ui"
GROUNDS = ("window", "panel", "raised", "hover", "field")
TEXTS = ("text", "dim", "link", "good", "warn", "bad")


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_read_on_every_ground(tokens: Tokens, ground: str, text: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", ["edge", "link"])
def test_edges_and_rings_are_seen_on_every_ground(tokens: Tokens, ground: str, edge: str) -> None:
    assert contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("tokens", THEMES)
def test_words_on_the_accent_are_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
def test_greys_are_neutral(tokens: Tokens) -> None:
    for name in (*GROUNDS, "surround", "line", "edge", "text", "dim"):
        colour = QColor(getattr(tokens, name))
        assert colour.red() == colour.green() == colour.blue(), name


def test_contrast_is_the_known_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_overlay_colour_of_the_settings_has_a_value() -> None:
    assert set(OVERLAYS) == set(OVERLAY_COLOURS)


def test_no_other_file_names_a_colour() -> None:
    # Black and transparent also serve as full and no cover where masks are composed.
    named = re.compile(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor\.(?!transparent|black)")
    guilty = [
        str(path)
        for path in UI.rglob("*.py")
        if path.name != "tokens.py" and named.search(path.read_text(encoding="utf-8"))
    ]
    assert not guilty


def test_a_widget_finds_its_tokens_by_its_palette(qapp: QApplication) -> None:
    widget = QWidget()
    for tokens in THEMES:
        widget.setPalette(palette_of(tokens))
        assert tokens_of(widget) is tokens


def test_the_theme_changes_live(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, "light")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: tokens_of(widget) is LIGHT)
    theme.choose("dark")
    qtbot.waitUntil(lambda: tokens_of(widget) is DARK)
