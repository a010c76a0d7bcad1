"""Opens dialogs. None of them blocks: each tells what was chosen when it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from studio.ui.dialogs.amount import AmountDialog
from studio.ui.dialogs.tied import tie_to_document
from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from studio.session.face.desk import Desk
    from studio.session.face.providers import ProviderRow
    from studio.ui.dialogs.settings import SettingsDialog
    from studio.ui.frame import Frame, Runs

PICTURES = "*.png *.jpg *.jpeg *.webp *.tif *.tiff *.gif *.avif *.bmp"


class Openers(QObject):
    """`open` takes the id of a command that shows something."""

    def __init__(self, window: Frame, commands: Runs) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        self._alive: dict[str, QWidget] = {}
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        self._folder = pictures if os.path.isdir(pictures) else os.path.expanduser("~")
        self._by_command: dict[str, Callable[[], None]] = {
            "file.open": self._file_open,
            "file.save-as": self._file_save_as,
            "file.export": self._file_export,
            "file.recover": self._file_recover,
            "edit.settings": self._edit_settings,
            "providers.open": self._providers_open,
            "providers.top-up": self._providers_top_up,
            "costs.open": self._costs_open,
            "mask.grow": self._mask_grow,
            "mask.shrink": self._mask_shrink,
            "mask.feather": self._mask_feather,
            "mask.import": self._mask_import,
            "mask.export": self._mask_export,
            "gallery.export": self._gallery_export,
            "reference.browse": self._reference_browse,
            "storage.choose-folder": self._storage_choose_folder,
            "help.contents": self._help_contents,
            "help.keys": self._help_keys,
            "help.palette": self._help_palette,
            "help.about": self._help_about,
        }

    def open(self, command: str) -> None:
        """Show the dialog of a command; nothing happens for one that has none."""
        opener = self._by_command.get(command)
        if opener is not None:
            opener()

    def knows(self, command: str) -> bool:
        """Whether there is a dialog for it."""
        return command in self._by_command

    @property
    def _desk(self) -> Desk | None:
        return self._window.desk

    def _file_open(self) -> None:
        dialog = self._dialog(tr("Open a picture"), f"{tr('Pictures and projects')} (*.ora {PICTURES})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._open_files)
        dialog.open()

    def _file_save_as(self) -> None:
        dialog = self._saver(tr("Save the project"), f"{tr('OpenRaster project')} (*.ora)", "ora")
        dialog.fileSelected.connect(lambda path: self._with(lambda desk: desk.document.save(path)))
        dialog.open()

    def _mask_import(self) -> None:
        dialog = self._dialog(tr("Load a mask"), f"{tr('Pictures')} ({PICTURES})")
        dialog.fileSelected.connect(lambda path: self._with(lambda desk: desk.document.load_mask(path)))
        self._tie(dialog)
        dialog.open()

    def _mask_export(self) -> None:
        dialog = self._saver(tr("Save the mask"), f"{tr('PNG picture')} (*.png)", "png")
        dialog.fileSelected.connect(lambda path: self._with(lambda desk: desk.document.save_mask(path)))
        dialog.open()

    def _reference_browse(self) -> None:
        dialog = self._dialog(tr("Add reference pictures"), f"{tr('Pictures')} ({PICTURES})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._add_references)
        dialog.open()

    def _storage_choose_folder(self) -> None:
        dialog = self._dialog(tr("Where should paid pictures go?"), "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
        dialog.fileSelected.connect(self._window.folder_chosen.emit)
        dialog.open()

    def _mask_grow(self) -> None:
        self._amount(tr("Grow the mask"), tr("Grow"), 3, lambda desk, by: desk.document.grow_mask(round(by)))

    def _mask_shrink(self) -> None:
        self._amount(tr("Shrink the mask"), tr("Shrink"), 3, lambda desk, by: desk.document.grow_mask(-round(by)))

    def _mask_feather(self) -> None:
        self._amount(tr("Feather the mask"), tr("Feather"), 4, lambda desk, by: desk.document.feather_mask(by))

    def _file_export(self) -> None:
        from studio.ui.dialogs.export import ExportDialog  # first use

        if self._desk is not None and self._desk.document_view() is not None:
            self._show("export", ExportDialog(self._desk, self._folder, self._window))

    def _gallery_export(self) -> None:
        from studio.ui.dialogs.export import GalleryExportDialog  # first use

        chosen = [row.id for row in self._window.gallery.selected()]
        if self._desk is not None and chosen:
            self._show("gallery-export", GalleryExportDialog(self._desk, chosen, self._folder, self._window))

    def _edit_settings(self, page: str = "appearance") -> None:
        from studio.ui.dialogs.settings import SettingsDialog  # first use

        if self._desk is not None:
            window = self._window
            dialog = SettingsDialog(self._desk, window.actions_of_window, window.log_folder, window, page)
            dialog.asked.connect(self._commands.run)
            self._show("settings", dialog)

    def _providers_open(self) -> None:
        self._turn_to_providers("")

    def _providers_top_up(self) -> None:
        from studio.ui.dialogs.providers.words import account_page  # first use

        row = None if self._desk is None else concerned(self._desk)
        page = account_page(row) if row is not None else ""
        if page:
            QDesktopServices.openUrl(QUrl(page))
        else:
            self._turn_to_providers(str(row.id) if row is not None else "")

    def _costs_open(self) -> None:
        dialog = self._settings_at("costs")
        if dialog is not None:
            dialog.costs.look()

    def _turn_to_providers(self, provider: str) -> None:
        dialog = self._settings_at("providers")
        if dialog is not None:
            row = None if self._desk is None else concerned(self._desk)
            dialog.providers.choose(provider or (str(row.id) if row is not None else ""))

    def _settings_at(self, page: str) -> SettingsDialog | None:
        """The settings in front, at this page; None where there is no session yet."""
        from studio.ui.dialogs.settings import SettingsDialog  # first use

        dialog = self._alive.get("settings")
        if not isinstance(dialog, SettingsDialog):
            self._edit_settings(page)
            dialog = self._alive.get("settings")
        if not isinstance(dialog, SettingsDialog):
            return None
        dialog.turn_to(page)
        dialog.raise_()
        dialog.activateWindow()
        return dialog

    def _file_recover(self) -> None:
        from studio.ui.dialogs.recovery import RecoveryDialog  # first use

        if self._desk is not None:
            self._show("recovery", RecoveryDialog(self._desk, self._window))

    def _help_contents(self) -> None:
        from studio.ui.dialogs.help import HelpWindow, page_of  # first use

        page = page_of(self._commands.focused_panel())
        known = self._alive.get("help")
        if isinstance(known, HelpWindow):
            known.turn_to(page)
            known.raise_()
            known.activateWindow()
        else:
            window = HelpWindow(self._window)
            window.asked.connect(self._commands.run)
            window.turn_to(page)
            self._show("help", window)

    def _help_keys(self) -> None:
        from studio.ui.finder.keys import KeyList  # first use

        self._show("keys", KeyList(self._window.actions_of_window, self._window))

    def _help_palette(self) -> None:
        from studio.ui.finder.palette import CommandPalette  # first use

        palette = self._alive.get("palette")
        if not isinstance(palette, CommandPalette):
            palette = CommandPalette(self._window.actions_of_window, self._window)
            palette.chosen.connect(self._commands.run)
            self._alive["palette"] = palette
        if palette.isVisible():
            palette.leave()
        else:
            palette.open()

    def _help_about(self) -> None:
        from studio.ui.dialogs.help import AboutDialog  # first use

        self._show("about", AboutDialog(self._window))

    def _show(self, name: str, dialog: QWidget) -> None:
        old = self._alive.get(name)
        if old is not None:
            old.close()
        self._alive[name] = dialog
        dialog.destroyed.connect(lambda: self._forget(name, dialog))
        dialog.show()

    def _forget(self, name: str, dialog: QWidget) -> None:
        if self._alive.get(name) is dialog:
            del self._alive[name]

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._folder, kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.directoryEntered.connect(self._remember)
        return dialog

    def _saver(self, title: str, kinds: str, ending: str) -> QFileDialog:
        dialog = self._dialog(title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        view = self._desk.document_view() if self._desk is not None else None
        if view is not None:
            dialog.selectFile(f"{os.path.splitext(view.title)[0]}.{ending}")
        self._tie(dialog)
        return dialog

    def _tie(self, dialog: QDialog) -> None:
        self._with(lambda desk: tie_to_document(dialog, desk))

    def _remember(self, folder: str) -> None:
        self._folder = folder

    def _amount(self, title: str, verb: str, start: int, doing: Callable[[Desk, float], None]) -> None:
        dialog = AmountDialog(title, verb, start, self._window)
        dialog.taken.connect(lambda by: self._with(lambda desk: doing(desk, by)))
        self._tie(dialog)
        dialog.open()

    def _with(self, doing: Callable[[Desk], None]) -> None:
        if self._desk is not None:
            doing(self._desk)

    def _open_files(self, paths: list[str]) -> None:
        self._with(lambda desk: desk.document.open(paths))

    def _add_references(self, paths: list[str]) -> None:
        for path in paths:
            self._with(lambda desk, path=path: desk.form.add_reference_file(path))


def concerned(desk: Desk) -> ProviderRow | None:
    """The provider of the chosen model, else the first one; None where none is set up."""
    model, rows = desk.form_view().model, desk.providers.rows()
    chosen = next((row for row in rows if model is not None and row.id == model.provider), None)
    return chosen or next(iter(rows), None)
