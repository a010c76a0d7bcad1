"""Painted pieces of the screen that outlive a frame.

Panning then moves finished pieces, and a dab paints its own rectangle anew and nothing else. Cells lie on a grid that
hangs on the picture's corner (rounded down to device pixels), so they stay good until zoom changes or the picture
moves by part of a pixel. Cells that are made together are parts of one image, so each tile is drawn once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from studio.domain.geometry import Rect, Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.session.face.views import PaintTile
    from studio.ui.canvas.transform import ViewTransform

EDGE = 256
NOTHING = Rect(x=0, y=0, width=0, height=0)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A tile and where it goes (cell space)."""

    tile: PaintTile
    target: Rect


class CellPainter(Protocol):
    """Fills cells. `view` has its corner in the first device pixel, so device rectangles are cell rectangles."""

    opaque: bool
    """Whether every pixel is always painted; where not, only cells that a tile touches are kept."""

    def fetch(self, view: ViewTransform, rect: Rect) -> Sequence[PaintTile]:
        """The tiles for this rectangle (cell space)."""
        ...

    def paint(self, painter: QPainter, view: ViewTransform, rect: Rect, tiles: Sequence[Placed]) -> None:
        """Paint the rectangle (cell space); the painter is clipped to it."""
        ...


@dataclass(slots=True)
class _Cell:
    stale: Rect
    sheet: QImage | None = None
    corner: Place = (0, 0)
    """Of the sheet, in cell space."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring cells that are parts of one image, drawn at once."""

    box: Rect
    """In cell space."""
    sheet: QImage
    corner: Place


