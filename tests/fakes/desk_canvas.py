"""A canvas for tests: a real picture as tiles, and a mask that real strokes paint into, all by QImage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Point, Rect, Size
from studio.domain.pixels import PixelFormat, Pixels
from studio.domain.signal import Signal
from studio.session.face.views import Combine, MaskOutline, PaintTile, Tool, ToolView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.domain.pen import PenSample

EDGE = 256


def pixels_of(image: QImage) -> Pixels:
    """The image's pixels, copied: gray stays gray, opaque pictures become BGRX, others premultiplied BGRA."""
    if image.format() == QImage.Format.Format_Grayscale8:
        kind, ready = PixelFormat.GRAY, image
    elif image.hasAlphaChannel():
        kind = PixelFormat.BGRA_PREMULTIPLIED
        ready = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    else:
        kind, ready = PixelFormat.BGRX, image.convertToFormat(QImage.Format.Format_RGB32)
    data = memoryview(bytes(ready.constBits()))
    return Pixels(
        size=Size(width=ready.width(), height=ready.height()), stride=ready.bytesPerLine(), format=kind, data=data
    )


def cut(image: QImage, rect: Rect, level: int) -> list[PaintTile]:
    """The tiles of 256 px edge, at 1 / 2**level, that the rectangle (document space) touches."""
    step = EDGE << level
    tiles: list[PaintTile] = []
    for column, row in rect.intersected(Rect(x=0, y=0, width=image.width(), height=image.height())).tiles(step):
        x, y = column * step, row * step
        part = image.copy(x, y, min(step, image.width() - x), min(step, image.height() - y))
        box = Rect(x=x, y=y, width=part.width(), height=part.height())
        if level:
            wide, high = max(1, part.width() >> level), max(1, part.height() >> level)
            part = part.scaled(wide, high, mode=Qt.TransformationMode.SmoothTransformation)
        tiles.append(PaintTile(box=box, level=level, pixels=pixels_of(part)))
    return tiles


class FakeCanvas:
    """The face of the canvas over two QImages. `before` is what `original` shows; None means no staged result."""

    def __init__(self, tool: Callable[[], ToolView]) -> None:
        self.changed: Signal[Changes] = Signal()
        self.image: QImage | None = None
        self.before: QImage | None = None
        self.mask_image: QImage | None = None
        self.rings: tuple[tuple[Point, ...], ...] = ()
        self.strokes: list[list[PenSample]] = []
        self.calls: list[tuple[object, ...]] = []
        self._tool = tool
        self._running: list[PenSample] = []
        self._kept: QImage | None = None

    def show(self, image: QImage) -> None:
        """Another picture, with an empty mask."""
        self.image = image
        self.mask_image = QImage(image.size(), QImage.Format.Format_Grayscale8)
        self.mask_image.fill(0)
        self.changed.emit(Changes(rect=self._whole(), touched=Touched.EVERYTHING))

    def paint_mask(self, at: Point, radius: int, *, erase: bool = False) -> None:
        """A disc in the mask (document space)."""
        if self.mask_image is None:
            return
        painter = QPainter(self.mask_image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0) if erase else QColor(255, 255, 255))
        painter.drawEllipse(QPointF(at.x, at.y), radius, radius)
        painter.end()
        box = Rect(x=at.x, y=at.y, width=1, height=1).grown(radius)
        self.changed.emit(Changes(rect=box.intersected(self._whole()), touched=Touched.MASK))

    def size(self) -> Size | None:
        return None if self.image is None else Size(width=self.image.width(), height=self.image.height())

    def picture(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        return [] if self.image is None else cut(self.image, rect, level)

    def original(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        shown = self.before if self.before is not None else self.image
        return [] if shown is None else cut(shown, rect, level)

    def mask(self, rect: Rect, level: int) -> Sequence[PaintTile]:
        tiles = [] if self.mask_image is None else cut(self.mask_image, rect, level)
        return [tile for tile in tiles if any(tile.pixels.data)]

    def outline(self) -> MaskOutline:
        return MaskOutline(rings=self.rings)

    def begin(self, sample: PenSample) -> None:
        self._kept = None if self.mask_image is None else self.mask_image.copy()
        self._running = [sample]
        self._stroke([sample])

    def move(self, samples: Sequence[PenSample]) -> None:
        fresh = [*self._running[-1:], *samples]
        self._running.extend(samples)
        self._stroke(fresh)

    def end(self) -> None:
        if self._running and self._tool().tool in (Tool.RECTANGLE, Tool.LASSO):
            self._fill_shape()
        if self._running:
            self.strokes.append(self._running)
        self._running = []

    def cancel(self) -> None:
        self.calls.append(("cancel",))
        self._running = []
        self.mask_image = self._kept
        self.changed.emit(Changes(rect=self._whole(), touched=Touched.MASK))

    def shape(self) -> Sequence[PenSample]:
        return list(self._running) if self._tool().tool in (Tool.RECTANGLE, Tool.LASSO) else []

    def click(self, at: Point, combine: Combine) -> None:
        self.calls.append(("click", at, combine))

    def cycle(self, step: int) -> None:
        self.calls.append(("cycle", step))

    def _whole(self) -> Rect:
        size = self.size()
        return Rect(x=0, y=0, width=0, height=0) if size is None else Rect.of_size(size)

    def _stroke(self, samples: list[PenSample]) -> None:
        view = self._tool()
        if self.mask_image is None or view.tool not in (Tool.BRUSH, Tool.ERASER):
            return
        erase = view.tool is Tool.ERASER or view.brush.erases
        painter = QPainter(self.mask_image)
        pen = QPen(QColor(0, 0, 0) if erase else QColor(255, 255, 255), view.brush.size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        points = [QPointF(each.x, each.y) for each in samples]
        painter.drawPolyline(points) if len(points) > 1 else painter.drawPoint(points[0])
        painter.end()
        left, right = min(each.x for each in samples), max(each.x for each in samples)
        top, bottom = min(each.y for each in samples), max(each.y for each in samples)
        box = Rect.from_edges(int(left), int(top), int(right) + 1, int(bottom) + 1).grown(int(view.brush.size / 2) + 1)
        self.changed.emit(Changes(rect=box.intersected(self._whole()), touched=Touched.MASK))

    def _fill_shape(self) -> None:
        if self.mask_image is None or len(self._running) < 2:
            return
        painter = QPainter(self.mask_image)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255))
        points = [QPointF(each.x, each.y) for each in self._running]
        if self._tool().tool is Tool.RECTANGLE:
            painter.drawRect(QRectF(points[0], points[-1]).normalized())
        else:
            painter.drawPolygon(points)
        painter.end()
        self.changed.emit(Changes(rect=self._whole(), touched=Touched.MASK))
