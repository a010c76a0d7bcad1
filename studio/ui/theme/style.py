"""The style sheet: what Fusion draws differently from the drawings, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.theme.tokens import Tokens

_SHEET = """
QMainWindow::separator { background: PANEL; }
QMainWindow::separator:vertical { width: 4px; border-left: 1px solid LINE; }
QMainWindow::separator:horizontal { height: 4px; border-top: 1px solid LINE; }
QLineEdit, QPlainTextEdit, QTextBrowser {
    background: FIELD; border: 1px solid EDGE; border-radius: 4px; padding: 0 6px; min-height: 24px;
    selection-background-color: ACCENT; selection-color: ONACCENT;
}
QPlainTextEdit, QTextBrowser { padding: 4px; border-radius: 5px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus {
    border: 1px solid LINK;
}
QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QLineEdit:disabled { color: DIM; }
QComboBox QAbstractItemView { background: RAISED; border: 1px solid EDGE; }
QMenu { background: RAISED; border: 1px solid EDGE; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; }
QMenu::item:selected { background: ACCENT; color: ONACCENT; }
QMenu::item:disabled { color: DIM; background: transparent; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: LINE; margin: 4px 6px; }
QMenuBar { background: transparent; border: none; }
QMenuBar::item { padding: 4px 8px; background: transparent; color: TEXT; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: RAISED; }
QToolTip { background: RAISED; color: TEXT; border: 1px solid EDGE; padding: 3px 6px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:horizontal { height: 8px; }
QScrollBar:vertical { width: 8px; }
QScrollBar::handle { background: EDGE; border-radius: 2px; margin: 2px; min-width: 24px; min-height: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTabBar { background: PANEL; qproperty-drawBase: 0; }
QTabBar::tab { color: DIM; padding: 10px 0 9px 0; margin: 0 9px 0 14px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: TEXT; font-weight: 600; border-bottom: 2px solid LINK; }
QTabBar::tab:hover { color: TEXT; }
QAbstractItemView { border: none; outline: none; }
QHeaderView::section { background: PANEL; color: DIM; border: none; padding: 4px 6px; }
QTreeView { background: PANEL; }
QTreeView::item { height: 24px; }
QStatusBar { background: PANEL; }
QStatusBar::item { border: none; }
QProgressBar { background: RAISED; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: LINK; border-radius: 2px; }
"""


def style_sheet(tokens: Tokens) -> str:
    """The sheet with the colours of a theme."""
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
        "TEXT": tokens.text,
    }
    sheet = _SHEET
    for word, colour in named.items():
        sheet = sheet.replace(word, colour)
    return sheet
