"""The control of one parameter, by its kind. What is not set is seen as such and not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from studio.domain.capabilities import ParameterKind
from studio.ui.generate.ratio import RatioPreview, ratio_icon, ratio_of, size_words
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.combo import Choice
from studio.ui.widgets.fields import Field
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.segmented import Segmented
from studio.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from studio.domain.capabilities import Parameter
    from studio.domain.request import ParameterValue

SEGMENTS_WIDE, AROUND, MOST_SEGMENTS = 190, 8, 5
"""Pixels that a row of choices may take, and those around each word; a list opens where they are not enough."""
_STARTS: dict[str, float] = {"strength": 0.8, "guidance_scale": 7.5, "num_inference_steps": 30}
"""Where the documents' own examples stand; others start in the middle."""
_WRITTEN = {"png": "PNG", "jpeg": "JPEG", "jpg": "JPEG", "webp": "WebP", "hd": "HD"}


class Control(QWidget):
    """Tells `told` with the parameter's name and its value, None for unset."""

    told = Signal(str, object)

    def __init__(self, parameter: Parameter, *, stretches: bool = True) -> None:
        super().__init__()
        self.parameter = parameter
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        wide = QSizePolicy.Policy.Expanding if stretches else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setToolTip(parameter.help)

    def show_value(self, value: ParameterValue | None) -> None:
        """Show what is set; None where nothing is."""
        raise NotImplementedError

    def show_notes(self, notes: dict[str, str]) -> None:
        """Other words beside some of the values."""

    def _tell(self, value: object) -> None:
        self.told.emit(self.parameter.name, value)


def control_of(parameter: Parameter, notes: dict[str, str]) -> Control:
    """The control for a parameter. `notes` are words beside some of its values (a price, say)."""
    bounded = parameter.minimum is not None and parameter.maximum is not None
    match parameter.kind:
        case ParameterKind.CHOICE:
            return ChoiceControl(parameter, notes)
        case ParameterKind.FLAG:
            return FlagControl(parameter)
        case ParameterKind.TEXT:
            return TextControl(parameter)
        case _:
            return RangeControl(parameter) if bounded else OpenNumberControl(parameter)


def value_words(value: str) -> str:
    """A value as people read it: 1024 × 1536, Very high. Words that are written in capitals stay so."""
    if value in _WRITTEN:
        return _WRITTEN[value]
    plain = value.replace("-", " ") if value.replace("-", "").isalpha() else size_words(value)
    return plain[:1].upper() + plain[1:] if plain.islower() and not any(sign.isdigit() for sign in plain) else plain


class ChoiceControl(Control):
    """A row of choices where they are few and short, else a list; proportions are drawn beside sizes."""

    def __init__(self, parameter: Parameter, notes: dict[str, str]) -> None:
        super().__init__(parameter)
        known: list[tuple[object, str]] = [(value, tr(value_words(value))) for value in parameter.values]
        self._choices = [(None, tr("Default")), *known] if parameter.default is None else known
        self._notes = notes
        self._value: ParameterValue | None = None
        self._taken = self._made()
        self._preview = RatioPreview()
        self._row.addWidget(self._taken)
        self._row.addWidget(self._preview)
        self._stretch()

    def show_value(self, value: ParameterValue | None) -> None:
        self._value = value
        shown = self.parameter.default if value is None else value
        if isinstance(self._taken, Segmented):
            self._taken.set_value(shown)
        else:
            self._taken.setCurrentIndex(self._taken.findData(shown))
        self._preview.show_words(shown)

    def show_notes(self, notes: dict[str, str]) -> None:
        """A list that may be open only changes its words; a row of choices has no room for them and becomes a list."""
        if notes == self._notes:
            return
        self._notes = notes
        if isinstance(self._taken, Choice) and not self._fits():
            for at, (value, label) in enumerate(self._choices):
                self._taken.setItemText(at, self._words(value, label))
            self._taken.updateGeometry()
            return
        before, focus = self._taken, QApplication.focusWidget()
        focused = focus is not None and (focus is before or before.isAncestorOf(focus))
        self._taken = self._made()
        self._row.replaceWidget(before, self._taken)
        self._stretch()
        self.show_value(self._value)
        self._taken.show()
        self.setMinimumHeight(self.sizeHint().height())
        if focused:
            self._taken.setFocus()
        before.hide()
        before.deleteLater()

    def _stretch(self) -> None:
        """A row of choices stands at the start, a list takes all of the width."""
        if isinstance(self._taken, Segmented):
            self._row.addStretch(1)
        elif self._row.count() > 2:
            self._row.takeAt(2)

    def _fits(self) -> bool:
        """Whether a row has the room."""
        wide = sum(self.fontMetrics().horizontalAdvance(label) + AROUND for _, label in self._choices)
        return len(self._choices) <= MOST_SEGMENTS and wide <= SEGMENTS_WIDE and not self._notes

    def _words(self, value: object, label: str) -> str:
        note = self._notes.get(str(value), "")
        return f"{label} · {note}" if note else label

    def _made(self) -> Segmented | Choice:
        name = self.parameter.label or self.parameter.name
        if self._fits():
            segments = Segmented(self._choices, name)
            segments.chosen.connect(self._tell)
            return segments
        combo = Choice(name)
        drawn = any(ratio_of(value) for value, _ in self._choices)
        for value, label in self._choices:
            combo.addItem(self._words(value, label), value)
            if drawn:
                combo.setItemIcon(combo.count() - 1, ratio_icon(value, self))
        combo.activated.connect(self._taken_at)
        return combo

    def _taken_at(self, at: int) -> None:
        if isinstance(self._taken, Choice):
            self._tell(self._taken.itemData(at))


