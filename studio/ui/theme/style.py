"""The style sheet: what Fusion draws differently from the drawings and no widget of ours paints itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.theme.tokens import Tokens

_SHEET = """
QTextBrowser { background: FIELD; border: none; border-left: 1px solid LINE; border-top: 1px solid LINE; }
QPlainTextEdit#details { background: FIELD; border: 1px solid EDGE; border-radius: 5px; padding: 4px; }
QKeySequenceEdit QLineEdit { background: FIELD; border: 1px solid EDGE; border-radius: 4px; padding: 3px 5px; }
QKeySequenceEdit QLineEdit:focus { border-color: LINK; }
Field { background: transparent; border: none; }
QMenu { background: RAISED; border: 1px solid EDGE; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::item:selected { background: ACCENT; color: ONACCENT; }
QMenu::item:disabled { color: DIM; background: transparent; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { width: 0; height: 0; }
QListWidget#pages { background: transparent; }
QListWidget#pages::item { padding: 6px 8px; border-radius: 4px; }
QListWidget#pages::item:hover { background: HOVER; }
QListWidget#pages::item:selected { background: ACCENT; color: ONACCENT; }
QMenu::separator { height: 1px; background: LINE; margin: 4px 6px; }
QToolTip { background: RAISED; color: TEXT; border: 1px solid EDGE; padding: 3px 6px; }
QComboBox QAbstractItemView { background: RAISED; border: 1px solid EDGE; }
QScrollBar { background: transparent; border: none; }
QScrollBar:horizontal { height: 8px; }
QScrollBar:vertical { width: 8px; }
QScrollBar::handle { background: EDGE; border-radius: 2px; margin: 2px; min-width: 24px; min-height: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractItemView { border: none; outline: none; }
QHeaderView::section { background: PANEL; color: DIM; border: none; padding: 4px 6px; }
QTreeView { background: PANEL; }
QTreeView::item { height: 24px; }
"""

_TABS = """
QTabBar { background: PANEL; qproperty-drawBase: 0; }
QTabBar::tab { color: DIM; padding: 10px 0 9px 0; margin: 0 9px 0 14px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: TEXT; font-weight: 600; border-bottom: 2px solid LINK; }
QTabBar::tab:hover { color: TEXT; }
"""


def style_sheet(tokens: Tokens) -> str:
    """The sheet of the whole program. Nothing that the first frame shows depends on it: a style sheet makes every
    widget slower to build, so it comes after that frame."""
    return _coloured(_SHEET + _TABS, tokens)


def tab_sheet(tokens: Tokens) -> str:
    """The part for the tabs of docks alone, which the window makes itself and nobody else can paint."""
    return _coloured(_TABS, tokens)


def _coloured(sheet: str, tokens: Tokens) -> str:
    named = {
        "PANEL": tokens.panel,
        "LINE": tokens.line,
        "FIELD": tokens.field,
        "EDGE": tokens.edge,
        "ONACCENT": tokens.on_accent,
        "ACCENT": tokens.accent,
        "LINK": tokens.link,
        "DIM": tokens.dim,
        "RAISED": tokens.raised,
        "HOVER": tokens.hover,
        "TEXT": tokens.text,
    }
    for word, colour in named.items():
        sheet = sheet.replace(word, colour)
    return sheet
