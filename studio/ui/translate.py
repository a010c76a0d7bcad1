"""Every string that a person reads passes through here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from studio.ui import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

CONTEXT = "overpaint"


def tr(text: str, **facts: object) -> str:
    """The text in the language of the window, its braces filled with the facts. `text` is a literal, so that
    `packaging/strings.py` finds it."""
    spoken = QCoreApplication.translate(CONTEXT, text)
    return spoken.format(**facts) if facts else spoken


def load_language(language: str, owner: QObject) -> QTranslator | None:
    """Install the catalogue of a language ("system" or a code like "de"); None where there is none for it."""
    code = QLocale().name() if language == "system" else language
    translator = QTranslator(owner)
    if not translator.load(resources.path("translations", f"overpaint_{code}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
