"""A program with a window that shows a message of the desktop and says when it was pressed. Started by its test."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.desktop_notes import DesktopNotes


def main() -> int:
    """Ends when the message was pressed and taken away, or after a while."""
    app = QApplication(sys.argv)
    window = QWidget()
    notes = DesktopNotes(window)

    def pressed() -> None:
        print("pressed", flush=True)
        notes.forget()
        QTimer.singleShot(300, app.quit)

    notes.opened.connect(pressed)
    notes.show("Jobs: 3 done")
    QTimer.singleShot(15_000, lambda: app.exit(1))
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
