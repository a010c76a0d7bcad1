"""The application object: style, names, and input as the pen sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

Application: TypeAlias = QApplication
"""The type, for those who hold the application without knowing the toolkit."""

DESKTOP_FILE = "org.overpaint.Overpaint"


def make_application(argv: Sequence[str]) -> QApplication:
    """QApplication in Fusion style. Pen and mouse moves arrive uncompressed, so that fast strokes stay round."""
    # Named as an argument: setStyle would hand the style back, and making its class takes 4 ms.
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QApplication.setAttribute(attribute, False)
    QApplication.setDesktopSettingsAware(True)
    app = QApplication([*argv, "-style", "Fusion"])
    app.setApplicationName("Overpaint")
    app.setApplicationDisplayName("Overpaint")
    app.setDesktopFileName(DESKTOP_FILE)
    _settle_font(app)
    return app


def _settle_font(app: QApplication) -> None:
    """Where no desktop names a font, Qt falls back to a small one; there Inter is taken, if it is installed."""
    if app.font().family() not in ("Sans Serif", ""):
        return
    better = QFont("Inter")
    if QFontInfo(better).family() == "Inter":
        better.setPixelSize(13)
        app.setFont(better)
