"""The keys of the canvas: held ones, Escape, candidates, and a crosshair that paints without a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from studio.domain.pen import PenSample
from studio.session.face.tools import Tool

if TYPE_CHECKING:
    from studio.session.face.desk import Desk
    from studio.ui.canvas.cursor import BrushMark
    from studio.ui.canvas.gestures import Gestures
    from studio.ui.canvas.hold import HeldKeys
    from studio.ui.canvas.surface import Surface

Key = Qt.Key
_ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
_ENTER = (Key.Key_Return, Key.Key_Enter)
_TABS = (Key.Key_Tab, Key.Key_Backtab)
FAST = 10
"""Document pixels that Shift makes of one."""
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Keyboard(QObject):
    """Hears the keys of a surface; a key that is ours here is taken before the window's shortcuts see it."""

    def __init__(self, surface: Surface, desk: Desk, held: HeldKeys, gestures: Gestures, brush: BrushMark) -> None:
        super().__init__(surface)
        self._surface = surface
        self._desk = desk
        self._held = held
        self._gestures = gestures
        self._brush = brush
        surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            if self._is_ours(event):
                event.accept()
                return True
            return False
        if event.type() is QEvent.Type.KeyPress:
            return self._press(event)
        if event.type() is QEvent.Type.KeyRelease:
            return self._release(event)
        return False

    def _is_ours(self, event: QKeyEvent) -> bool:
        key = Key(event.key())
        if key is Key.Key_Escape:
            return self._gestures.dragging
        if event.modifiers() & _MODIFIERS:
            return False
        if key in _TABS:
            return self._desk.tool_view().candidates > 1
        if key in _ARROWS or key in _ENTER:
            return self._walks()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return not shifted and self._held.wants(key)

    def _press(self, event: QKeyEvent) -> bool:
        if not self._is_ours(event):
            return False
        key = Key(event.key())
        if key is Key.Key_Escape:
            self._gestures.cancel()
        elif key in _TABS:
            back = key is Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._desk.canvas.cycle(-1 if back else 1)
        elif key in _ARROWS:
            self._walk(*_ARROWS[key], fast=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _ENTER:
            self._dab(line=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif not event.isAutoRepeat() and not self._gestures.dragging:
            self._held.press(key)
            self._gestures.refresh_cursor()
        return True

    def _release(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return False
        self._held.release(event.key())
        self._gestures.refresh_cursor()
        return False

    def _walks(self) -> bool:
        """Arrows and Enter belong to a waiting result first."""
        tool = self._desk.tool_view().tool
        painting = tool in (Tool.BRUSH, Tool.ERASER)
        return painting and self._surface.has_picture and self._desk.staging_view() is None

    def _walk(self, dx: int, dy: int, *, fast: bool) -> None:
        view = self._surface.view
        far = FAST if fast else 1
        x, y = self._brush.at or view.to_document(view.view.width / 2, view.view.height / 2)
        # On pixel centres, so that a one pixel brush hits one pixel.
        x = min(max(int(x) + 0.5 + dx * far, 0.5), view.document.width - 0.5)
        y = min(max(int(y) + 0.5 + dy * far, 0.5), view.document.height - 0.5)
        self._brush.at, self._brush.crosshair = (x, y), True
        self._follow(*view.to_device(x, y))
        self._surface.touched(self._brush)
        self._gestures.pointer_at(x, y)

    def _follow(self, x: float, y: float) -> None:
        """Bring the crosshair back into sight."""
        view = self._surface.view
        if not (0 <= x < view.view.width and 0 <= y < view.view.height):
            self._surface.set_view(view.panned(round(view.view.width / 2 - x), round(view.view.height / 2 - y)))

    def _dab(self, *, line: bool) -> None:
        if self._brush.at is None or self._gestures.dragging:
            return
        sample = PenSample(x=self._brush.at[0], y=self._brush.at[1])
        start = self._gestures.line_from if line else None
        self._desk.canvas.begin(start or sample)
        if start is not None:
            self._desk.canvas.move([sample])
        self._desk.canvas.end()
        self._gestures.line_from = sample
