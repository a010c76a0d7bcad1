"""Pulling the picture's edges out, and moving a layer: what is drawn meanwhile, and the drags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen

from studio.domain.geometry import Margins, Rect
from studio.ui.canvas import lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from studio.session.face.desk import DocumentFace
    from studio.ui.canvas.drags import Pointer
    from studio.ui.canvas.look import Look
    from studio.ui.canvas.surface import Surface
    from studio.ui.canvas.transform import ViewTransform

NOTHING = Rect(x=0, y=0, width=0, height=0)
HANDLE = 10
REACH = 14
"""Edge of a handle, and how near a press must be, in view pixels."""
HANDLES = tuple((x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0))
"""Which way each handle pulls: -1 is left or up."""

_SHAPES = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
}


def handle_cursor(handle: tuple[int, int] | None) -> Qt.CursorShape:
    """The cursor over a handle, an arrow elsewhere."""
    return Qt.CursorShape.ArrowCursor if handle is None else _SHAPES[handle]


class ExtendMark:
    """The new edges with their handles and the size that the picture would get."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self.margins = Margins()
        self.shown = False

    def outer(self, view: ViewTransform) -> Rect:
        """The pulled-out box in device pixels."""
        size, more = view.document, self.margins
        return view.device_rect(
            Rect.from_edges(-more.left, -more.top, size.width + more.right, size.height + more.bottom)
        )

    def area(self, view: ViewTransform) -> Rect:
        """Box, handles and label."""
        if not self.shown or view.document.is_empty:
            return NOTHING
        return self.outer(view).grown(round(HANDLE * view.ratio) + 2).united(self._plate(view))

    def hit(self, view: ViewTransform, x: float, y: float) -> tuple[int, int] | None:
        """The handle at a device point."""
        box, reach = self.outer(view), REACH * view.ratio
        for handle in HANDLES:
            at_x, at_y = _spot(box, handle)
            if abs(x - at_x) <= reach and abs(y - at_y) <= reach:
                return handle
        return None

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """The new ground hatched, edges dashed, handles white on dark."""
        look, box = self._look(), self.outer(view)
        ground = QColor(look.light)
        ground.setAlphaF(0.16)
        for side in _sides(box, view.picture):
            painter.fillRect(
                QRectF(side.x, side.y, side.width, side.height), QBrush(ground, Qt.BrushStyle.BDiagPattern)
            )
        lines.dashed_rect(painter, box, look, view.ratio)
        thick, edge = lines.width(view.ratio), HANDLE * view.ratio
        painter.setBrush(look.light)
        painter.setPen(QPen(look.dark, thick))
        for handle in HANDLES:
            x, y = _spot(box, handle)
            painter.drawRect(QRectF(round(x - edge / 2), round(y - edge / 2), round(edge), round(edge)))
        plate = self._plate(view)
        if not plate.is_empty:
            lines.label(painter, self._text(view), (plate.x, plate.y), look, view.ratio)

    def _text(self, view: ViewTransform) -> str:
        size, more = view.document, self.margins
        return f"{size.width + more.left + more.right} × {size.height + more.top + more.bottom}"

    def _plate(self, view: ViewTransform) -> Rect:
        if self.margins == Margins():
            return NOTHING
        box = self.outer(view).intersected(Rect.of_size(view.view))
        wide, high = lines.label_size(self._text(view), view.ratio)
        gap = round(REACH * view.ratio)
        return Rect(x=box.x + gap, y=box.y + gap, width=wide, height=high)


class ExtendDrag:
    """Pulls one edge or corner; never inwards past the picture's own edge."""

    def __init__(
        self, surface: Surface, document: DocumentFace, mark: ExtendMark, handle: tuple[int, int], pointer: Pointer
    ) -> None:
        self._surface = surface
        self._document = document
        self._mark = mark
        self._handle = handle
        self._from = pointer
        self._start = mark.margins

    def move(self, pointer: Pointer) -> None:
        """The edge follows."""
        zoom = self._surface.view.zoom
        dx, dy = round((pointer.x - self._from.x) / zoom), round((pointer.y - self._from.y) / zoom)
        self._set(pulled(self._start, self._handle, dx, dy))

    def end(self) -> None:
        """It stays."""

    def cancel(self) -> None:
        """As it was."""
        self._set(self._start)

    def _set(self, margins: Margins) -> None:
        if margins != self._mark.margins:
            self._surface.touched(self._mark)
            self._mark.margins = margins
            self._surface.touched(self._mark)
            self._document.set_extend(margins)


