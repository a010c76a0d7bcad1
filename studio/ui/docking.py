"""Docks without heavy titles: a panel's own first row is its handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QTabBar, QWidget

from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.apart import Apart
from studio.ui.widgets.buttons import icon_button
from studio.ui.widgets.labels import heading
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import fill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject, QPoint
    from PySide6.QtWidgets import QMainWindow


class Dock(QDockWidget):
    """A panel that can be moved, floated and closed. `handle` is its title row; without one, a slim title shows
    while the panel floats, and its tab is the handle where it is docked."""

    key_seen = Signal(object)
    """A key that its focused widget did not take, before shortcuts are tried (floating panels)."""

    def __init__(self, name: str, title: str, panel: QWidget, handle: QWidget | None = None) -> None:
        super().__init__(title)
        self.setObjectName(name)
        self.setAccessibleName(title)
        # What changes in it is painted without the window below, which draws the lines between all panels.
        self.setAutoFillBackground(True)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        self.setWidget(panel)
        self.panel = panel
        title_row = handle if handle is not None else SlimTitle(self, title)
        self._slim = title_row if isinstance(title_row, SlimTitle) else None
        self.setTitleBarWidget(title_row if handle is None else Apart(title_row))
        title_row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        title_row.customContextMenuRequested.connect(self._menu)
        self.topLevelChanged.connect(self._floated)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of its own events, while it floats."""
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        self.key_seen.emit(event)
        return event.isAccepted()

    def float_or_dock(self) -> None:
        """Take it out of the window, or put it back."""
        self.setFloating(not self.isFloating())

    def _floated(self, floating: bool) -> None:
        # In the window no event of a panel has to come by here: there are hundreds until the first frame.
        if floating:
            self.installEventFilter(self)
        else:
            self.removeEventFilter(self)
        if self._slim is not None:
            self._slim.set_shown(floating)

    def _menu(self, at: QPoint) -> None:
        menu = QtWidgets.QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Put back") if self.isFloating() else tr("Float"), self.float_or_dock)
        menu.addAction(tr("Hide"), self.close)
        menu.popup(self.titleBarWidget().mapToGlobal(at))


class SlimTitle(QWidget):
    """Nothing while docked (the tab says the name); a row of 28 pixels while the panel floats."""

    def __init__(self, dock: QDockWidget, title: str) -> None:
        super().__init__()
        self._dock, self._title = dock, title
        self._shown = False
        self._built = False
        self.setFixedHeight(0)

    def set_shown(self, shown: bool) -> None:
        """Give the row its height, or none."""
        if shown and not self._built:
            self._build()
        self._shown = shown
        self.setFixedHeight(28 if shown else 0)

    def _build(self) -> None:
        self._built = True
        back = icon_button("picture-in-picture", tr("Put the panel back"), size=24)
        back.clicked.connect(self._put_back)
        close = icon_button("x", tr("Hide the panel"), size=24)
        close.clicked.connect(self._dock.close)
        row = QHBoxLayout(self)
        set_margins(row, 14, 0, 4, 0)
        row.addWidget(heading(self._title))
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(close)

    def sizeHint(self) -> QSize:
        return QSize(60, 28 if self._shown else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 28 if self._shown else 0)

    def _put_back(self) -> None:
        self._dock.setFloating(False)


# A tuple, since making a dataclass takes six times as long, and the first frame waits for it.
class Ground(NamedTuple):
    """A part of the window's middle (window space) whose colour goes on over the gap beside it."""

    rect: QRect
    colour: str


def paint_separators(window: QMainWindow, docks: tuple[QDockWidget, ...], grounds: Sequence[Ground]) -> None:
    """A line of one pixel along each gap between the panels, where they are dragged larger and smaller. The gap is
    filled first: the style has drawn its dotted grip there. Beside a panel the line lies at the panel, so that what is
    in it has the same margin left and right, and `grounds` go on up to it."""
    tabs = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    middle = window.centralWidget()
    inside = window.rect() if middle is None else middle.geometry()
    gap = _gap(inside, [dock.geometry() for dock in docks if dock.isVisible() and not dock.isWindow()])
    tokens = tokens_of(window)
    painter = QPainter(window)

    def part(ground: QRect, line: QRect) -> None:
        fill(painter, ground, tokens.panel)
        fill(painter, line, tokens.line)

    for each in (*tabs, *docks):
        box = each.geometry()
        if not each.isVisible() or each.isWindow():
            continue
        left, wide, top = box.left(), box.width(), max(inside.top(), box.top() - gap)
        high = box.bottom() + 1 - top
        reach = 0
        if left > inside.right():
            beside = QRect(left - gap, top, gap, high)
            part(beside, QRect(left - 1, top, 1, high))
            _go_on(painter, beside.adjusted(0, 0, -1, 0), grounds)
        elif box.right() < inside.left():
            beside = QRect(box.right() + 1, top, gap, high)
            part(beside, QRect(box.right() + 1, top, 1, high))
            _go_on(painter, beside.adjusted(1, 0, 0, 0), grounds)
        else:
            reach = gap - 1  # over the gaps at both sides, up to the lines there
        if box.top() > inside.top() + gap:
            y = box.top() - gap
            part(QRect(left, y, wide, gap), QRect(left - reach, y, wide + 2 * reach, 1))
        elif box.bottom() < inside.top():
            y = box.bottom() + gap
            part(QRect(left, box.bottom() + 1, wide, gap), QRect(left - reach, y, wide + 2 * reach, 1))


def _go_on(painter: QPainter, gap: QRect, grounds: Sequence[Ground]) -> None:
    for ground in grounds:
        touches = gap.left() == ground.rect.right() + 1 or gap.right() == ground.rect.left() - 1
        if touches:
            fill(
                painter,
                QRect(gap.x(), ground.rect.y(), gap.width(), ground.rect.height()).intersected(gap),
                ground.colour,
            )


def _gap(inside: QRect, around: Sequence[QRect]) -> int:
    """Between the canvas and the panels beside it. Measured, since the style that knows it is a class with five hundred
    constants: making it takes 4 ms of the first frame."""
    gaps: list[int] = []
    for box in around:
        beside = max(box.left() - inside.right(), inside.left() - box.right()) - 1
        # A panel in the column beside may begin anywhere; only one below or above tells by its height.
        gaps.append(beside if beside >= 0 else max(box.top() - inside.bottom(), inside.top() - box.bottom()) - 1)
    return min((gap for gap in gaps if gap >= 0), default=0)


def bring_back(window: QMainWindow) -> None:
    """Move the window, and every floating panel, back onto a screen where it lies outside of all."""
    for each in [window, *(dock for dock in window.findChildren(QDockWidget) if dock.isFloating())]:
        frame = each.frameGeometry()
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if any(area.intersected(frame).width() >= 80 and area.contains(frame.topLeft()) for area in screens):
            continue
        area = QGuiApplication.primaryScreen().availableGeometry()
        each.resize(min(frame.width(), area.width()), min(frame.height(), area.height()))
        each.move(area.center() - each.rect().center())
