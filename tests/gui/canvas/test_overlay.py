"""The mask is seen on anything, by anyone."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from studio.domain.geometry import Point, Rect, Size
from studio.domain.settings import OVERLAY_COLOURS, Overlay
from studio.session.face.views import MaskOutline
from studio.ui.canvas.cells import Cells
from studio.ui.canvas.look import look_of
from studio.ui.canvas.outline import CHUNK, OutlineMark
from studio.ui.canvas.overlay import MaskPainter
from studio.ui.canvas.transform import ViewTransform
from studio.ui.theme.tokens import DARK
from tests.fakes.desk_canvas import cut
from tests.gui.canvas.colour_difference import SIGHTS, Colour, difference

ENOUGH = 20
"""CIEDE2000 at which a difference is told at a glance."""
EDGE = 96
GROUNDS: dict[str, Colour] = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "red": (220, 30, 40),
    "the mask's own red": (255, 45, 85),
    "green": (40, 160, 60),
    "blue": (40, 80, 200),
    "skin": (224, 172, 140),
    "sky": (150, 190, 230),
    "wood": (120, 80, 50),
    "yellow": (240, 210, 60),
    "cyan": (60, 200, 220),
}


def masked(ground: QImage, overlay: Overlay, ratio: float = 1.0) -> QImage:
    """A ground wholly under the mask."""
    mask = QImage(EDGE, EDGE, QImage.Format.Format_Grayscale8)
    mask.fill(255)
    painter = MaskPainter(lambda rect, level: cut(mask, rect, level), look_of(DARK, None))
    painter.overlay = overlay
    cells = Cells(painter)
    view = ViewTransform(document=Size(width=EDGE, height=EDGE), view=Size(width=EDGE, height=EDGE), ratio=ratio)
    cells.place(view)
    shown = QImage(ground)
    on = QPainter(shown)
    cells.draw(on, Rect.of_size(view.view))
    on.end()
    return shown


def flat(colour: Colour) -> QImage:
    image = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
    image.fill(QColor(*(round(part) for part in colour)))
    return image


def tones(image: QImage) -> list[Colour]:
    """The colours that cover a twentieth of it or more."""
    counted = Counter(memoryview(image.constBits()).cast("I"))
    often = [QColor(pixel) for pixel, count in counted.items() if count >= EDGE * EDGE / 20]
    return [(colour.red(), colour.green(), colour.blue()) for colour in often]


@pytest.mark.parametrize("pattern", ["stripe", "checker"])
@pytest.mark.parametrize("colour", OVERLAY_COLOURS)
def test_each_colour_is_seen_on_each_ground_by_each_sight(colour: str, pattern: str) -> None:
    """The tint differs from the ground, or the pattern's tones from each other."""
    for name, ground in GROUNDS.items():
        seen = [*tones(masked(flat(ground), Overlay(colour=colour, pattern=pattern))), ground]
        assert len(seen) > 2
        for sight in SIGHTS:
            best = max(difference(one, two, sight) for one, two in combinations(seen, 2))
            assert best >= ENOUGH, f"{colour} on {name}, {sight}: {best:.1f}"


def test_the_mask_is_seen_on_noise() -> None:
    chance = random.Random(3)
    ground = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
    for x in range(EDGE):
        for y in range(EDGE):
            ground.setPixel(x, y, QColor(*(chance.randrange(256) for _ in range(3))).rgb())
    assert difference(_mean(masked(ground, Overlay())), _mean(ground)) >= ENOUGH


