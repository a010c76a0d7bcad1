"""Gallery and queue in one panel: header with tabs, star and search, and below it the strip or the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import COMMAND, Button, Look, icon_button
from studio.ui.widgets.fields import Field
from studio.ui.widgets.first_step import FirstStep
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.mirrored import set_margins

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPaintEvent

    from studio.domain.ids import OutputId
    from studio.session.face.desk import Desk
    from studio.session.face.views import GalleryRow, GalleryView, JobCard
    from studio.ui.actions import Actions
    from studio.ui.gallery.info import InfoCard
    from studio.ui.gallery.queue import QueuePanel
    from studio.ui.gallery.strip import GalleryStrip

SEARCH_MS = 200
COMMANDS = ("gallery.open", "gallery.restore", "gallery.reference", "gallery.export", "gallery.star", "gallery.trash")


class GalleryHeader(QWidget):
    """The panel's first row and handle, 40 pixels high."""

    searched = Signal(str, bool)
    turned = Signal(int)
    folded = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setFixedHeight(40)
        self._tabs = [HeaderTab(tr("Gallery")), HeaderTab(tr("Queue"))]
        self._tabs[0].setChecked(True)
        for at, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _=False, at=at: self.turn(at))
        self.star = icon_button("star", tr("Show starred pictures only"))
        self.star.setCheckable(True)
        self.star.quiet = True
        self.star.clicked.connect(self._search)
        self.field = Field(tr("Search the gallery"), hint=tr("prompt, model, provider"), sign="search")
        self.field.setToolTip(actions.tip("gallery.find"))
        self.field.setProperty(COMMAND, "gallery.find")
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(200)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_MS)
        self._wait.timeout.connect(self._search)
        self.field.textEdited.connect(lambda: self._wait.start())
        self.field.returnPressed.connect(self._search)
        self.fold = icon_button("chevron-down", tr("Fold the panel"))
        self.fold.clicked.connect(self.folded)
        row = QHBoxLayout(self)
        set_margins(row, 6, 0, 8, 0)
        row.setSpacing(4)
        for part in (*self._tabs, self.star):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.field)
        row.addWidget(self.fold)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 40)

    def turn(self, at: int) -> None:
        """0 shows the gallery, 1 the queue."""
        for number, tab in enumerate(self._tabs):
            tab.setChecked(number == at)
        self.star.setVisible(at == 0)
        self.field.setVisible(at == 0)
        self.turned.emit(at)

    def show_folded(self, folded: bool) -> None:
        """The button's arrow points where the panel will go."""
        self.fold.set_icon("chevron-up" if folded else "chevron-down")
        self.fold.name_it(tr("Unfold the panel") if folded else tr("Fold the panel"))

    def show_jobs(self, cards: tuple[JobCard, ...]) -> None:
        """How many jobs are on."""
        live = sum(not card.state.is_final for card in cards)
        self._tabs[1].setText(tr("Queue ({count})", count=live) if live else tr("Queue"))
        self._tabs[1].updateGeometry()

    def tab_text(self, at: int) -> str:
        """What a tab says."""
        return self._tabs[at].text()

    def clear_search(self) -> None:
        """Show everything again."""
        self.field.clear()
        self.star.setChecked(False)
        self._search()

    def _search(self) -> None:
        self._wait.stop()
        self.searched.emit(self.field.text().strip(), self.star.isChecked())


class HeaderTab(Button):
    """A word that is bold while its page is shown, dim otherwise."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        self.bold = True
        size = super().sizeHint()
        self.bold = False
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        font = QFont(self.font())
        if self.isChecked():
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        bright = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setPen(QColor(tokens.text if bright else tokens.dim))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.fillRect(6, self.height() - 4, self.width() - 12, 2, QColor(tokens.link))


class GalleryPanel(QWidget):
    """Hands what is chosen to the desk's gallery."""

    said = Signal(str)
    """A command that the window shall run."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._desk: Desk | None = None
        self._info: InfoCard | None = None
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
        self._show_empty(words="", starred=False, empty=True)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        self._desk = desk
        self._make(desk)
        self.header.searched.connect(lambda words, starred: desk.gallery.search(words, starred=starred))
        desk.gallery_changed.connect(self.show_state)
        desk.jobs_changed.connect(self.header.show_jobs)
        self.show_state(desk.gallery_view())
        self.header.show_jobs(desk.job_cards())

    def show_state(self, view: GalleryView) -> None:
        """Show the rows, or a sentence where there are none."""
        if self.strip is not None:
            self.strip.show_state(view)
        self._show_empty(words=view.words, starred=view.starred_only, empty=not view.rows)

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

    def _show_empty(self, *, words: str, starred: bool, empty: bool) -> None:
        self.empty.setVisible(empty)
        if self.strip is not None:
            self.strip.setVisible(not empty)
        self.empty.show_reason(words, starred=starred)

    def _make(self, desk: Desk) -> None:
        from studio.ui.gallery.model import GalleryModel  # there is nothing to show before
        from studio.ui.gallery.queue import QueuePanel  # as above
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
        self.queue.attach(desk)

    def selected(self) -> list[GalleryRow]:
        """The selected pictures, in the order of the strip."""
        return [] if self.strip is None else self.strip.selected()

    def _prepared(self, output: OutputId, path: str) -> None:
        if self.strip is not None:
            self.strip.rows.prepared(output, path)

    def _prepare(self, output: OutputId) -> None:
        if self._desk is not None:
            self._desk.gallery.file(output, lambda path: self._prepared(output, path))

    def _menu(self, at: QPoint) -> None:
        rows = self.selected()
        if not rows or self._desk is None or self.strip is None:
            return
        menu = QtWidgets.QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in COMMANDS:
            if command in ("gallery.export", "gallery.trash"):
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

    def show_reason(self, words: str, *, starred: bool) -> None:
        """Why there is nothing."""
        searched = bool(words) or starred
        self.clear.setVisible(searched)
        self.first.setVisible(not searched)
        text = tr("Every result lands here, whether you apply it or not.")
        if words:
            text = tr("Nothing found for “{words}”.", words=words)
        elif starred:
            text = tr("No picture is starred yet.")
        self.text.setText(text)
