"""The painting widget. It paints dirty rectangles and nothing else: picture, original (while compared), mask,
decorations, in this order."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtWidgets import QWidget

from studio.domain.changes import Changes, Touched
from studio.domain.geometry import Rect, Size
from studio.ui.canvas.cells import Cells, qrect
from studio.ui.canvas.overlay import MaskPainter
from studio.ui.canvas.picture import PicturePainter
from studio.ui.canvas.transform import ViewTransform
from studio.ui.widgets.paint import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QRegion, QResizeEvent

    from studio.domain.settings import Overlay
    from studio.session.face.desk import CanvasFace
    from studio.session.face.views import PaintTile
    from studio.ui.canvas.look import Look

NOTHING = Rect(x=0, y=0, width=0, height=0)
SETTLE_MS = 90
MOST_PARTS = 32
FIT_MARGIN = 28
"""View pixels around a fitted picture."""


class Decoration(Protocol):
    """Something drawn over the picture in device pixels."""

    def area(self, view: ViewTransform) -> Rect:
        """The device rectangle that it paints in; empty while there is nothing to see."""
        ...

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """Paint it; `dirty` (device) is what will be shown of it."""
        ...


class Surface(QWidget):
    """Shows the picture of a canvas face. `moved` tells a new transform, `painted` (device pixels) what was painted."""

    moved = Signal()
    painted = Signal(QRect)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view = ViewTransform(document=Size(width=0, height=0), view=Size(width=1, height=1))
        self._look = look
        self._canvas: CanvasFace | None = None
        self._picture_painter = PicturePainter(_no_tiles, look)
        self._original_painter = PicturePainter(_no_tiles, look)
        self._mask_painter = MaskPainter(_no_tiles, look)
        self._picture = Cells(self._picture_painter)
        self._original = Cells(self._original_painter)
        self._mask = Cells(self._mask_painter)
        self._decorations: list[Decoration] = []
        self._areas: dict[int, Rect] = {}
        self._mask_shown = True
        self._original_until = 0
        self._hot = QRect()
        self._fitted = True
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._smooth)

    def attach(self, canvas: CanvasFace) -> None:
        """Show this canvas from now on."""
        self._canvas = canvas
        self._picture_painter.source = canvas.picture
        self._original_painter.source = canvas.original
        self._mask_painter.source = canvas.mask
        canvas.changed.connect(self._on_changed)
        self._resize_document()

    def add(self, decoration: Decoration) -> None:
        """Draw this too, over all that was added before."""
        self._decorations.append(decoration)

    def touched(self, *decorations: Decoration) -> None:
        """Repaint these where they were and where they are."""
        for decoration in decorations:
            area = decoration.area(self.view)
            self._update(self._areas.get(id(decoration), NOTHING))
            self._update(area)
            self._areas[id(decoration)] = area

    def set_look(self, look: Look) -> None:
        """Other colours."""
        if look == self._look:
            return
        self._look = look
        for painter in (self._picture_painter, self._original_painter, self._mask_painter):
            painter.look = look
        self._repaint_all()

    @property
    def look(self) -> Look:
        """The colours in use, for decorations."""
        return self._look

    def set_overlay(self, overlay: Overlay, *, shown: bool) -> None:
        """How the mask is tinted, and whether it is shown at all."""
        if overlay != self._mask_painter.overlay:
            self._mask_painter.overlay = overlay
            self._mask.clear()
            self.update()
        if shown != self._mask_shown:
            self._mask_shown = shown
            self.update()

    def show_original(self, until: int) -> None:
        """Show the original left of this device column (0: nowhere), and no mask over it."""
        if until != self._original_until:
            low, high = sorted((until, self._original_until))
            self._original_until = until
            self._update(Rect.from_edges(low - 1, 0, high + 1, self.view.view.height))

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to show."""
        return not self.view.document.is_empty

    def set_view(self, view: ViewTransform, *, zooming: bool = False) -> None:
        """Show it there. While zoom changes quickly, smoothing waits for the last change."""
        if view == self.view:
            return
        hasty = zooming and self._settle.isActive()
        self._fitted = False
        self._put(view)
        if zooming:
            self._set_hasty(hasty)
            self._settle.start()

    def fit(self) -> None:
        """The whole picture; it stays fitted when the canvas changes its size."""
        self._put(self.view.fitted(FIT_MARGIN * self.view.ratio))
        self._fitted = True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._use_device_pixels(painter)
            self._paint(painter, self._device(event.rect()), self._parts(event.region()))
        finally:
            # A painter that outlives its paint event takes the process down.
            painter.end()
        self._hot = QRect()
        everything = Rect.of_size(self.view.view)
        for cells in (self._picture, self._original, self._mask):
            cells.forget_outside(everything)
        self.painted.emit(event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._resize()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._resize()
        return super().event(event)

    def flush(self) -> None:
        """Paint now what the canvas face has just changed, not with the next frame: the first dab of a stroke."""
        if not self._hot.isEmpty():
            self.repaint(self._hot)

    def _paint(self, painter: QPainter, rect: Rect, parts: list[Rect]) -> None:
        """A device rectangle, of which the painter takes only the parts between the bars that lie over the picture."""
        if self.has_picture:
            before, after = self._halves(rect)
            if not before.is_empty:
                self._original.draw(painter, before, parts)
            self._picture.draw(painter, after, parts)
            if self._mask_shown:
                self._mask.draw(painter, after, parts)
            painter.setClipping(False)
        else:
            painter.fillRect(qrect(rect), self._look.surround)
        for decoration in self._decorations:
            if not decoration.area(self.view).intersected(rect).is_empty:
                painter.save()
                decoration.paint(painter, self.view, rect)
                painter.restore()

    def _parts(self, region: QRegion) -> list[Rect]:
        """The device rectangles of a region that has several; none where it has one or very many, or where two of them
        would share a pixel of the screen: the mask is not to be blended twice."""
        if not 1 < region.rectCount() <= MOST_PARTS or not self.view.ratio.is_integer():
            return []
        return [self._device(each) for each in parts_of(region)]

    def _halves(self, rect: Rect) -> tuple[Rect, Rect]:
        """What of a device rectangle shows the original, and what the picture as it is."""
        if self._original_until <= rect.x:
            return NOTHING, rect
        split = min(self._original_until, rect.right)
        left = Rect.from_edges(rect.x, rect.y, split, rect.bottom)
        return left, Rect.from_edges(split, rect.y, rect.right, rect.bottom)

    def _use_device_pixels(self, painter: QPainter) -> None:
        """From here on a unit is a device pixel, counted from the first whole one of this widget: also where a
        fractional pixel ratio puts the widget's own corner between two."""
        device = painter.deviceTransform()
        corner = QTransform.fromTranslate(round(device.dx()), round(device.dy()))
        inverse, _ = device.inverted()
        painter.setWorldTransform(corner * inverse)

    def _device(self, rect: QRect) -> Rect:
        ratio = self.view.ratio
        return Rect.from_edges(
            math.floor(rect.x() * ratio),
            math.floor(rect.y() * ratio),
            math.ceil((rect.x() + rect.width()) * ratio),
            math.ceil((rect.y() + rect.height()) * ratio),
        )

    def _update(self, rect: Rect) -> None:
        rect = rect.intersected(Rect.of_size(self.view.view))
        if not rect.is_empty:
            self.update(self.view_rect(rect))

    def view_rect(self, rect: Rect) -> QRect:
        """The view pixels that a device rectangle touches."""
        ratio = self.view.ratio
        left, top = math.floor(rect.x / ratio), math.floor(rect.y / ratio)
        return QRect(left, top, math.ceil(rect.right / ratio) - left, math.ceil(rect.bottom / ratio) - top)

    def _on_changed(self, changes: Changes) -> None:
        if Touched.SIZE in changes.touched:
            self._resize_document()
            return
        dirty = NOTHING
        if Touched.PIXELS in changes.touched or Touched.LAYERS in changes.touched:
            self._picture.invalidate(changes.rect)
            self._original.invalidate(changes.rect)
            dirty = changes.rect
        if Touched.MASK in changes.touched:
            self._mask.invalidate(changes.rect)
            dirty = changes.rect if self._mask_shown or not dirty.is_empty else NOTHING
        if not dirty.is_empty:
            area = self.view.device_rect(dirty).grown(3).intersected(Rect.of_size(self.view.view))
            self._hot = self._hot.united(self.view_rect(area)) if not area.is_empty else self._hot
            self._update(area)

    def _resize_document(self) -> None:
        size = None if self._canvas is None else self._canvas.size()
        size = size or Size(width=0, height=0)
        fresh = self.view.document.is_empty or self._fitted
        if size != self.view.document:
            self._put(replace(self.view, document=size))
        if fresh and not size.is_empty:
            self.fit()
        self._repaint_all()

    def _resize(self) -> None:
        ratio = self.devicePixelRatioF()
        size = Size(width=math.ceil(self.width() * ratio), height=math.ceil(self.height() * ratio))
        fitted = self._fitted
        self._put(self.view.resized(size, ratio))
        if fitted and self.has_picture:
            self.fit()

    def _put(self, view: ViewTransform) -> None:
        self.view = view
        for cells in (self._picture, self._original, self._mask):
            cells.place(view)
        self._areas = {id(each): each.area(view) for each in self._decorations}
        self.update()
        self.moved.emit()

    def _set_hasty(self, hasty: bool) -> None:
        for painter in (self._picture_painter, self._original_painter, self._mask_painter):
            painter.hasty = hasty

    def _smooth(self) -> None:
        if self._picture_painter.hasty:
            self._set_hasty(False)
            self._repaint_all()

    def _repaint_all(self) -> None:
        for cells in (self._picture, self._original, self._mask):
            cells.clear()
        self.update()


def _no_tiles(rect: Rect, level: int) -> Sequence[PaintTile]:
    """Stands in until a canvas is attached."""
    return ()
