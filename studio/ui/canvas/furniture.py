"""What the canvas area needs to work on a picture: surface, marks, handles, bars, gestures and keys. Made in one go
when there is a desk; the first frame shows nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer

from studio.ui.canvas.compare import SplitHandle, SplitMark
from studio.ui.canvas.cursor import BrushMark
from studio.ui.canvas.drop import DropTargets
from studio.ui.canvas.dropped import Drops
from studio.ui.canvas.extend import ExtendMark, MoveMark
from studio.ui.canvas.frame import FrameMark, PreviewMark
from studio.ui.canvas.gestures import Gestures, Marks
from studio.ui.canvas.hold import HeldKeys
from studio.ui.canvas.keyboard import Keyboard
from studio.ui.canvas.look import look_of
from studio.ui.canvas.navigation import Navigation
from studio.ui.canvas.outline import OutlineMark, ShapeMark
from studio.ui.canvas.staging import StagingBar
from studio.ui.canvas.surface import Surface
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from studio.domain.settings import Settings
    from studio.session.face.desk import Desk
    from studio.ui.canvas.empty import EmptyState
    from studio.ui.canvas.look import Look


class Furniture:
    """The surface lies under all, the drop targets over all; the handles and bars lie between them."""

    def __init__(self, area: QWidget, empty: EmptyState, settings: Settings) -> None:
        self._area = area
        self.surface = Surface(look_of(tokens_of(area), settings.surround), area)
        self.surface.setAccessibleName(tr("Canvas"))
        self._make_marks()
        self.split = SplitHandle(area)
        self.staging = StagingBar(area)
        self.targets = DropTargets(area)
        self.drops = Drops(area, empty.zone, self.targets)
        self._clock = QElapsedTimer()
        self._clock.start()
        # Below what was there first, the surface lowest; the Tab key goes from below upwards.
        for under in (self.staging, self.split, self.surface):
            under.lower()

    def attach(self, desk: Desk, hold_compare: Callable[[bool], None]) -> None:
        """Hand gestures and keys to this desk."""
        self.drops.desk = desk
        self.surface.attach(desk.canvas)
        self.held = HeldKeys(desk, self._clock.elapsed, hold_compare)
        self.gestures = Gestures(self.surface, desk, self.held, self.marks)
        self.navigation = Navigation(self.surface, lambda: self.gestures.dragging)
        self.keyboard = Keyboard(self.surface, desk, self.held, self.gestures, self.marks.brush)
        self.staging.chosen.connect(desk.results.show_variation)

    def set_settings(self, settings: Settings) -> None:
        """Surround, wheel and keys as set."""
        self.set_look(settings)
        self.navigation.wheel_zooms = settings.wheel == "zoom"
        self.held.set_keys(dict(settings.keys))

    def set_look(self, settings: Settings) -> None:
        """The theme's colours."""
        self.surface.set_look(look_of(tokens_of(self._area), settings.surround))

    def _make_marks(self) -> None:
        def look() -> Look:
            return self.surface.look

        self.outline = OutlineMark(look)
        self.frame = FrameMark(look)
        self.preview = PreviewMark(look, self.frame.plate)
        self.line = SplitMark(look)
        self.marks = Marks(brush=BrushMark(look), shape=ShapeMark(look), extend=ExtendMark(look), move=MoveMark(look))
        marks = self.marks
        for mark in (self.outline, self.frame, marks.extend, marks.shape, marks.move, self.line, self.preview):
            self.surface.add(mark)
        self.surface.add(marks.brush)
