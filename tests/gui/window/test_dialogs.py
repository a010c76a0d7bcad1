from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog

from studio.domain.catalogue import problem
from studio.domain.geometry import Size
from studio.session.face.views import ExportPreview, Recovered
from studio.ui.dialogs.amount import AmountDialog
from studio.ui.dialogs.export import ExportDialog, GalleryExportDialog
from studio.ui.dialogs.help import HelpWindow
from studio.ui.dialogs.keys_page import KeysPage
from studio.ui.dialogs.recovery import RecoveryDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.theme.tokens import DARK, LIGHT
from studio.ui.widgets.numbers import NumberField
from studio.ui.widgets.segmented import Segmented
from studio.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk

Kind = TypeVar("Kind", bound=QDialog)


def opened(kind: type[Kind]) -> Kind:
    """The one dialog of a kind that is open."""
    (dialog,) = [each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()]
    assert isinstance(dialog, kind)
    return dialog


def press(owner: QWidget, name: str) -> None:
    next(each for each in owner.findChildren(QAbstractButton) if each.accessibleName() == name).click()


def test_settings_take_effect_at_once(window: MainWindow, desk: FakeDesk) -> None:
    window.commands.run("edit.settings")
    dialog = opened(SettingsDialog)
    theme = next(each for each in dialog.findChildren(Segmented) if each.accessibleName() == "Theme")
    theme.segment("light").click()
    assert desk.settings().theme == "light"
    dialog.turn_to("mask")
    pattern = next(each for each in dialog.findChildren(Segmented) if "Pattern" in each.accessibleName())
    pattern.segment("checker").click()
    assert desk.settings().overlay.pattern == "checker"
    assert desk.settings().theme == "light"
    assert dialog.preview.overlay.pattern == "checker"
    press(dialog, "Close")
    assert not dialog.isVisible()


def test_a_page_of_the_settings_is_made_when_it_is_seen(window: MainWindow) -> None:
    """All of them took a quarter of a second."""
    window.commands.run("costs.open")
    dialog = opened(SettingsDialog)
    assert not dialog.findChildren(Segmented)
    assert not dialog.findChildren(KeysPage)
    dialog.turn_to("keys")
    assert dialog.findChildren(KeysPage) == [dialog.keys]
    assert dialog.keys.isVisible()


def test_tab_goes_through_a_page_before_the_foot(window: MainWindow) -> None:
    """Also where the page was made after the foot."""
    window.commands.run("edit.settings")
    dialog = opened(SettingsDialog)
    dialog.turn_to("work")
    dialog.list.setFocus()
    seen: list[QWidget] = []
    while not seen or seen[-1] is not dialog.list:
        assert dialog.focusNextPrevChild(True)  # what Tab does; without a screen no dialog is in front to get the key
        seen.append(dialog.focusWidget())
    close = next(each for each in dialog.findChildren(QAbstractButton) if each.accessibleName() == "Close")
    ticks = [each for each in dialog.findChildren(Tick) if each.isVisible()]
    assert len(ticks) > 2
    assert seen[-2] is close
    assert [each for each in seen if each in ticks] == ticks


def test_the_grey_shown_is_the_themes_until_one_is_chosen(window: MainWindow, desk: FakeDesk) -> None:
    window.commands.run("edit.settings")
    dialog = opened(SettingsDialog)
    (grey,) = [each for each in dialog.findChildren(NumberField) if each.accessibleName() == "Grey around the picture"]
    theme = next(each for each in dialog.findChildren(Segmented) if each.accessibleName() == "Theme")
    for name, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.segment(name).click()
        window.theme.choose(name)
        assert grey.value() == QColor(tokens.surround).red()
        assert desk.settings().surround is None
    grey.setValue(77)
    theme.segment("light").click()
    window.theme.choose("light")
    assert (grey.value(), desk.settings().surround) == (77, 77)
    press(dialog, "Use the theme's grey")
    assert (grey.value(), desk.settings().surround) == (QColor(LIGHT.surround).red(), None)


