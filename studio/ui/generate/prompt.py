"""The prompt: a field that grows with what is written, up to four lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QKeyEvent

LEAST, MOST = 2, 4


class PromptField(QPlainTextEdit):
    """Tells `edited` with the whole text. Pictures that are dropped or pasted here are handed to `pictures`."""

    edited = Signal(str)
    pictures = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Prompt"))
        self.show_hint(local=True)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = LEAST
        self._shown = ""
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._measure)

    def show_hint(self, *, local: bool) -> None:
        """What stands in the empty field; the local engine needs no words."""
        words = tr("Describe what should be there.")
        if local:
            words = tr("Describe what should be there. The local engine needs no words.")
        if words != self.placeholderText():
            self.setPlaceholderText(words)

    def show_text(self, text: str) -> None:
        """Show another text; the caret, and what was not changed, stay where they are."""
        if text == self.toPlainText():
            return
        caret = min(self.textCursor().position(), len(text))
        self._shown = text
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(caret)
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * self._lines + 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasUrls() or (source.hasImage() and not source.hasText()):
            self.pictures.emit(source)
        else:
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clearFocus()
            event.accept()
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _measure(self) -> None:
        lines = min(max(round(self.document().size().height()), LEAST), MOST)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