def _mean(image: QImage) -> Colour:
    pixels = [QColor(image.pixel(x, y)) for x in range(0, EDGE, 2) for y in range(0, EDGE, 2)]
    count = len(pixels)
    return (
        sum(each.red() for each in pixels) / count,
        sum(each.green() for each in pixels) / count,
        sum(each.blue() for each in pixels) / count,
    )


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
def test_the_pattern_is_as_wide_at_every_zoom_and_scale(ratio: float) -> None:
    """It repeats after the same number of view pixels."""
    shown = masked(flat((128, 128, 128)), Overlay(), ratio)
    period = max(4, round(16 * ratio))

    assert all(shown.pixel(x, 10) == shown.pixel(x + period, 10) for x in range(EDGE - period))
    assert len({shown.pixel(x, 10) for x in range(period)}) > 1


def test_the_mask_is_as_strong_as_its_value() -> None:
    mask = QImage(EDGE, EDGE, QImage.Format.Format_Grayscale8)
    mask.fill(128)
    painter = MaskPainter(lambda rect, level: cut(mask, rect, level), look_of(DARK, None))
    painter.overlay = Overlay(pattern="plain", opacity=1.0)
    cells = Cells(painter)
    cells.place(ViewTransform(document=Size(width=EDGE, height=EDGE), view=Size(width=EDGE, height=EDGE)))
    shown = flat((0, 0, 0))
    on = QPainter(shown)
    cells.draw(on, Rect(x=0, y=0, width=EDGE, height=EDGE))
    on.end()

    assert shown.pixelColor(5, 5).red() == pytest.approx(128, abs=1)


def test_nothing_is_kept_where_there_is_no_mask() -> None:
    painter = MaskPainter(lambda rect, level: (), look_of(DARK, None))
    cells = Cells(painter)
    view = ViewTransform(document=Size(width=900, height=900), view=Size(width=900, height=900))
    cells.place(view)
    screen = QImage(900, 900, QImage.Format.Format_RGB32)
    on = QPainter(screen)
    cells.draw(on, Rect.of_size(view.view))
    on.end()

    assert cells.painted == 0


def _square(edge: int) -> tuple[Point, ...]:
    across = [Point(x=20 + step, y=20) for step in range(edge)]
    down = [Point(x=20 + edge, y=20 + step) for step in range(edge)]
    back = [Point(x=20 + edge - step, y=20 + edge) for step in range(edge)]
    up = [Point(x=20, y=20 + edge - step) for step in range(edge)]
    return (*across, *down, *back, *up)


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (128, 128, 128)])
def test_the_outline_has_both_tones(ground: Colour) -> None:
    mark = OutlineMark(lambda: look_of(DARK, None))
    mark.show(MaskOutline(rings=(_square(60),)))
    shown = flat(ground)
    on = QPainter(shown)
    view = ViewTransform(document=Size(width=EDGE, height=EDGE), view=Size(width=EDGE, height=EDGE))
    mark.paint(on, view, Rect(x=0, y=0, width=EDGE, height=EDGE))
    on.end()
    lightness = {shown.pixelColor(x, 20).lightness() for x in range(22, 78)}

    assert max(lightness) > 240
    assert min(lightness) < 90


def test_dashes_go_on_from_piece_to_piece() -> None:
    """Also where one piece of the outline ends and the next begins."""
    mark = OutlineMark(lambda: look_of(DARK, None))
    ring = (*(Point(x=x, y=20) for x in range(2, 90)), *(Point(x=x, y=80) for x in range(90, 2, -1)))
    assert len(ring) > CHUNK
    mark.show(MaskOutline(rings=(ring,)))
    shown = flat((128, 128, 128))
    on = QPainter(shown)
    view = ViewTransform(document=Size(width=EDGE, height=EDGE), view=Size(width=EDGE, height=EDGE))
    mark.paint(on, view, Rect(x=0, y=0, width=EDGE, height=EDGE))
    on.end()
    light = [shown.pixelColor(x, 20).lightness() > 200 for x in range(3, 85)]
    runs: list[int] = []
    for before, now in zip([not light[0], *light], light, strict=False):
        if before == now:
            runs[-1] += 1
        else:
            runs.append(1)

    assert all(4 <= run <= 6 for run in runs[1:-1])
