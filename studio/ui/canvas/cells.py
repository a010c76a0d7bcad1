"""Painted pieces of the screen that outlive a frame.

Panning then moves finished pieces, and a dab paints its own rectangle anew and nothing else. Cells lie on a grid that
hangs on the picture's corner (rounded down to device pixels), so they stay good until zoom changes or the picture
moves by part of a pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from studio.domain.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.transform import ViewTransform

EDGE = 256


class CellPainter(Protocol):
    """Fills cells. `view` has its corner in the first device pixel, so device rectangles are cell rectangles."""

    opaque: bool
    """Whether every pixel is always painted; where not, cells start transparent and empty ones are not kept."""

    def fetch(self, view: ViewTransform, rect: Rect) -> Sequence[PaintTile]:
        """The tiles for this rectangle (cell space)."""
        ...

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[PaintTile]) -> bool:
        """Paint the rectangle (cell space); tells whether anything is to be seen there."""
        ...


@dataclass(slots=True)
class _Cell:
    stale: Rect
    image: QImage | None = None


class Cells:
    """One kind of paint (the picture, the mask) in cells of 256 device pixels."""

    def __init__(self, painter: CellPainter) -> None:
        self._painter = painter
        self._cells: dict[tuple[int, int], _Cell] = {}
        self._spare: list[QImage] = []
        self._view: ViewTransform | None = None
        self._anchor = (0, 0)

    def place(self, view: ViewTransform) -> None:
        """The picture lies here now; what is painted is kept where it still fits."""
        self._anchor = math.floor(view.x), math.floor(view.y)
        local = replace(view, x=view.x - self._anchor[0], y=view.y - self._anchor[1])
        if self._view is None or _scale(self._view) != _scale(local):
            self.clear()
        self._view = local

    def clear(self) -> None:
        """All of it must be painted anew."""
        self._spare.extend(cell.image for cell in self._cells.values() if cell.image is not None)
        self._cells.clear()

    def invalidate(self, rect: Rect) -> None:
        """What lies in this document rectangle has changed."""
        if self._view is None:
            return
        touched = self._view.device_rect(rect).grown(_reach(self._view))
        for place, cell in self._cells.items():
            cell.stale = cell.stale.united(touched.intersected(_box(place)))

    def draw(self, painter: QPainter, rect: Rect) -> None:
        """Paint a device rectangle of the screen, making what is missing first."""
        if self._view is None or rect.is_empty:
            return
        local = rect.translated(-self._anchor[0], -self._anchor[1])
        self._make(local)
        for place in local.tiles(EDGE):
            image = self._cells[place].image
            if image is not None:
                part = _box(place).intersected(local)
                source = part.translated(-place[0] * EDGE, -place[1] * EDGE)
                at = part.translated(*self._anchor)
                painter.drawImage(at.x, at.y, image, source.x, source.y, source.width, source.height)

    def forget_outside(self, rect: Rect) -> None:
        """Keep only cells on or beside this device rectangle."""
        local = rect.translated(-self._anchor[0], -self._anchor[1]).grown(EDGE)
        for place in [each for each in self._cells if local.intersected(_box(each)).is_empty]:
            image = self._cells.pop(place).image
            if image is not None:
                self._spare.append(image)
        del self._spare[len(self._cells) :]

    @property
    def painted(self) -> int:
        """How many cells hold an image."""
        return sum(1 for cell in self._cells.values() if cell.image is not None)

    def _make(self, local: Rect) -> None:
        wanted = [(place, self._cells.setdefault(place, _Cell(stale=_box(place)))) for place in local.tiles(EDGE)]
        stale = [(place, cell) for place, cell in wanted if not cell.stale.is_empty]
        if not stale or self._view is None:
            return
        all_of_it = Rect(x=0, y=0, width=0, height=0)
        for _, cell in stale:
            all_of_it = all_of_it.united(cell.stale)
        tiles = self._painter.fetch(self._view, all_of_it)
        for place, cell in stale:
            self._paint(place, cell, tiles, self._view)

    def _paint(self, place: tuple[int, int], cell: _Cell, tiles: Sequence[PaintTile], view: ViewTransform) -> None:
        if not self._painter.opaque and not tiles:
            self._wipe(place, cell)
            return
        image = cell.image or self._fresh()
        painter = QPainter(image)
        painter.translate(-place[0] * EDGE, -place[1] * EDGE)
        if cell.stale != _box(place):
            painter.setClipRect(qrect(cell.stale))
        seen = self._painter.paint(painter, view, cell.stale, tiles)
        painter.end()
        whole = cell.stale == _box(place)
        cell.stale = Rect(x=0, y=0, width=0, height=0)
        cell.image = image
        if whole and not seen:
            self._spare.append(image)
            cell.image = None

    def _wipe(self, place: tuple[int, int], cell: _Cell) -> None:
        if cell.image is not None and cell.stale == _box(place):
            self._spare.append(cell.image)
            cell.image = None
        elif cell.image is not None:
            painter = QPainter(cell.image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(qrect(cell.stale.translated(-place[0] * EDGE, -place[1] * EDGE)), 0)
            painter.end()
        cell.stale = Rect(x=0, y=0, width=0, height=0)

    def _fresh(self) -> QImage:
        if self._spare:
            return self._spare.pop()
        opaque = self._painter.opaque
        form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        return QImage(EDGE, EDGE, form)


def qrect(rect: Rect) -> QRect:
    """The same rectangle in Qt's words."""
    return QRect(rect.x, rect.y, rect.width, rect.height)


def _box(place: tuple[int, int]) -> Rect:
    return Rect(x=place[0] * EDGE, y=place[1] * EDGE, width=EDGE, height=EDGE)


def _reach(view: ViewTransform) -> int:
    """How far (device pixels) a changed pixel is seen beyond itself: rounding, and the neighbours that smoothing
    mixes, which are coarse ones where a pyramid level is shown."""
    return 2 if view.zoom >= 1.0 else 3


def _scale(view: ViewTransform) -> tuple[object, ...]:
    return view.zoom, view.x, view.y, view.document, view.ratio
