"""Another provider: one of two known ones, a server of one's own, or the playground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.dialogs.providers.words import KIND_NOTES, KINDS
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.fields import Field
from studio.ui.widgets.flow import FlowLayout
from studio.ui.widgets.labels import dim_label
from studio.ui.widgets.problem import ProblemBox

if TYPE_CHECKING:
    from studio.domain.problems import Problem
    from studio.session.face.providers import ProvidersFace

OWN = "openai"


class Adding(QWidget):
    """A button for each kind; a server of one's own needs its address first. `asked` tells a command."""

    asked = Signal(str)

    def __init__(self, face: ProvidersFace) -> None:
        super().__init__()
        self._face = face
        self.buttons = {kind: self._kind(kind) for kind in KINDS}
        self.playground = Button(tr("Try it without paying"), icon="play", look=Look.EDGED)
        self.playground.icon_size = 14
        self.playground.setToolTip(tr("A provider on this computer: free, and its pictures say DEMO."))
        self.playground.clicked.connect(face.start_playground)
        self.address = Field(tr("Address of the server"), hint="https://…")
        self.go = Button(tr("Add"), look=Look.ACCENT)
        self.go.setEnabled(False)
        self.cancel = Button(tr("Cancel"), look=Look.EDGED)
        self.address.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.address.returnPressed.connect(self._add_own)
        self.go.clicked.connect(self._add_own)
        self.cancel.clicked.connect(self._fold)
        self.problem = ProblemBox()
        self.problem.asked.connect(self.asked)
        self.problem.hide()
        self._lay_out()
        face.refused.connect(self._refused)
        self.destroyed.connect(lambda: face.refused.disconnect(self._refused))

    def _lay_out(self) -> None:
        words = dim_label(tr("Add"))
        kinds = QWidget()
        line = FlowLayout(kinds, spacing=8)
        for part in (*self.buttons.values(), self.playground):
            line.addWidget(part)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(words)
        first.addWidget(kinds, 1)
        self.own = QWidget()
        row = QHBoxLayout(self.own)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.address, 1)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        self.own.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.own)
        column.addWidget(self.problem)

    def _kind(self, kind: str) -> Button:
        button = Button(tr(KINDS[kind]), icon="plus", look=Look.EDGED)
        button.icon_size = 14
        button.name_it(tr("Add {kind}", kind=tr(KINDS[kind])), tr(KIND_NOTES[kind]))
        button.clicked.connect(lambda: self._add(kind))
        return button

    def _add(self, kind: str) -> None:
        self.problem.show_problem(None)
        if kind == OWN:
            self.own.show()
            self.address.setFocus()
        else:
            self._face.add(kind)

    def _add_own(self) -> None:
        if self.address.text().strip():
            self._face.add(OWN, url=self.address.text().strip())

    def fold(self) -> None:
        """A provider came: the field for its address is done with."""
        self._fold()

    def _fold(self) -> None:
        self.problem.show_problem(None)
        self.address.clear()
        self.own.hide()

    def _refused(self, problem: Problem) -> None:
        self.problem.show_problem(problem)