class Cells:
    """One kind of paint (the picture, the mask) in cells of 256 device pixels."""

    def __init__(self, painter: CellPainter) -> None:
        self._painter = painter
        self._cells: dict[Place, _Cell] = {}
        self._pieces: list[_Piece] | None = []
        """None where cells have come or gone since they were put together."""
        self._spare: QImage | None = None
        self._view: ViewTransform | None = None
        self._anchor = (0, 0)
        self._moved = True

    def place(self, view: ViewTransform) -> None:
        """The picture lies here now; what is painted is kept where it still fits."""
        self._anchor = math.floor(view.x), math.floor(view.y)
        local = replace(view, x=view.x - self._anchor[0], y=view.y - self._anchor[1])
        if self._view is None or _scale(self._view) != _scale(local):
            self.clear()
        self._view = local
        self._moved = True

    def clear(self) -> None:
        """All of it must be painted anew."""
        sheets = {id(cell.sheet): cell.sheet for cell in self._cells.values() if cell.sheet is not None}
        if sheets:
            self._spare = max(sheets.values(), key=lambda sheet: sheet.sizeInBytes())
        self._cells.clear()
        self._pieces = None

    def invalidate(self, rect: Rect) -> None:
        """What lies in this document rectangle has changed."""
        if self._view is None:
            return
        touched = self._view.device_rect(rect).grown(_reach(self._view))
        for place in _overlapped(touched, self._cells):
            cell = self._cells[place]
            cell.stale = cell.stale.united(touched.intersected(_box(place)))

    def draw(self, painter: QPainter, rect: Rect, parts: Sequence[Rect] = ()) -> None:
        """Paint a device rectangle of the screen, making what is missing first. Where the painter takes only `parts` of
        it, each is painted by itself (why: `parts_of`)."""
        if self._view is None or rect.is_empty:
            return
        dx, dy = self._anchor
        self._make(rect.translated(-dx, -dy), self._view)
        if self._pieces is None:
            self._pieces = list(_pieces(self._cells))
        for part in parts:
            painter.setClipRect(qrect(part))
            self._draw(painter, part.intersected(rect))
        if not parts:
            self._draw(painter, rect)

    def _draw(self, painter: QPainter, rect: Rect) -> None:
        dx, dy = self._anchor
        local = rect.translated(-dx, -dy)
        for piece in self._pieces or ():
            part = piece.box.intersected(local)
            if not part.is_empty:
                left, top = part.x - piece.corner[0], part.y - piece.corner[1]
                painter.drawImage(part.x + dx, part.y + dy, piece.sheet, left, top, part.width, part.height)

    def forget_outside(self, rect: Rect) -> None:
        """Keep only cells on or beside this device rectangle."""
        if not self._moved:
            return
        self._moved = False
        local = rect.translated(-self._anchor[0], -self._anchor[1]).grown(EDGE)
        for place in [each for each in self._cells if local.intersected(_box(each)).is_empty]:
            del self._cells[place]
            self._pieces = None

    @property
    def painted(self) -> int:
        """How many cells hold an image."""
        return sum(1 for cell in self._cells.values() if cell.sheet is not None)

    def _make(self, local: Rect, view: ViewTransform) -> None:
        fresh: list[Place] = []
        touched: list[Place] = []
        needed = NOTHING
        for place in local.tiles(EDGE):
            cell = self._cells.get(place)
            if cell is None:
                cell = self._cells[place] = _Cell(stale=_box(place))
            if not cell.stale.is_empty:
                needed = needed.united(cell.stale)
                (fresh if cell.sheet is None else touched).append(place)
        if needed.is_empty:
            return
        if fresh or not self._painter.opaque:
            self._pieces = None
        placed = [Placed(tile, view.device_rect(tile.box)) for tile in self._painter.fetch(view, needed)]
        for block in _blocks(fresh):
            self._paint_sheet(block, placed, view)
        for places in self._joined(touched):
            self._paint_part(places, placed, view)

    def _paint_sheet(self, block: Rect, placed: list[Placed], view: ViewTransform) -> None:
        """A block (in cells) that was never painted."""
        box = _in_pixels(block)
        inside = _touching(placed, box)
        places = [(x, y) for y in range(block.y, block.bottom) for x in range(block.x, block.right)]
        kept = set(places) if self._painter.opaque else _covered(inside, box)
        for place in places:
            self._cells[place].stale = NOTHING
        if not kept:
            return
        sheet = self._blank(box, view)
        self._paint(sheet, box, box, inside, view)
        for place in places:
            if place in kept:
                self._cells[place].sheet, self._cells[place].corner = sheet, (box.x, box.y)

    def _joined(self, touched: list[Place]) -> Iterable[list[Place]]:
        """Places of one sheet whose stale parts make up one rectangle: painting is dear by the call."""
        by_sheet: dict[int, list[Place]] = {}
        for place in touched:
            by_sheet.setdefault(id(self._cells[place].sheet), []).append(place)
        for places in by_sheet.values():
            parts = [self._cells[place].stale for place in places]
            around = _around(parts)
            if sum(part.width * part.height for part in parts) == around.width * around.height:
                yield places
            else:
                yield from ([place] for place in places)

    def _paint_part(self, places: list[Place], placed: list[Placed], view: ViewTransform) -> None:
        cells = [self._cells[place] for place in places]
        stale = _around([cell.stale for cell in cells])
        inside = _touching(placed, stale)
        bare = not inside and not self._painter.opaque
        sheet, corner = cells[0].sheet, Rect(x=cells[0].corner[0], y=cells[0].corner[1], width=0, height=0)
        for place, cell in zip(places, cells, strict=True):
            if bare and cell.stale == _box(place):
                cell.sheet = None
            cell.stale = NOTHING
        if sheet is not None and any(cell.sheet is not None for cell in cells):
            self._paint(sheet, corner, stale, inside, view)

    def _paint(self, sheet: QImage, at: Rect, rect: Rect, tiles: list[Placed], view: ViewTransform) -> None:
        painter = QPainter(sheet)
        try:
            painter.translate(-at.x, -at.y)
            painter.setClipRect(qrect(rect))
            self._painter.paint(painter, view, rect, tiles)
        finally:
            painter.end()

    def _blank(self, box: Rect, view: ViewTransform) -> QImage:
        """A sheet that is large enough, with anything in it. Those for most of the screen are all of one size, so that
        the next zoom takes memory that was used before: fresh pages cost more than the paint."""
        spare, whole = self._spare, self._most(view)
        if spare is not None and spare.width() >= box.width and spare.height() >= box.height:
            self._spare = None
            return spare
        if 2 * box.width * box.height >= whole.area:
            box = box.united(Rect(x=box.x, y=box.y, width=whole.width, height=whole.height))
        opaque = self._painter.opaque
        form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
        return QImage(box.width, box.height, form)

    def _most(self, view: ViewTransform) -> Size:
        """The cells that a screen can touch, in pixels."""
        columns, rows = (view.view.width - 2) // EDGE + 2, (view.view.height - 2) // EDGE + 2
        return Size(width=columns * EDGE, height=rows * EDGE)


