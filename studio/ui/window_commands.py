"""Commands that need the window itself: dialogs, clipboard, panels, the view. All others go to the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.session.face.commands import WINDOW_COMMANDS
from studio.ui.dropping import files, outputs, picture_bytes
from studio.ui.panels import PANELS
from studio.ui.translate import tr
from studio.ui.widgets.press import take_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from studio.domain.problems import Problem
    from studio.session.face.desk import Desk
    from studio.ui.dialogs.openers import Openers
    from studio.ui.frame import Frame


class WindowCommands(QObject):
    """`run` takes any command of the table; `run_here` only those that are the window's."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._openers: Openers | None = None
        canvas = window.canvas
        self._here: dict[str, Callable[[], None]] = {
            "file.paste-new": self._paste_new,
            "file.quit": self._quit,
            "edit.copy": self._copy,
            "edit.paste": self._paste,
            "edit.paste-reference": self._paste_reference,
            "prompt.focus": self._focus_prompt,
            "compare.hold": self._hold_compare,
            "view.zoom-in": canvas.zoom_in,
            "view.zoom-out": canvas.zoom_out,
            "view.fit": canvas.fit,
            "view.actual": canvas.actual,
            "view.200": self._double,
            "view.mask": canvas.zoom_to_mask,
            "view.panels": self._toggle_panels,
            "view.reset": window.layout_of_panels.arrange,
            "gallery.find": self._find_in_gallery,
            "gallery.show-trash": self._show_trash,
            "help.report": self._copy_report,
            "help.log": self._show_log,
            "panel.float": self._float,
            "panel.fold": window.fold_gallery,
            "panel.queue": self._show_queue,
            "panel.next": self._next_panel,
            **{f"panel.{name}": self._panel_toggler(name) for name in PANELS},
        }

    def run(self, command: str) -> None:
        """Run a command that a key, a menu or a button named, on what the fields show."""
        take_typed()
        if command in self._here or command in WINDOW_COMMANDS or command == "file.recover":
            self.run_here(command)
        elif self._window.desk is not None:
            self._window.desk.perform(command)

    def knows(self, command: str) -> bool:
        """Whether it is done here, without a dialog."""
        return command in self._here

    def run_here(self, command: str) -> None:
        """Run one of the window's own; another is nothing for here."""
        doing = self._here.get(command)
        if doing is not None:
            doing()
            return
        self.openers().open(command)

    def openers(self) -> Openers:
        """The dialogs, loaded when the first of them is asked for."""
        if self._openers is None:
            from studio.ui.dialogs.openers import Openers  # dialogs are no part of the first frame

            self._openers = Openers(self._window, self)
        return self._openers

    def take_references(self, mime: QMimeData) -> None:
        """What was dropped on the tray, or pasted as a reference."""
        desk = self._window.desk
        if desk is None:
            return
        for output in outputs(mime):
            desk.gallery.as_reference(output)  # pyright: ignore[reportArgumentType]  ids travel as text
        if outputs(mime):
            return
        paths = files(mime)
        for path in paths:
            desk.form.add_reference_file(path)
        found = None if paths else picture_bytes(mime)
        if found is not None:
            desk.form.add_reference(*found)
        elif not paths:
            self._say_empty()

    def _desk(self) -> Desk | None:
        return self._window.desk

    def _say_empty(self) -> None:
        from studio.domain.catalogue import problem  # first use, not first frame

        self._say("", problem("clipboard-empty"))

    def _say(self, text: str, problem: Problem | None = None) -> None:
        from studio.session.face.views import Notice  # first use, not first frame

        self._window.say(Notice(text=text, problem=problem))

    def _quit(self) -> None:
        self._window.close()

    def _paste_new(self) -> None:
        mime, desk = _clipboard(), self._desk()
        if desk is None:
            return
        found = picture_bytes(mime)
        if files(mime):
            desk.document.open(files(mime))
        elif found is not None:
            desk.document.open_bytes(*found)
        else:
            self._say_empty()

    def _paste(self) -> None:
        mime, desk = _clipboard(), self._desk()
        if desk is None:
            return
        found = picture_bytes(mime)
        if found is not None and not files(mime):
            desk.document.paste(*found)
        elif files(mime):
            desk.document.paste_files(files(mime))
        else:
            self._say_empty()

    def _paste_reference(self) -> None:
        self.take_references(_clipboard())

    def _copy(self) -> None:
        desk = self._desk()
        if desk is not None and desk.document_view() is not None:
            desk.document.copy(self._put_picture)

    def _put_picture(self, png: bytes) -> None:
        mime = QtCore.QMimeData()
        mime.setData("image/png", png)
        QGuiApplication.clipboard().setMimeData(mime)

    def _focus_prompt(self) -> None:
        self._reveal("generate")
        self._window.generate.prompt.setFocus()
        self._window.generate.prompt.selectAll()

    def _hold_compare(self) -> None:
        """From a menu or the palette there is no key to hold, so it stays for a moment."""
        self._window.canvas.set_hold_compare(True)
        QTimer.singleShot(1500, self._window.canvas, self._release_compare)

    def _release_compare(self) -> None:
        self._window.canvas.set_hold_compare(False)

    def _double(self) -> None:
        self._window.canvas.zoom_to(2.0)

    def _toggle_panels(self) -> None:
        self._window.show_panels(not self._window.actions_of_window["view.panels"].isChecked())

    def _find_in_gallery(self) -> None:
        self._reveal("gallery")
        self._window.gallery.header.turn(0)
        self._window.gallery.header.field.setFocus()
        self._window.gallery.header.field.selectAll()

    def _show_trash(self) -> None:
        self._reveal("gallery")
        self._window.gallery.header.turn_to_trash()

    def _copy_report(self) -> None:
        desk = self._desk()
        if desk is not None:
            desk.report(self._put_report)

    def _put_report(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._say(tr("The report is in the clipboard."))

    def _show_log(self) -> None:
        QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(self._window.log_folder))

    def _float(self) -> None:
        name = self.focused_panel() or "generate"
        self._window.docks[name].float_or_dock()

    def _show_queue(self) -> None:
        self._reveal("gallery")
        self._window.gallery.header.turn(1)

    def _panel_toggler(self, name: str) -> Callable[[], None]:
        def toggle() -> None:
            dock = self._window.docks[name]
            if dock.isVisible() and not dock.visibleRegion().isEmpty():
                dock.close()
            else:
                self._reveal(name)

        return toggle

    def _reveal(self, name: str) -> None:
        dock = self._window.docks[name]
        dock.show()
        dock.raise_()
        if name == "gallery" and self._window.gallery.folded:
            self._window.fold_gallery()

    def focused_panel(self) -> str:
        """The name of the dock that has the focus; empty for the canvas and the bars."""
        focus: QWidget | None = QApplication.focusWidget()
        for name, dock in self._window.docks.items():
            if focus is not None and dock.isAncestorOf(focus):
                return name
        return ""

    def _next_panel(self) -> None:
        """From the canvas through the panels in sight and back; each takes the focus on its first control."""
        stops: list[QWidget] = [self._window.canvas, self._window.options, self._window.tools]
        stops += [dock for dock in self._window.docks.values() if not dock.visibleRegion().isEmpty()]
        focus = QApplication.focusWidget()
        at = next((i for i, stop in enumerate(stops) if focus and (stop is focus or stop.isAncestorOf(focus))), -1)
        for step in range(1, len(stops) + 1):
            if _focus_into(stops[(at + step) % len(stops)]):
                return


def _focus_into(stop: QWidget) -> bool:
    from PySide6.QtCore import Qt  # first use
    from PySide6.QtWidgets import QWidget  # as above

    for each in (stop, *stop.findChildren(QWidget)):
        takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(stop) and each.isEnabled()
        if takes and not each.visibleRegion().isEmpty():
            each.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def _clipboard() -> QMimeData:
    """What can be pasted; the toolkit has None for an empty clipboard, whatever its types say."""
    return QGuiApplication.clipboard().mimeData() or QtCore.QMimeData()
