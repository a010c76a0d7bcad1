"""What mouse and pen do on the canvas."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt

from studio.domain.geometry import Margins, Point
from studio.session.face.views import Combine, Tool

if TYPE_CHECKING:
    from tests.gui.canvas.conftest import Stage

Type = QEvent.Type
Modifier = Qt.KeyboardModifier
Button = Qt.MouseButton


def test_a_stroke_is_in_document_space(stage: Stage) -> None:
    stage.area.actual()
    view = stage.area.surface.view
    stage.hand.drag((100, 100), (140, 130))

    (stroke,) = stage.desk.canvas.strokes
    assert (stroke[0].x, stroke[0].y) == pytest.approx(view.to_document(100, 100))
    assert (stroke[-1].x, stroke[-1].y) == pytest.approx(view.to_document(140, 130))
    assert {sample.pressure for sample in stroke} == {1.0}


def test_the_first_dab_is_painted_on_the_press(stage: Stage) -> None:
    """Without waiting for the next frame, and nothing but its own surroundings."""
    stage.area.actual()
    stage.take(Tool.BRUSH, 40)
    stage.hand.move(300, 200)
    stage.area.surface.repaint()
    painted = []
    stage.area.surface.painted.connect(painted.append)
    stage.hand.press()

    assert painted
    assert all(rect.width() < 64 and rect.height() < 64 for rect in painted)
    assert painted[0].contains(300, 200)


def test_the_pen_carries_its_pressure_and_paints_once(stage: Stage) -> None:
    stage.hand.pen(Type.TabletPress, 200, 200, 0.3)
    stage.hand.pen(Type.TabletMove, 220, 200, 0.8)
    stage.hand.pen(Type.TabletRelease, 220, 200, 0.0)

    (stroke,) = stage.desk.canvas.strokes
    assert [round(sample.pressure, 2) for sample in stroke] == [0.3, 0.8]


def test_the_pens_other_end_erases(stage: Stage) -> None:
    seen = []
    stage.desk.tool_changed.connect(lambda view: seen.append(view.tool))
    stage.hand.pen(Type.TabletPress, 200, 200, eraser=True)
    assert stage.desk.tool_view().tool is Tool.ERASER
    stage.hand.pen(Type.TabletRelease, 200, 200, eraser=True)

    assert stage.desk.tool_view().tool is Tool.BRUSH
    assert seen == [Tool.ERASER, Tool.BRUSH]


def test_shift_click_draws_a_line_from_the_last_point(stage: Stage) -> None:
    stage.hand.drag((100, 100), (120, 120))
    stage.hand.move(300, 200)
    stage.hand.press(modifiers=Modifier.ShiftModifier)
    stage.hand.release()

    first, second = stage.desk.canvas.strokes
    assert second[0] == first[-1]
    assert (second[-1].x, second[-1].y) == pytest.approx(stage.area.surface.view.to_document(300, 200))


def test_shift_while_painting_keeps_to_an_axis(stage: Stage) -> None:
    stage.hand.move(100, 100)
    stage.hand.press()
    for x, y in ((120, 104), (160, 90), (220, 120)):
        stage.hand.move(x, y, Modifier.ShiftModifier)
    stage.hand.release()

    (stroke,) = stage.desk.canvas.strokes
    assert len({sample.y for sample in stroke}) == 1
    assert stroke[-1].x > stroke[0].x


def test_focus_loss_drops_the_stroke(stage: Stage) -> None:
    stage.hand.move(100, 100)
    stage.hand.press()
    stage.hand.move(150, 150)
    stage.hand.lose_focus()
    stage.hand.release()

    assert stage.desk.canvas.strokes == []
    assert ("cancel",) in stage.desk.canvas.calls


def test_escape_drops_the_stroke(stage: Stage) -> None:
    stage.hand.move(100, 100)
    stage.hand.press()
    stage.hand.down(Qt.Key.Key_Escape)
    stage.hand.move(150, 150)
    stage.hand.release()

    assert stage.desk.canvas.strokes == []


def test_a_lost_release_ends_the_stroke_and_keeps_it(stage: Stage) -> None:
    stage.hand.move(100, 100)
    stage.hand.press()
    stage.hand.move(150, 150)
    stage.hand.buttons = Button.NoButton
    stage.hand.move(200, 200)

    assert len(stage.desk.canvas.strokes) == 1


def test_a_rectangle_squares_with_shift_and_grows_from_its_centre_with_alt(stage: Stage) -> None:
    stage.take(Tool.RECTANGLE)
    stage.area.actual()
    stage.hand.move(200, 200)
    stage.hand.press()
    stage.hand.move(260, 220, Modifier.ShiftModifier | Modifier.AltModifier)
    corners = stage.desk.canvas.shape()
    stage.hand.release()

    across = abs(corners[-1].x - corners[0].x)
    assert across == pytest.approx(abs(corners[-1].y - corners[0].y)) == pytest.approx(120)


@pytest.mark.parametrize(
    ("held", "meant"),
    [
        (Modifier.NoModifier, Combine.REPLACE),
        (Modifier.ShiftModifier, Combine.ADD),
        (Modifier.AltModifier, Combine.SUBTRACT),
    ],
)
def test_clicks_select_objects(stage: Stage, held: Qt.KeyboardModifier, meant: Combine) -> None:
    stage.take(Tool.SELECT)
    x, y = stage.area.surface.view.to_document(320, 240)
    stage.hand.move(320, 240)
    stage.hand.press(modifiers=held)
    stage.hand.release()

    assert stage.desk.canvas.calls == [("click", Point(x=int(x), y=int(y)), meant)]


def test_held_modifiers_choose_how_a_lasso_joins_the_mask(stage: Stage) -> None:
    stage.take(Tool.LASSO)
    during = []
    stage.desk.canvas.changed.connect(lambda _changes: during.append(stage.desk.tool_view().combine))
    stage.hand.drag((100, 100), (200, 100), (150, 200), modifiers=Modifier.ShiftModifier)

    assert set(during) == {Combine.ADD}
    assert stage.desk.tool_view().combine is Combine.REPLACE


def test_moving_a_layer_waits_for_the_release(stage: Stage) -> None:
    stage.take(Tool.MOVE)
    stage.area.actual()
    stage.hand.move(100, 100)
    stage.hand.press()
    stage.hand.move(130, 90)
    assert stage.desk.called("move_content") == []
    stage.hand.release()

    assert stage.desk.called("move_content") == [(30, -10)]


def test_edges_are_pulled_out_by_their_handles(stage: Stage) -> None:
    stage.take(Tool.EXTEND)
    view = stage.area.surface.view
    right = view.picture.right
    middle = view.picture.y + view.picture.height / 2
    stage.hand.drag((right, middle), (right + 50, middle + 9))

    (margins,) = stage.desk.called("set_extend")[-1]
    assert margins == Margins(right=round(50 / view.zoom))


def test_the_zoom_tool_steps_in_and_with_alt_out(stage: Stage) -> None:
    stage.take(Tool.ZOOM)
    start = stage.area.surface.view.zoom
    stage.hand.move(320, 240)
    stage.hand.press()
    stage.hand.release()
    closer = stage.area.surface.view.zoom
    stage.hand.press(modifiers=Modifier.AltModifier)
    stage.hand.release()

    assert closer > start
    assert stage.area.surface.view.zoom < closer


def test_the_wheel_keeps_the_point_under_the_pointer(stage: Stage) -> None:
    stage.hand.move(333, 214)
    target = stage.area.surface.view.to_document(333, 214)
    for notches in [1] * 10 + [-1] * 10:
        stage.hand.wheel(notches)

    assert stage.area.surface.view.to_device(*target) == pytest.approx((333, 214), abs=1)


def test_the_wheel_scrolls_where_it_is_set_so_and_zooms_with_control(stage: Stage) -> None:
    stage.area.render_settings(replace(stage.desk.settings(), wheel="scroll"))
    stage.area.actual()
    before = stage.area.surface.view
    stage.hand.wheel(-1)
    assert stage.area.surface.view.zoom == before.zoom
    assert stage.area.surface.view.y < before.y
    stage.hand.wheel(1, Modifier.ControlModifier)

    assert stage.area.surface.view.zoom > before.zoom


def test_a_hundred_mixed_sequences_leave_no_stroke_and_no_other_tool(stage: Stage) -> None:
    """Middle drags, Space drags and wheels between and during strokes: as many strokes as were painted."""
    chance = random.Random(11)
    painted = 0
    for _ in range(100):
        tool = stage.desk.tool_view().tool
        match chance.choice(["paint", "middle", "space", "wheel", "paint and middle", "paint and wheel"]):
            case "paint":
                stage.hand.drag((200, 200), (260, 240))
                painted += 1
            case "middle":
                stage.hand.press(Button.MiddleButton)
                stage.hand.move(chance.randint(100, 500), chance.randint(100, 400))
                stage.hand.release(Button.MiddleButton)
            case "space":
                stage.hand.down(Qt.Key.Key_Space)
                stage.hand.drag((300, 200), (chance.randint(200, 400), 230))
                stage.hand.up(Qt.Key.Key_Space)
            case "wheel":
                stage.hand.wheel(chance.choice([-1, 1]))
            case "paint and middle":
                stage.hand.move(200, 200)
                stage.hand.press()
                stage.hand.press(Button.MiddleButton)
                stage.hand.move(240, 240)
                stage.hand.release(Button.MiddleButton)
                stage.hand.release()
                painted += 1
            case _:
                stage.hand.move(200, 200)
                stage.hand.press()
                stage.hand.wheel(1)
                stage.hand.release()
                painted += 1
        assert stage.desk.tool_view().tool is tool
        assert not stage.area._gestures.dragging

    assert len(stage.desk.canvas.strokes) == painted
    assert stage.area.surface.cursor().shape() is Qt.CursorShape.BlankCursor
    assert stage.area._marks.brush.at is not None


def test_nothing_happens_without_a_picture(empty_stage: Stage) -> None:
    empty_stage.hand.drag((100, 100), (200, 200))
    empty_stage.hand.wheel(1)

    assert empty_stage.desk.canvas.strokes == []