def _pieces(cells: dict[Place, _Cell]) -> Iterable[_Piece]:
    of_sheet: dict[int, list[Place]] = {}
    for place, cell in cells.items():
        if cell.sheet is not None:
            of_sheet.setdefault(id(cell.sheet), []).append(place)
    for places in of_sheet.values():
        first = cells[places[0]]
        assert first.sheet is not None
        for block in _blocks(sorted(places, key=lambda place: (place[1], place[0]))):
            yield _Piece(_in_pixels(block), first.sheet, first.corner)


def _in_pixels(block: Rect) -> Rect:
    return Rect(x=block.x * EDGE, y=block.y * EDGE, width=block.width * EDGE, height=block.height * EDGE)


def qrect(rect: Rect) -> QRect:
    """The same rectangle in Qt's words."""
    return QRect(rect.x, rect.y, rect.width, rect.height)


def _around(parts: list[Rect]) -> Rect:
    whole = NOTHING
    for part in parts:
        whole = whole.united(part)
    return whole


def _box(place: Place) -> Rect:
    return Rect(x=place[0] * EDGE, y=place[1] * EDGE, width=EDGE, height=EDGE)


def _blocks(places: list[Place]) -> Iterable[Rect]:
    """Rectangles (in cells) that hold these places and no other: runs of a row, joined where rows are alike."""
    runs: list[Rect] = []
    for x, y in places:
        last = runs[-1] if runs else NOTHING
        if last.y == y and last.right == x and not last.is_empty:
            runs[-1] = replace(last, width=last.width + 1)
        else:
            runs.append(Rect(x=x, y=y, width=1, height=1))
    blocks: list[Rect] = []
    for run in runs:
        above = next((at for at, each in enumerate(blocks) if _below(each, run)), None)
        if above is None:
            blocks.append(run)
        else:
            blocks[above] = blocks[above].united(run)
    return blocks


def _below(block: Rect, run: Rect) -> bool:
    return block.bottom == run.y and block.x == run.x and block.width == run.width


def _touching(placed: list[Placed], box: Rect) -> list[Placed]:
    return [each for each in placed if not each.target.intersected(box).is_empty]


def _covered(placed: list[Placed], box: Rect) -> set[Place]:
    return {place for each in placed for place in each.target.intersected(box).tiles(EDGE)}


def _overlapped(rect: Rect, cells: dict[Place, _Cell]) -> list[Place]:
    if rect.width * rect.height > len(cells) * EDGE * EDGE:
        return [place for place in cells if not rect.intersected(_box(place)).is_empty]
    return [place for place in rect.tiles(EDGE) if place in cells]


def _reach(view: ViewTransform) -> int:
    """How far (device pixels) a changed pixel is seen beyond itself: rounding, and the neighbours that smoothing
    mixes, which are coarse ones where a pyramid level is shown."""
    return 2 if view.zoom >= 1.0 else 3


def _scale(view: ViewTransform) -> tuple[object, ...]:
    return view.zoom, view.x, view.y, view.document, view.ratio
