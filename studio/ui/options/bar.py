"""The bar itself: undo and redo, the page of the tool in hand, and Compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from studio.session.face.tools import Tool, ToolView
from studio.ui.options.brush import BrushPage
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, icon_button
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from studio.session.face.desk import Desk
    from studio.ui.actions import Actions
    from studio.ui.options.page import Page


def page_kind(tool: Tool) -> type[Page]:
    """The page of a tool."""
    if tool in (Tool.BRUSH, Tool.ERASER):
        return BrushPage
    from studio.ui.options import shapes  # when another tool is taken in hand, not for the first frame

    others: dict[Tool, type[Page]] = {
        Tool.MOVE: shapes.MovePage,
        Tool.SELECT: shapes.SelectPage,
        Tool.RECTANGLE: shapes.ShapePage,
        Tool.LASSO: shapes.ShapePage,
        Tool.EXTEND: shapes.ExtendPage,
    }
    return others.get(tool, shapes.ZoomPage)


REST = 7 + 8 + 2 * 28 + 3 * 6 + 4
"""Pixels of the bar that neither the page nor Compare has: margins, undo and redo, and what is between."""


class OptionsBar(QWidget):
    """40 pixels high. A tool's page is built when the tool is first taken in hand."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self._desk: Desk | None = None
        self._view = ToolView()
        self._pages: dict[type[Page], Page] = {}
        self.setFixedHeight(40)
        row = QHBoxLayout(self)
        set_margins(row, 7, 0, 8, 1)
        row.setSpacing(6)
        for command in ("edit.undo", "edit.redo"):
            action = actions[command]
            button = icon_button(action.property("glyph"), action.text(), tip=actions.tip(command))
            row.addWidget(button.follow(action))
        row.addSpacing(4)
        self._stack = QStackedWidget()
        row.addWidget(self._stack, 1)
        self.compare = Button(tr("Compare"), icon="square-split-horizontal")
        self.compare.icon_size, self.compare.quiet = 18, True
        self.compare.name_it(tr("Compare"), actions.tip("compare.split")).follow(actions["compare.split"])
        row.addWidget(self.compare)
        self.show_state(self._view)

    def attach(self, desk: Desk) -> None:
        """Hand the pages what they talk to."""
        self._desk = desk
        for page in self._pages.values():
            page.attach(desk)

    def show_state(self, view: ToolView) -> None:
        """The page of this tool, showing its values."""
        self._view = view
        kind = page_kind(view.tool)
        page = self._pages.get(kind)
        if page is None:
            page = self._pages[kind] = kind(self._actions)
            self._stack.addWidget(page)
            if self._desk is not None:
                page.attach(self._desk)
        page.show_state(view)
        self._stack.setCurrentWidget(page)
        self._fit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._pages[page_kind(self._view.tool)])

    def _fit(self, page: Page) -> None:
        """Where there is little room, the word Compare goes first, then what the page can do without."""
        rest = self.width() - REST
        self.compare.setText(tr("Compare"))
        if rest - self.compare.sizeHint().width() < page.wanted_width():
            self.compare.setText("")
        page.fit(rest - self.compare.sizeHint().width())

    def sizeHint(self) -> QSize:
        return QSize(400, 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), QRect(0, self.height() - 1, self.width(), 1), tokens_of(self).line)
