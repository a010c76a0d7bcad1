from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from studio.domain.command import Needs
from studio.domain.geometry import Size
from studio.domain.ids import BlobId
from studio.domain.pixels import PixelFormat, Pixels
from studio.session.face.views import GalleryView, Notice, Readiness
from studio.ui.dropping import OUTPUT_MIME, outputs
from studio.ui.gallery.info import InfoCard
from studio.ui.gallery.model import PICTURE
from studio.ui.theme.tokens import CHECKS
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from tests.fakes.desk_scene import gallery_row

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from studio.ui.gallery.strip import GalleryStrip
    from studio.ui.window import MainWindow
    from tests.fakes.desk import FakeDesk


@pytest.fixture
def strip(window: MainWindow) -> GalleryStrip:
    assert window.gallery.strip is not None
    return window.gallery.strip


def test_only_thumbnails_in_sight_are_asked_for(strip: GalleryStrip, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.gallery.asked.clear()
    rows = tuple(gallery_row(9000 - at) for at in range(5000))
    desk.show_gallery(GalleryView(rows=rows, total=5000))
    strip.grab()
    assert 0 < len(set(desk.gallery.asked)) < 30


def test_a_new_picture_moves_neither_selection_nor_scroll(strip: GalleryStrip, desk: FakeDesk) -> None:
    rows = tuple(gallery_row(500 - at) for at in range(100))
    desk.show_gallery(GalleryView(rows=rows, total=100))
    strip.choose(rows[40].id)
    strip.horizontalScrollBar().setValue(3000)
    before = strip.visualRect(strip.rows.at(rows[40].id)).left()
    newer = (gallery_row(501), gallery_row(502))
    desk.show_gallery(GalleryView(rows=(*newer, *rows), total=102))
    assert [row.id for row in strip.selected()] == [rows[40].id]
    assert strip.visualRect(strip.rows.at(rows[40].id)).left() == before


def test_a_star_changes_one_row_and_keeps_the_selection(strip: GalleryStrip, desk: FakeDesk, qtbot: QtBot) -> None:
    rows = strip.rows.rows
    strip.choose(rows[3].id)
    with qtbot.waitSignal(strip.rows.dataChanged) as told:
        changed = tuple(replace(row, starred=True) if row is rows[3] else row for row in rows)
        desk.show_gallery(GalleryView(rows=changed, total=len(rows)))
    assert told.args is not None
    assert (told.args[0].row(), told.args[1].row()) == (3, 3)
    assert strip.selected()[0].starred


def test_a_finished_picture_takes_the_place_of_the_raw_one(strip: GalleryStrip, desk: FakeDesk) -> None:
    raw, *rest = strip.rows.rows
    place = strip.rows.at(raw.id)

    def shown() -> QImage | None:
        picture: QPixmap | None = place.data(PICTURE)
        return None if picture is None else picture.toImage()

    desk.gallery.pictures[raw.id] = plain(10)
    before = shown()
    assert before is not None
    strip.rows.prepared(raw.id, "/tmp/raw.png")
    del desk.gallery.pictures[raw.id]
    finished = replace(raw, blob=BlobId("f" * 64))
    desk.show_gallery(GalleryView(rows=(finished, *rest), total=1 + len(rest)))
    assert shown() == before, "it went dark until the new one came"
    desk.gallery.pictures[raw.id] = plain(200)
    assert shown() not in (None, before)
    assert not strip.rows.mimeData([place]).urls()


def plain(level: int) -> Pixels:
    """A grey picture."""
    return Pixels(
        size=Size(width=4, height=4), stride=16, format=PixelFormat.BGRX, data=memoryview(bytes([level]) * 64)
    )


@pytest.mark.parametrize("gone", [0, 5, 17])
def test_a_trashed_picture_leaves_the_others_in_order(strip: GalleryStrip, desk: FakeDesk, gone: int) -> None:
    rows = strip.rows.rows
    left = rows[:gone] + rows[gone + 1 :]
    desk.show_gallery(GalleryView(rows=left, total=len(left)))
    assert strip.rows.rows == left
    assert strip.rows.rowCount() == len(left)
    assert all(strip.rows.at(row.id).row() == at for at, row in enumerate(left))


def test_selecting_opening_and_trashing_go_to_the_session(strip: GalleryStrip, desk: FakeDesk, qtbot: QtBot) -> None:
    rows = strip.rows.rows
    strip.choose(rows[1].id)
    assert desk.called("select")[-1] == ((rows[1].id,),) or desk.called("select")[-1] == ([rows[1].id],)
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert desk.called("gallery_open") == [(rows[1].id,)]
    assert len(desk.called("trash")) == 1


def test_a_picture_with_holes_lies_on_squares(qapp: QApplication) -> None:
    clear, full = ((0, 0, 0, 0), (0, 0, 255, 255))
    data = bytes(full) * 32 + bytes(clear) * 32
    cut = Pixels(size=Size(width=8, height=8), stride=32, format=PixelFormat.BGRA, data=memoryview(data))
    shown = QImage(48, 48, QImage.Format.Format_RGB32)
    painter = QPainter(shown)
    thumbnail(painter, QRect(0, 0, 48, 48), pixmap_of(cut), 0, "#000000")
    painter.end()
    assert {shown.pixelColor(x, y).name() for x in range(48) for y in range(20)} == {"#ff0000"}
    assert {shown.pixelColor(x, y).name() for x in range(48) for y in range(30, 48)} == set(CHECKS)


def test_more_is_fetched_at_the_end(strip: GalleryStrip, desk: FakeDesk) -> None:
    rows = tuple(gallery_row(300 - at) for at in range(200))
    desk.show_gallery(GalleryView(rows=rows, total=1000))
    strip.horizontalScrollBar().setValue(strip.horizontalScrollBar().maximum())
    strip.rows.fetchMore(strip.rootIndex())
    assert desk.called("more")


def test_a_picture_is_dragged_out_as_a_file_with_its_bytes(
    strip: GalleryStrip, desk: FakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "Empty wooden fence.png"
    file.write_bytes(b"\x89PNG as it is on disk")
    desk.gallery.path = str(file)
    place = strip.visualRect(strip.rows.index(0)).center()
    qtbot.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    mime = strip.rows.mimeData([strip.rows.index(0)])
    assert [url.toLocalFile() for url in mime.urls()] == [str(file)]
    assert bytes(mime.data("image/png").data()) == file.read_bytes()
    assert mime.hasFormat(OUTPUT_MIME)
    assert outputs(mime) == [strip.rows.rows[0].id]
    qtbot.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_strip_wraps_when_there_is_room(window: MainWindow, strip: GalleryStrip, qtbot: QtBot) -> None:
    assert not strip.isWrapping()
    window.docks["gallery"].setFloating(True)
    window.docks["gallery"].resize(500, 500)
    qtbot.waitUntil(strip.isWrapping)


def test_searching_waits_for_the_hand_and_star_filters_at_once(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    header = window.gallery.header
    qtbot.keyClicks(header.field, "fence")
    qtbot.waitUntil(lambda: bool(desk.called("search")))
    assert desk.called("search") == [("fence", False, False)]
    header.star.click()
    assert desk.called("search")[-1] == ("fence", True, False)


def test_an_empty_gallery_and_an_empty_search_say_so(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.show_gallery(GalleryView())
    assert window.gallery.empty.isVisible()
    assert "lands here" in window.gallery.empty.text.text()
    desk.show_gallery(GalleryView(words="xyz"))
    assert "xyz" in window.gallery.empty.text.text()
    window.gallery.empty.clear.click()
    assert desk.called("search")[-1] == ("", False, False)


def test_the_card_tells_how_a_picture_was_made(window: MainWindow, strip: GalleryStrip) -> None:
    row = replace(strip.rows.rows[0], seed=7, parent=strip.rows.rows[1].id)
    strip.looked_at.emit(row, QRect(window.mapToGlobal(QPoint(100, 600)), window.size() / 10))
    card = window.findChild(InfoCard)
    assert isinstance(card, InfoCard)
    assert card.isVisible()
    said = " ".join(label.text() for label in card.labels())
    for word in ("Empty wooden fence", "Fill", "Local engine", "2056 × 3088", "7", row.parent or "", "good"):
        assert word in said
    assert window.rect().contains(card.geometry())
    strip.looked_at.emit(None, QRect())
    assert not card.isVisible()


def test_the_trash_is_shown_and_gives_back(window: MainWindow, strip: GalleryStrip, desk: FakeDesk) -> None:
    header = window.gallery.header
    desk.show_readiness(Readiness(met=Needs.GALLERY_SELECTION))
    assert not header.restore.isVisible()
    header.trash.click()
    assert desk.called("search")[-1] == ("", False, True)
    assert "ever deleted" in header.kept.text()
    assert header.restore.isVisible()
    assert not header.restore.isEnabled()
    trashed = tuple(replace(gallery_row(900 - at), trashed=True) for at in range(len(strip.rows.rows)))
    strip.choose(strip.rows.rows[1].id)
    desk.show_gallery(GalleryView(rows=trashed, trashed_only=True, total=len(trashed)))
    assert strip.selected() == []
    assert desk.called("select")[-1] == ((),)
    desk.show_readiness(Readiness(met=Needs.GALLERY_SELECTION | Needs.TRASH_SELECTION))
    header.restore.click()
    assert desk.called("perform")[-1] == ("gallery.untrash",)
    header.trash.click()
    assert desk.called("search")[-1] == ("", False, False)
    assert header.kept.text() == ""


def test_an_empty_trash_says_so_and_leads_back(window: MainWindow, desk: FakeDesk) -> None:
    window.commands.run("gallery.show-trash")
    desk.show_gallery(GalleryView(trashed_only=True))
    assert window.gallery.empty.text.text() == "The trash is empty."
    window.gallery.empty.clear.click()
    assert desk.called("search")[-1] == ("", False, False)
    assert not window.gallery.header.trash.isChecked()


def test_the_word_of_the_trash_has_an_undo(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.say(Notice(text="Picture moved to trash.", action="gallery.untrash-last", button="Undo"))
    toast = window.notices.toast()
    assert toast is not None
    undo = next(each for each in toast.findChildren(QAbstractButton) if each.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert desk.called("perform")[-1] == ("gallery.untrash-last",)
    assert window.notices.toast() is None