class FlagControl(Control):
    """A check box; where it can be left to the provider, a row of three."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter, stretches=False)
        name = parameter.label or parameter.name
        self._taken: Tick | Segmented
        if parameter.default is None:
            self._taken = Segmented([(None, tr("Default")), (True, tr("On")), (False, tr("Off"))], name)
            self._taken.chosen.connect(self._tell)
        else:
            self._taken = Tick(name=name)
            self._taken.clicked.connect(self._tell)
        self._row.addWidget(self._taken)

    def show_value(self, value: ParameterValue | None) -> None:
        if isinstance(self._taken, Tick):
            self._taken.setChecked(bool(self.parameter.default if value is None else value))
        else:
            self._taken.set_value(value)


class TextControl(Control):
    """A field; empty is unset. Proportions are drawn beside sizes."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        hint = tr("default") if parameter.default is None else str(parameter.default)
        self._field = Field(parameter.label or parameter.name, hint=hint)
        self._field.setClearButtonEnabled(True)
        self._field.editingFinished.connect(self._typed)
        self._field.textChanged.connect(self._cleared)
        self._preview = RatioPreview()
        self._row.addWidget(self._field, 1)
        self._row.addWidget(self._preview)
        self._shown: str | None = None

    def show_value(self, value: ParameterValue | None) -> None:
        self._shown = None if value is None else str(value)
        typing = self._field.hasFocus() and self._field.isModified()
        if not typing and self._field.text().strip() != (self._shown or ""):  # the caret of who types on stays
            self._field.setText(self._shown or "")
        self._preview.show_words(self._shown)

    def _typed(self) -> None:
        self._field.setModified(False)
        text = self._field.text().strip() or None
        if text != self._shown:
            self._shown = text
            self._tell(text)

    def _cleared(self, text: str) -> None:
        if not text and self._shown is not None:
            self._typed()


class OpenNumberControl(TextControl):
    """A number that has no bounds on one side: a field that takes nothing else."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        whole = parameter.kind is ParameterKind.INTEGER
        allowed = "-?[0-9]{0,12}" if whole else "-?[0-9]{0,12}([.][0-9]{0,6})?"
        self._field.setValidator(QRegularExpressionValidator(QRegularExpression(allowed), self._field))


class RangeControl(Control):
    """A slider with its number. Where nothing is set it is one button, and the way back is one more."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        name, low, high = parameter.label or parameter.name, parameter.minimum or 0, parameter.maximum or 0
        self._whole = parameter.kind is ParameterKind.INTEGER
        decimals = 0 if self._whole else (2 if high - low > 0.2 else 4)
        suffix = f" {parameter.unit}" if parameter.unit else ""
        field = NumberField(name, low=low, high=high, suffix=suffix, decimals=decimals)
        self._slider = SliderField("", field, width=100)
        self._slider.changed.connect(self._slid)
        self._unset = Button(tr("Default"), look=Look.EDGED)
        self._unset.height_hint, self._unset.dimmed = 26, True
        self._unset.name_it(tr("{name}: default. Set it", name=name), tr("Nothing is sent. Click to set it."))
        self._unset.clicked.connect(self._start)
        self._reset = icon_button("rotate-ccw", tr("{name}: back to default", name=name), size=24)
        self._reset.clicked.connect(self._clear)
        self._row.addWidget(self._unset)
        self._row.addWidget(self._slider, 1)
        self._row.addWidget(self._reset)
        self._row.addStretch(1)

    def show_value(self, value: ParameterValue | None) -> None:
        optional = self.parameter.default is None
        shown = self.parameter.default if value is None else value
        is_set = isinstance(shown, int | float)
        moved = self._unset.hasFocus() and is_set
        self._unset.setVisible(not is_set)
        self._slider.setVisible(is_set)
        self._reset.setVisible(optional and value is not None)
        if moved:
            self._slider.slider.setFocus()
        if isinstance(shown, int | float):
            self._slider.set_value(shown)

    def _start(self) -> None:
        low, high = self.parameter.minimum or 0, self.parameter.maximum or 0
        start = _STARTS.get(self.parameter.name, (low + high) / 2)
        self._slid(min(max(start, low), high))

    def _slid(self, value: float) -> None:
        self._tell(round(value) if self._whole else value)

    def _clear(self) -> None:
        self._tell(None)
