"""What the surface paints, and how little of it anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Point, Rect, Size
from studio.session.face.views import CompareMode
from studio.ui.canvas.cells import EDGE, Cells
from studio.ui.canvas.look import look_of
from studio.ui.canvas.picture import GRID_FROM, PicturePainter
from studio.ui.canvas.transform import ViewTransform
from studio.ui.theme.tokens import DARK, LIGHT
from tests.fakes.desk_canvas import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.cells import Placed
    from tests.gui.canvas.conftest import Stage

RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


def picture() -> QImage:
    """A soft ramp in which any seam would show, 900 x 700."""
    wide, high = 900, 700
    row = bytearray(b"\x80\x00\x00\xff" * wide)
    row[2::4] = bytes(x // 4 * 4 * 255 // wide for x in range(wide))
    data = bytearray()
    for y in range(high):
        row[1::4] = bytes([y * 255 // high]) * wide
        data += row
    return QImage(data, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()


def painted(image: QImage, view: ViewTransform) -> QImage:
    """The whole view by way of cells, in device pixels."""
    cells = Cells(PicturePainter(lambda rect, level: cut(image, rect, level), look_of(DARK, None)))
    cells.place(view)
    screen = QImage(view.view.width, view.view.height, QImage.Format.Format_RGB32)
    painter = QPainter(screen)
    cells.draw(painter, Rect.of_size(view.view))
    painter.end()
    return screen


def most_different(one: QImage, two: QImage, rect: Rect) -> int:
    """The largest difference of a channel on a grid of points."""
    worst = 0
    for y in range(rect.y, rect.bottom, 3):
        for x in range(rect.x, rect.right, 3):
            a, b = one.pixelColor(x, y), two.pixelColor(x, y)
            worst = max(worst, abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue()))
    return worst


@pytest.mark.parametrize("zoom", [0.11, 0.37, 0.5, 0.74, 1.0, 1.3, 1.999])
def test_no_seams_between_tiles(zoom: float) -> None:
    """Each tile's edges are rounded once for both neighbours: along a ramp no step is larger than the ramp's own."""
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=500, height=400), zoom=zoom)
    view = view.centred(512.5, 300.25)
    screen = painted(picture(), view)
    seen = view.picture.intersected(Rect.of_size(view.view))
    slope = 255 / 900 * 4 / min(1.0, zoom)
    row = seen.y + seen.height // 2
    for x in range(seen.x + 1, seen.right):
        step = abs(screen.pixelColor(x, row).red() - screen.pixelColor(x - 1, row).red())
        assert step <= slope + 2, f"a step of {step} at {x}"


@pytest.mark.parametrize("ratio", RATIOS)
def test_actual_size_shows_the_pictures_own_pixels(ratio: float) -> None:
    image = picture()
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=600, height=500), ratio=ratio)
    view = view.centred(450, 350)
    screen = painted(image, view)
    x, y = int(view.x), int(view.y)

    assert all(
        screen.pixel(column, row) == image.pixel(column - x, row - y)
        for column in range(0, 600, 7)
        for row in range(0, 500, 7)
    )


def test_panning_shows_the_same_as_painting_anew() -> None:
    image = picture()
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=500, height=400), zoom=0.74)
    view = view.centred(300, 300)
    cells = Cells(PicturePainter(lambda rect, level: cut(image, rect, level), look_of(DARK, None)))
    for dx, dy in ((0, 0), (-60, 20), (130, -70), (-33, -41)):
        view = view.panned(dx, dy)
        cells.place(view)
        screen = QImage(500, 400, QImage.Format.Format_RGB32)
        painter = QPainter(screen)
        cells.draw(painter, Rect.of_size(view.view))
        painter.end()

    assert screen == painted(image, view)


def test_a_changed_rectangle_fetches_and_paints_that_alone() -> None:
    image = picture()
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=500, height=400)).centred(450, 350)
    asked: list[Rect] = []

    def source(rect: Rect, level: int):
        asked.append(rect)
        return cut(image, rect, level)

    cells = Cells(PicturePainter(source, look_of(DARK, None)))
    cells.place(view)
    screen = QImage(500, 400, QImage.Format.Format_RGB32)
    painter = QPainter(screen)
    cells.draw(painter, Rect.of_size(view.view))
    asked.clear()
    changed = Rect(x=440, y=340, width=20, height=10)
    cells.invalidate(changed)
    cells.draw(painter, Rect.of_size(view.view))
    painter.end()

    assert len(asked) == 1
    assert changed.grown(4).contains(asked[0])


class Counting(PicturePainter):
    """Keeps what it painted."""

    def __init__(self, image: QImage) -> None:
        super().__init__(lambda rect, level: cut(image, rect, level), look_of(DARK, None))
        self.seen: list[Rect] = []

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[Placed]) -> None:
        self.seen.append(rect)
        super().paint(painter, view, rect, tiles)


@pytest.mark.parametrize(
    ("changed", "calls"),
    [
        ([Rect(x=0, y=0, width=900, height=700)], 1),
        ([Rect(x=100, y=240, width=400, height=60)], 1),
        ([Rect(x=10, y=10, width=40, height=40), Rect(x=600, y=600, width=40, height=40)], 2),
    ],
)
def test_a_change_over_many_cells_is_painted_in_one_piece(changed: list[Rect], calls: int) -> None:
    """And shows what painting all anew shows."""
    image, after = picture(), picture()
    on = QPainter(after)
    for rect in changed:
        on.fillRect(rect.x, rect.y, rect.width, rect.height, QColor(10, 200, 90))
    on.end()
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=900, height=700))
    counting = Counting(image)
    cells = Cells(counting)
    cells.place(view)
    screen = QImage(900, 700, QImage.Format.Format_RGB32)
    painter = QPainter(screen)
    cells.draw(painter, Rect.of_size(view.view))
    counting.seen.clear()
    counting.source = lambda rect, level: cut(after, rect, level)
    for rect in changed:
        cells.invalidate(rect)
    cells.draw(painter, Rect.of_size(view.view))
    painter.end()

    assert len(counting.seen) == calls
    assert screen == painted(after, view)


def test_the_same_colours_again_paint_nothing_anew(stage: Stage) -> None:
    """Each choice of a model is kept in the settings, whose look the canvas takes each time."""
    surface = stage.area.surface
    asked: list[Rect] = []

    def source(rect: Rect, level: int) -> Sequence[PaintTile]:
        asked.append(rect)
        return stage.desk.canvas.picture(rect, level)

    surface._picture_painter.source = source
    stage.area.render_settings(replace(stage.desk.settings(), surround=77))
    surface.repaint()
    assert asked
    asked.clear()
    stage.area.render_settings(replace(stage.desk.settings(), surround=77))
    surface.repaint()

    assert not asked


def test_cells_out_of_sight_are_let_go() -> None:
    image = picture()
    view = ViewTransform(document=Size(width=900, height=700), view=Size(width=300, height=300), zoom=8.0)
    cells = Cells(PicturePainter(lambda rect, level: cut(image, rect, level), look_of(DARK, None)))
    screen = QImage(300, 300, QImage.Format.Format_RGB32)
    view = view.centred(100, 100)
    for _ in range(30):
        view = view.panned(-200, -150)
        cells.place(view)
        painter = QPainter(screen)
        cells.draw(painter, Rect.of_size(view.view))
        painter.end()
        cells.forget_outside(Rect.of_size(view.view))

    assert cells.painted <= (300 // EDGE + 4) ** 2


def test_each_pixel_is_seen_from_eight_hundred_percent() -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 200, 200))
    view = ViewTransform(document=Size(width=40, height=30), view=Size(width=200, height=200), zoom=GRID_FROM)
    view = view.centred(20, 15)
    screen = painted(image, view)
    line = view.device_rect(Rect(x=20, y=15, width=1, height=1))

    assert screen.pixelColor(line.x, line.y + 3) != screen.pixelColor(line.x + 3, line.y + 3)


def test_transparency_shows_a_checkerboard() -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    view = ViewTransform(document=Size(width=64, height=64), view=Size(width=64, height=64))
    screen = painted(image, view)

    assert screen.pixelColor(2, 2) != screen.pixelColor(10, 2)
    assert screen.pixelColor(2, 2) == screen.pixelColor(10, 10)


def test_a_dab_repaints_its_own_rectangle(stage: Stage) -> None:
    stage.area.actual()
    stage.area.surface.repaint()
    regions: list[QRect] = []
    stage.area.surface.painted.connect(regions.append)
    x, y = stage.area.surface.view.to_document(320, 240)
    stage.desk.canvas.paint_mask(Point(x=int(x), y=int(y)), 10)
    stage.area.surface.flush()

    assert regions
    assert QRect(300, 220, 40, 40).contains(regions[0])
    assert regions[0].contains(QPoint(320, 240))


def test_what_was_painted_piecewise_equals_a_whole_repaint(stage: Stage) -> None:
    """Strokes, pans and zooms, each repainting what it touches, end in the picture that a fresh paint gives."""
    stage.area.surface.set_overlay(stage.desk.tool_view().overlay, shown=True)
    for step in range(12):
        stage.hand.drag((100 + 30 * step, 100), (150 + 20 * step, 160 + 10 * step))
        if step % 3 == 0:
            stage.area.surface.set_view(stage.area.surface.view.panned(-17, 9))
        if step % 5 == 4:
            stage.hand.wheel(1 if step % 2 else -1)
    stage.area.surface._smooth()
    before = stage.area.surface.grab().toImage()
    stage.area.surface._repaint_all()

    assert stage.area.surface.grab().toImage() == before


def test_what_is_painted_between_bars_equals_a_whole_repaint(stage: Stage) -> None:
    """Each part once: the mask is clear, and would be stronger where it is painted twice."""
    surface = stage.area.surface
    size = stage.desk.canvas.size()
    assert size is not None
    stage.desk.canvas.paint_mask(Point(x=size.width // 2, y=size.height // 2), 300)
    bars = QRegion(QRect(100, 20, 200, 60)) + QRegion(QRect(60, 200, 300, 40)) + QRegion(QRect(90, 230, 10, 90))
    parts = QRegion(surface.rect()) - bars
    assert parts.rectCount() > 6
    whole, pieces = (QImage(surface.size(), QImage.Format.Format_RGB32) for _ in range(2))
    pieces.fill(QColor(255, 0, 255))
    surface.render(whole)
    painter = QPainter(whole)
    for rect in bars:  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]  the stub forgets it
        painter.fillRect(rect, QColor(255, 0, 255))
    painter.end()
    surface.render(pieces, QPoint(), parts)

    assert pieces == whole


def test_hidden_overlay_and_compare_show_the_bare_picture(stage: Stage) -> None:
    bare = stage.area.surface.grab().toImage()
    size = stage.desk.canvas.size()
    assert size is not None
    stage.desk.canvas.paint_mask(Point(x=size.width // 2, y=size.height // 2), 200)
    assert stage.area.surface.grab().toImage() != bare
    stage.desk.set_overlay_shown(False)
    assert stage.area.surface.grab().toImage() == bare
    stage.desk.set_overlay_shown(True)
    stage.desk.compare_changed.emit(CompareMode.HOLD)

    assert stage.area.surface.grab().toImage() == bare


def test_the_split_shows_the_original_on_its_left(stage: Stage) -> None:
    shown = stage.desk.canvas.image
    assert shown is not None
    stage.desk.canvas.before = QImage(shown.size(), QImage.Format.Format_RGB32)
    stage.desk.canvas.before.fill(QColor(0, 0, 255))
    stage.desk.compare_changed.emit(CompareMode.SPLIT)
    stage.area._split.setValue(250)
    shown = stage.area.surface.grab().toImage()
    view = stage.area.surface.view
    column = view.picture.x + view.picture.width // 4
    row = view.picture.bottom - 30

    assert shown.pixelColor(column - 30, row) == QColor(0, 0, 255)
    assert shown.pixelColor(column + 30, row) != QColor(0, 0, 255)


def test_a_picture_that_comes_later_is_fitted(stage: Stage) -> None:
    view = stage.area.surface.view
    assert Rect.of_size(view.view).contains(view.picture)
    stage.area.actual()
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 90, 90))
    stage.open(image, "small.png")

    assert stage.area.surface.view.document == Size(width=120, height=90)
    assert stage.area.surface.view.zoom == 1.0


def test_tiles_that_come_late_are_painted(stage: Stage) -> None:
    image = stage.desk.canvas.image
    stage.desk.canvas.image = None
    stage.area.surface._repaint_all()
    without = stage.area.surface.grab().toImage()
    stage.desk.canvas.image = image
    assert image is not None
    whole = Rect(x=0, y=0, width=image.width(), height=image.height())
    stage.desk.canvas.changed.emit(Changes(rect=whole, touched=Touched.PIXELS))

    assert stage.area.surface.grab().toImage() != without


def test_the_surround_is_the_users_grey(stage: Stage) -> None:
    stage.area.render_settings(replace(stage.desk.settings(), surround=77))

    assert stage.area.surface.grab().toImage().pixelColor(1, 1) == QColor(77, 77, 77)


def test_both_themes_give_a_neutral_surround() -> None:
    for tokens in (DARK, LIGHT):
        grey = look_of(tokens, None).surround
        assert grey.red() == grey.green() == grey.blue()


def test_the_region_of_an_update_is_all_that_is_painted(stage: Stage) -> None:
    regions: list[QRect] = []
    stage.area.surface.painted.connect(regions.append)
    stage.area.surface.repaint(QRegion(QRect(10, 10, 20, 20)))

    assert regions == [QRect(10, 10, 20, 20)]