def test_export_tells_the_size_and_writes_where_it_says(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    window.commands.run("file.export")
    dialog = opened(ExportDialog)
    dialog.folder.take(str(tmp_path))
    formats = next(each for each in dialog.findChildren(Segmented) if each.accessibleName() == "Format")
    formats.segment("jpeg").click()
    qtbot.waitUntil(lambda: "1.2 MB" in dialog.size_text.text())
    press(dialog, "Export")
    ((path, options),) = desk.called("export")
    assert path == str(tmp_path / "friends.jpg")
    assert (options.format, options.metadata, options.keep_profile) == ("jpeg", False, True)  # pyright: ignore[reportAttributeAccessIssue]  ExportOptions


def test_a_size_that_comes_when_its_dialog_has_gone_is_dropped(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Callable[[ExportPreview], None]] = []
    monkeypatch.setattr(desk.document, "export_preview", lambda _, done: answers.append(done))
    window.commands.run("file.export")
    dialog = opened(ExportDialog)
    # Closed but not gone yet when the size is asked for, as on a busy machine.
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.reject()
    qtbot.waitUntil(lambda: len(answers) == 1)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    answers[0](ExportPreview(bytes=1))


@pytest.mark.parametrize("after", ["another picture", "another of the same name", "nothing"])
def test_an_export_ends_with_the_picture_that_it_was_for(window: MainWindow, desk: FakeDesk, after: str) -> None:
    """Else it would write the other one under the name of the first, or over an earlier export of it."""
    before = desk.document_view()
    assert before is not None
    window.commands.run("file.export")
    dialog = opened(ExportDialog)
    desk.show_document(replace(before, title="saved under another name.ora", dirty=True))
    assert dialog.isVisible()
    title = "portrait.png" if after == "another picture" else before.title
    desk.show_document(None if after == "nothing" else replace(before, title=title, key="other"))
    assert not dialog.isVisible()
    assert not desk.called("export")
    desk.show_document(replace(before, title="portrait.png", key="other"))
    window.commands.run("file.export")
    assert opened(ExportDialog).name.text() == "portrait"
    opened(ExportDialog).close()


@pytest.mark.parametrize("command", ["file.save-as", "mask.export", "mask.import", "mask.grow", "mask.feather"])
def test_what_is_asked_about_a_picture_is_not_done_to_another(
    window: MainWindow, desk: FakeDesk, command: str, tmp_path: Path
) -> None:
    """One that is large may come up long after it was asked for."""
    before = desk.document_view()
    assert before is not None
    window.commands.openers().open(command)
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    desk.show_document(replace(before, key="other"))
    assert not dialog.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.show_document(replace(before, key="third"))
    assert not [call for call in desk.calls if call[0] in ("save", "save_mask", "load_mask", "grow_mask")]


def test_looking_for_a_picture_goes_on_while_another_one_comes(window: MainWindow, desk: FakeDesk) -> None:
    window.commands.openers().open("file.open")
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    desk.show_document(None)
    assert dialog.isVisible()
    dialog.close()


def test_export_says_that_it_replaces_a_file(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "friends.png").write_bytes(b"old")
    window.commands.run("file.export")
    dialog = opened(ExportDialog)
    dialog.folder.take(str(tmp_path))
    dialog.name.setText("friends.png")
    assert dialog.go.text() == "Replace"
    dialog.name.setText("other")
    assert dialog.go.text() == "Export"
    dialog.close()


def test_the_gallery_exports_what_is_selected(window: MainWindow, desk: FakeDesk, tmp_path: Path) -> None:
    assert window.gallery.strip is not None
    window.gallery.strip.choose(window.gallery.strip.rows.rows[2].id)
    window.commands.run("gallery.export")
    dialog = opened(GalleryExportDialog)
    dialog.folder.take(str(tmp_path))
    press(dialog, "Export")
    ((outputs, folder, _),) = desk.called("gallery_export")
    assert (outputs, folder) == ((window.gallery.strip.rows.rows[2].id,), str(tmp_path))


def test_recovery_opens_keeps_and_deletes(window: MainWindow, desk: FakeDesk) -> None:
    size = Size(width=10, height=10)
    desk.document.left_behind = (
        Recovered(key="a", title="friends.jpg", saved_at=1.0, size=size),
        Recovered(key="b", title="wine.jpg", saved_at=2.0, size=size),
    )
    window.commands.run("file.recover")
    dialog = opened(RecoveryDialog)
    press(dialog, "Delete friends.jpg")
    press(dialog, "Open wine.jpg as a copy")
    assert desk.called("forget_recovered") == [("a",)]
    assert desk.called("recover") == [("b",)]
    assert not dialog.isVisible()


def test_a_deletion_among_the_recovered_can_be_taken_back(window: MainWindow, desk: FakeDesk) -> None:
    size = Size(width=10, height=10)
    desk.document.left_behind = (
        Recovered(key="a", title="friends.jpg", saved_at=1.0, size=size),
        Recovered(key="b", title="wine.jpg", saved_at=2.0, size=size),
    )
    window.commands.run("file.recover")
    dialog = opened(RecoveryDialog)
    press(dialog, "Delete friends.jpg")
    press(dialog, "Delete wine.jpg")
    assert not desk.called("forget_recovered")
    press(dialog, "Keep friends.jpg")
    press(dialog, "Keep for later")
    assert desk.called("forget_recovered") == [("b",)]
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("command", "verb", "call"),
    [
        ("mask.grow", "Grow", ("grow_mask", 12)),
        ("mask.shrink", "Shrink", ("grow_mask", -12)),
        ("mask.feather", "Feather", ("feather_mask", 12.0)),
    ],
)
def test_amounts_are_asked_for_and_handed_on(
    window: MainWindow, desk: FakeDesk, command: str, verb: str, call: tuple[str, float]
) -> None:
    window.commands.run(command)
    dialog = opened(AmountDialog)
    dialog.field.setValue(12)
    press(dialog, verb)
    assert desk.called(call[0]) == [(call[1],)]


