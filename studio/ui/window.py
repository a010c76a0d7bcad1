"""The main window: what stands where. It is finished before there is a session, and shows one when it is attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

from studio.domain.settings import THEMES
from studio.session.face.commands import COMMANDS
from studio.session.face.form import FormView, RunView
from studio.session.face.tools import CompareMode, ToolView
from studio.ui.actions import Actions
from studio.ui.canvas.area import CanvasArea
from studio.ui.docking import Dock, Ground, paint_separators
from studio.ui.frame import Frame
from studio.ui.gallery.panel import GalleryPanel
from studio.ui.generate.panel import GeneratePanel
from studio.ui.layout import BELOW, FOLDED, Layout
from studio.ui.menu_row import MenuRow
from studio.ui.options.bar import OptionsBar
from studio.ui.panels import PANEL_COMMANDS
from studio.ui.status_bar import StatusBar
from studio.ui.theme.palette import tokens_of
from studio.ui.theme.style import tab_sheet
from studio.ui.tool_bar import ToolBar
from studio.ui.translate import tr
from studio.ui.widgets.buttons import COMMAND
from studio.ui.widgets.later import Later
from studio.ui.window_commands import WindowCommands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from studio.domain.settings import Settings
    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, Notice, Readiness
    from studio.ui.notices import Notices
    from studio.ui.theme.palette import Theme


QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for no limit."""


