"""Turns mouse and pen into drags: which tool a press means, and when a drag is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTabletEvent

from studio.domain.geometry import Point
from studio.session.face.tools import Combine, Tool
from studio.ui.canvas import cursor
from studio.ui.canvas.drags import Drag, LassoDrag, PanDrag, Pointer, RectangleDrag, StrokeDrag, ZoomDrag
from studio.ui.canvas.extend import ExtendDrag, ExtendMark, MoveDrag, MoveMark, handle_cursor

if TYPE_CHECKING:
    from studio.domain.pen import PenSample
    from studio.session.face.desk import Desk
    from studio.ui.canvas.cursor import BrushMark
    from studio.ui.canvas.hold import HeldKeys
    from studio.ui.canvas.outline import ShapeMark
    from studio.ui.canvas.surface import Surface

Modifier = Qt.KeyboardModifier
ECHO_MS = 500
"""A mouse event that the system made from a pen comes within this time after the pen's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is drawn over the picture while something is dragged."""

    brush: BrushMark
    shape: ShapeMark
    extend: ExtendMark
    move: MoveMark


class Gestures(QObject):
    """Hears the mouse and the pen on a surface."""

    pointer_moved = Signal(object)
    """The document's pixel under the pointer (`Point`), None outside of the picture."""
    stroke_changed = Signal(bool)
    """Whether a drag of a painting tool runs."""

    def __init__(self, surface: Surface, desk: Desk, held: HeldKeys, marks: Marks) -> None:
        super().__init__(surface)
        self._surface = surface
        self._desk = desk
        self._held = held
        self._marks = marks
        self._drag: Drag | None = None
        self._button: Qt.MouseButton | None = None
        self._at: tuple[float, float] | None = None
        self._pen_seen = -ECHO_MS
        self._tool_before: Tool | None = None
        self._combine_before: Combine | None = None
        self.line_from: PenSample | None = None
        """Where the last stroke ended; Shift+click draws a straight line from there."""
        self._on = {
            QEvent.Type.MouseButtonPress: self._on_press,
            QEvent.Type.MouseButtonDblClick: self._on_press,
            QEvent.Type.MouseMove: self._on_mouse_move,
            QEvent.Type.MouseButtonRelease: self._on_release,
            QEvent.Type.TabletPress: self._on_tablet,
            QEvent.Type.TabletMove: self._on_tablet,
            QEvent.Type.TabletRelease: self._on_tablet,
            QEvent.Type.Leave: self._on_leave,
            QEvent.Type.FocusOut: self._on_lost,
            QEvent.Type.WindowDeactivate: self._on_lost,
            QEvent.Type.Hide: self._on_lost,
        }
        surface.installEventFilter(self)
        surface.moved.connect(self._on_moved)

    @property
    def dragging(self) -> bool:
        """Whether a button or the pen is down and means something."""
        return self._drag is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handler = self._on.get(event.type())
        return handler(event) if handler is not None else False

    def cancel(self) -> None:
        """Escape: what runs never happened."""
        self._finish(cancel=True)

    def refresh_cursor(self) -> None:
        """The cursor of the tool in hand."""
        if not self._surface.has_picture:
            self._surface.setCursor(Qt.CursorShape.ArrowCursor)
        elif isinstance(self._drag, PanDrag):
            self._surface.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            look, ratio = self._surface.look, self._surface.view.ratio
            self._surface.setCursor(cursor.cursor_of(self._tool(), look, ratio))

    def _tool(self) -> Tool:
        return Tool.HAND if self._held.space else self._desk.tool_view().tool

    def _on_press(self, event: QMouseEvent) -> bool:
        if self._is_echo(event):
            return True
        if self._drag is not None or not self._surface.has_picture:
            return True
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        self._surface.setFocus(Qt.FocusReason.MouseFocusReason)
        self._button = event.button()
        pointer = self._pointer(event.position().x(), event.position().y(), event.modifiers())
        self._hover(pointer)
        self._begin(pointer, pan=event.button() is Qt.MouseButton.MiddleButton)
        return True

    def _on_mouse_move(self, event: QMouseEvent) -> bool:
        if self._is_echo(event):
            return True
        pointer = self._pointer(event.position().x(), event.position().y(), event.modifiers())
        self._hover(pointer)
        if self._drag is not None:
            if self._button is not None and not event.buttons() & self._button:
                # The release went to somebody else: what was drawn stays drawn.
                self._finish(cancel=False)
            else:
                self._drag.move(pointer)
        return True

    def _on_release(self, event: QMouseEvent) -> bool:
        if self._is_echo(event):
            return True
        if self._drag is not None and event.button() == self._button:
            self._finish(cancel=False)
        return True

    def _on_tablet(self, event: QTabletEvent) -> bool:
        self._pen_seen = event.timestamp()
        pressure = event.pressure() if event.type() is not QEvent.Type.TabletRelease else 0.0
        pointer = self._pointer(event.position().x(), event.position().y(), event.modifiers(), pressure)
        self._hover(pointer)
        if event.type() is QEvent.Type.TabletPress and self._drag is None and self._surface.has_picture:
            self._surface.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button = None
            eraser = event.pointerType() is QPointingDevice.PointerType.Eraser
            self._begin(pointer, pan=event.button() is Qt.MouseButton.MiddleButton, erase=eraser)
        elif event.type() is QEvent.Type.TabletMove and self._drag is not None:
            self._drag.move(pointer)
        elif event.type() is QEvent.Type.TabletRelease and self._drag is not None and self._button is None:
            self._finish(cancel=False)
        event.accept()
        return True

    def _on_leave(self, event: QEvent) -> bool:
        if self._drag is None:
            self._at = None
            self._mark_brush(None)
            self.pointer_moved.emit(None)
        return False

    def _on_lost(self, event: QEvent) -> bool:
        self._finish(cancel=True)
        self._held.release_all()
        self.refresh_cursor()
        return False

    def _begin(self, pointer: Pointer, *, pan: bool = False, erase: bool = False) -> None:
        self._held.drag_began()
        tool = Tool.HAND if pan else self._tool()
        if tool in (Tool.BRUSH, Tool.ERASER) and (erase or pointer.modifiers & Modifier.AltModifier):
            tool = self._borrow(Tool.ERASER if erase or tool is Tool.BRUSH else Tool.BRUSH)
        elif tool in (Tool.RECTANGLE, Tool.LASSO):
            self._borrow_combine(pointer)
        self._drag = self._drag_of(tool, pointer)
        if self._drag is None:
            self._held.drag_ended()
        self.refresh_cursor()
        if isinstance(self._drag, StrokeDrag | LassoDrag | RectangleDrag):
            self.stroke_changed.emit(True)

    def _drag_of(self, tool: Tool, pointer: Pointer) -> Drag | None:
        surface, canvas, marks = self._surface, self._desk.canvas, self._marks
        match tool:
            case Tool.BRUSH | Tool.ERASER:
                line = self.line_from if pointer.modifiers & Modifier.ShiftModifier else None
                return StrokeDrag(canvas, surface, pointer, line)
            case Tool.RECTANGLE:
                return RectangleDrag(canvas, surface, pointer, self._redraw_shape)
            case Tool.LASSO:
                return LassoDrag(canvas, surface, pointer, self._redraw_shape)
            case Tool.HAND:
                return PanDrag(surface, pointer)
            case Tool.ZOOM:
                return ZoomDrag(surface, pointer)
            case Tool.MOVE:
                return MoveDrag(surface, self._desk.document, marks.move, pointer)
            case Tool.EXTEND:
                handle = marks.extend.hit(surface.view, pointer.x, pointer.y)
                return (
                    None if handle is None else ExtendDrag(surface, self._desk.document, marks.extend, handle, pointer)
                )
            case Tool.SELECT:
                self._click(pointer)
                return None

    def _finish(self, *, cancel: bool) -> None:
        if self._drag is None:
            return
        drag, self._drag, self._button = self._drag, None, None
        if cancel:
            drag.cancel()
        else:
            drag.end()
        if isinstance(drag, StrokeDrag) and not cancel:
            self.line_from = drag.last
        if isinstance(drag, StrokeDrag | LassoDrag | RectangleDrag):
            self.stroke_changed.emit(False)
        self._give_back()
        self._held.drag_ended()
        self.refresh_cursor()

    def _click(self, pointer: Pointer) -> None:
        x, y = self._surface.view.to_document(pointer.x, pointer.y)
        size = self._surface.view.document
        if 0 <= x < size.width and 0 <= y < size.height:
            self._desk.canvas.click(Point(x=int(x), y=int(y)), combine_of(pointer, self._desk.tool_view().combine))

    def _borrow(self, tool: Tool) -> Tool:
        self._tool_before = self._desk.tool_view().tool
        if tool is not self._tool_before:
            self._desk.set_tool(tool)
        return tool

    def _borrow_combine(self, pointer: Pointer) -> None:
        now = self._desk.tool_view().combine
        wanted = combine_of(pointer, now)
        if wanted is not now:
            self._combine_before = now
            self._desk.set_combine(wanted)

    def _give_back(self) -> None:
        tool, self._tool_before = self._tool_before, None
        combine, self._combine_before = self._combine_before, None
        if tool is not None and tool is not self._desk.tool_view().tool:
            self._desk.set_tool(tool)
        if combine is not None:
            self._desk.set_combine(combine)

    def _redraw_shape(self) -> None:
        self._surface.touched(self._marks.shape)
        self._marks.shape.show(self._desk.canvas.shape(), self._desk.tool_view().tool)
        self._surface.touched(self._marks.shape)

    def pointer_at(self, x: float, y: float) -> None:
        """Tell where the pointer (or the keyboard's crosshair) is in the document."""
        size = self._surface.view.document
        inside = 0 <= x < size.width and 0 <= y < size.height
        self.pointer_moved.emit(Point(x=int(x), y=int(y)) if inside else None)

    def _hover(self, pointer: Pointer) -> None:
        x, y = self._surface.view.to_document(pointer.x, pointer.y)
        self.pointer_at(x, y)
        self._at = (pointer.x, pointer.y)
        self._marks.brush.crosshair = False
        self._mark_brush((x, y))
        if self._drag is None and self._tool() is Tool.EXTEND:
            self._surface.setCursor(handle_cursor(self._marks.extend.hit(self._surface.view, pointer.x, pointer.y)))

    def _on_moved(self) -> None:
        """The picture moved under a resting pointer."""
        if self._at is not None and not self._marks.brush.crosshair:
            x, y = self._surface.view.to_document(*self._at)
            self.pointer_at(x, y)
            self._mark_brush((x, y))

    def _mark_brush(self, at: tuple[float, float] | None) -> None:
        shown = at if self._tool() in (Tool.BRUSH, Tool.ERASER) else None
        if shown is None and self._marks.brush.at is None:
            return
        self._marks.brush.at = shown
        self._surface.touched(self._marks.brush)

    def _pointer(self, x: float, y: float, modifiers: Qt.KeyboardModifier, pressure: float = 1.0) -> Pointer:
        ratio = self._surface.view.ratio
        return Pointer(x=x * ratio, y=y * ratio, pressure=pressure, modifiers=modifiers)

    def _is_echo(self, event: QMouseEvent) -> bool:
        """Whether the system made this mouse event from the pen's, which was heard already."""
        if event.pointerType() in (QPointingDevice.PointerType.Pen, QPointingDevice.PointerType.Eraser):
            return True
        made = event.source() is not Qt.MouseEventSource.MouseEventNotSynthesized
        return made and event.timestamp() - self._pen_seen < ECHO_MS


def combine_of(pointer: Pointer, otherwise: Combine) -> Combine:
    """Shift adds, Alt subtracts; without them as chosen."""
    if pointer.modifiers & Modifier.ShiftModifier:
        return Combine.ADD
    if pointer.modifiers & Modifier.AltModifier:
        return Combine.SUBTRACT
    return otherwise