@pytest.mark.parametrize(
    ("command", "call"),
    [("file.open", "open"), ("mask.import", "load_mask"), ("reference.browse", "add_reference_file")],
)
def test_files_are_looked_for_without_blocking(
    window: MainWindow, desk: FakeDesk, tmp_path: Path, command: str, call: str
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"x")
    window.commands.openers().open(command)
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    dialog.filesSelected.emit([str(file)])
    dialog.fileSelected.emit(str(file))
    assert desk.called(call) in ([((str(file),),)], [(str(file),)])
    dialog.close()


def test_a_problem_asks_for_a_folder_and_hands_it_on(window: MainWindow, tmp_path: Path) -> None:
    chosen: list[str] = []
    window.folder_chosen.connect(chosen.append)
    told = problem("nowhere-to-keep", places="/a, nor /b")
    window.commands.run(told.action)
    (dialog,) = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(tmp_path))
    assert chosen == [str(tmp_path)]
    dialog.close()


def test_help_shows_a_page_and_its_links_run_commands(window: MainWindow, desk: FakeDesk) -> None:
    from PySide6.QtCore import QUrl

    window.commands.run("help.contents")
    dialog = opened(HelpWindow)
    assert dialog.browser.toPlainText().strip()
    dialog.browser.anchorClicked.emit(QUrl("command:mask.invert"))
    dialog.browser.anchorClicked.emit(QUrl("https://example.org/"))
    assert desk.called("perform") == [("mask.invert",)]
    dialog.close()


def test_no_dialog_blocks(window: MainWindow) -> None:
    for command in ("edit.settings", "file.export", "help.keys", "help.about", "mask.grow", "file.recover"):
        window.commands.run(command)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert len(shown) == 6
    for dialog in shown:
        assert dialog.height() <= 700
        dialog.close()
