"""What every page of the options bar is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.widgets.buttons import Button, Look
from studio.ui.widgets.numbers import SliderField

if TYPE_CHECKING:
    from studio.session.face.desk import Desk
    from studio.session.face.tools import ToolView
    from studio.ui.actions import Actions


class Page(QWidget):
    """A row of controls that starts at the left. Subclasses fill `row` and show the tool's state."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.actions_of_window = actions
        self.desk: Desk | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(16)
        self.build()
        self.row.addStretch(1)

    def build(self) -> None:
        """Put the controls into `row`."""

    def show_state(self, view: ToolView) -> None:
        """Show the tool's values."""

    def attach(self, desk: Desk) -> None:
        """From now on there is someone to tell."""
        self.desk = desk

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 28)

    def fit(self, room: int) -> None:
        """Take this width: where it is not enough, sliders go from the last to the first, as their numbers can be typed
        and stepped; where that is not enough either, their labels go in the place of the sliders."""
        fields = self.findChildren(SliderField)
        lacking = self.wanted_width() - room
        words = lacking <= sum(field.slider_width() for field in fields)
        for field in reversed(fields):
            field.show_label(words)
            field.show_slider(lacking <= 0 or not words)
            lacking -= field.slider_width()

    def wanted_width(self) -> int:
        """The least width that shows all of it, sliders and labels included."""
        return self.row.minimumSize().width() + sum(field.hidden_width() for field in self.findChildren(SliderField))

    def command(self, command: str, text: str = "") -> Button:
        """An edged button that runs a command of the table."""
        action = self.actions_of_window[command]
        button = Button(text or action.text().rstrip("…"), look=Look.EDGED)
        button.setToolTip(self.actions_of_window.tip(command))
        return button.follow(action)
