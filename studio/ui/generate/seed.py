"""The seed of a run: a number that stays, or nothing for another one each time."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.translate import tr
from studio.ui.widgets.buttons import icon_button
from studio.ui.widgets.fields import Field

LARGEST_SEED = 2**31 - 1


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
        text = "" if seed is None else str(seed)
        typing = self.field.hasFocus() and self.field.isModified()
        if not typing and self.field.text() != text:  # the caret of who types on stays
            self.field.setText(text)

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
