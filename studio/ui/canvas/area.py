"""The canvas area: puts surface, marks, bars and gestures together and joins them with a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.geometry import Rect
from studio.session.face.views import CompareMode, Tool
from studio.ui.canvas.compare import SplitHandle, SplitMark, split_column
from studio.ui.canvas.cursor import BrushMark
from studio.ui.canvas.drop import DropTargets
from studio.ui.canvas.dropped import Drops
from studio.ui.canvas.empty import EmptyState
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
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QResizeEvent

    from studio.domain.changes import Changes
    from studio.domain.settings import Settings
    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, FormView, StagingView, ToolView

MASK_MARGIN = 64
"""View pixels around a mask that is zoomed to."""


class CanvasArea(QWidget):
    """What the window has in its middle. `asked` tells the id of a command that a button here means."""

    zoom_changed = Signal(float)
    """1.0 is one picture pixel on one device pixel."""
    pointer_moved = Signal(object)
    """The document's pixel under the pointer (`Point`), None outside of the picture."""
    asked = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._settings = settings
        self._desk: Desk | None = None
        self._compare = CompareMode.OFF
        self._compare_before = CompareMode.OFF
        self._stroking = False
        self._shown: tuple[str, str | None] | None = None
        self._zoom = 0.0
        self._clock = QElapsedTimer()
        self._clock.start()
        self.surface = Surface(look_of(tokens_of(self), settings.surround), self)
        self.surface.setAccessibleName(tr("Canvas"))
        self.surface.moved.connect(self._on_moved)
        self._make_marks()
        self._split = SplitHandle(self)
        self._split.valueChanged.connect(self._on_split)
        self._staging = StagingBar(self)
        self._staging.asked.connect(self.asked)
        self._staging.resized.connect(self._place)
        self._empty = EmptyState(self)
        self._empty.asked.connect(self.asked)
        self._targets = DropTargets(self)
        self._drops = Drops(self, self._empty.zone, self._targets)
        self.setFocusProxy(self.surface)
        self.render_settings(settings)

    def attach(self, desk: Desk) -> None:
        """Show this desk's canvas and hand gestures to it. Called once."""
        self._desk = desk
        self._drops.desk = desk
        self.surface.attach(desk.canvas)
        self._held = HeldKeys(desk, self._clock.elapsed, self.set_hold_compare)
        self._held.set_keys(dict(self._settings.keys))
        self._gestures = Gestures(self.surface, desk, self._held, self._marks)
        self._gestures.pointer_moved.connect(self.pointer_moved)
        self._gestures.stroke_changed.connect(self._on_stroke)
        self._navigation = Navigation(self.surface, lambda: self._gestures.dragging)
        self._keyboard = Keyboard(self.surface, desk, self._held, self._gestures, self._marks.brush)
        self._staging.chosen.connect(desk.results.show_variation)
        self._staging.cancelled.connect(self._cancel_job)
        self._empty.opened.connect(lambda path: desk.document.open([path]))
        desk.canvas.changed.connect(self._on_canvas)
        desk.document_changed.connect(self._on_document)
        desk.tool_changed.connect(self._on_tool)
        desk.form_changed.connect(self._on_form)
        desk.staging_changed.connect(self._on_staging)
        desk.jobs_changed.connect(lambda _cards: self._on_staging(desk.staging_view()))
        desk.compare_changed.connect(self._on_compare)
        self.render_settings(self._settings)
        self._on_document(desk.document_view())
        self._on_tool(desk.tool_view())
        self._on_form(desk.form_view())
        self._on_staging(desk.staging_view())

    def zoom_in(self) -> None:
        """A step in, at the canvas's middle."""
        self._step(1)

    def zoom_out(self) -> None:
        """A step out."""
        self._step(-1)

    def fit(self) -> None:
        """The whole picture."""
        if self.surface.has_picture:
            self.surface.fit()

    def actual(self) -> None:
        """One picture pixel on one device pixel."""
        self.zoom_to(1.0)

    def zoom_to(self, factor: float) -> None:
        """A zoom at the canvas's middle; 2.0 is 200 %."""
        if self.surface.has_picture:
            view = self.surface.view
            self.surface.set_view(view.zoomed(factor, (view.view.width / 2, view.view.height / 2)))

    def zoom_to_mask(self) -> None:
        """What is masked, as large as it fits."""
        document = None if self._desk is None else self._desk.document_view()
        if document is not None and document.mask_box is not None and self.surface.has_picture:
            view = self.surface.view
            self.surface.set_view(view.showing(document.mask_box, MASK_MARGIN * view.ratio))

    def set_hold_compare(self, held: bool) -> None:
        """Show the picture without the result while held."""
        if self._desk is None:
            return
        if held and self._compare is not CompareMode.HOLD:
            self._compare_before = self._compare
            self._desk.results.set_compare(CompareMode.HOLD)
        elif not held and self._compare is CompareMode.HOLD:
            self._desk.results.set_compare(self._compare_before)

    def render_settings(self, settings: Settings) -> None:
        """Surround, wheel, keys and recent files as set."""
        self._settings = settings
        self._empty.show_recent(settings.recent)
        self.surface.set_look(look_of(tokens_of(self), settings.surround))
        if self._desk is not None:
            self._navigation.wheel_zooms = settings.wheel == "zoom"
            self._held.set_keys(dict(settings.keys))

    def resizeEvent(self, event: QResizeEvent) -> None:
        for child in (self.surface, self._empty, self._targets):
            child.setGeometry(self.rect())
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_drops"):
            self.surface.set_look(look_of(tokens_of(self), self._settings.surround))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)

    def _make_marks(self) -> None:
        def look():
            return self.surface.look

        self._outline = OutlineMark(look)
        self._frame = FrameMark(look)
        self._preview = PreviewMark(look)
        self._line = SplitMark(look)
        self._marks = Marks(brush=BrushMark(look), shape=ShapeMark(look), extend=ExtendMark(look), move=MoveMark(look))
        marks = self._marks
        for mark in (self._outline, self._frame, marks.extend, marks.shape, marks.move, self._line, self._preview):
            self.surface.add(mark)
        self.surface.add(marks.brush)

    def _step(self, steps: int) -> None:
        if self._desk is not None and self.surface.has_picture:
            self._navigation.step(steps)

    def _cancel_job(self) -> None:
        staging = None if self._desk is None else self._desk.staging_view()
        if self._desk is not None and staging is not None:
            self._desk.results.cancel_job(staging.job)

    def _on_moved(self) -> None:
        if self.surface.view.zoom != self._zoom:
            self._zoom = self.surface.view.zoom
            self.zoom_changed.emit(self._zoom)
        if self._compare is not CompareMode.OFF:
            self._show_compare()

    def _on_canvas(self, changes: Changes) -> None:
        self._show_picture()
        if self._desk is not None and not self._stroking and self._outline.show(self._desk.canvas.outline()):
            self.surface.touched(self._outline)

    def _on_document(self, view: DocumentView | None) -> None:
        self._show_picture()
        shown = None if view is None else (view.title, view.path)
        if shown != self._shown and view is not None:
            self._gestures.line_from = None
            if self._shown is None or view.title != self._shown[0]:
                self.fit()
        self._shown = shown
        words = tr("No picture is open") if view is None else f"{view.title}, {view.size.width} × {view.size.height}"
        self.surface.setAccessibleDescription(words)

    def _show_picture(self) -> None:
        has_picture = self._desk is not None and self._desk.canvas.size() is not None
        if self._empty.isVisibleTo(self) == has_picture:
            self._empty.setVisible(not has_picture)
            self.setFocusProxy(self.surface if has_picture else self._empty.zone.open)
            self._gestures.refresh_cursor()

    def _on_tool(self, view: ToolView) -> None:
        marks = self._marks
        self.surface.touched(marks.brush, marks.extend)
        marks.brush.diameter = view.brush.size
        if view.tool not in (Tool.BRUSH, Tool.ERASER):
            marks.brush.at = None
        if view.tool is Tool.EXTEND and not marks.extend.shown:
            self._make_room()
        marks.extend.shown = view.tool is Tool.EXTEND
        if not self._gestures.dragging:
            marks.extend.margins = view.margins
        self.surface.touched(marks.brush, marks.extend)
        self._show_overlay(view)
        if not self._gestures.dragging:
            self._gestures.refresh_cursor()

    def _make_room(self) -> None:
        """So far out that the handles can be pulled."""
        view = self.surface.view
        room = max(view.document.width, view.document.height) // 8
        wanted = Rect.of_size(view.document).grown(room)
        if self.surface.has_picture and not Rect.of_size(view.view).contains(view.device_rect(wanted)):
            self.surface.set_view(view.showing(wanted, 0, at_most=view.zoom))

    def _show_overlay(self, view: ToolView) -> None:
        comparing = self._compare is not CompareMode.OFF
        shown = view.overlay_shown and not comparing
        self.surface.set_overlay(view.overlay, shown=shown)
        self.surface.touched(self._outline, self._frame, self._preview)
        self._outline.shown = shown and view.overlay.outline and not self._stroking
        self._frame.shown = not comparing and view.tool is not Tool.EXTEND
        self._mark_preview(None if comparing or self._desk is None else self._desk.staging_view())
        self.surface.touched(self._outline, self._frame, self._preview)

    def _mark_preview(self, view: StagingView | None) -> None:
        """An applied layer's variations are part of the picture already, so nothing is said of them."""
        shown = () if view is None or view.layer is not None else view.variations[view.index : view.index + 1]
        self._preview.shown = bool(shown)
        self._preview.rough = any(row.preview for row in shown)

    def _on_form(self, view: FormView) -> None:
        self.surface.touched(self._frame)
        self._frame.show(view.frame, view.frame_label)
        self.surface.touched(self._frame)

    def _on_staging(self, view: StagingView | None) -> None:
        if self._desk is None:
            return
        if view is None:
            self._staging.hide()
        else:
            cards = self._desk.job_cards()
            self._staging.show_state(view, next((card for card in cards if card.job == view.job), None))
        self._show_overlay(self._desk.tool_view())
        self._place()

    def _on_compare(self, mode: CompareMode) -> None:
        self._compare = mode
        self._show_compare()
        if self._desk is not None:
            self._show_overlay(self._desk.tool_view())

    def _show_compare(self) -> None:
        split = self._compare is CompareMode.SPLIT
        self.surface.touched(self._line)
        self._line.value = self._split.value() if split else None
        self.surface.touched(self._line)
        self._split.place(self.surface.view)
        self._split.setVisible(split)
        whole = self.surface.view.view.width if self._compare is CompareMode.HOLD else 0
        self.surface.show_original(split_column(self.surface.view, self._split.value()) if split else whole)

    def _on_split(self) -> None:
        self._show_compare()

    def _on_stroke(self, running: bool) -> None:
        self._stroking = running
        if self._desk is not None:
            self._outline.show(self._desk.canvas.outline())
            self._show_overlay(self._desk.tool_view())

    def _place(self) -> None:
        """The bar floats at the bottom, in the middle."""
        room = self.width() - 16
        size = self._staging.sizeHint()
        self._staging.resize(min(size.width(), room), size.height())
        self._staging.move((self.width() - self._staging.width()) // 2, self.height() - self._staging.height() - 4)
        if self._compare is CompareMode.SPLIT:
            self._split.place(self.surface.view)
