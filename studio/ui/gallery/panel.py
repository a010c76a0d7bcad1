"""Gallery and queue in one panel: below the header the strip of pictures or the cards of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.gallery.header import GalleryHeader
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.first_step import FirstStep
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.mirrored import set_margins

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from studio.domain.ids import OutputId
    from studio.session.face.desk import Desk
    from studio.session.face.views import GalleryRow, GalleryView, QueueView
    from studio.ui.actions import Actions
    from studio.ui.gallery.info import InfoCard
    from studio.ui.gallery.queue import QueuePanel
    from studio.ui.gallery.strip import GalleryStrip

COMMANDS = ("gallery.open", "gallery.restore", "gallery.reference", "gallery.export", "gallery.star")
LANDS = "Every result lands here, whether you apply it or not."


class GalleryPanel(QWidget):
    """Hands what is chosen to the desk's gallery."""

    said = Signal(str)
    """A command that the window shall run."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._desk: Desk | None = None
        self._info: InfoCard | None = None
        self._wanted = ""
        self.header = GalleryHeader(actions)
        self.strip: GalleryStrip | None = None
        self.queue: QueuePanel | None = None
        self.empty = EmptyGallery(actions)
        self._stack = QStackedWidget()
        gallery = QWidget()
        self._column = QVBoxLayout(gallery)
        set_margins(self._column, 8, 0, 0, 0)
        self._column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(gallery)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.header.turned.connect(self._stack.setCurrentIndex)
        self.empty.cleared.connect(self.header.clear_search)
        self.empty.show_reason(None)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        self._make(desk)
        self.header.searched.connect(self._search)
        desk.gallery_changed.connect(self.show_state)
        desk.jobs_changed.connect(self.header.show_jobs)
        desk.queue_changed.connect(self._show_queue)
        self.show_state(desk.gallery_view())
        self.header.show_jobs(desk.job_cards())
        self._show_queue(desk.queue_view())

    def show_state(self, view: GalleryView) -> None:
        """Show the rows, or a sentence where there are none."""
        if self.strip is not None:
            self.strip.show_state(view)
            self.strip.setVisible(bool(view.rows))
            self._choose_wanted(self.strip)
        self.empty.setVisible(not view.rows)
        self.empty.show_reason(view)

    @property
    def folded(self) -> bool:
        """Whether the header alone is there."""
        return self._stack.isHidden()

    def fold(self, folded: bool) -> None:
        """Hide all below the header. The panel itself stays: a dock without its widget is as narrow as its title."""
        self._stack.setHidden(folded)
        self.header.show_folded(folded)

    def sizeHint(self) -> QSize:
        return QSize(600, 136)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)

    def show_output(self, output: str) -> None:
        """Turn to the gallery and select a picture; where the search hides it, the search is cleared first."""
        self._wanted = output
        self.header.turn(0)
        if self.strip is not None and not self._choose_wanted(self.strip):
            self.header.clear_search()

    def _choose_wanted(self, strip: GalleryStrip) -> bool:
        if self._wanted and strip.rows.at(self._wanted).isValid():
            strip.choose(self._wanted)
            self._wanted = ""
        return not self._wanted

    def _show_queue(self, view: QueueView) -> None:
        if self.header.queue is not None:
            self.header.queue.show_paused(paused=view.paused)

    def _search(self, words: str, starred: bool, trashed: bool) -> None:
        if self._desk is not None:
            self._desk.gallery.search(words, starred=starred, trashed=trashed)

    def _make(self, desk: Desk) -> None:
        from studio.ui.gallery.model import GalleryModel  # there is nothing to show before
        from studio.ui.gallery.queue import QueuePanel  # as above
        from studio.ui.gallery.queue_header import QueueHeader  # as above
        from studio.ui.gallery.strip import GalleryStrip  # as above

        face = desk.gallery
        strip, self.queue = GalleryStrip(GalleryModel()), QueuePanel(self._actions)
        strip.rows.attach(face)
        strip.rows.more.connect(face.more)
        strip.picked.connect(face.select)
        strip.opened.connect(face.open)
        strip.trashed.connect(face.trash)
        strip.prepare.connect(self._prepare)
        strip.looked_at.connect(self._look)
        strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        strip.customContextMenuRequested.connect(self._menu)
        self.strip = strip
        self._column.addWidget(strip, 1)
        self._stack.addWidget(self.queue)
        self.queue.listed.connect(self.show_output)
        self.header.add_queue(QueueHeader(self._actions))
        self.queue.attach(desk)

    def selected(self) -> list[GalleryRow]:
        """The selected pictures, in the order of the strip."""
        return [] if self.strip is None else self.strip.selected()

    def _prepared(self, output: OutputId, path: str) -> None:
        if self.strip is not None:
            self.strip.rows.prepared(output, path)

    def _prepare(self, output: OutputId) -> None:
        if self._desk is not None:
            self._desk.gallery.files([output], lambda paths: self._prepared(output, paths[0]))

    def _menu(self, at: QPoint) -> None:
        rows = self.selected()
        if not rows or self._desk is None or self.strip is None:
            return
        menu = QtWidgets.QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        last = "gallery.untrash" if rows[0].trashed else "gallery.trash"
        for command in (*COMMANDS, last):
            if command in ("gallery.export", last):
                menu.addSeparator()
            menu.addAction(self._actions[command])
            if command == "gallery.open":
                menu.addAction(self._stage_action(menu, rows[0].id))
        menu.popup(self.strip.viewport().mapToGlobal(at))

    def _stage_action(self, menu: QtWidgets.QMenu, output: OutputId) -> QtGui.QAction:
        from studio.ui.theme.menu_icons import icon  # first use, not first frame

        action = QtGui.QAction(tr("Show on the canvas"), menu)
        action.setIcon(icon("layers-2"))
        action.triggered.connect(lambda: self._desk and self._desk.results.stage(output))
        return action

    def _look(self, row: GalleryRow | None, place: QRect) -> None:
        if self._info is None:
            if row is None:
                return
            from studio.ui.gallery.info import InfoCard  # first use, not first frame

            self._info = InfoCard(self.window())
        self._info.show_row(row, place)


class EmptyGallery(QWidget):
    """Says what goes in, or that nothing was found, with the button that helps."""

    cleared = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.text = dim_label()
        self.clear = Button(tr("Show all"), look=Look.EDGED)
        self.clear.clicked.connect(self.cleared)
        self.first = FirstStep(actions)
        row = QHBoxLayout(self)
        set_margins(row, 6, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.text)
        row.addWidget(self.clear)
        row.addWidget(self.first)
        row.addStretch(1)

    def show_reason(self, view: GalleryView | None) -> None:
        """Why there is nothing."""
        narrowed = view is not None and (bool(view.words) or view.starred_only or view.trashed_only)
        self.clear.setVisible(narrowed)
        self.first.setVisible(not narrowed)
        self.text.setText(_reason(view))


def _reason(view: GalleryView | None) -> str:
    if view is None:
        return tr(LANDS)
    if view.words:
        return tr("Nothing found for “{words}”.", words=view.words)
    if view.trashed_only:
        return tr("No starred picture is in the trash.") if view.starred_only else tr("The trash is empty.")
    if view.starred_only:
        return tr("No picture is starred yet.")
    return tr(LANDS)
