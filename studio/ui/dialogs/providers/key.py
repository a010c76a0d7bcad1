"""A provider's key: pasted, shown as stars, replaced or forgotten; and what to do where there is no keyring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.dialogs.providers.words import KEY_PLACES, key_page
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.fields import Field
from studio.ui.widgets.tick import Tick
from studio.ui.widgets.tinted import Tinted

if TYPE_CHECKING:
    from studio.session.face.providers import ProviderRow

KEPT = frozenset(KEY_PLACES)
STARS = "•" * 16
NO_KEYRING = "keyring-"
"""Problems whose codes begin so: the key is still in the field, and can go elsewhere."""


class KeyBox(QWidget):
    """Emits what the user wants done with the key; holds it no longer than until it is kept."""

    given = Signal(str, bool)
    """A key, and whether it is for this session only."""
    filed = Signal(str)
    """A key that is to be kept in a file; the warning was read."""
    forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row: ProviderRow | None = None
        self._replacing = False
        self._stars = QLabel(STARS)
        self._stars.setAccessibleName(tr("A key is kept"))
        self._place = Tinted()
        self.replace = _button(tr("Replace"), self._open_field)
        self.forget = _button(tr("Forget"), self.forgotten.emit)
        self.field = Field(tr("API key"), hint=tr("Paste the key here"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.keep = _button(tr("Keep"), self._give, look=Look.ACCENT)
        self.stay = _button(tr("Cancel"), self._close_field)
        self.get = _button(tr("Get a key"), self._open_page, icon="external-link")
        self.session = Tick(tr("Keep for this session only"))
        self.instead = NoKeyring()
        self.instead.for_session.connect(lambda: self.given.emit(self.field.text(), True))
        self.instead.for_file.connect(lambda: self.filed.emit(self.field.text()))
        self.field.returnPressed.connect(self._give)
        self.field.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self._lay_out()

    def show_row(self, row: ProviderRow) -> None:
        """Show where its key is; a key that was kept just now leaves the field."""
        other = self._row is None or row.id != self._row.id
        if other or self._was_kept(row):
            self._replacing = False
            self.field.clear()
            self.session.setChecked(False)
        self._row = row
        stuck = row.problem is not None and row.problem.code.startswith(NO_KEYRING) and bool(self.field.text())
        kept = row.key in KEPT and not self._replacing and not stuck
        for part in (self._stars, self.replace, self.forget):
            part.setVisible(kept)
        self._place.setVisible(kept)
        for part in (self.field, self.keep):
            part.setVisible(not kept)
        self.session.setVisible(not kept and not stuck)
        self.stay.setVisible(not kept and row.key in KEPT)
        self.get.setVisible(not kept and bool(key_page(row)))
        self.instead.show_state(shown=stuck)
        self.keep.setEnabled(bool(self.field.text().strip()) and not row.busy)
        if kept:
            in_file = row.key == "file"
            icon, tone = ("triangle-alert", "warn") if in_file else ("lock", "dim")
            self._place.say(tr(KEY_PLACES[row.key]), tone=tone, icon=icon)

    def _was_kept(self, row: ProviderRow) -> bool:
        """Whether what stands in the field is the key that is kept now."""
        done = self._row is not None and self._row.busy and not row.busy and row.key in KEPT
        return done and (row.problem is None or not row.problem.code.startswith(NO_KEYRING))

    def _give(self) -> None:
        if self.field.text().strip() and self.keep.isEnabled():
            self.given.emit(self.field.text(), self.session.isChecked())

    def edit(self) -> None:
        """Have the field at hand for another key."""
        if self.field.isHidden():
            self._open_field()
        self.field.setFocus()

    def _open_field(self) -> None:
        self._replacing = True
        self._show_again()
        self.field.setFocus()

    def _close_field(self) -> None:
        self._replacing = False
        self.field.clear()
        self._show_again()

    def _show_again(self) -> None:
        if self._row is not None:
            self.show_row(self._row)

    def _open_page(self) -> None:
        if self._row is not None:
            QDesktopServices.openUrl(QUrl(key_page(self._row)))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._stars)
        line.addWidget(self.field, 1)
        for button in (self.keep, self.stay, self.replace, self.forget):
            line.addWidget(button)
        line.addStretch(0)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.session)
        below.addStretch(1)
        below.addWidget(self.get)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._place)
        column.addLayout(below)
        column.addWidget(self.instead)


class NoKeyring(QWidget):
    """Where else a key can go: this session, or after a warning a file."""

    for_session = Signal()
    for_file = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.session = _button(tr("Keep for this session"), self.for_session.emit, look=Look.ACCENT)
        self.file = _button(tr("Keep in a file…"), self._warn)
        self.warning = Tinted(
            tr(
                "The key would lie unencrypted in a file of the settings folder. Only your account can read it, "
                "but every program that you run can, and so can a copy of the folder. This page says so as long as "
                "it lies there."
            ),
            tone="warn",
            icon="triangle-alert",
        )
        self.sure = _button(tr("Keep it in the file"), self.for_file.emit)
        self.back = _button(tr("Do not"), self._calm)
        first, second = QHBoxLayout(), QHBoxLayout()
        for line, buttons in ((first, (self.session, self.file)), (second, (self.back, self.sure))):
            line.setSpacing(8)
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.warning)
        column.addLayout(second)
        self._calm()
        self.hide()

    def show_state(self, *, shown: bool) -> None:
        """Offer it, or not; the warning is to be read each time."""
        if shown == self.isHidden():
            self.setVisible(shown)
            self._calm()

    def _warn(self) -> None:
        self._unfold(warned=True)
        self.back.setFocus()

    def _calm(self) -> None:
        self._unfold(warned=False)

    def _unfold(self, *, warned: bool) -> None:
        self.file.setEnabled(not warned)
        for part in (self.warning, self.sure, self.back):
            part.setVisible(warned)


def _button(text: str, doing: object, *, look: Look = Look.EDGED, icon: str = "") -> Button:
    button = Button(text, look=look, icon=icon)
    button.icon_size = 14
    button.clicked.connect(doing)
    return button
