"""The form of a model's parameters, built from what its capabilities say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QPalette, QRegularExpressionValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from studio.ui.translate import tr
from studio.ui.widgets.buttons import icon_button
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import Elided, dim_label
from studio.ui.widgets.numbers import NumberField, SliderField
from studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from studio.domain.capabilities import Parameter
    from studio.domain.request import ParameterValue
    from studio.session.face.views import FormView

LABEL, LABEL_WIDEST, MOST_VARIATIONS = 84, 100, 4
SEGMENTS_WIDE, AROUND = 190, 8
"""Pixels that a row of choices may take, and those around each word; a list opens where they are not enough."""
LARGEST_SEED = 2**31 - 1


class ParameterForm(QWidget):
    """Tells what the user sets: a parameter by name, the number of variations, the seed (None is random)."""

    set_parameter = Signal(str, object)
    set_count = Signal(object)
    set_seed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnMinimumWidth(0, LABEL)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[object, ...] = ()
        self._controls: dict[str, QWidget] = {}
        self._count: Segmented | None = None
        self._seed: SeedField | None = None
        self._build((), MOST_VARIATIONS, takes_seed=True)

    def show_state(self, view: FormView) -> None:
        """Show the values; the controls are made anew only for another model."""
        can = None if view.model is None else view.model.capabilities
        most, takes_seed = (MOST_VARIATIONS, True) if can is None else (can.max_count, can.takes_seed)
        shape = (view.parameters, most, takes_seed)
        if shape != self._shown:
            self._build(view.parameters, most, takes_seed=takes_seed)
        values = dict(view.values)
        for parameter in view.parameters:
            _show(self._controls[parameter.name], values.get(parameter.name, parameter.default))
        if self._count is not None:
            self._count.set_value(view.count)
        if self._seed is not None:
            self._seed.show_seed(view.seed)

    def _build(self, parameters: tuple[Parameter, ...], most: int, *, takes_seed: bool) -> None:
        self._shown = (parameters, most, takes_seed)
        while (item := self._grid.takeAt(0)) is not None:
            left = item.widget()
            if left is not None:
                left.hide()
                left.deleteLater()
        self._controls, self._count, self._seed = {}, None, None
        for parameter in parameters:
            control = self._control(parameter)
            control.setToolTip(parameter.help)
            self._controls[parameter.name] = control
            self._row(parameter.label, control)
        if most > 1:
            numbers = [(number, str(number)) for number in range(1, min(most, MOST_VARIATIONS) + 1)]
            self._count = Segmented(numbers, tr("Variations"))
            self._count.chosen.connect(self.set_count)
            self._row(tr("Variations"), self._count)
        if takes_seed:
            self._seed = SeedField()
            self._seed.changed.connect(self.set_seed)
            self._row(tr("Seed"), self._seed)
        if self.parentWidget() is not None:
            self.setVisible(self._grid.count() > 0)

    def _row(self, label: str, control: QWidget) -> None:
        row = self._grid.rowCount()
        words = self._label(tr(label))
        words.setBuddy(control)
        self._grid.addWidget(words, row, 0)
        stretches = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
        align = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(control, row, 1, align)

    def _label(self, text: str) -> QLabel:
        """Words wrap; one that is longer than the column is cut, and its tip has all of it."""
        label = dim_label(text, wrap=True)
        if max((label.fontMetrics().horizontalAdvance(word) for word in text.split()), default=0) > LABEL_WIDEST:
            label = Elided(text)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setFixedWidth(LABEL_WIDEST)
        return label

    def _control(self, parameter: Parameter) -> QWidget:
        from studio.domain.capabilities import ParameterKind  # first use, not first frame

        if parameter.kind is ParameterKind.CHOICE:
            return self._choice(parameter)
        if parameter.kind is ParameterKind.FLAG:
            return self._flag(parameter)
        if parameter.kind is ParameterKind.TEXT:
            return self._text(parameter)
        return self._number(parameter)

    def _choice(self, parameter: Parameter) -> QWidget:
        choices = [(value, tr(value.replace("-", " ").capitalize())) for value in parameter.values]
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(label) + AROUND for _, label in choices)
        if len(choices) <= 5 and wide <= SEGMENTS_WIDE:
            segments = Segmented(choices, parameter.label)
            segments.chosen.connect(_Teller(self, parameter.name, segments).tell)
            return segments
        from studio.ui.widgets.combo import Choice  # first use, not first frame

        combo = Choice(parameter.label)
        for value, label in choices:
            combo.addItem(label, value)
        teller = _Teller(self, parameter.name, combo)
        combo.activated.connect(lambda at: teller.tell(combo.itemData(at)))
        return combo

    def _flag(self, parameter: Parameter) -> QWidget:
        from studio.ui.widgets.tick import Tick  # first use, not first frame

        tick = Tick(name=parameter.label)
        tick.clicked.connect(_Teller(self, parameter.name, tick).tell)
        return tick

    def _text(self, parameter: Parameter) -> QWidget:
        field = Field(parameter.label)
        teller = _Teller(self, parameter.name, field)
        field.editingFinished.connect(lambda: teller.tell(field.text()))
        return field

    def _number(self, parameter: Parameter) -> QWidget:
        whole = parameter.kind.value == "integer"
        low = parameter.minimum if parameter.minimum is not None else -1_000_000
        high = parameter.maximum if parameter.maximum is not None else 1_000_000
        suffix = f" {parameter.unit}" if parameter.unit else ""
        field = NumberField(parameter.label, low=low, high=high, suffix=suffix, decimals=0 if whole else 2)
        teller = _Teller(self, parameter.name, field)
        if parameter.minimum is None or parameter.maximum is None:
            field.valueChanged.connect(lambda value: teller.tell(round(value) if whole else value))
            return field
        slider = SliderField("", field, width=100)
        slider.changed.connect(lambda value: teller.tell(round(value) if whole else value))
        return slider


class _Teller(QObject):
    """Remembers which parameter a control belongs to. Owned by the control: a connection keeps nothing alive."""

    def __init__(self, form: ParameterForm, name: str, control: QWidget) -> None:
        super().__init__(control)
        self._form, self._name = form, name

    def tell(self, value: object) -> None:
        self._form.set_parameter.emit(self._name, value)


def _show(control: QWidget, value: ParameterValue | None) -> None:
    if isinstance(control, Segmented):
        control.set_value(value)
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(control.findData(value))
    elif isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QLineEdit):
        if not control.hasFocus():
            control.setText("" if value is None else str(value))
    elif isinstance(control, SliderField) and isinstance(value, int | float):
        control.set_value(value)
    elif isinstance(control, NumberField) and isinstance(value, int | float) and not control.hasFocus():
        control.blockSignals(True)
        control.setValue(value)
        control.blockSignals(False)


class SeedField(QWidget):
    """A whole number, or nothing for a random one; the dice draw a number that stays."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field = Field(tr("Seed"), hint=tr("random"))
        self.field.setClearButtonEnabled(True)
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,10}"), self.field))
        self.field.editingFinished.connect(self._typed)
        self.field.textChanged.connect(self._cleared)
        dice = icon_button("dices", tr("Draw a seed that stays"), size=26)
        dice.clicked.connect(self._draw)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(dice)
        self._seed: int | None = None

    def show_seed(self, seed: int | None) -> None:
        """Show a seed, nothing for random; a field that is being typed in is left alone."""
        self._seed = seed
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText("" if seed is None else str(seed))

    def _typed(self) -> None:
        text = self.field.text()
        self.field.setModified(False)
        self._tell(min(int(text), LARGEST_SEED) if text else None)

    def _cleared(self, text: str) -> None:
        if not text and self._seed is not None:
            self._tell(None)

    def _draw(self) -> None:
        from random import SystemRandom  # first use, not first frame

        self.field.setModified(False)
        self._tell(SystemRandom().randrange(LARGEST_SEED))

    def _tell(self, seed: int | None) -> None:
        if seed != self._seed:
            self._seed = seed
            self.changed.emit(seed)
