"""The reference tray: pictures that are sent along, numbered in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.ui.dropping import OUTPUT_MIME, takes
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.theme.tokens import BADGE, ON_BADGE
from studio.ui.translate import tr
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import heading, smaller
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import Press
from studio.ui.widgets.tinted import Tinted

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from studio.session.face.views import FormView, ReferenceRow

EDGE = 62
ROW_MIME = "application/x-overpaint-reference"


class ReferenceTray(QWidget):
    """Tells what is dropped, switched, moved, removed or looked for; `show_state` shows what the session says."""

    dropped = Signal(object)
    browsed = Signal()
    switched = Signal(str, bool)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._rows: tuple[ReferenceRow, ...] = ()
        self._thumbs: list[ReferenceThumb] = []
        self.count = Tinted(small=False)
        self.count.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        head = QHBoxLayout()
        head.addWidget(heading(tr("References")))
        head.addWidget(self.count, 1)
        self._tray = QWidget()
        self._flow = FlowLayout(self._tray, spacing=8)
        self._add = AddTile()
        self._add.clicked.connect(self.browsed)
        self._flow.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 11)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._tray)

    def show_state(self, view: FormView) -> None:
        """The rows, and how many of them the model takes."""
        most = view.model.capabilities.max_references if view.model is not None else 0
        on = sum(row.enabled for row in view.references)
        self._show_count(on, most)
        self._tray.setVisible(bool(most or view.references))
        if view.references == self._rows and most == self._add.most:
            return
        self._rows, self._add.most = view.references, most
        self._add.setVisible(len(view.references) < max(most, 1))
        self._fill(usable=bool(most))

    def _show_count(self, on: int, most: int) -> None:
        if most and on > most:
            words = tr("{on} of {most}: switch {more} off", on=on, most=most, more=on - most)
            self.count.say(words, tone="warn", icon="triangle-alert")
        else:
            self.count.say(tr("{on} of {most}", on=on, most=most) if most else tr("model takes none"))

    def row_of(self, reference: str) -> int:
        """Its place in the tray."""
        return next((at for at, row in enumerate(self._rows) if row.id == reference), -1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if takes(mime) or mime.hasFormat(ROW_MIME) or mime.hasFormat(OUTPUT_MIME):
            event.acceptProposedAction()
            self._add.set_target(True)
            self._tray.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._add.set_target(False)
        self._tray.setVisible(bool(self._add.most or self._rows))

    def dropEvent(self, event: QDropEvent) -> None:
        self._add.set_target(False)
        mime = event.mimeData()
        if mime.hasFormat(ROW_MIME):
            name = bytes(mime.data(ROW_MIME).data()).decode()
            self.moved.emit(name, self._place(event.position().toPoint()))
        else:
            self.dropped.emit(mime)
        event.acceptProposedAction()

    def _place(self, at: QPoint) -> int:
        inside = self._tray.mapFrom(self, at)
        for row, thumb in enumerate(self._thumbs):
            if thumb.geometry().adjusted(-4, -4, 4, 4).contains(inside):
                return row
        return max(0, len(self._rows) - 1)

    def _fill(self, *, usable: bool) -> None:
        focused = next((thumb.row.id for thumb in self._thumbs if thumb.hasFocus()), None)
        known = {thumb.row.id: thumb for thumb in self._thumbs}
        self._flow.removeWidget(self._add)
        for thumb in self._thumbs:
            self._flow.removeWidget(thumb)
        self._thumbs = []
        for number, row in enumerate(self._rows, start=1):
            thumb = known.pop(row.id, None) or ReferenceThumb(self, row)
            thumb.show_row(row, number, usable=usable)
            self._thumbs.append(thumb)
            self._flow.addWidget(thumb)
            thumb.show()
        self._flow.addWidget(self._add)
        for left in known.values():
            left.deleteLater()
        if focused is not None and focused in known and self._thumbs:
            self._thumbs[0].setFocus()


class ReferenceThumb(Press):
    """One picture: a click switches it on or off, the corner button or Delete removes it, a drag moves it."""

    def __init__(self, tray: ReferenceTray, row: ReferenceRow) -> None:
        super().__init__(tray)
        self._tray, self.row = tray, row
        self._number, self._usable = 1, True
        self._picture: QPixmap | None = None
        self._pressed: QPoint | None = None
        self.setCheckable(True)
        self.setFixedSize(EDGE, EDGE)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._switch)

    def show_row(self, row: ReferenceRow, number: int, *, usable: bool) -> None:
        """Show this picture under this number; dimmed where it is off or of no use to the model."""
        if self._picture is None or row.thumbnail is not self.row.thumbnail:
            from studio.ui.widgets.thumbnails import pixmap_of  # first use, not first frame

            self._picture = None if row.thumbnail is None else pixmap_of(row.thumbnail)
        self.row, self._number, self._usable = row, number, usable
        self.setChecked(row.enabled)
        state = tr("on") if row.enabled else tr("off")
        self.setAccessibleName(tr("Reference {number}: {name}, {state}", number=number, name=row.name, state=state))
        self.setToolTip(tr("{name}\nClick: on or off. Drag: another place. Delete: remove.", name=row.name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.row.enabled and self._usable else 0.4)
        from studio.ui.widgets.thumbnails import thumbnail  # as above

        thumbnail(painter, self.rect(), self._picture, 6, tokens.raised)
        painter.setOpacity(1.0)
        badge = QRect(4, 4, 16, 16)
        box(painter, badge, 4, BADGE)
        painter.setPen(QColor(ON_BADGE))
        painter.setFont(smaller(self.font()))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if self.underMouse() or self.hasFocus():
            box(painter, self._corner(), 4, BADGE)
            icons.paint(painter, "x", self._corner(), 14, QColor(ON_BADGE))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 6, tokens.link)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._corner().contains(event.position().toPoint()) and event.button() is Qt.MouseButton.LeftButton:
            self._tray.removed.emit(self.row.id)
            return
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.setDown(False)
            self._drag()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._tray.removed.emit(self.row.id)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Left:
            self._shift(-1)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Right:
            self._shift(1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Switch off") if self.row.enabled else tr("Switch on"), self.click)
        menu.addAction(tr("Move earlier"), self._earlier)
        menu.addAction(tr("Move later"), self._later)
        menu.addSeparator()
        menu.addAction(tr("Remove"), self._remove)
        menu.popup(event.globalPos())

    def _corner(self) -> QRect:
        return QRect(EDGE - 22, 2, 20, 20)

    def _switch(self, on: bool) -> None:
        self._tray.switched.emit(self.row.id, on)

    def _earlier(self) -> None:
        self._shift(-1)

    def _later(self) -> None:
        self._shift(1)

    def _remove(self) -> None:
        self._tray.removed.emit(self.row.id)

    def _shift(self, by: int) -> None:
        self._tray.moved.emit(self.row.id, max(0, self._tray.row_of(self.row.id) + by))

    def _drag(self) -> None:
        mime = QMimeData()
        mime.setData(ROW_MIME, self.row.id.encode())
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.MoveAction)


class AddTile(Press):
    """The dashed tile that takes drops and looks for a file."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0
        self._target = False
        self.setFixedSize(EDGE, EDGE)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Add a reference picture"))
        self.setToolTip(tr("Add a reference picture: click, drop or paste it here"))

    def set_target(self, target: bool) -> None:
        """Show that a drop would land here."""
        self._target = target
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(EDGE, EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        if self.underMouse() or self._target:
            box(painter, self.rect(), 6, tokens.hover)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.link if self._target else tokens.edge), 2 if self._target else 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icons.paint(painter, "image-plus", self.rect(), 20, QColor(tokens.dim))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 6, tokens.link)
