"""Wheel, trackpad and pinch: zoom at the pointer, or scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QWheelEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.canvas.surface import Surface

NOTCH = 120
LINE = 64
"""View pixels that a notch of the wheel scrolls."""


class Navigation(QObject):
    """Moves the view of a surface. `busy` says that a drag runs, which wheels and pinches leave alone."""

    def __init__(self, surface: Surface, busy: Callable[[], bool]) -> None:
        super().__init__(surface)
        self._surface = surface
        self._busy = busy
        self.wheel_zooms = True
        """What the bare wheel does; with Ctrl it always zooms."""
        surface.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._on_wheel(event)
        if event.type() is QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            return self._on_gesture(event)
        return False

    def step(self, steps: int, at: QPointF | None = None) -> None:
        """Zoom by steps at a view point, or at the canvas's middle."""
        self._surface.set_view(self._surface.view.stepped(steps, self._device(at)), zooming=True)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """A zoom, 1.0 being one picture pixel on one device pixel."""
        self._surface.set_view(self._surface.view.zoomed(zoom, self._device(at)), zooming=True)

    def _on_wheel(self, event: QWheelEvent) -> bool:
        event.accept()
        if self._busy() or not self._surface.has_picture:
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        trackpad = event.phase() is not Qt.ScrollPhase.NoScrollPhase
        if control or (self.wheel_zooms and not trackpad):
            self._zoom(event)
        else:
            self._scroll(event)
        return True

    def _zoom(self, event: QWheelEvent) -> None:
        # With Alt, X11 turns the wheel sideways.
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned % NOTCH == 0:
            self.step(turned // NOTCH, event.position())
        else:
            self.zoom_to(self._surface.view.zoom * 2 ** (turned / (2 * NOTCH)), event.position())

    def _scroll(self, event: QWheelEvent) -> None:
        ratio = self._surface.view.ratio
        delta = event.pixelDelta()
        dx, dy = float(delta.x()), float(delta.y())
        if delta.isNull():
            dx, dy = event.angleDelta().x() / NOTCH * LINE, event.angleDelta().y() / NOTCH * LINE
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
                dx, dy = dy, 0.0
        self._surface.set_view(self._surface.view.panned(round(dx * ratio), round(dy * ratio)))

    def _on_gesture(self, event: QNativeGestureEvent) -> bool:
        event.accept()
        if self._busy() or not self._surface.has_picture:
            return True
        if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self._surface.view.zoom * (1 + event.value()), event.position())
        elif event.gestureType() is Qt.NativeGestureType.SmartZoomNativeGesture:
            if self._surface.view.zoom == 1.0:
                self._surface.fit()
            else:
                self.zoom_to(1.0, event.position())
        elif event.gestureType() is Qt.NativeGestureType.PanNativeGesture:
            ratio = self._surface.view.ratio
            delta = event.delta()
            self._surface.set_view(self._surface.view.panned(round(delta.x() * ratio), round(delta.y() * ratio)))
        return True

    def _device(self, at: QPointF | None) -> tuple[float, float]:
        view = self._surface.view
        if at is None:
            return view.view.width / 2, view.view.height / 2
        return at.x() * view.ratio, at.y() * view.ratio
