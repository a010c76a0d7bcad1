"""The tokens as Qt's palette, and the theme that is kept while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette

from studio.ui.theme.style import style_sheet
from studio.ui.theme.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, THEMES, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

Role = QPalette.ColorRole
Group = QPalette.ColorGroup
_KNOWN: dict[int, Tokens] = {}
"""By the key of a palette, which changes with what is in it: asked for with each thing that is painted."""
_MOST_KNOWN = 64


def palette_of(tokens: Tokens) -> QPalette:
    """Fusion's palette made from the tokens."""
    palette = QPalette()
    roles = {
        Role.Window: tokens.panel,
        Role.WindowText: tokens.text,
        Role.Base: tokens.field,
        Role.AlternateBase: tokens.raised,
        Role.Text: tokens.text,
        Role.PlaceholderText: tokens.dim,
        Role.Button: tokens.raised,
        Role.ButtonText: tokens.text,
        Role.BrightText: tokens.bad,
        Role.Light: tokens.raised,
        Role.Midlight: tokens.hover,
        Role.Mid: tokens.edge,
        Role.Dark: tokens.line,
        Role.Shadow: tokens.line,
        Role.Highlight: tokens.accent,
        Role.HighlightedText: tokens.on_accent,
        Role.Accent: tokens.link,
        Role.Link: tokens.link,
        Role.LinkVisited: tokens.link,
        Role.ToolTipBase: tokens.raised,
        Role.ToolTipText: tokens.text,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(Group.Disabled, role, _between(tokens.dim, tokens.panel))
    palette.setColor(Group.Disabled, Role.Highlight, QColor(tokens.raised))
    palette.setColor(Group.Disabled, Role.HighlightedText, QColor(tokens.dim))
    return palette


def tokens_of(widget: QWidget) -> Tokens:
    """The tokens that the widget's palette was made from; a style sheet may have made its own ground clear, then
    its parent's tell."""
    palette = widget.palette()
    known = _KNOWN.get(palette.cacheKey())
    if known is not None:
        return known
    colour, parent = palette.color(Role.Window), widget.parentWidget()
    if colour.alpha() == 0 and parent is not None:
        return tokens_of(parent)
    tokens = next((each for each in THEMES if each.panel == colour.name()), None)
    if tokens is None:
        return DARK if colour.lightness() < 128 else LIGHT
    if len(_KNOWN) == _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[palette.cacheKey()] = tokens
    return tokens


class Theme(QObject):
    """Keeps palette and style sheet as the user or the system wants them, changed live."""

    def __init__(self, app: QApplication, choice: str = "system") -> None:
        """`choice` is one of `studio.domain.settings.THEMES`."""
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._shown: Tokens | None = None
        self._finished = False
        app.styleHints().colorSchemeChanged.connect(self._refresh)
        self._refresh()

    def choose(self, choice: str) -> None:
        """One of `studio.domain.settings.THEMES`."""
        self._choice = choice
        self._refresh()

    def finish(self) -> None:
        """Add the style sheet, for all that comes after the first frame."""
        if not self._finished:
            self._finished = True
            self._app.setStyleSheet(style_sheet(self._wanted()))

    def tokens(self) -> Tokens:
        """What is shown now."""
        return self._wanted()

    def _wanted(self) -> Tokens:
        hints = self._app.styleHints()
        light = hints.colorScheme() is Qt.ColorScheme.Light if self._choice == "system" else self._choice == "light"
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return LIGHT_CONTRAST if light else DARK_CONTRAST
        return LIGHT if light else DARK

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is self._shown:
            return
        self._shown = wanted
        self._app.setPalette(palette_of(wanted))
        if self._finished:
            self._app.setStyleSheet(style_sheet(wanted))


def _between(first: str, second: str) -> QColor:
    one, two = QColor(first), QColor(second)
    return QColor((one.red() + two.red()) // 2, (one.green() + two.green()) // 2, (one.blue() + two.blue()) // 2)