class MoveMark:
    """Where a moved layer would land: the picture's edge, shifted."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look
        self.shift: tuple[int, int] | None = None
        """Document pixels; None while nothing moves."""

    def area(self, view: ViewTransform) -> Rect:
        """The shifted edge and its label."""
        if self.shift is None:
            return NOTHING
        return self._box(view).grown(1).united(self._plate(view))

    def paint(self, painter: QPainter, view: ViewTransform, dirty: Rect) -> None:
        """Dashes, and how far."""
        lines.dashed_rect(painter, self._box(view), self._look(), view.ratio)
        plate = self._plate(view)
        lines.label(painter, self._text(), (plate.x, plate.y), self._look(), view.ratio)

    def _box(self, view: ViewTransform) -> Rect:
        return view.device_rect(Rect.of_size(view.document).translated(*(self.shift or (0, 0))))

    def _text(self) -> str:
        dx, dy = self.shift or (0, 0)
        return f"{dx:+d}, {dy:+d}"

    def _plate(self, view: ViewTransform) -> Rect:
        wide, high = lines.label_size(self._text(), view.ratio)
        box = self._box(view).intersected(Rect.of_size(view.view))
        gap = round(8 * view.ratio)
        return Rect(x=box.x + gap, y=box.y + gap, width=wide, height=high)


class MoveDrag:
    """Shifts the active layer when the button is let go. Shift keeps to one axis."""

    def __init__(self, surface: Surface, document: DocumentFace, mark: MoveMark, pointer: Pointer) -> None:
        self._surface = surface
        self._document = document
        self._mark = mark
        self._from = pointer

    def move(self, pointer: Pointer) -> None:
        """The outline follows."""
        zoom = self._surface.view.zoom
        dx, dy = round((pointer.x - self._from.x) / zoom), round((pointer.y - self._from.y) / zoom)
        if pointer.modifiers & Qt.KeyboardModifier.ShiftModifier:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        self._show((dx, dy))

    def end(self) -> None:
        """One step of the history, where it moved at all."""
        shift = self._mark.shift
        self._show(None)
        if shift is not None and shift != (0, 0):
            self._document.move_content(*shift)

    def cancel(self) -> None:
        """Nothing moved."""
        self._show(None)

    def _show(self, shift: tuple[int, int] | None) -> None:
        self._surface.touched(self._mark)
        self._mark.shift = shift
        self._surface.touched(self._mark)


def pulled(start: Margins, handle: tuple[int, int], dx: int, dy: int) -> Margins:
    """Margins after one handle moved by so many document pixels."""
    return Margins(
        left=max(0, start.left - dx) if handle[0] < 0 else start.left,
        right=max(0, start.right + dx) if handle[0] > 0 else start.right,
        top=max(0, start.top - dy) if handle[1] < 0 else start.top,
        bottom=max(0, start.bottom + dy) if handle[1] > 0 else start.bottom,
    )


def _spot(box: Rect, handle: tuple[int, int]) -> tuple[float, float]:
    return box.x + box.width * (handle[0] + 1) / 2, box.y + box.height * (handle[1] + 1) / 2


def _sides(outer: Rect, inner: Rect) -> tuple[Rect, ...]:
    return (
        Rect.from_edges(outer.x, outer.y, outer.right, inner.y),
        Rect.from_edges(outer.x, inner.bottom, outer.right, outer.bottom),
        Rect.from_edges(outer.x, inner.y, inner.x, inner.bottom),
        Rect.from_edges(inner.right, inner.y, outer.right, inner.bottom),
    )
