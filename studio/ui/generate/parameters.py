"""The form of a model's parameters, built from what its capabilities say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from studio.ui.generate.seed import SeedField
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import Elided, dim_label
from studio.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.domain.capabilities import Capabilities, Model, Parameter
    from studio.domain.request import ParameterValue
    from studio.session.face.views import FormView
    from studio.ui.generate.controls import Control
    from studio.ui.widgets.numbers import SliderField

LABEL, LABEL_WIDEST, MOST_VARIATIONS = 84, 100, 4
FOLDED_FROM = 3
"""Parameters that few people set are folded away where there are at least so many of them."""
FIRST = ("size", "resolution", "aspect_ratio", "quality", "strength")
"""Those that stay in sight whatever the catalogue says of them."""


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
        self._controls: dict[str, Control] = {}
        self._kept: dict[str, Control] = {}
        self._folded: list[tuple[QWidget, QWidget]] = []
        self._rest: tuple[Parameter, ...] = ()
        self._model: Model | None = None
        self._values: dict[str, ParameterValue] = {}
        self._unfolded = False
        self._more: Button | None = None
        self._most = 0
        self._count: Segmented | SliderField | None = None
        self._seed = SeedField()
        self._seed.changed.connect(self.set_seed)
        self._build((), MOST_VARIATIONS, takes_seed=True, model=None)

    def show_state(self, view: FormView) -> None:
        """Show the values; the controls are made anew only for another model, or where it takes other values now.
        Prices come late, while somebody types: they are put beside the values that are there."""
        can = None if view.model is None else view.model.capabilities
        most, takes_seed = (MOST_VARIATIONS, True) if can is None else (_most(can), can.takes_seed)
        model = view.model
        shape = (view.parameters, most, takes_seed, _identity(model))
        if shape != self._shown:
            self._shown = shape
            self._build(view.parameters, most, takes_seed=takes_seed, model=model)
        elif model is not self._model:
            self._model = model
            for control in self._controls.values():
                control.show_notes(_notes(control.parameter, model))
        self._values = dict(view.values)
        self._show_values()
        if isinstance(self._count, Segmented):
            self._count.set_value(view.count)
        elif self._count is not None:
            self._count.set_value(float(view.count))
        self._seed.show_seed(view.seed)
        self._tell_folded(sum(each.name in self._values for each in self._rest))

    def _show_values(self) -> None:
        for name, control in self._controls.items():
            control.show_value(self._values.get(name))

    def _build(self, parameters: tuple[Parameter, ...], most: int, *, takes_seed: bool, model: Model | None) -> None:
        unfolded = self._clear(parameters if _identity(model) == _identity(self._model) else (), most)
        first, self._rest = _parted(parameters, model)
        for parameter in first:
            self._add(parameter, model)
        self._add_count(most)
        if takes_seed:
            self._row(tr("Seed"), self._seed)
        self._seed.setVisible(takes_seed)
        self._model = model
        if self._rest:
            self._add_more()
            if unfolded:
                self._turn()
        self._drop(tuple(self._kept))
        if self.parentWidget() is not None:
            self.setVisible(self._grid.count() > 0)

    def _clear(self, parameters: tuple[Parameter, ...], most: int) -> bool:
        """Take all off; whether the rest was unfolded. Somebody may be typing: controls of these parameters are kept
        for the next build, and so are those of seed and count, which are the same for every model."""
        self._kept, self._controls = self._controls, {}
        self._drop([name for name, each in self._kept.items() if each.parameter not in parameters or each.isHidden()])
        if self._count is not None and most != self._most:
            self._count.blockSignals(True)
            self._count = None
        self._most = most
        stay = {self._seed, self._count, *self._kept.values()}
        unfolded = self._unfolded
        self._folded, self._more, self._unfolded = [], None, False
        while (item := self._grid.takeAt(0)) is not None:
            left = item.widget()
            if left is not None and left not in stay:
                left.hide()
                left.deleteLater()
        return unfolded and bool(parameters)

    def _drop(self, names: Sequence[str]) -> None:
        """What was typed into a control that goes was meant for another model, or for what this one takes no more."""
        for name in names:
            control = self._kept.pop(name)
            control.told.disconnect(self.set_parameter)
            control.hide()
            control.deleteLater()

    def _add(self, parameter: Parameter, model: Model | None) -> tuple[QWidget, QWidget]:
        from studio.ui.generate.controls import control_of  # first use, not first frame

        notes, kept = _notes(parameter, model), self._kept.pop(parameter.name, None)
        control = kept or control_of(parameter, notes)
        if kept is None:
            control.told.connect(self.set_parameter)
        control.show_notes(notes)
        self._controls[parameter.name] = control
        return self._row(parameter.label or parameter.name, control), control

    def _add_count(self, most: int) -> None:
        if most <= 1:
            return
        if self._count is not None:
            self._row(tr("Variations"), self._count)
            return
        if most <= MOST_VARIATIONS:
            self._count = Segmented([(number, str(number)) for number in range(1, most + 1)], tr("Variations"))
            self._count.chosen.connect(self.set_count)
        else:
            from studio.ui.widgets.numbers import NumberField, SliderField  # first use, not first frame

            self._count = SliderField("", NumberField(tr("Variations"), low=1, high=most), width=100)
            self._count.changed.connect(self._counted)
        self._row(tr("Variations"), self._count)

    def _counted(self, value: float) -> None:
        self.set_count.emit(round(value))

    def _add_more(self) -> None:
        self._more = Button(tr("More"), icon="chevron-right")
        self._more.icon_size = 14
        self._more.clicked.connect(self._turn)
        self._grid.addWidget(self._more, self._grid.rowCount(), 0, 1, 2, Qt.AlignmentFlag.AlignLeading)

    def _turn(self) -> None:
        """Unfold what few people set, or fold it; it is made when it is first seen, as choosing a model waits for all
        that is made then."""
        self._unfolded = not self._unfolded
        if self._unfolded and not self._folded:
            self._folded = [self._add(parameter, self._model) for parameter in self._rest]
            self._show_values()
        for pair in self._folded:
            for part in pair:
                part.setVisible(self._unfolded)
        if self._more is not None:
            self._more.set_icon("chevron-down" if self._unfolded else "chevron-right")

    def _tell_folded(self, are_set: int) -> None:
        if self._more is None:
            return
        count = len(self._rest)
        words = tr("More ({count})", count=count)
        if are_set:
            words = tr("More ({count}, {set} set)", count=count, set=are_set)
        if words != self._more.text():
            self._more.setText(words)
            self._more.setAccessibleName(words)
            self._more.updateGeometry()

    def _row(self, label: str, control: QWidget) -> QWidget:
        row = self._grid.rowCount()
        words = self._label(tr(label))
        words.setBuddy(control)
        control.setMinimumHeight(control.sizeHint().height())
        self._grid.addWidget(words, row, 0)
        stretches = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
        align = Qt.AlignmentFlag(0) if stretches else Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(control, row, 1, align)
        return words

    def _label(self, text: str) -> QLabel:
        """Words wrap; one that is longer than the column is cut, and its tip has all of it."""
        label = dim_label(text, wrap=True)
        if max((label.fontMetrics().horizontalAdvance(word) for word in text.split()), default=0) > LABEL_WIDEST:
            label = Elided(text)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setFixedWidth(LABEL_WIDEST)
        return label


def _identity(model: Model | None) -> tuple[str, str] | None:
    return None if model is None else (model.provider, model.id)


def _most(can: Capabilities) -> int:
    """How many may be asked for; one where it is not for the user to say."""
    return 1 if can.fixed_count is not None else can.max_count


def _parted(
    parameters: tuple[Parameter, ...], model: Model | None
) -> tuple[tuple[Parameter, ...], tuple[Parameter, ...]]:
    """Those in sight and those behind "More": what neither starts with a value nor is in the catalogue's list."""
    listed = model.capabilities.listed if model is not None else ()
    rest = tuple(
        each for each in parameters if each.default is None and each.name not in listed and each.name not in FIRST
    )
    if len(rest) < FOLDED_FROM:
        return parameters, ()
    return tuple(each for each in parameters if each not in rest), rest


def _notes(parameter: Parameter, model: Model | None) -> dict[str, str]:
    """What each size costs, where sizes differ in price."""
    if parameter.name != "size" or model is None or len({price for _, price in model.prices}) < 2:
        return {}
    from studio.domain.pricing import price_of  # for paid models alone
    from studio.ui.words import cost  # as above

    priced = {value: price_of(model, value) for value in parameter.values}
    return {value: cost(price, free=False) for value, price in priced.items() if price is not None}
