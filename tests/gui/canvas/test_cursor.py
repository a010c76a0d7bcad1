"""The brush's ring is its footprint, and is seen on any ground."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from studio.domain.geometry import Rect, Size
from studio.ui.canvas.cursor import BrushMark
from studio.ui.canvas.look import look_of
from studio.ui.canvas.transform import ViewTransform
from studio.ui.theme.tokens import DARK, contrast

GROUNDS = ("#000000", "#ffffff", "#808080", "#ff2d55", "#785032")
ZOOMS = (0.02, 0.05, 0.1, 0.25, 0.37, 0.5, 0.74, 1.0, 1.5, 2.0, 3.0, 4.0)
EDGE = 500
DIAMETER = 100.0


def ring(ground: str, zoom: float, ratio: float = 1.0) -> tuple[QImage, ViewTransform]:
    mark = BrushMark(lambda: look_of(DARK, None))
    mark.at, mark.diameter = (1000.0, 1000.0), DIAMETER
    view = ViewTransform(
        document=Size(width=2000, height=2000), view=Size(width=EDGE, height=EDGE), zoom=zoom, ratio=ratio
    ).centred(1000, 1000)
    image = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    mark.paint(painter, view, Rect(x=0, y=0, width=EDGE, height=EDGE))
    painter.end()
    return image, view


def lightest(image: QImage, row: int) -> tuple[int, int]:
    """The outermost columns of a row where the light line is: a light pixel between darker ones."""
    colours = [image.pixelColor(x, row) for x in range(EDGE)]
    values = [min(each.red(), each.green(), each.blue()) for each in colours]
    peaks = [
        x
        for x in range(2, EDGE - 2)
        if values[x] >= 150 and values[x] >= max(values[x - 1], values[x + 1]) and min(values[x - 2 : x + 3]) < 110
    ]
    return peaks[0], peaks[-1]


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("zoom", [zoom for zoom in ZOOMS if zoom >= 0.1])
@pytest.mark.parametrize("ground", GROUNDS[:1] + GROUNDS[2:])
def test_the_ring_is_the_footprint_to_a_pixel(ground: str, zoom: float, ratio: float) -> None:
    image, view = ring(ground, zoom, ratio)
    left, right = lightest(image, EDGE // 2)
    radius = DIAMETER * zoom / 2
    centre, _ = view.to_device(1000, 1000)

    assert left + 0.5 == pytest.approx(centre - radius, abs=ratio + 0.5)
    assert right + 0.5 == pytest.approx(centre + radius, abs=ratio + 0.5)


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_ring_has_a_contrast_of_three_on_any_ground(ground: str, zoom: float) -> None:
    image, _ = ring(ground, zoom)
    row = {image.pixelColor(x, EDGE // 2).name() for x in range(EDGE)}

    assert max(contrast(colour, ground) for colour in row) >= 3.0


def test_a_ring_too_small_to_see_gets_a_crosshair() -> None:
    tiny, _ = ring("#808080", 0.02)
    changed = [x for x in range(EDGE) if tiny.pixelColor(x, EDGE // 2) != QColor("#808080")]

    assert changed[-1] - changed[0] >= 10


def test_the_ring_is_painted_inside_of_its_area() -> None:
    for zoom in ZOOMS:
        mark = BrushMark(lambda: look_of(DARK, None))
        mark.at, mark.diameter = (1000.3, 999.8), DIAMETER
        image, view = ring("#808080", zoom)
        area = mark.area(view).grown(1)
        touched = [
            (x, y)
            for y in range(0, EDGE)
            for x in (area.x - 1, area.right)
            if 0 <= x < EDGE and image.pixelColor(x, y) != QColor("#808080")
        ]
        assert touched == []
