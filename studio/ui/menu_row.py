"""The first row of the window: name, menus, the document's title, and the way to every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box, fill

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent

    from studio.session.face.views import DocumentView
    from studio.ui.actions import Actions

MENUS = ("File", "Edit", "Mask", "Layer", "Generate", "View", "Gallery", "Tools", "Help")


class MenuRow(QWidget):
    """28 pixels high, more in a large font. Menus are filled when they are first opened, so that the first frame does
    not wait."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        row = QHBoxLayout(self)
        set_margins(row, 12, 0, 8, 1)
        row.setSpacing(4)
        row.addWidget(heading("Overpaint"))
        self.bar = _Bar()
        self.bar.setNativeMenuBar(False)
        self.menus = {name: self._menu(name) for name in MENUS}
        # From right to left a menu bar asks for less and less width each time it is laid out.
        self.bar.setFixedWidth(self.bar.sizeHint().width())
        # A bar that is lower than its words hides the last of them behind an arrow.
        self.setFixedHeight(max(28, self.bar.sizeHint().height() + 1))
        row.addWidget(self.bar)
        row.addStretch(1)
        self.find_button = Button(tr("Find a command"), icon="search")
        self.find_button.icon_size, self.find_button.height_hint = 14, 24
        self.find_button.follow(actions["help.palette"])
        self.show_keys()
        self.find_button.name_it(tr("Find a command"), actions.tip("help.palette"))
        row.addWidget(self.find_button)
        self._title = QLabel(self)
        self._title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""

    def show_keys(self) -> None:
        """Name the key of the palette beside it."""
        self.find_button.setText(f"{tr('Find a command')}  {self._actions.key('help.palette')}".rstrip())
        self.find_button.updateGeometry()

    def show_state(self, view: DocumentView | None) -> None:
        """Name, size and colour profile of the document in the middle; a dot where it is unsaved."""
        parts = [] if view is None else [("• " if view.dirty else "") + view.title, _size(view), view.profile]
        self._text = "  ·  ".join(part for part in parts if part).replace("  ·  ", " · ")
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(600, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill(QPainter(self), QRect(0, self.height() - 1, self.width(), 1), tokens_of(self).line)

    def _place(self) -> None:
        if not self.isVisible() and not self._text:
            return
        left, right = self.bar.geometry().right() + 8, self.find_button.geometry().left() - 8
        if self.isRightToLeft():
            left, right = self.find_button.geometry().right() + 8, self.bar.geometry().left() - 8
        room = max(0, right - left)
        shown = self._title.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, room)
        wide = min(room, self._title.fontMetrics().horizontalAdvance(shown) + 4)
        middle = min(max((self.width() - wide) // 2, left), max(left, right - wide))
        self._title.setText(shown)
        self._title.setGeometry(middle, 0, wide, self.height() - 1)

    def _menu(self, name: str) -> QMenu:
        menu = _Menu(self.bar)
        menu.setTitle(tr(name))
        self.bar.addMenu(menu)
        menu.setObjectName(name)
        menu.aboutToShow.connect(self._fill)
        return menu

    def _fill(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu) and not menu.actions():
            self.fill(menu)

    def fill(self, menu: QMenu) -> None:
        """Put the rows of the table that name this menu into it."""
        self._actions.add_icons()
        group: int | None = None
        for row in self._actions.rows:
            if row.menu != menu.objectName() or not row.in_menu:
                continue
            if group is not None and row.group != group:
                menu.addSeparator()
            group = row.group
            menu.addAction(self._actions[row.id])


class _Menu(QMenu):
    """Opens below the whole row: the style's own items are lower than it, and a menu would cover their words."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar

    def showEvent(self, event: QShowEvent) -> None:
        below = self._bar.mapToGlobal(QPoint(0, self._bar.height())).y()
        if below - self._bar.height() < self.y() < below:
            self.move(self.x(), below)
        super().showEvent(event)


class _Bar(QMenuBar):
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        for action in self.actions():
            at = self.actionGeometry(action)
            if action is self.activeAction() or action is self.actionAt(self._pointer()):
                box(painter, at.adjusted(0, 1, 0, -1), 4, tokens.raised)
            painter.setPen(QColor(tokens.text))
            tall = QRect(at.x(), 0, at.width(), self.height())
            painter.drawText(tall, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, action.text())

    def _pointer(self) -> QPoint:
        return self.mapFromGlobal(QCursor.pos())


def _size(view: DocumentView) -> str:
    return f"{view.size.width} × {view.size.height}" if view.size.area else ""
