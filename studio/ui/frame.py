"""The main window as its commands and dialogs know it, so that they need not know how it is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from studio.session.face.desk import Desk
    from studio.session.face.views import Notice
    from studio.ui.actions import Actions
    from studio.ui.canvas.area import CanvasArea
    from studio.ui.docking import Dock
    from studio.ui.gallery.panel import GalleryPanel
    from studio.ui.generate.panel import GeneratePanel
    from studio.ui.layout import Layout
    from studio.ui.options.bar import OptionsBar
    from studio.ui.tool_bar import ToolBar


class Runs(Protocol):
    """What runs commands."""

    def run(self, command: str) -> None:
        """Run a command that a key, a menu or a button named."""
        ...

    def focused_panel(self) -> str:
        """The name of the dock that has the focus; empty for the canvas and the bars."""
        ...


class Frame(QMainWindow):
    """Parts of the window that others reach. The window itself makes them and does what is asked here."""

    desk: Desk | None
    actions_of_window: Actions
    layout_of_panels: Layout
    log_folder: str
    canvas: CanvasArea
    options: OptionsBar
    tools: ToolBar
    generate: GeneratePanel
    gallery: GalleryPanel
    docks: dict[str, Dock]
    folder_chosen = Signal(str)
    """Where pictures may go for which the library has no room."""

    def say(self, notice: Notice) -> None:
        """Show a piece of news."""
        raise NotImplementedError

    def fold_gallery(self) -> None:
        """The gallery's panel shrinks to its header, or comes back."""
        raise NotImplementedError

    def show_panels(self, shown: bool) -> None:
        """Hide all panels, or bring back those that were there."""
        raise NotImplementedError
