"""Takes what is dropped on the canvas: as bytes or paths, never decoded here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.domain.ids import OutputId
from studio.ui import dropping
from studio.ui.canvas.drop import DropTargets, Target

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDropEvent
    from PySide6.QtWidgets import QWidget

    from studio.session.face.desk import Desk
    from studio.ui.canvas.empty import DropZone


class Drops:
    """Shows where a drag would land and hands its load to the desk."""

    def __init__(self, area: QWidget, zone: DropZone, targets: DropTargets) -> None:
        self.desk: Desk | None = None
        self._area = area
        self._zone = zone
        self._targets = targets

    def enter(self, event: QDropEvent) -> None:
        """A drag comes over the canvas."""
        mime = event.mimeData()
        if self.desk is None or not (dropping.takes(mime) or dropping.outputs(mime)):
            event.ignore()
            return
        if self.desk.canvas.size() is None:
            self._zone.light(True)
        else:
            self._targets.raise_()
            self._targets.show()
        self.move(event)

    def move(self, event: QDropEvent) -> None:
        """It moves on."""
        self._targets.point(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def leave(self) -> None:
        """It left, or Escape ended it."""
        self._zone.light(False)
        self._targets.hide()

    def drop(self, event: QDropEvent) -> None:
        """It is let go."""
        self.leave()
        if self.desk is None:
            event.ignore()
            return
        nothing_open = self.desk.canvas.size() is None
        target = Target.OPEN if nothing_open else self._targets.point(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take(event.mimeData(), target)

    def take(self, mime: QMimeData, target: Target) -> None:
        """Gallery pictures first, then files, then the bytes of a picture."""
        if self.desk is None:
            return
        outputs, files = dropping.outputs(mime), dropping.files(mime)
        if outputs:
            self._outputs([OutputId(each) for each in outputs], target, self.desk)
        elif files:
            self._files(files, target, self.desk)
        else:
            picture = dropping.picture_bytes(mime)
            if picture is not None:
                self._bytes(*picture, target, self.desk)

    def _outputs(self, outputs: list[OutputId], target: Target, desk: Desk) -> None:
        if target is Target.REFERENCE:
            for output in outputs:
                desk.gallery.as_reference(output)
        elif target is Target.LAYER:
            desk.gallery.files(outputs, desk.document.paste_files)
        elif len(outputs) == 1:
            desk.gallery.open(outputs[0])
        else:
            desk.gallery.files(outputs, desk.document.open)

    def _files(self, files: list[str], target: Target, desk: Desk) -> None:
        if target is Target.OPEN:
            desk.document.open(files)
        elif target is Target.LAYER:
            desk.document.paste_files(files)
        else:
            for path in files:
                desk.form.add_reference_file(path)

    def _bytes(self, data: bytes, name: str, target: Target, desk: Desk) -> None:
        if target is Target.OPEN:
            desk.document.open_bytes(data, name)
        elif target is Target.LAYER:
            desk.document.paste(data, name)
        else:
            desk.form.add_reference(data, name)
