"""The page of the settings about providers: their list, and below it the one at hand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studio.ui.dialogs.providers.adding import Adding
from studio.ui.dialogs.providers.detail import ProviderDetail
from studio.ui.dialogs.providers.listing import ProviderList
from studio.ui.dialogs.providers.words import KIND_NOTES, KINDS
from studio.ui.translate import tr
from studio.ui.widgets.labels import Line, dim_label, heading
from studio.ui.widgets.tinted import Tinted

if TYPE_CHECKING:
    from studio.session.face.desk import Desk
    from studio.session.face.providers import ProviderRow


class ProvidersPage(QWidget):
    """Every change takes effect at once. `asked` tells a command that a problem's button named."""

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._face = desk.providers
        self.list = ProviderList()
        self.adding = Adding(desk.providers)
        self.adding.asked.connect(self.asked)
        self._desk = desk
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        inner = self._inner = QVBoxLayout(body)
        inner.setContentsMargins(20, 12, 20, 12)
        inner.addStretch(1)
        self._scroll.setWidget(body)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        head.setSpacing(10)
        head.addWidget(self.list)
        head.addWidget(self.adding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self._scroll, 1)
        self.list.currentRowChanged.connect(self._show_chosen)
        self._count = 0
        self._face.changed.connect(self.show_rows)
        self.destroyed.connect(lambda: self._face.changed.disconnect(self.show_rows))
        self.show_rows(self._face.rows())

    # Each of the two is made when it is first seen: most people never see the other.
    @cached_property
    def detail(self) -> ProviderDetail:
        """The provider at hand."""
        detail = ProviderDetail(self._desk)
        detail.asked.connect(self.asked)
        self._inner.insertWidget(0, detail)
        return detail

    @cached_property
    def none(self) -> QWidget:
        """What is shown while there is no provider."""
        none = _nothing_yet()
        self._inner.insertWidget(0, none)
        return none

    def show_rows(self, rows: tuple[ProviderRow, ...]) -> None:
        """Show the providers as they stand."""
        if len(rows) > self._count:
            self.adding.fold()
        self._count = len(rows)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        made = vars(self)
        if rows or "detail" in made:
            self.detail.setVisible(bool(rows))
        if not rows or "none" in made:
            self.none.setVisible(not rows)
        self._show_chosen()

    def choose(self, provider: str) -> None:
        """Take one by its id."""
        self.list.choose(provider)

    def _show_chosen(self) -> None:
        row = self.list.chosen()
        if row is not None:
            self.detail.show_row(row)


def _nothing_yet() -> QWidget:
    """What providers are for, where none is set up."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(heading(tr("No provider yet")))
    words = tr("The local engine removes, fills and extends without one. Models that read a prompt are elsewhere.")
    column.addWidget(dim_label(words, wrap=True))
    column.addSpacing(4)
    for kind, name in KINDS.items():
        column.addWidget(heading(tr(name)))
        column.addWidget(dim_label(tr(KIND_NOTES[kind]), wrap=True))
    column.addSpacing(4)
    column.addWidget(
        Tinted(tr("Only Run costs. Adding a provider, its key and its list of models are free."), icon="coins")
    )
    return page
