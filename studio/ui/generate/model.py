"""Which model works: a button with its name, and the list that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy

from studio.ui.generate.words import provider_name, takes_words
from studio.ui.theme import icons
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.labels import smaller
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import Press

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.session.face.views import FormView
    from studio.ui.generate.picker import ModelPicker


class ModelButton(Press):
    """Name, and below it the provider with what the model takes. A press opens the list."""

    chosen = Signal(str, str)
    typed = Signal(str, str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: FormView | None = None
        self._picker: ModelPicker | None = None
        self._name, self._note = tr("Local engine"), tr("removes, fills, extends, selects")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Model: {name}", name=self._name))
        self.clicked.connect(self.open)

    def show_state(self, view: FormView) -> None:
        """Show the model that is chosen."""
        self._view = view
        before = self._name, self._note
        if view.model is not None:
            self._name = view.model.name
            parts = [provider_name(view, view.model), takes_words(view.model)]
            self._note = " · ".join(part for part in parts if part)
            self.setToolTip(view.model.note)
        if (self._name, self._note) != before:
            self.setAccessibleName(tr("Model: {name}", name=self._name))
            self.update()

    def open(self) -> None:
        """Open the list of models below the button."""
        if self._view is None or not (self._view.models or self._view.providers):
            return
        from studio.ui.generate.picker import ModelPicker  # first use, not first frame

        self._picker = ModelPicker(self._view, self)
        self._picker.chosen.connect(self.chosen)
        self._picker.typed.connect(self.typed)
        self._picker.opened.connect(self.opened)
        self._picker.open_below(self)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * 2 + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        box(painter, self.rect(), 5, tokens.hover if self.underMouse() else tokens.field, tokens.edge)
        inner = self.rect().adjusted(11, 0, -40, 0)
        mirrored = self.isRightToLeft()
        if mirrored:
            inner = self.rect().adjusted(40, 0, -11, 0)
        half = self.height() // 2
        align = Qt.AlignmentFlag.AlignLeading
        painter.setPen(QColor(tokens.text))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, inner.width())
        upper = QRect(inner.x(), 5, inner.width(), half - 4)
        painter.drawText(upper, align | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(tokens.dim))
        painter.setFont(smaller(self.font()))
        note = painter.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, inner.width())
        lower = QRect(inner.x(), half, inner.width(), half - 6)
        painter.drawText(lower, align | Qt.AlignmentFlag.AlignVCenter, note)
        corner = QRect(6 if mirrored else self.width() - 34, 0, 28, self.height())
        icons.paint(painter, "list-filter", corner, 18, QColor(tokens.text))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 5, tokens.link)
