"""Pages of the tools that are not brushes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.domain.margins import Margins
from studio.session.face.tools import Combine, Tool
from studio.ui.options.page import Page
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.mirrored import back_and_forth
from studio.ui.widgets.numbers import NumberField
from studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from studio.session.face.tools import ToolView

LARGEST_MARGIN = 4000


class MovePage(Page):
    """Moving the active layer."""

    def build(self) -> None:
        self.row.addWidget(dim_label(tr("Drag the layer. Arrow keys move it by 1 px, with Shift by 10.")))


class ZoomPage(Page):
    """Hand and zoom: the usual sizes."""

    def build(self) -> None:
        self.row.setSpacing(8)
        for command, text in (
            ("view.fit", tr("Fit")),
            ("view.actual", "100 %"),
            ("view.200", "200 %"),
            ("view.mask", tr("To the mask")),
        ):
            self.row.addWidget(self.command(command, text))
        self._hint = dim_label()
        self.row.addWidget(self._hint)

    def show_state(self, view: ToolView) -> None:
        hand = view.tool is Tool.HAND
        text = tr("Drag to move the view.") if hand else tr("Click to zoom in, Alt+click to zoom out.")
        self._hint.setText(text)


class CombinePage(Page):
    """What a shape or a click does with the mask that is there."""

    def build(self) -> None:
        choices = (
            (Combine.REPLACE, tr("Replace")),
            (Combine.ADD, tr("Add")),
            (Combine.SUBTRACT, tr("Subtract")),
        )
        self.combine = Segmented(choices, tr("What happens to the mask that is there"))
        self.combine.segment(Combine.ADD).setToolTip(tr("Add  (hold Shift)"))
        self.combine.segment(Combine.SUBTRACT).setToolTip(tr("Subtract  (hold Alt)"))
        self.combine.chosen.connect(self._take)
        self.row.addWidget(self.combine)

    def show_state(self, view: ToolView) -> None:
        self.combine.set_value(view.combine)

    def _take(self, combine: Combine) -> None:
        if self.desk is not None:
            self.desk.set_combine(combine)


class ShapePage(CombinePage):
    """Rectangle and lasso: how they join the mask, then what can be done to its edge."""

    def build(self) -> None:
        super().build()
        self.row.setSpacing(8)
        self._grow = self._edge(tr("Grow"), tr("Grow the mask by"), 3)
        self._grow_button = self._do("plus", tr("Grow"), self._apply_grow)
        self._shrink_button = self._do("minus", tr("Shrink"), self._apply_shrink)
        self.row.addSpacing(8)
        self._feather = self._edge(tr("Feather"), tr("Feather the mask by"), 4)
        self._feather_button = self._do("check", tr("Feather"), self._apply_feather)
        self.row.addSpacing(8)
        self.row.addWidget(self.command("mask.invert", tr("Invert")))
        self.row.addWidget(self.command("mask.clear", tr("Clear")))
        self._masked = self.actions_of_window["mask.clear"]
        self._masked.changed.connect(self._enable)
        self._enable()

    def _edge(self, label: str, name: str, value: int) -> NumberField:
        field = NumberField(name, low=1, high=500, suffix=" px")
        field.setValue(value)
        self.row.addWidget(dim_label(label))
        self.row.addWidget(field)
        return field

    def _do(self, icon: str, name: str, slot: object) -> Button:
        button = icon_button(icon, name)
        button.clicked.connect(slot)
        self.row.addWidget(button)
        return button

    def _enable(self) -> None:
        for button in (self._grow_button, self._shrink_button, self._feather_button):
            button.setEnabled(self._masked.isEnabled())

    def _apply_grow(self) -> None:
        if self.desk is not None:
            self.desk.document.grow_mask(round(self._grow.value()))

    def _apply_shrink(self) -> None:
        if self.desk is not None:
            self.desk.document.grow_mask(-round(self._grow.value()))

    def _apply_feather(self) -> None:
        if self.desk is not None:
            self.desk.document.feather_mask(self._feather.value())


class SelectPage(CombinePage):
    """Select an object by a click: candidates are walked with Tab."""

    def build(self) -> None:
        super().build()
        back, forth = back_and_forth()
        self._back = icon_button(back, tr("Previous candidate"), tip=tr("Previous candidate  (Shift Tab)"))
        self._next = icon_button(forth, tr("Next candidate"), tip=tr("Next candidate  (Tab)"))
        self._back.clicked.connect(self._step_back)
        self._next.clicked.connect(self._step_on)
        self._hint = dim_label()
        self.row.setSpacing(8)
        self.row.addWidget(self._back)
        self.row.addWidget(self._hint)
        self.row.addWidget(self._next)
        self.row.addSpacing(8)
        self.row.addWidget(self.command("generate.select", tr("Select the subject")))

    def show_state(self, view: ToolView) -> None:
        super().show_state(view)
        several = view.candidates > 1
        self._back.setVisible(several)
        self._next.setVisible(several)
        text = tr("Click an object. Shift+click adds, Alt+click takes away.")
        if view.busy:
            text = tr("Looking for the object")
        elif several:
            text = tr("{number} of {count}", number=view.candidate + 1, count=view.candidates)
        self._hint.setText(text)

    def _step_back(self) -> None:
        if self.desk is not None:
            self.desk.canvas.cycle(-1)

    def _step_on(self) -> None:
        if self.desk is not None:
            self.desk.canvas.cycle(1)


class ExtendPage(Page):
    """How far each edge of the picture is pulled out, and the button that fills it."""

    def build(self) -> None:
        self.row.setSpacing(8)
        self._fields = [
            self._side(tr("Left"), tr("Extend to the left by")),
            self._side(tr("Top"), tr("Extend to the top by")),
            self._side(tr("Right"), tr("Extend to the right by")),
            self._side(tr("Bottom"), tr("Extend to the bottom by")),
        ]
        reset = Button(tr("Reset"), look=Look.EDGED)
        reset.clicked.connect(self._reset)
        self.row.addWidget(reset)
        go = self.command("generate.extend", tr("Extend"))
        go.look, go.bold = Look.ACCENT, True
        self.row.addWidget(go)

    def show_state(self, view: ToolView) -> None:
        margins = view.margins
        for field, value in zip(self._fields, (margins.left, margins.top, margins.right, margins.bottom), strict=True):
            if not (field.hasFocus() and field.lineEdit().isModified()):
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)

    def _side(self, label: str, name: str) -> NumberField:
        field = NumberField(name, low=0, high=LARGEST_MARGIN, suffix=" px")
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.valueChanged.connect(self._changed)
        self.row.addWidget(dim_label(label))
        self.row.addWidget(field)
        return field

    def _changed(self) -> None:
        if self.desk is not None:
            left, top, right, bottom = (round(field.value()) for field in self._fields)
            self.desk.document.set_extend(Margins(left=left, top=top, right=right, bottom=bottom))

    def _reset(self) -> None:
        if self.desk is not None:
            self.desk.document.set_extend(Margins())
