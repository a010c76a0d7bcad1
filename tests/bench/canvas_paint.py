"""How long the canvas paints, beside the least that Qt needs for the same pixels in the same run.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.canvas_paint

"bare" draws 256 px tiles with drawImage and nothing else; for a dab it is a widget that merges a stamp into one numpy
mask and tints that rectangle. Medians (and 99th percentiles) of rounds that take turns.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect, Size
from studio.domain.pen import Brush
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.settings import Settings
from studio.session.face.views import DocumentView, PaintTile
from studio.ui.canvas.area import CanvasArea
from tests.fakes.desk import FakeDesk
from tests.fakes.desk_canvas import FakeCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from studio.domain.pen import PenSample

EDGE = 256
WIDE, HIGH = 6000, 4000
ROUNDS = 60


def stamp(size: int) -> np.ndarray:
    """A soft disc."""
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    return (np.clip((1 - np.hypot(x, y) / (size / 2)) * 4, 0, 1) * 255).astype(np.uint8)


def pixels(array: np.ndarray) -> Pixels:
    """An array's memory as pixels, without a copy."""
    high, wide = array.shape[:2]
    form = PixelFormat.GRAY if array.ndim == 2 else PixelFormat.BGRX
    return Pixels(size=Size(width=wide, height=high), stride=array.strides[0], format=form, data=array.data.cast("B"))


