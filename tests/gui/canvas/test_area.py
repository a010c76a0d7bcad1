"""The canvas area as a whole: what floats on it, what can be dropped, what it says when it is empty."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from studio.domain.geometry import Margins, Point, Rect, Size
from studio.domain.ids import JobId
from studio.domain.job import JobState
from studio.domain.settings import Settings
from studio.session.face.views import (
    CompareMode,
    DocumentView,
    FormView,
    JobCard,
    MaskOutline,
    StagingView,
    Tool,
    VariationRow,
)
from studio.ui.canvas.area import CanvasArea
from studio.ui.canvas.drop import Target
from studio.ui.dropping import OUTPUT_MIME
from tests.fakes.desk_canvas import pixels_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.canvas.conftest import Stage

JOB = JobId("job")


def waiting(count: int = 3, index: int = 0) -> StagingView:
    image = QImage(96, 64, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    rows = tuple(
        VariationRow(output=None, label=f"Variation {n + 1}", thumbnail=pixels_of(image)) for n in range(count)
    )
    return StagingView(job=JOB, variations=rows, index=index, note="nothing changed outside the mask")


def test_the_bar_says_what_waits(stage: Stage) -> None:
    stage.desk.show_staging(waiting())
    bar = stage.area._staging

    assert bar.isVisible()
    assert bar.note.text() == "1 of 3 · nothing changed outside the mask"
    assert not bar.cancel.isVisible()
    assert stage.area._preview.shown
    stage.desk.show_staging(None)
    assert not bar.isVisible()
    assert not stage.area._preview.shown


def test_the_bar_lies_inside_of_the_canvas_at_its_bottom(stage: Stage) -> None:
    stage.desk.show_staging(waiting())
    for wide in (640, 900, 480):
        stage.area.resize(wide, 480)
        bar = stage.area._staging.geometry()
        assert stage.area.rect().contains(bar)
        assert abs(bar.center().x() - wide // 2) <= 1
        assert bar.bottom() > 460


def test_the_bars_buttons_ask_and_choose(stage: Stage) -> None:
    asked: list[str] = []
    stage.area.asked.connect(asked.append)
    stage.desk.show_staging(waiting())
    bar = stage.area._staging
    for button in (bar.previous, bar.next, bar.discard, bar.apply, bar._buttons[2]):
        button.click()

    assert asked == ["staging.previous", "staging.next", "staging.discard", "staging.apply"]
    assert stage.desk.called("show_variation") == [(2,)]


def test_while_it_runs_the_bar_counts_and_cancels(stage: Stage) -> None:
    state = next(iter(JobState))
    card = JobCard(
        job=JOB, title="", model="", provider="", state=state, phase="Filling", started=time.time() - 75, created=0
    )
    stage.desk.show_jobs((card,))
    stage.desk.show_staging(StagingView(job=JOB, variations=(), index=0, note="", running=True, phase="Filling"))
    bar = stage.area._staging

    assert bar.note.text().startswith("Filling · 1 min 15 s")
    assert not bar.apply.isVisible()
    assert not bar.discard.isVisible()
    bar.cancel.click()
    assert stage.desk.called("cancel_job") == [(JOB,)]


def test_a_result_that_arrives_takes_no_focus(stage: Stage, qtbot: QtBot) -> None:
    stage.area.surface.setFocus()
    before = QApplication.focusWidget()
    stage.desk.show_staging(waiting(1))
    stage.desk.show_staging(waiting(3, 2))
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    stage.desk.compare_changed.emit(CompareMode.OFF)
    stage.desk.show_staging(None)

    assert QApplication.focusWidget() is before


def test_clicking_a_variation_leaves_the_focus_on_the_canvas(stage: Stage) -> None:
    stage.desk.show_staging(waiting())

    assert not any(
        button.focusPolicy() & Qt.FocusPolicy.ClickFocus & ~Qt.FocusPolicy.TabFocus
        for button in stage.area._staging.findChildren(QAbstractButton)
    )


def test_the_splits_handle_follows_keys_and_hand(stage: Stage) -> None:
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    handle = stage.area._split
    start = handle.value()
    handle.triggerAction(handle.SliderAction.SliderSingleStepAdd)
    assert handle.value() == start + 10
    middle = QPointF(handle.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    kinds = QMouseEvent.Type
    QApplication.sendEvent(handle, QMouseEvent(kinds.MouseButtonPress, middle, middle, left, left, none))
    moved = middle + QPointF(60, 0)
    QApplication.sendEvent(handle, QMouseEvent(kinds.MouseMove, moved, moved, left, left, none))
    QApplication.sendEvent(handle, QMouseEvent(kinds.MouseButtonRelease, moved, moved, left, left, none))
    wide = stage.area.surface.view.picture.width / stage.area.surface.view.ratio

    assert handle.value() == pytest.approx(start + 10 + 60 / wide * 1000, abs=8)


def test_hold_compare_goes_back_to_what_was(stage: Stage) -> None:
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    stage.area.set_hold_compare(True)
    stage.desk.compare_changed.emit(CompareMode.HOLD)
    stage.area.set_hold_compare(False)

    assert stage.desk.called("set_compare") == [(CompareMode.HOLD,), (CompareMode.SPLIT,)]


def test_the_mask_is_zoomed_to(stage: Stage) -> None:
    box = Rect(x=300, y=200, width=60, height=40)
    view = stage.desk.document_view()
    assert view is not None
    stage.desk.show_document(replace(view, mask_box=box, masked=0.1))
    stage.area.zoom_to_mask()
    seen = stage.area.surface.view

    assert Rect.of_size(seen.view).contains(seen.device_rect(box))
    assert seen.zoom > 1


def test_zoom_is_told_and_stepped(stage: Stage) -> None:
    told: list[float] = []
    stage.area.zoom_changed.connect(told.append)
    stage.area.actual()
    stage.area.zoom_in()
    stage.area.zoom_out()
    stage.area.zoom_to(2.0)

    assert told == [1.0, 1.5, 1.0, 2.0]


def test_the_pointer_is_told_in_document_pixels(stage: Stage) -> None:
    told: list[Point | None] = []
    stage.area.pointer_moved.connect(told.append)
    stage.hand.move(320, 240)
    stage.hand.move(1, 1)

    x, y = stage.area.surface.view.from_view(320, 240)
    assert told == [Point(x=int(x), y=int(y)), None]


def test_the_frame_and_its_label_are_painted(stage: Stage) -> None:
    before = stage.area.surface.grab().toImage()
    stage.desk.show_form(FormView(frame=Rect(x=300, y=300, width=400, height=300), frame_label="Sent: 400 × 300"))
    after = stage.area.surface.grab().toImage()
    box = stage.area.surface.view.device_rect(Rect(x=300, y=300, width=400, height=300))

    assert any(before.pixel(x, box.y) != after.pixel(x, box.y) for x in range(box.x, box.right))
    assert stage.area._frame.area(stage.area.surface.view).y < box.y - 8


def test_the_outline_hides_while_a_stroke_runs(stage: Stage) -> None:
    stage.desk.canvas.rings = (tuple(Point(x=100 + 10 * n, y=100 + (n % 2) * 50) for n in range(20)),)
    stage.desk.canvas.paint_mask(Point(x=150, y=120), 30)
    mark, view = stage.area._outline, stage.area.surface.view
    assert not mark.area(view).is_empty
    stage.hand.move(300, 200)
    stage.hand.press()
    assert mark.area(view).is_empty
    stage.hand.release()

    assert not mark.area(view).is_empty


def test_the_same_outline_is_not_built_twice() -> None:
    from studio.ui.canvas.look import look_of  # beside its only use
    from studio.ui.canvas.outline import OutlineMark
    from studio.ui.theme.tokens import DARK

    mark = OutlineMark(lambda: look_of(DARK, None))
    outline = MaskOutline(rings=((Point(x=0, y=0), Point(x=5, y=0), Point(x=5, y=5)),))

    assert mark.show(outline)
    assert not mark.show(outline)


def test_the_extend_tool_makes_room_and_shows_margins(stage: Stage) -> None:
    stage.desk.show_tool(replace(stage.desk.tool_view(), tool=Tool.EXTEND))
    view = stage.area.surface.view
    assert view.picture.x > 20
    assert view.picture.y > 20
    stage.desk.show_tool(replace(stage.desk.tool_view(), margins=Margins(left=100)))

    assert stage.area._marks.extend.outer(view).x < view.picture.x


def test_the_empty_state_asks_for_a_picture(empty_stage: Stage) -> None:
    asked: list[str] = []
    empty_stage.area.asked.connect(asked.append)
    zone = empty_stage.area._empty.zone
    for button in (zone.open, zone.paste, zone.sample):
        button.click()

    assert asked == ["file.open", "file.paste-new", "file.sample"]


def test_recent_files_are_opened_with_a_click(qtbot: QtBot, empty_stage: Stage) -> None:
    empty_stage.area.resize(800, 700)
    empty_stage.area.render_settings(Settings(recent=("/tmp/one.png", "/tmp/two.ora")))
    rows = [row for row in empty_stage.area._empty._listed if isinstance(row, QAbstractButton)]
    assert [row.text() for row in rows] == ["one.png", "two.ora"]
    rows[1].click()

    assert empty_stage.desk.called("open") == [(("/tmp/two.ora",),)]


def test_the_empty_state_goes_and_comes_with_the_picture(stage: Stage) -> None:
    assert not stage.area._empty.isVisible()
    stage.desk.canvas.image = None
    stage.desk.show_document(None)

    assert stage.area._empty.isVisible()


def mime(kind: str) -> QMimeData:
    data = QMimeData()
    if kind == "file":
        data.setUrls([QUrl.fromLocalFile("/tmp/a.png"), QUrl.fromLocalFile("/tmp/b.jpg")])
    elif kind == "bytes":
        data.setData("image/bmp", QByteArray(b"BM"))
        data.setData("image/png", QByteArray(b"\x89PNG"))
    elif kind == "output":
        data.setData(OUTPUT_MIME, QByteArray(b"job-0"))
    elif kind == "outputs":
        data.setData(OUTPUT_MIME, QByteArray(b"job-1\njob-0\njob-2"))
    elif kind == "address":
        data.setUrls([QUrl("https://example.org/a.png")])
    else:
        data.setText("words")
    return data


def drop(stage: Stage, kind: str, target: Target | None) -> bool:
    """Drags over the canvas and lets go at a target; whether it was taken."""
    area, data = stage.area, mime(kind)
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    area.dragEnterEvent(entered)
    if not entered.isAccepted():
        return False
    at = area.rect().center() if target is None else area._targets.boxes()[target].center()
    area.dropEvent(QDropEvent(QPointF(at), copy, data, left, none))
    return True


@pytest.mark.parametrize(
    ("kind", "target", "call"),
    [
        ("file", Target.OPEN, "open"),
        ("file", Target.LAYER, "paste_files"),
        ("file", Target.REFERENCE, "add_reference_file"),
        ("bytes", Target.OPEN, "open_bytes"),
        ("bytes", Target.LAYER, "paste"),
        ("bytes", Target.REFERENCE, "add_reference"),
        ("output", Target.OPEN, "gallery_open"),
        ("output", Target.REFERENCE, "as_reference"),
        ("output", Target.LAYER, "paste_files"),
    ],
)
def test_drops_go_where_they_are_dropped(stage: Stage, kind: str, target: Target, call: str) -> None:
    assert drop(stage, kind, target)
    assert stage.desk.called(call)
    assert not stage.area._targets.isVisible()


@pytest.mark.parametrize(("target", "call"), [(Target.OPEN, "open"), (Target.LAYER, "paste_files")])
def test_several_pictures_of_the_gallery_are_taken_in_their_order(stage: Stage, target: Target, call: str) -> None:
    assert drop(stage, "outputs", target)
    assert stage.desk.called(call) == [(("job-1", "job-0", "job-2"),)]


@pytest.mark.parametrize(("kind", "call"), [("file", "open"), ("bytes", "open_bytes"), ("output", "gallery_open")])
def test_a_drop_on_the_empty_canvas_opens(empty_stage: Stage, kind: str, call: str) -> None:
    assert drop(empty_stage, kind, None)
    assert empty_stage.desk.called(call)


@pytest.mark.parametrize("kind", ["text", "address"])
def test_words_and_addresses_are_not_taken(stage: Stage, kind: str) -> None:
    assert not drop(stage, kind, Target.OPEN)


def test_png_bytes_are_taken_before_bmp(stage: Stage) -> None:
    drop(stage, "bytes", Target.LAYER)

    ((data, name),) = stage.desk.called("paste")
    assert data == b"\x89PNG"
    assert str(name).endswith(".png")


def test_everything_that_can_be_pressed_has_a_name(stage: Stage) -> None:
    stage.desk.show_staging(waiting())
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    nameless = [
        widget
        for widget in stage.area.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []
    assert stage.area.surface.accessibleDescription() == f"friends.jpg, {_size(stage)}"


def _size(stage: Stage) -> str:
    size = stage.desk.canvas.size()
    assert isinstance(size, Size)
    return f"{size.width} × {size.height}"


def test_an_area_without_a_desk_takes_every_call(qtbot: QtBot) -> None:
    area = CanvasArea(Settings())
    qtbot.addWidget(area)
    area.show()
    area.zoom_in()
    area.zoom_out()
    area.fit()
    area.actual()
    area.zoom_to_mask()
    area.set_hold_compare(True)
    area.render_settings(Settings(wheel="scroll"))
    area.setFocus()

    assert area._empty.isVisible()


def test_a_document_without_a_title_change_keeps_its_view(stage: Stage) -> None:
    stage.area.zoom_to(2.0)
    view = stage.desk.document_view()
    assert isinstance(view, DocumentView)
    stage.desk.show_document(replace(view, dirty=True, path="/tmp/x.ora"))

    assert stage.area.surface.view.zoom == 2.0
