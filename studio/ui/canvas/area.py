"""The canvas area: puts surface, marks, bars and gestures together and joins them with a desk.

Before there is a desk it shows the empty state alone; what works on a picture is made when one is attached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.geometry import Rect
from studio.session.face.tools import CompareMode, Tool
from studio.ui.canvas.empty import EmptyState
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QResizeEvent

    from studio.domain.changes import Changes
    from studio.domain.settings import Settings
    from studio.session.face.desk import Desk
    from studio.session.face.views import DocumentView, FormView, StagingView, ToolView
    from studio.ui.canvas.furniture import Furniture

MASK_MARGIN = 64
"""View pixels around a mask that is zoomed to."""


class CanvasArea(QWidget):
    """What the window has in its middle. `asked` tells the id of a command that a button here means."""

    zoom_changed = Signal(float)
    """1.0 is one picture pixel on one device pixel."""
    pointer_moved = Signal(object)
    """The document's pixel under the pointer (`Point`), None outside of the picture."""
    asked = Signal(str)

    _furniture: Furniture | None = None

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
        self._empty = EmptyState(self)
        self._empty.asked.connect(self.asked)
        self.render_settings(settings)

    def attach(self, desk: Desk) -> None:
        """Show this desk's canvas and hand gestures to it. Called once."""
        self._furnish(desk)
        self._empty.opened.connect(lambda path: desk.document.open([path]))
        desk.canvas.changed.connect(self._on_canvas)
        desk.document_changed.connect(self._on_document)
        desk.tool_changed.connect(self._on_tool)
        desk.form_changed.connect(self._on_form)
        desk.staging_changed.connect(self._on_staging)
        desk.jobs_changed.connect(lambda _cards: self._show_staging(desk.staging_view()))
        desk.compare_changed.connect(self._on_compare)
        self.render_settings(self._settings)
        self._on_document(desk.document_view())
        self._on_tool(desk.tool_view())
        self._on_form(desk.form_view())
        self._on_staging(desk.staging_view())

    def _furnish(self, desk: Desk) -> None:
        from studio.ui.canvas.furniture import Furniture  # no part of the first frame

        made = self._furniture = Furniture(self, self._empty, self._settings)
        made.attach(desk, self.set_hold_compare)
        self._desk = desk
        self.surface, self._split, self._staging = made.surface, made.split, made.staging
        self._targets, self._marks, self._gestures = made.targets, made.marks, made.gestures
        self._held = made.held
        self._outline, self._frame, self._preview, self._line = made.outline, made.frame, made.preview, made.line
        self.surface.moved.connect(self._on_moved)
        self._split.valueChanged.connect(self._on_split)
        self._staging.asked.connect(self.asked)
        self._staging.resized.connect(self._place)
        self._staging.cancelled.connect(self._cancel_job)
        self._gestures.pointer_moved.connect(self.pointer_moved)
        self._gestures.stroke_changed.connect(self._on_stroke)
        self.setFocusProxy(self.surface)
        self._fill()
        self.surface.show()

    def zoom_in(self) -> None:
        """A step in, at the canvas's middle."""
        self._step(1)

    def zoom_out(self) -> None:
        """A step out."""
        self._step(-1)

    def fit(self) -> None:
        """The whole picture."""
        if self._has_picture():
            self.surface.fit()

    def actual(self) -> None:
        """One picture pixel on one device pixel."""
        self.zoom_to(1.0)

    def zoom_to(self, factor: float) -> None:
        """A zoom at the canvas's middle; 2.0 is 200 %."""
        if self._has_picture():
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
        if self._furniture is not None:
            self._furniture.set_settings(settings)

    def ground(self) -> str:
        """The colour around the picture now."""
        return self.surface.look.surround.name() if self._has_picture() else tokens_of(self).surround

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fill()

    def _fill(self) -> None:
        self._empty.setGeometry(self.rect())
        if self._furniture is not None:
            self.surface.setGeometry(self.rect())
            self._targets.setGeometry(self.rect())
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._furniture is not None:
            self._furniture.set_look(self._settings)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._furniture is None:
            event.ignore()
        else:
            self._furniture.drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._furniture is not None:
            self._furniture.drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._furniture is not None:
            self._furniture.drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._furniture is not None:
            self._furniture.drops.drop(event)

    def _step(self, steps: int) -> None:
        if self._furniture is not None and self.surface.has_picture:
            self._furniture.navigation.step(steps)

    def _has_picture(self) -> bool:
        return self._furniture is not None and self.surface.has_picture

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
        if self._desk is not None:
            self._show_staging(view)
            self._show_overlay(self._desk.tool_view())

    def _show_staging(self, view: StagingView | None) -> None:
        """The bar with a result, and what its job's card says."""
        if self._desk is None:
            return
        if view is not None:
            cards = self._desk.job_cards()
            self._staging.show_state(view, next((card for card in cards if card.job == view.job), None))
            self._place()
        elif not self._staging.isHidden():
            self._staging.hide()

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
        self.surface.show_original(self._split.column(self.surface.view) if split else whole)

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
