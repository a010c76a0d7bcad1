"""Which panel stands where, kept from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication

from studio.ui.docking import bring_back

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from studio.ui.docking import Dock

VERSION = 1
RIGHT, BELOW, FOLDED = 322, 176, 40
CARD = 60
"""What a card of the queue and the space around it take beside its words."""
DEFAULT = QSize(1440, 900)


class Layout:
    """Arranges the docks of a window, and reads and writes the arrangement in a file."""

    def __init__(self, window: QMainWindow, docks: dict[str, Dock], path: str) -> None:
        """`path` is an INI file that may not exist yet; empty for keeping nothing."""
        self._window, self._docks, self.path = window, docks, path

    def arrange(self) -> None:
        """The arrangement of the first start: form and lists at the right, gallery below the canvas."""
        window, docks = self._window, self._docks
        for dock in docks.values():
            if dock.isFloating():
                dock.setFloating(False)
            if window.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea:
                window.removeDockWidget(dock)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks["generate"])
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks["layers"])
        window.splitDockWidget(docks["generate"], docks["layers"], Qt.Orientation.Vertical)
        window.tabifyDockWidget(docks["layers"], docks["masks"])
        window.tabifyDockWidget(docks["masks"], docks["history"])
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, docks["gallery"])
        for dock in docks.values():
            dock.show()
        docks["layers"].raise_()
        window.resizeDocks([docks["generate"]], [RIGHT], Qt.Orientation.Horizontal)
        window.resizeDocks([docks["gallery"]], [self._below()], Qt.Orientation.Vertical)

    def _below(self) -> int:
        """High enough for a card of the queue, whose four lines of words grow with the font."""
        return max(BELOW, FOLDED + 4 * self._window.fontMetrics().lineSpacing() + CARD)

    def restore(self) -> None:
        """As it was left; as at the first start where nothing was kept. Nothing lies off the screens after it."""
        self.arrange()
        kept = self._read()
        if kept is None:
            screen = QGuiApplication.primaryScreen().availableGeometry().size()
            self._window.resize(DEFAULT.boundedTo(screen))
            return
        self._window.restoreGeometry(kept[0])
        if not self._window.restoreState(kept[1], VERSION):
            self.arrange()
        bring_back(self._window)

    def save(self) -> None:
        """Keep it for the next start."""
        if not self.path:
            return
        file = QSettings(self.path, QSettings.Format.IniFormat)
        file.setValue("window/geometry", self._window.saveGeometry())
        file.setValue("window/state", self._window.saveState(VERSION))
        file.sync()

    def _read(self) -> tuple[QByteArray, QByteArray] | None:
        if not self.path:
            return None
        file = QSettings(self.path, QSettings.Format.IniFormat)
        geometry, state = file.value("window/geometry"), file.value("window/state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None
