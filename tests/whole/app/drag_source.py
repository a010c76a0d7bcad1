"""Another program's window: a small field in the corner of the screen to drag a file, or a picture, out of.

`drag_source.py FILE` drags the file by its address, as file managers do; `drag_source.py --bytes FILE` drags its bytes,
as web browsers do. Said, one a line: `at X Y` where to take it, `accepts ACTION` when what is below the pointer would
take it, `dropped ACTION` when it is over.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

EDGE = 48


def say(*words: object) -> None:
    print(*words, flush=True)


class Source(QWidget):
    """Starts the drag with the first move while the button is down."""

    def __init__(self, path: Path, as_bytes: bool) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._path = path
        self._as_bytes = as_bytes
        self._seen = False
        self.setWindowTitle("Drag source")
        screen = QApplication.primaryScreen().geometry()
        self.setGeometry(screen.right() - 2 * EDGE, screen.bottom() - 2 * EDGE, EDGE, EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            middle = self.geometry().center()
            say("at", middle.x(), middle.y())
        self._seen = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = QDrag(self)
        drag.setMimeData(self._load())
        drag.actionChanged.connect(lambda action: say("accepts", action.name))
        say("dropped", drag.exec(Qt.DropAction.CopyAction).name)

    def _load(self) -> QMimeData:
        load = QMimeData()
        if self._as_bytes:
            load.setData("image/png", self._path.read_bytes())
        else:
            load.setUrls([QUrl.fromLocalFile(str(self._path))])
        return load


if __name__ == "__main__":
    application = QApplication(["source"])
    source = Source(Path(sys.argv[-1]), "--bytes" in sys.argv)
    source.show()
    sys.exit(application.exec())