class MainWindow(Frame):
    """Holds canvas, bars and panels. `painted` is emitted once, when the first frame stands; `closing` once, when the
    user closes the window."""

    painted = Signal()
    closing = Signal()

    def __init__(self, settings: Settings, theme: Theme, *, layout_file: str = "", log_folder: str = "") -> None:
        """`layout_file` keeps the arrangement of the panels; `log_folder` is what "Show log folder" opens."""
        super().__init__()
        self.desk: Desk | None = None
        self.settings = settings
        self.theme = theme
        self.log_folder = log_folder
        self._was_painted = self._is_complete = False
        self.setWindowTitle("Overpaint")
        self.actions_of_window = Actions((*COMMANDS, *PANEL_COMMANDS), dict(settings.keys), self)
        self._build(settings)
        self.layout_of_panels = Layout(self, self.docks, layout_file)
        self.commands = WindowCommands(self)
        self.actions_of_window.asked.connect(self.commands.run)
        self.canvas.asked.connect(self.commands.run)
        self._connect_views()
        self.layout_of_panels.restore()
        self._dress_tabs()
        self.canvas.setFocus()

    def attach(self, desk: Desk) -> None:
        """Show this session from now on. Called once."""
        for _ in self.attaching(desk):
            pass

    def attaching(self, desk: Desk) -> Iterator[None]:
        """The same in steps of some milliseconds each; commands are taken after the last."""
        self._complete()
        yield
        self.theme.finish()
        yield
        self.actions_of_window.add_icons()
        yield
        for part in (self.canvas, self.options, self.generate, self.layers, self.masks, self.history, self.gallery):
            part.attach(desk)
            yield
        self.desk = desk
        if self._notices is not None:  # something was said before there was a desk
            self._notices.attach(desk)
        desk.document_changed.connect(self._show_document)
        desk.tool_changed.connect(self._show_tool)
        desk.jobs_changed.connect(self.status.show_jobs)
        desk.readiness_changed.connect(self._show_readiness)
        desk.settings_changed.connect(self._show_settings)
        desk.compare_changed.connect(self._show_compare)
        desk.noticed.connect(self.say)
        desk.asked.connect(self.commands.run_here)
        desk.busy.connect(self.status.show_activity)
        self._show_settings(desk.settings())
        self._show_document(desk.document_view())
        self._show_tool(desk.tool_view())
        self._show_readiness(desk.readiness())
        self.status.show_jobs(desk.job_cards())
        self._follow_jobs(desk)
        if desk.document.recovered():
            self.commands.run("file.recover")

    def _follow_jobs(self, desk: Desk) -> None:
        from studio.ui.desktop_notes import DesktopNotes  # no part of the first frame
        from studio.ui.system_news import SystemNews  # as above

        notes = DesktopNotes(self)
        notes.opened.connect(self.come_forward)
        SystemNews(self, notes).attach(desk)

    @property
    def notices(self) -> Notices:
        """News on the canvas; made when there is the first."""
        if self._notices is None:
            from studio.ui.notices import Notices  # no part of the first frame

            self._notices = Notices(self.canvas)
            self._notices.asked.connect(self.commands.run)
            if self.desk is not None:
                self._notices.attach(self.desk)
        return self._notices

    def say(self, notice: Notice) -> None:
        """Show a piece of news."""
        self.notices.show_notice(notice)

    def sizeHint(self) -> QSize:
        return QSize(1440, 900)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of its own events, from the first frame on."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_claimed(event):
            event.accept()
            return True
        return False

    def come_forward(self) -> None:
        """Before all other windows, where the system allows that, and off the task bar."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.layout_of_panels.save()
        event.accept()
        self.closing.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._ground = self.canvas.ground()
        paint_separators(self, tuple(self.docks.values()), self._grounds())
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._stand)

    def _stand(self) -> None:
        self.painted.emit()
        self._complete()

    def _complete(self) -> None:
        """Add what the first frame does not show."""
        if not self._is_complete:
            self._is_complete = True
            self.actions_of_window.make_all()
            self.installEventFilter(self)

    def _grounds(self) -> tuple[Ground, ...]:
        """What goes on over the gaps beside the middle: the canvas, and the line below the options bar."""
        options, canvas = self._placed(self.options), self._placed(self.canvas)
        line = QRect(options.x(), options.bottom(), options.width(), 1)
        return Ground(canvas, self._ground), Ground(line, tokens_of(self).line)

    def _placed(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self, QPoint(0, 0)), widget.size())

    def _follow_ground(self) -> None:
        if self.canvas.ground() != self._ground:
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._dress_tabs()

    def _dress_tabs(self) -> None:
        sheet = tab_sheet(tokens_of(self))
        for tabs in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if tabs.styleSheet() != sheet:
                tabs.setStyleSheet(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    def createPopupMenu(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]  none is wanted
        """No menu of docks on a right click: the View menu has them."""
        return

    def fold_gallery(self) -> None:
        """The gallery's panel shrinks to its header, or comes back."""
        folded, dock = not self.gallery.folded, self.docks["gallery"]
        if folded:
            self._unfolded = dock.height()
        self.gallery.fold(folded)
        dock.setMaximumHeight(FOLDED if folded else QWIDGETSIZE_MAX)
        if not folded:
            QTimer.singleShot(0, self, self._unfold)

    def _unfold(self) -> None:
        self.resizeDocks([self.docks["gallery"]], [self._unfolded], Qt.Orientation.Vertical)

    def show_panels(self, shown: bool) -> None:
        """Hide all panels, or bring back those that were there."""
        if shown:
            for dock in self._hidden:
                dock.show()
            self._hidden = []
        else:
            self._hidden = [dock for dock in self.docks.values() if dock.isVisible() or self.tabifiedDockWidgets(dock)]
            for dock in self._hidden:
                dock.hide()

    def focusNextPrevChild(self, forward: bool) -> bool:
        from studio.ui.widgets.tab_order import step  # when somebody presses Tab, not for the first frame

        tabs = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        panels = dict.fromkeys((self.docks["generate"], *tabs, *self.docks.values()))
        parts = (self.menu_row, self.centralWidget(), *panels, self.status)
        return step(self, parts, forward=forward) or super().focusNextPrevChild(forward)

    def _build(self, settings: Settings) -> None:
        actions = self.actions_of_window
        self.menu_row = MenuRow(actions)
        self.setMenuWidget(self.menu_row)
        self.canvas = CanvasArea(settings)
        self.options, self.tools = OptionsBar(actions), ToolBar(actions)
        self.setCentralWidget(self._middle())
        self.status = StatusBar()
        self.setStatusBar(self.status)
        self.generate, self.gallery = GeneratePanel(actions), GalleryPanel(actions)
        layers, masks, history = self._lists()
        self.layers = Later(layers, tr("Layers appear here once a picture is open."))
        self.masks = Later(masks, tr("Masks that you keep with the picture appear here."))
        self.history = Later(history, tr("What you do appears here step by step."))
        self.docks = {
            "generate": Dock("generate", tr("Generate"), self.generate, self.generate.header),
            "layers": Dock("layers", tr("Layers"), self.layers),
            "masks": Dock("masks", tr("Masks"), self.masks),
            "history": Dock("history", tr("History"), self.history),
            "gallery": Dock("gallery", tr("Gallery"), self.gallery, self.gallery.header),
        }
        self._hidden: list[QDockWidget] = []
        self._notices: Notices | None = None
        self._unfolded = BELOW
        self._ground = ""
        for dock in self.docks.values():
            dock.key_seen.connect(self._claim)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit_form)

    def _lists(self) -> tuple[Callable[[], QWidget], ...]:
        def layers() -> QWidget:
            from studio.ui.layers.layers import LayersPanel  # when a picture is opened, not for the first frame

            return LayersPanel(self.actions_of_window)

        def masks() -> QWidget:
            from studio.ui.layers.masks import MasksPanel  # when its tab is turned to

            return MasksPanel(self.actions_of_window)

        def history() -> QWidget:
            from studio.ui.layers.history import HistoryPanel  # when its tab is turned to

            return HistoryPanel(self.actions_of_window)

        return layers, masks, history

    def _middle(self) -> QWidget:
        middle = QWidget()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.tools)
        row.addWidget(self.canvas, 1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.options)
        column.addLayout(row, 1)
        return middle

    def _connect_views(self) -> None:
        self.canvas.zoom_changed.connect(self.status.show_zoom)
        self.canvas.pointer_moved.connect(self.status.show_position)
        self.gallery.header.folded.connect(self.fold_gallery)
        self.actions_of_window.rekeyed.connect(self._retell_keys)
        self.menu_row.menus["View"].aboutToShow.connect(self._mark_view)
        self.generate.grown.connect(self._fitting.start)
        self.generate.references.dropped.connect(self.commands.take_references)
        self.generate.prompt.pictures.connect(self.commands.take_references)
        self.generate.references.browsed.connect(lambda: self.commands.run("reference.browse"))
        self._show_document(None)
        self._show_tool(ToolView(brush=self.settings.brush))
        self.generate.show_state(
            FormView(count=self.settings.variations, run=RunView(reason=tr("Open a picture first.")))
        )

    def _fit_form(self) -> None:
        if self.generate.lowered:
            return
        height = self.generate.wanted_height()
        dock, rest = self.docks["generate"], self._neighbour()
        if rest is None:
            return
        wanted = height + self.generate.header.sizeHint().height()
        spare = dock.height() + rest.height() - wanted
        self.resizeDocks([dock, rest], [wanted, max(spare, 1)], Qt.Orientation.Vertical)

    def _neighbour(self) -> Dock | None:
        """The list that shares a column with the form, None where the form stands alone or floats."""
        dock = self.docks["generate"]
        if dock.isFloating() or not dock.isVisible():
            return None
        for name in ("layers", "masks", "history"):
            other = self.docks[name]
            if other.x() == dock.x() and other.width() == dock.width() and not other.isFloating():
                return other
        return None

    def _show_document(self, view: DocumentView | None) -> None:
        self.menu_row.show_state(view)
        self.status.show_document(view)
        self.setWindowTitle("Overpaint" if view is None else f"{view.title}[*]")
        self.setWindowModified(view is not None and view.dirty)
        self._follow_ground()

    def _show_tool(self, view: ToolView) -> None:
        self.tools.show_state(view)
        self.options.show_state(view)
        self.status.show_tool(view)
        self.actions_of_window["mask.show"].setChecked(view.overlay_shown)

    def _show_readiness(self, view: Readiness) -> None:
        self.actions_of_window.set_met(view.met)

    def _show_compare(self, mode: CompareMode) -> None:
        self.actions_of_window["compare.split"].setChecked(mode is CompareMode.SPLIT)

    def _mark_view(self) -> None:
        for name, dock in self.docks.items():
            self.actions_of_window[f"panel.{name}"].setChecked(not dock.isHidden())
        for name in THEMES:
            self.actions_of_window[f"view.theme-{name}"].setChecked(self.settings.theme == name)

    def _show_settings(self, settings: Settings) -> None:
        self.settings = settings
        self.theme.choose(settings.theme)
        self.canvas.render_settings(settings)
        self._follow_ground()
        self.actions_of_window.set_keys(dict(settings.keys))

    def _retell_keys(self) -> None:
        for widget in self.findChildren(QWidget):
            command = widget.property(COMMAND)
            if command:
                widget.setToolTip(self.actions_of_window.tip(command))
        self.menu_row.show_keys()
        if self.desk is not None:
            self.generate.show_state(self.desk.form_view())

    def _claim(self, event: QKeyEvent) -> None:
        if self._is_claimed(event):
            event.accept()

    def _is_claimed(self, event: QKeyEvent) -> bool:
        return self.actions_of_window.claims(event, self.canvas)
