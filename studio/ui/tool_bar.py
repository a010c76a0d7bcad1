"""The tools, in a column at the left of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from studio.session.face.tools import Tool
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, icon_button
from studio.ui.widgets.labels import Line
from studio.ui.widgets.paint import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from studio.session.face.tools import ToolView
    from studio.ui.actions import Actions


class ToolBar(QWidget):
    """48 pixels wide. A press runs the tool's command; which one is in hand is told by `show_state`."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setFixedWidth(48)
        self.setAccessibleName(tr("Tools"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Tool, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(2)
        group = 0
        for tool in Tool:
            row = actions.row(f"tool.{tool.value}")
            if row is None:
                continue
            if row.group != group:
                column.addSpacing(6)
                column.addWidget(Line())
                column.addSpacing(6)
            group = row.group
            column.addWidget(self._button(tool, row.icon, actions), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_state(self, view: ToolView) -> None:
        """Show which tool is in hand."""
        button = self._buttons.get(view.tool)
        if button is not None:
            button.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        at = 0 if self.isRightToLeft() else self.width() - 1
        fill(QPainter(self), QRect(at, 0, 1, self.height()), tokens_of(self).line)

    def _button(self, tool: Tool, icon: str, actions: Actions) -> Button:
        command = f"tool.{tool.value}"
        action = actions[command]
        button = icon_button(icon, action.text(), size=36, tip=actions.tip(command))
        button.setCheckable(True)
        button.clicked.connect(action.trigger)
        self._group.addButton(button)
        self._buttons[tool] = button
        return button
