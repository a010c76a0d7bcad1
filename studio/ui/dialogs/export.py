"""Export: format, quality, what is written into the file, how large it gets, and where it goes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio.session.face.views import ExportOptions
from studio.ui.dialogs.form import Rows, tick
from studio.ui.dialogs.tied import tie_to_document
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import Elided, dim_label
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.segmented import Segmented
from studio.ui.words import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.ids import OutputId
    from studio.session.face.desk import Desk
    from studio.session.face.views import ExportPreview

FORMATS = {"png": "PNG", "jpeg": "JPEG", "webp": "WebP", "tiff": "TIFF", "avif": "AVIF"}
ENDINGS = {"png": ".png", "jpeg": ".jpg", "webp": ".webp", "tiff": ".tif", "avif": ".avif"}
LOSSY = ("jpeg", "webp", "avif")
PREVIEW_MS = 250


class OptionRows(Rows):
    """The choices that every export has."""

    def __init__(self, options: ExportOptions) -> None:
        super().__init__()
        self.options = options
        self._formats = Segmented(list(FORMATS.items()), tr("Format"))
        self._formats.set_value(options.format)
        self._quality = SliderField("", NumberField(tr("Quality"), low=1, high=100), width=160)
        self._quality.set_value(options.quality)
        self._metadata = tick(tr("Write prompt, model and the mark of AI-made pictures"), options.metadata, self._read)
        self._profile = tick(tr("Keep the colour profile"), options.keep_profile, self._read)
        self._formats.chosen.connect(self._read)
        self._quality.changed.connect(self._read)
        self.add(tr("Format"), self._formats)
        self.add(tr("Quality"), self._quality)
        self.add(tr("Metadata"), self._metadata)
        self.note(tr("Without it the file says nothing of how it was made."))
        self.add("", self._profile)
        self._read()

    def _read(self, *_: object) -> None:
        kind = str(self._formats.value() or "png")
        self._quality.setEnabled(kind in LOSSY)
        self.options = ExportOptions(
            format=kind,
            quality=round(self._quality.value()),
            metadata=self._metadata.isChecked(),
            keep_profile=self._profile.isChecked(),
        )
        self.changed()

    def changed(self) -> None:
        """Something was chosen."""


class FolderRow(QWidget):
    """The folder that files go to."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._label = Elided(folder)
        browse = Button(tr("Choose…"), look=Look.EDGED)
        browse.setAccessibleName(tr("Choose another folder"))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        row.addWidget(browse)

    def take(self, folder: str) -> None:
        """Another folder."""
        self.folder = folder
        self._label.setText(folder)

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Choose a folder"), self.folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take)
        dialog.open()


class _Export(QDialog):
    """What both dialogs share: the options, the folder and the buttons."""

    def __init__(self, desk: Desk, folder: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.desk = desk
        known = desk.settings()
        start = ExportOptions(format=known.export_format, quality=known.export_quality, metadata=known.export_metadata)
        self.rows = OptionRows(start)
        self.folder = FolderRow(folder)
        self.go = Button(tr("Export"), look=Look.ACCENT)
        self.go.clicked.connect(self.take)
        leave = Button(tr("Cancel"), look=Look.EDGED)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        column.addWidget(self.rows)
        column.addStretch(1)
        column.addLayout(foot)
        self.resize(540, 320)

    def take(self) -> None:
        """Export with what is chosen."""


class ExportDialog(_Export):
    """The open picture into a file. Its size is told before it is written. With the picture the dialog goes."""

    def __init__(self, desk: Desk, folder: str, parent: QWidget) -> None:
        super().__init__(desk, folder, tr("Export the picture"), parent)
        tie_to_document(self, desk)
        view = desk.document_view()
        title = os.path.splitext(view.title)[0] if view is not None else tr("picture")
        self.name = Field(tr("File name"), title)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PREVIEW_MS)
        self._wait.timeout.connect(self._ask)
        self._asked = 0
        self._ending = dim_label()
        named = QWidget()
        named.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(named)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self._ending)
        self.rows.add(tr("File name"), named)
        self.rows.add(tr("Folder"), self.folder)
        self.size_text = QLabel()
        self.rows.add(tr("File size"), self.size_text)
        self.rows.changed = self._changed
        self.name.textChanged.connect(self._say)
        self._weight: int | None = None
        self._changed()

    def path(self) -> str:
        """Where the file will be."""
        ending = ENDINGS[self.rows.options.format]
        name = self.name.text().strip()
        return os.path.join(self.folder.folder, name if name.lower().endswith(ending) else name + ending)

    def take(self) -> None:
        self.desk.document.export(self.path(), self.rows.options)
        self.accept()

    def _changed(self) -> None:
        self._weight = None
        self._say()
        self._wait.start()

    def _ask(self) -> None:
        self._asked += 1
        self.desk.document.export_preview(self.rows.options, _Answer(self, self._asked).take)

    def take_preview(self, number: int, preview: ExportPreview) -> None:
        """The answer to the newest question; older ones are of no use any more."""
        if number == self._asked:
            self._weight = preview.bytes
            self._say()

    def _say(self) -> None:
        ending = ENDINGS[self.rows.options.format]
        self._ending.setText("" if self.name.text().strip().lower().endswith(ending) else ending)
        there = os.path.exists(self.path())
        size = tr("Measuring the size") if self._weight is None else weight(self._weight)
        self.size_text.setText(f"{size} · {tr('replaces the file that is there')}" if there else size)
        self.go.setText(tr("Replace") if there else tr("Export"))
        self.go.setEnabled(bool(self.name.text().strip()))
        self.go.updateGeometry()


class _Answer:
    """Brings a preview to its dialog, if that is still there."""

    def __init__(self, dialog: ExportDialog, number: int) -> None:
        self._dialog: ExportDialog | None = dialog
        self._number = number
        dialog.destroyed.connect(self._forget)

    def take(self, preview: ExportPreview) -> None:
        if self._dialog is not None:
            self._dialog.take_preview(self._number, preview)

    def _forget(self) -> None:
        self._dialog = None


class GalleryExportDialog(_Export):
    """Pictures of the gallery into a folder, under readable names."""

    def __init__(self, desk: Desk, outputs: Sequence[OutputId], folder: str, parent: QWidget) -> None:
        count = len(outputs)
        title = tr("Export 1 picture") if count == 1 else tr("Export {count} pictures", count=count)
        super().__init__(desk, folder, title, parent)
        self._outputs = tuple(outputs)
        self.rows.add(tr("Folder"), self.folder)

    def take(self) -> None:
        self.desk.gallery.export(self._outputs, self.folder.folder, self.rows.options)
        self.accept()
