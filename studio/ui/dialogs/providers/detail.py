"""One provider: its key, what a free look tells of it, and its settings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.dialogs.form import Rows
from studio.ui.dialogs.providers.advanced import Advanced
from studio.ui.dialogs.providers.key import KeyBox
from studio.ui.dialogs.providers.words import account_page, state_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.fields import Field
from studio.ui.widgets.labels import heading
from studio.ui.widgets.problem import ProblemBox
from studio.ui.widgets.tinted import Tinted

if TYPE_CHECKING:
    from studio.session.face.desk import Desk
    from studio.session.face.providers import ProviderRow, ProvidersFace


class ProviderDetail(QWidget):
    """Works on the provider that was shown last. `asked` tells a command."""

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._face: ProvidersFace = desk.providers
        self._row: ProviderRow | None = None
        self.title = heading("")
        self.check = _button(tr("Check key"), "circle-check", self._check)
        self.refresh = _button(tr("Refresh models"), "refresh-cw", self._refresh)
        self.remove = _button(tr("Remove…"), "trash-2", self._ask_removal)
        self.sure = Sure()
        self.sure.yes.connect(self._remove)
        self.problem = ProblemBox()
        self.problem.asked.connect(self._help)
        self.problem.hide()
        self.told = Tinted(small=False)
        self.name = Field(tr("Name"))
        self.address = Field(tr("Address"))
        self.name.editingFinished.connect(lambda: self._write("name", self.name))
        self.address.editingFinished.connect(lambda: self._write("url", self.address))
        self.key = KeyBox()
        self.key.given.connect(self._give)
        self.key.filed.connect(self._file)
        self.key.forgotten.connect(self._forget)
        self.account = _button(tr("Open account page"), "external-link", self._open_account)
        self.fold = Button(tr("Advanced"), icon="chevron-right")
        self.fold.icon_size = 14
        self.fold.clicked.connect(self._turn)
        self._lay_out()

    @cached_property
    def advanced(self) -> Advanced:
        """What few people set; made when it is first unfolded."""
        advanced = Advanced()
        advanced.changed.connect(self._set)
        advanced.hide()
        if self._row is not None:
            advanced.show_row(self._row)
        self._column.insertWidget(self._column.indexOf(self.fold) + 1, advanced)
        return advanced

    def show_row(self, row: ProviderRow) -> None:
        """Show this provider as it stands."""
        other = self._row is None or row.id != self._row.id
        self._row = row
        self.title.setText(row.name)
        if other:
            self.sure.hide()
        for field, text in ((self.name, row.name), (self.address, row.url)):
            if other or not field.isModified():
                field.setText(text)
        self.problem.show_problem(row.problem)
        self.key.show_row(row)
        if "advanced" in vars(self):  # made already
            self.advanced.show_row(row)
        for button in (self.check, self.refresh):
            button.setEnabled(not row.busy)
        self._show_told(row)
        for part in (self.account, self._account_label):
            part.setVisible(bool(account_page(row)))

    def _show_told(self, row: ProviderRow) -> None:
        self.told.setVisible(row.problem is None)
        state = state_of(row)
        if row.check is None or row.busy:
            self.told.say(state.words, tone=state.tone, icon=state.icon)
        elif row.check.good is None:
            self.told.say(tr(row.check.words), icon="info")
        else:
            tone, icon = ("good", "circle-check") if row.check.good else ("bad", "circle-x")
            self.told.say(tr(row.check.words), tone=tone, icon=icon)

    def _help(self, command: str) -> None:
        """What a problem's button names; this page itself is where keys are."""
        if command == "providers.open":
            self.key.edit()
        else:
            self.asked.emit(command)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        for button in (self.check, self.refresh, self.remove):
            head.addWidget(button)
        rows = Rows()
        rows.add(tr("Key"), self.key, tall=True)
        rows.note(tr("It goes to this address alone, never into a log, a project or a picture."))
        rows.add(tr("Name"), self.name)
        rows.add(tr("Address"), self.address)
        rows.note(tr("With or without /v1 at its end. At another server the key is asked for again."))
        self._account_label = rows.add(tr("Account"), self.account)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.sure)
        column.addWidget(self.told)
        column.addWidget(self.problem)
        column.addWidget(rows)
        for text, icon in SENTENCES:
            column.addWidget(Tinted(tr(text), icon=icon))
        column.addWidget(self.fold)
        column.addStretch(1)

    def _turn(self) -> None:
        shown = self.advanced.isHidden()
        self.advanced.setVisible(shown)
        self.fold.set_icon("chevron-down" if shown else "chevron-right")

    def _write(self, name: str, field: Field) -> None:
        if self._row is None or not field.isModified():
            return
        field.setModified(False)
        before = self._row.name if name == "name" else self._row.url
        if field.text().strip() != before:
            self._set(name, field.text().strip())

    def _set(self, name: str, value: str) -> None:
        if self._row is not None:
            self._face.set(self._row.id, name, value)

    def _give(self, key: str, session_only: bool) -> None:
        if self._row is not None:
            self._face.give_key(self._row.id, key, session_only=session_only)

    def _file(self, key: str) -> None:
        if self._row is not None:
            self._face.allow_key_file()
            self._face.give_key(self._row.id, key)

    def _forget(self) -> None:
        if self._row is not None:
            self._face.forget_key(self._row.id)

    def _check(self) -> None:
        if self._row is not None:
            self._face.check(self._row.id)

    def _refresh(self) -> None:
        if self._row is not None:
            self._face.refresh(self._row.id)

    def _ask_removal(self) -> None:
        if self._row is not None:
            self.sure.ask(self._row.name)

    def _remove(self) -> None:
        if self._row is not None:
            self.sure.hide()
            self._face.remove(self._row.id)

    def _open_account(self) -> None:
        if self._row is not None:
            QDesktopServices.openUrl(QUrl(account_page(self._row)))


SENTENCES = (
    ("Sent: the prompt, the frame that you see on the canvas, its mask and the references that are on. Nothing else.",
     "send"),
    ("Only Run costs, and the price stands beside it. Checking the key and listing models is free.", "coins"),
)  # fmt: skip
"""What a person wants to know before pasting a key."""


class Sure(QWidget):
    """Asks once more, in place."""

    yes = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Tinted(tone="warn", icon="triangle-alert", small=False)
        self.remove = _button(tr("Remove it"), "", self.yes.emit)
        self.keep = _button(tr("Keep it"), "", self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        self.hide()

    def ask(self, name: str) -> None:
        """Put the question, with the safe answer at hand."""
        words = tr("Remove {name}? Its key is forgotten. Its jobs and pictures stay.", name=name)
        self.words.say(words, tone="warn", icon="triangle-alert")
        self.show()
        self.keep.setFocus()


def _button(text: str, icon: str, doing: object) -> Button:
    button = Button(text, look=Look.EDGED, icon=icon)
    button.icon_size = 14
    button.clicked.connect(doing)
    return button