class ReadyCanvas(FakeCanvas):
    """A picture of 24 megapixels and a soft disc of a mask, their tiles ready at all levels as the session has them."""

    def __init__(self, desk: FakeDesk) -> None:
        super().__init__(desk.tool_view)
        self.masks = np.zeros((HIGH, WIDE), np.uint8)
        y, x = np.mgrid[:HIGH, :WIDE].astype(np.float32)
        self.masks[:] = np.clip(1500 - np.hypot(x - WIDE / 2, y - HIGH / 2), 0, 255)
        noise = np.random.default_rng(1).integers(0, 255, (HIGH // 8, WIDE // 8, 4), np.uint8)
        photo = np.repeat(np.repeat(noise, 8, 0), 8, 1)
        self._photo = [self._cut(np.ascontiguousarray(photo[:: 1 << n, :: 1 << n]), n) for n in range(6)]
        self._mask = [self._cut(np.ascontiguousarray(self.masks[:: 1 << n, :: 1 << n]), n) for n in range(6)]
        self._stamp = stamp(200)

    def _cut(self, array: np.ndarray, level: int) -> dict[tuple[int, int], PaintTile]:
        tiles = {}
        for row in range(0, array.shape[0], EDGE):
            for column in range(0, array.shape[1], EDGE):
                part = array[row : row + EDGE, column : column + EDGE].copy()
                if part.ndim == 2 and not part.any():
                    continue
                box = Rect.from_edges(
                    column << level,
                    row << level,
                    min(WIDE, (column + EDGE) << level),
                    min(HIGH, (row + EDGE) << level),
                )
                tile = PaintTile(box=box, level=level, pixels=pixels(part))
                tiles[column // EDGE, row // EDGE] = tile
        return tiles

    def size(self) -> Size | None:
        return Size(width=WIDE, height=HIGH)

    def picture(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        return self._touching(self._photo, rect, level)

    def original(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        return self.picture(rect, level)

    def mask(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        return self._touching(self._mask, rect, level)

    def begin(self, sample: PenSample) -> None:
        half = self._stamp.shape[0] // 2
        box = Rect(x=int(sample.x) - half, y=int(sample.y) - half, width=2 * half, height=2 * half)
        for place in box.tiles(EDGE):
            tile = self._mask[0].get(place)
            fresh = np.zeros((EDGE, EDGE), np.uint8)
            if tile is not None:
                fresh[: tile.pixels.size.height] = np.frombuffer(tile.pixels.data, np.uint8).reshape(-1, EDGE)
            whole = Rect(x=place[0] * EDGE, y=place[1] * EDGE, width=EDGE, height=EDGE)
            part = whole.intersected(box)
            target = fresh[part.y - whole.y : part.bottom - whole.y, part.x - whole.x : part.right - whole.x]
            from_stamp = self._stamp[part.y - box.y : part.bottom - box.y, part.x - box.x : part.right - box.x]
            np.maximum(target, from_stamp, out=target)
            self._mask[0][place] = PaintTile(box=whole, level=0, pixels=pixels(fresh))
        self.changed.emit(Changes(rect=box, touched=Touched.MASK))

    def move(self, samples: Sequence[PenSample]) -> None: ...

    def end(self) -> None: ...

    def cancel(self) -> None: ...

    def _touching(self, levels: list[dict[tuple[int, int], PaintTile]], rect: Rect, level: int) -> list[PaintTile]:
        tiles = levels[level]
        return [tiles[place] for place in rect.tiles(EDGE << level) if place in tiles]


class BareTiles(QWidget):
    """Tiles one to one, and one tinted rectangle for a dab."""

    def __init__(self, wide: int, high: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(wide, high)
        self._tile = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
        self._tile.fill(0xFF808080)
        self._mask = np.zeros((high, wide), np.uint8)
        self._stamp = stamp(200)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = event.rect()
        for y in range(rect.top() // EDGE * EDGE, rect.bottom() + 1, EDGE):
            for x in range(rect.left() // EDGE * EDGE, rect.right() + 1, EDGE):
                painter.drawImage(x, y, self._tile)
        part = self._mask[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]
        if part.any():
            half = (part >> 1).astype(np.uint8)
            zero = np.zeros_like(half)
            tint = np.ascontiguousarray(np.dstack((zero, zero, half, half)))
            form = QImage.Format.Format_ARGB32_Premultiplied
            painter.drawImage(rect.topLeft(), QImage(tint.data, rect.width(), rect.height(), 4 * rect.width(), form))
        painter.end()

    def dab(self, x: int, y: int) -> None:
        part = self._mask[y - 100 : y + 100, x - 100 : x + 100]
        np.maximum(part, self._stamp, out=part)
        self.repaint(QRect(x - 100, y - 100, 200, 200))
        self._mask[:] = 0


def timed(works: dict[str, Callable[[int], object]]) -> dict[str, list[float]]:
    """Milliseconds of each work, taking turns, sorted."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(ROUNDS + 3):
        for name, work in works.items():
            start = time.perf_counter()
            work(turn)
            if turn >= 3:
                took[name].append((time.perf_counter() - start) * 1000)
    return {name: sorted(times) for name, times in took.items()}


def press(area: CanvasArea, x: float, y: float) -> None:
    """A click of the left button."""
    at = QPointF(x, y)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(area.surface, QMouseEvent(QEvent.Type.MouseButtonPress, at, at, left, left, none))


def release(area: CanvasArea, x: float, y: float) -> None:
    """The button goes up."""
    at = QPointF(x, y)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    off = Qt.MouseButton.NoButton
    QApplication.sendEvent(area.surface, QMouseEvent(QEvent.Type.MouseButtonRelease, at, at, left, off, none))


def stage(wide: int, high: int) -> CanvasArea:
    """A shown canvas of this size at 100 %, masked all over."""
    desk = FakeDesk()
    desk.canvas = ReadyCanvas(desk)
    area = CanvasArea(Settings())
    area.resize(wide, high)
    area.show()
    area.attach(desk)
    size = Size(width=WIDE, height=HIGH)
    desk.show_document(DocumentView(title="bench", size=size))
    desk.set_brush(Brush(size=200))
    area.actual()
    QApplication.processEvents()
    return area


def main() -> None:
    """Print milliseconds and ratios."""
    app = QApplication([])
    for wide, high in ((1920, 1080), (3840, 2160)):
        area, bare = stage(wide, high), BareTiles(wide, high)
        bare.show()
        app.processEvents()
        surface = area.surface

        def pan(turn: int, surface=surface) -> None:
            surface.set_view(surface.view.panned(13 if turn % 40 < 20 else -13, 7 if turn % 40 < 20 else -7))
            surface.repaint()

        def zoom(turn: int, surface=surface, wide=wide, high=high) -> None:
            factor = 0.37 * (1.1 if turn % 2 else 1.0)
            surface.set_view(surface.view.zoomed(factor, (wide / 2, high / 2)), zooming=True)
            surface.repaint()

        def first_zoom(turn: int, surface=surface, wide=wide, high=high) -> None:
            surface._settle.stop()
            zoom(turn, surface, wide, high)

        def whole(turn: int, surface=surface) -> None:
            surface.repaint()

        rows = timed({"bare tiles": lambda _turn, bare=bare: bare.repaint(), "pan": pan, "still": whole})
        rows |= timed({"zoom in a row": zoom})
        rows |= timed({"single zoom, smooth": first_zoom})
        yardstick = rows["bare tiles"][ROUNDS // 2]
        for name, times in rows.items():
            middle = times[ROUNDS // 2]
            figures = f"best {times[0]:6.2f}  median {middle:6.2f}  worst {times[-1]:6.2f} ms"
            print(f"{wide}x{high} {name:20} {figures}  {middle / yardstick:5.1f} x bare")
        area.close()
        bare.close()
    dabs(app)


def dabs(app: QApplication) -> None:
    """From the press to painted pixels, a brush of 200 px at 100 % and at fit."""
    for fit in (False, True):
        area, bare = stage(1280, 800), BareTiles(1280, 800)
        bare.show()
        if fit:
            area.fit()
        app.processEvents()

        def ours(turn: int, area=area) -> None:
            press(area, 300 + 9 * (turn % 60), 300 + 3 * (turn % 60))

        def between(turn: int, area=area) -> None:
            release(area, 300, 300)
            app.processEvents()

        rows = timed(
            {
                "bare": lambda turn, bare=bare: bare.dab(300 + 9 * (turn % 60), 300 + 3 * (turn % 60)),
                "ours": ours,
                "between": between,
            }
        )
        yardstick = rows["bare"][ROUNDS // 2]
        for name in ("bare", "ours"):
            middle, late = rows[name][ROUNDS // 2], rows[name][-1]
            where = "at fit" if fit else "at 100 %"
            print(f"press, {where}: {name:6} {middle:7.2f} ms  worst {late:7.2f}  {middle / yardstick:5.1f} x bare")
        area.close()
        bare.close()


if __name__ == "__main__":
    main()
