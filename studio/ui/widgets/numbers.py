"""Numbers: a slider with its field, and a field that also takes sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSlider, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.paint import box, focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

_SIGNS = "+-*/(). "
NARROWEST = 36
"""Of a slider, in pixels."""


class NumberField(QDoubleSpinBox):
    """Type a number or a sum like 1024*1.5; arrow keys step by 1, with Shift by 10."""

    def __init__(self, name: str, *, low: float, high: float, suffix: str = "", decimals: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDecimals(decimals)
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setKeyboardTracking(False)
        self.setGroupSeparatorShown(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        widest = max(self.textFromValue(self.maximum()), self.textFromValue(self.minimum()), key=len)
        return QSize(self.fontMetrics().horizontalAdvance(widest + self.suffix()) + 20, 26)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:
        plain = input.removesuffix(self.suffix())
        allowed = set("0123456789" + _SIGNS + self.locale().decimalPoint())
        if set(plain) <= allowed and any(sign in plain.strip()[1:] for sign in "+-*/("):
            ready = computed(plain) is not None
            return (QValidator.State.Acceptable if ready else QValidator.State.Intermediate), input, pos
        return super().validate(input, pos)  # pyright: ignore[reportReturnType]  the stub forgets the tuple

    def valueFromText(self, text: str) -> float:
        plain = text.removesuffix(self.suffix())
        found = computed(plain.replace(self.locale().decimalPoint(), "."))
        return super().valueFromText(text) if found is None else min(max(found, self.minimum()), self.maximum())

    def textFromValue(self, value: float) -> str:
        return QLocale().toString(value, "f", self.decimals())

    def interpretText(self) -> None:
        """Take over what was typed, now."""
        super().interpretText()
        self.lineEdit().setModified(False)

    def stepBy(self, steps: int) -> None:
        super().stepBy(steps)
        self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(QPainter(self), self.rect(), 4, tokens.field, tokens.link if self.hasFocus() else tokens.edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stepBy(10 if event.key() == Qt.Key.Key_Up else -10)
            return
        super().keyPressEvent(event)


def computed(text: str) -> float | None:
    """The value of a sum of plain numbers; None where it is none. 1024*1.5 gives 1536."""
    import ast  # only when somebody typed into a field

    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError):
        return None


def _value(node: object) -> float:
    import ast  # as above

    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _value(left) + _value(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _value(left) - _value(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _value(left) * _value(right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _value(left) / _value(right)
        case _:
            raise ValueError("not a sum")


class Slider(QSlider):
    """A thin track, filled up to a round handle. A click jumps there. Where words are long it gives way to them."""

    def __init__(self, name: str, width: int) -> None:
        """`width` is what it takes where there is room."""
        super().__init__(Qt.Orientation.Horizontal)
        self._wide = width
        self.setAccessibleName(name)
        self.setFixedHeight(24)
        self.setMinimumWidth(min(width, NARROWEST))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._wide, 24)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._jump(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._jump(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        at, middle = self._handle(), self.height() / 2
        painter.setBrush(QColor(tokens.edge if self.isEnabled() else tokens.line))
        painter.drawRoundedRect(QRectF(0, middle - 1.5, self.width(), 3), 1.5, 1.5)
        painter.setBrush(QColor(tokens.link if self.isEnabled() else tokens.edge))
        filled = (
            QRectF(at, middle - 1.5, self.width() - at, 3) if self.isRightToLeft() else QRectF(0, middle - 1.5, at, 3)
        )
        painter.drawRoundedRect(filled, 1.5, 1.5)
        painter.setPen(QPen(QColor(tokens.edge), 1.5))
        painter.setBrush(QColor(tokens.raised))
        painter.drawEllipse(QRectF(at - 6, middle - 6, 12, 12))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 6, tokens.link)

    def _handle(self) -> float:
        span = max(1, self.maximum() - self.minimum())
        share = (self.value() - self.minimum()) / span
        if self.isRightToLeft():
            share = 1 - share
        return 7 + share * (self.width() - 14)

    def _jump(self, x: float) -> None:
        share = min(max((x - 7) / max(1, self.width() - 14), 0.0), 1.0)
        if self.isRightToLeft():
            share = 1 - share
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))


class SliderField(QWidget):
    """Label, slider and number field of one value. `changed` tells what the user set.

    With `curve` above 1 the slider's way is bent, so that small values get more of it: value = high * share**curve.
    """

    changed = Signal(float)
    STEPS = 1000

    def __init__(self, label: str, field: NumberField, *, curve: float = 1.0, width: int = 76) -> None:
        """Without a label only slider and field are shown, and the field's name names the slider too."""
        super().__init__()
        self._field, self._curve = field, curve
        self.slider = Slider(field.accessibleName(), width)
        self.slider.setRange(0, self.STEPS)
        self.slider.setSingleStep(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._label = dim_label(label)
        self._label.setVisible(bool(label))
        row.addWidget(self._label)
        row.addWidget(self.slider)
        row.addWidget(field)
        self.slider.valueChanged.connect(self._slid)
        field.valueChanged.connect(self._typed)

    def set_value(self, value: float) -> None:
        """Show a value without telling; a field that is being typed in is left alone."""
        low, high = self._field.minimum(), self._field.maximum()
        share = (min(max(value, low), high) - low) / max(1e-9, high - low)
        self.slider.blockSignals(True)
        if not self.slider.isSliderDown():
            self.slider.setValue(round(self.STEPS * share ** (1 / self._curve)))
        self.slider.blockSignals(False)
        # A spin box paints itself anew for the value that it has.
        if value != self._field.value() and not (self._field.hasFocus() and self._field.lineEdit().isModified()):
            self._field.blockSignals(True)
            self._field.setValue(value)
            self._field.blockSignals(False)

    def show_label(self, shown: bool) -> None:
        """Leave the label out where there is no room for it; the field's name stays in its tool tip."""
        if self._label.text():
            self._label.setVisible(shown)
            self._field.setToolTip("" if shown else self._field.accessibleName())

    def show_slider(self, shown: bool) -> None:
        """Leave the slider out where there is no room for it: without its word a number says nothing."""
        self.slider.setVisible(shown)

    def slider_width(self) -> int:
        """The least that the slider takes, with the space beside it."""
        return self.slider.minimumWidth() + 8

    def hidden_width(self) -> int:
        """What the label and the slider would take where they are left out."""
        label = self._label.sizeHint().width() + 8 if self._label.text() and self._label.isHidden() else 0
        return label + (self.slider_width() if self.slider.isHidden() else 0)

    def value(self) -> float:
        """What is shown."""
        return self._field.value()

    def _slid(self, step: int) -> None:
        low, high = self._field.minimum(), self._field.maximum()
        value = round(low + (high - low) * (step / self.STEPS) ** self._curve, self._field.decimals())
        self._field.blockSignals(True)
        self._field.setValue(value)
        self._field.blockSignals(False)
        self.changed.emit(value)

    def _typed(self, value: float) -> None:
        self.set_value(value)
        self.changed.emit(value)
