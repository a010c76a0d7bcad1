"""The gallery's rows as Qt's list model. What is known already stays where it is when news arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)

from studio.ui.dropping import OUTPUT_MIME
from studio.ui.translate import tr
from studio.ui.widgets.thumbnails import pixmap_of
from studio.ui.words import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPixmap

    from studio.session.face.desk import GalleryFace
    from studio.session.face.views import GalleryRow, GalleryView

ROW = Qt.ItemDataRole.UserRole
PICTURE = Qt.ItemDataRole.UserRole + 1
KEEP = 400
"""Thumbnails that are kept as pixmaps."""

Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """Asks for a thumbnail only when it is painted."""

    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[GalleryRow, ...] = ()
        self._total = 0
        self._place: dict[str, int] = {}
        self._face: GalleryFace | None = None
        self._pictures: dict[str, tuple[str, QPixmap]] = {}
        """By output: which blob it was made of, and what is shown until there is one of a newer blob."""
        self._files: dict[str, str] = {}

    def attach(self, face: GalleryFace) -> None:
        """Where thumbnails come from."""
        self._face = face
        face.thumbnail_ready.connect(self._arrived)

    def show_state(self, view: GalleryView) -> None:
        """Take the new rows with as few changes as possible, so that selection and scroll position stay."""
        old, new = self.rows, view.rows
        self._total = view.total
        head = _common(old, new)
        tail = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        gone, come = len(old) - head - tail, len(new) - head - tail
        if _same_pictures(old[head : head + gone], new[head : head + come]):
            self._take(new)
            if come:
                self.dataChanged.emit(self.index(head), self.index(head + come - 1))
            return
        if gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self._take(old[:head] + old[head + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), head, head + come - 1)
            self._take(new)
            self.endInsertRows()
        self._take(new)

    def at(self, output: str) -> QModelIndex:
        """Where a picture stands; not valid where it is not listed."""
        row = self._place.get(output)
        return QModelIndex() if row is None else self.index(row)

    def prepared(self, output: str, path: str) -> None:
        """A file of the picture is ready for dragging out."""
        self._files[output] = path

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self.rows) < self._total

    def fetchMore(self, parent: Index) -> None:
        self.more.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == PICTURE:
            return self._picture(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            star = tr("starred") if row.starred else ""
            return ", ".join(part for part in (row.title, row.model, moment(row.created), star) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [OUTPUT_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        names = [self.rows[index.row()].id for index in indexes]
        mime = _Pictures([self._files[name] for name in names if name in self._files])
        mime.setData(OUTPUT_MIME, "\n".join(names).encode())
        return mime

    def _take(self, rows: tuple[GalleryRow, ...]) -> None:
        before = {row.id: row.blob for row in self.rows}
        for row in rows:
            if before.get(row.id, row.blob) != row.blob:  # the finished picture came after the raw one
                self._files.pop(row.id, None)
        self.rows = rows
        self._place = {row.id: at for at, row in enumerate(rows)}

    def _picture(self, row: GalleryRow) -> QPixmap | None:
        blob, known = self._pictures.get(row.id, ("", None))
        if blob == row.blob or self._face is None:
            return known
        pixels = self._face.thumbnail(row.id)
        if pixels is None:
            return known
        if len(self._pictures) >= KEEP:
            self._pictures.pop(next(iter(self._pictures)))
        made = pixmap_of(pixels)
        self._pictures[row.id] = (row.blob, made)
        return made

    def _arrived(self, output: str) -> None:
        index = self.at(output)
        if index.isValid():
            self.dataChanged.emit(index, index, [PICTURE])


class _Pictures(QMimeData):
    """Files for whoever wants files, and a PNG's bytes, read only when someone asks for them."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__()
        self._png = next((path for path in paths if path.lower().endswith(".png")), "")
        if paths:
            self.setUrls([QUrl.fromLocalFile(path) for path in paths])

    def formats(self) -> list[str]:
        return [*super().formats(), "image/png"] if self._png else super().formats()

    def hasFormat(self, mimetype: str) -> bool:
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, preferredType: object) -> object:
        if mimetype == "image/png" and self._png:
            try:
                with open(self._png, "rb") as file:
                    return QByteArray(file.read())
            except OSError:
                return QByteArray()
        return super().retrieveData(mimetype, preferredType)  # pyright: ignore[reportArgumentType]  Qt's QMetaType


def _same_pictures(first: Sequence[GalleryRow], second: Sequence[GalleryRow]) -> bool:
    return [row.id for row in first] == [row.id for row in second]


def _common(first: Sequence[GalleryRow], second: Sequence[GalleryRow]) -> int:
    same = 0
    for one, two in zip(first, second, strict=False):
        if one is not two and one != two:
            break
        same += 1
    return same
