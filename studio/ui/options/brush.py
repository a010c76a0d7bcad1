"""The brush: paint or erase, size, hardness, opacity, and what the pen's pressure does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.domain.brush import Brush
from studio.session.face.tools import Tool
from studio.ui.options.page import Page
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, icon_button
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from studio.session.face.tools import ToolView

LARGEST = 2000.0


class BrushPage(Page):
    """Shown for brush and eraser."""

    def build(self) -> None:
        self._brush = Brush()
        self._mode = Segmented(
            ((Tool.BRUSH, tr("Paint")), (Tool.ERASER, tr("Erase"))), tr("What the brush does to the mask")
        )
        self._mode.chosen.connect(self._take_mode)
        self._size = SliderField(
            tr("Size"), NumberField(tr("Brush size"), low=1, high=LARGEST, suffix=" px"), curve=2.5
        )
        self._hardness = SliderField(tr("Hardness"), NumberField(tr("Hardness"), low=0, high=100, suffix=" %"))
        self._opacity = SliderField(tr("Opacity"), NumberField(tr("Opacity"), low=1, high=100, suffix=" %"))
        self._size.changed.connect(self._set_size)
        self._hardness.changed.connect(self._set_hardness)
        self._opacity.changed.connect(self._set_opacity)
        self._pen_size = self._toggle("scaling", tr("Pen pressure changes the size"))
        self._pen_opacity = self._toggle("droplet", tr("Pen pressure changes the opacity"))
        self._pen_size.clicked.connect(self._set_pressure)
        self._pen_opacity.clicked.connect(self._set_pressure)
        for part in (self._mode, self._size, self._hardness, self._opacity):
            self.row.addWidget(part)
        self.row.addWidget(self._pen_size)
        self.row.setSpacing(16)
        self.row.addWidget(self._pen_opacity)

    def show_state(self, view: ToolView) -> None:
        self._brush = view.brush
        erases = view.tool is Tool.ERASER or view.brush.erases
        self._mode.set_value(Tool.ERASER if erases else Tool.BRUSH)
        self._size.set_value(view.brush.size)
        self._hardness.set_value(view.brush.hardness * 100)
        self._opacity.set_value(view.brush.opacity * 100)
        self._pen_size.setChecked(view.brush.pressure_size)
        self._pen_opacity.setChecked(view.brush.pressure_opacity)

    def _toggle(self, icon: str, name: str) -> Button:
        button = icon_button(icon, name)
        button.setCheckable(True)
        button.quiet = True
        return button

    def _take_mode(self, tool: Tool) -> None:
        if self.desk is not None:
            self._tell(replace(self._brush, erases=False))
            self.desk.set_tool(tool)

    def _set_size(self, value: float) -> None:
        self._tell(replace(self._brush, size=value))

    def _set_hardness(self, value: float) -> None:
        self._tell(replace(self._brush, hardness=value / 100))

    def _set_opacity(self, value: float) -> None:
        self._tell(replace(self._brush, opacity=value / 100))

    def _set_pressure(self) -> None:
        size, opacity = self._pen_size.isChecked(), self._pen_opacity.isChecked()
        self._tell(replace(self._brush, pressure_size=size, pressure_opacity=opacity))

    def _tell(self, brush: Brush) -> None:
        if self.desk is not None and brush != self._brush:
            self._brush = brush
            self.desk.set_brush(brush)
