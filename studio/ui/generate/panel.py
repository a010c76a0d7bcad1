"""The panel from prompt to Run. What does not fit scrolls; Run with its price is always in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.domain.ids import LOCAL
from studio.ui.generate.model import ModelButton
from studio.ui.generate.parameters import ParameterForm
from studio.ui.generate.prompt import PromptField
from studio.ui.generate.references import ReferenceTray
from studio.ui.generate.run import RunSection
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.fields import Framed
from studio.ui.widgets.labels import Line, heading
from studio.ui.widgets.mirrored import set_margins

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent

    from studio.domain.capabilities import Model
    from studio.session.face.desk import Desk
    from studio.session.face.views import FormView
    from studio.ui.actions import Actions


LEAST = 220
"""Pixels of height below which it is not usable."""


class GenerateHeader(QWidget):
    """The panel's first row and handle: its name, and what the local engine can do."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: FormView | None = None
        row = QHBoxLayout(self)
        set_margins(row, 14, 6, 6, 4)
        row.addWidget(heading(tr("Prompt")))
        row.addStretch(1)
        self.intent = Button(tr("Fill") + " ▾")
        self.intent.name_it(tr("What should be done"), tr("What should be done, on this computer, free of charge"))
        self.intent.dimmed = True
        self.intent.clicked.connect(self._open)
        row.addWidget(self.intent)

    def show_state(self, view: FormView) -> None:
        """Name the model in hand."""
        self._view = view
        if view.model is not None:
            name = view.model.name if view.model.provider == LOCAL else tr("Local tools")
            self.intent.setText(f"{name} ▾")
            self.intent.setVisible(len(_local(view)) > 1)

    def _open(self) -> None:
        if self._view is None:
            return
        from studio.ui.theme.menu_icons import icon  # first use, not first frame

        menu = QtWidgets.QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for model in _local(self._view):
            action = menu.addAction(model.name)
            action.setData(model.id)
            action.setToolTip(model.note)
            action.setCheckable(True)
            action.setChecked(self._view.model is not None and model.id == self._view.model.id)
            action.setIcon(icon("check" if action.isChecked() else ""))
        menu.triggered.connect(lambda action: self.chosen.emit(action.data()))
        menu.popup(self.intent.mapToGlobal(self.intent.rect().bottomLeft()))


class GeneratePanel(QWidget):
    """Hands all that is set to the desk's form."""

    grown = Signal()
    """It would like its dock to be `wanted_height` and the header high."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._wanted = LEAST
        self.lowered = False
        """Whether the user made it too low for all of it by hand."""
        self.header = GenerateHeader()
        self.prompt = PromptField()
        self.references = ReferenceTray()
        self.model = ModelButton()
        self.model.opened.connect(lambda: actions.asked.emit("providers.open"))
        self.parameters = ParameterForm()
        self.run = RunSection(actions)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_padded(Framed(self.prompt), 0, 12))
        column.addWidget(Line())
        column.addWidget(self.references)
        column.addWidget(Line())
        column.addWidget(_padded(self.model, 11, 5))
        column.addWidget(_padded(self.parameters, 5, 11))
        column.addStretch(1)
        self._column = column
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A viewport of our own: asking for Qt's makes the toolkit look for its class among all that it has.
        self._port = QWidget()
        self._port.setBackgroundRole(QPalette.ColorRole.NoRole)
        self._scroll.setViewport(self._port)
        self._scroll.setWidget(body)
        for part in (body, self.run):
            part.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Line())
        outer.addWidget(self.run)

    def attach(self, desk: Desk) -> None:
        """Connect both ways and show what is."""
        form = desk.form
        self.prompt.edited.connect(form.set_prompt)
        self.header.chosen.connect(form.set_model)
        self.model.chosen.connect(form.set_model)
        self.model.typed.connect(form.type_model)
        self.parameters.set_parameter.connect(form.set_parameter)
        self.parameters.set_count.connect(form.set_count)
        self.parameters.set_seed.connect(form.set_seed)
        self.references.switched.connect(lambda name, on: form.set_reference(name, enabled=on))
        self.references.moved.connect(form.move_reference)
        self.references.removed.connect(form.remove_reference)
        self.run.cancelled.connect(desk.results.cancel_job)
        desk.form_changed.connect(self.show_state)
        desk.jobs_changed.connect(self.run.show_jobs)
        self.show_state(desk.form_view())
        self.run.show_jobs(desk.job_cards())

    def show_state(self, view: FormView) -> None:
        """Show all of the form."""
        self.header.show_state(view)
        self.prompt.show_hint(local=view.model is None or view.model.provider == LOCAL)
        self.prompt.show_text(view.prompt)
        self.references.show_state(view)
        self.model.show_state(view)
        self.parameters.show_state(view)
        self.run.show_state(view)

    def wanted_height(self) -> int:
        """What all of it takes without scrolling."""
        body = self._column.totalHeightForWidth(self._port.width())
        return body + self.run.wanted_height(self.width()) + 1

    def sizeHint(self) -> QSize:
        return QSize(328, self.wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(280, LEAST)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is event.Type.LayoutRequest:
            self._follow_content()
        return False

    def _follow_content(self) -> None:
        wanted = max(self.wanted_height(), LEAST)
        if wanted != self._wanted:
            self._wanted = wanted
            self.setMaximumHeight(wanted)
            self.grown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self.lowered = event.size().height() < self._wanted


def _local(view: FormView) -> list[Model]:
    return [model for model in view.models if model.provider == LOCAL]


def _padded(widget: QWidget, top: int, bottom: int) -> QWidget:
    """The widget with the panel's margins."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, top, 14, bottom)
    column.addWidget(widget)
    return frame
