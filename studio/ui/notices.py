"""News on the canvas: passing words with an undo, and bars for problems that stay until they are closed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studio.ui.problem_bar import ProblemBar
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, Look, icon_button
from studio.ui.widgets.ground import INSIDE, Ground, lay
from studio.ui.widgets.mirrored import set_margins
from studio.ui.widgets.paint import box
from studio.ui.widgets.plate import Plate, clear, raised

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QEnterEvent, QPaintEvent

    from studio.domain.problems import Problem
    from studio.session.face.desk import Desk
    from studio.session.face.views import Notice
    from studio.ui.theme.tokens import Tokens

TOAST_MS = 6500
UNREAD_S = 0.5
"""Within this nobody reads a sentence."""
EDGE, ABOVE_STAGING = 16, 92
WIDEST = 560
MOST = 3
"""Problems that may cover the picture at once."""


class Notices(QObject):
    """Lays toasts at the bottom and problem bars at the top of the canvas; equal problems are counted, not stacked."""

    asked = Signal(str)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._desk: Desk | None = None
        self._toast: Toast | None = None
        self._next: Notice | None = None
        """A passing word that came right behind one with a button, which nobody could have read yet."""
        self._bars: list[ProblemBar] = []
        self.more = More(ground)
        self.more.clicked.connect(self._turn)
        ground.installEventFilter(self)

    def attach(self, desk: Desk) -> None:
        """Where it learns whether a result lies at the bottom of the canvas."""
        self._desk = desk
        desk.staging_changed.connect(lambda _: self._place())
        # The picture was made after what was said before.
        for each in (*self._bars, self.more, self._toast):
            if each is not None:
                each.raise_()

    def show_notice(self, notice: Notice) -> None:
        """Show it as its kind asks for."""
        if notice.problem is not None:
            self._show_problem(notice.problem)
        else:
            self._show_toast(notice)

    def bars(self) -> list[ProblemBar]:
        """The problems that are open, the ones in sight last."""
        return list(self._bars)

    def toast(self) -> Toast | None:
        """The passing word in sight."""
        return self._toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _show_toast(self, notice: Notice) -> None:
        if self._toast is not None and self._toast.notice.words() == notice.words():
            self._toast.renew(notice)
        elif self._toast is not None and self._toast.is_new and not notice.action:
            self._next = notice
            return
        else:
            self._next = None
            if self._toast is not None:
                self._toast.leave()
            self._toast = Toast(notice, self._ground)
            self._toast.asked.connect(self.asked)
            self._toast.left.connect(self._toast_left)
        self._place()

    def _toast_left(self) -> None:
        if self.sender() is self._toast:
            self._toast, notice, self._next = None, self._next, None
            if notice is not None:
                self._show_toast(notice)

    def _show_problem(self, problem: Problem) -> None:
        for bar in self._bars:
            if bar.problem.code == problem.code:
                bar.count_up(problem)
                if bar.isHidden():
                    self._bars.remove(bar)
                    self._bars.append(bar)
                self._place()
                return
        bar = ProblemBar(problem, self._ground)
        bar.asked.connect(self.asked)
        bar.resized.connect(self._place)
        bar.closed.connect(self._bar_closed)
        self._bars.append(bar)
        self._place()

    def _bar_closed(self) -> None:
        bar = self.sender()
        self._bars = [each for each in self._bars if each is not bar]
        self._place()

    def _place(self) -> None:
        room = self._ground.rect()
        y = 12
        for bar in self._fitting(room.width(), room.height() - ABOVE_STAGING):
            bar.move((room.width() - bar.width()) // 2, y)
            if bar.isHidden():
                bar.raise_()
                bar.show()
            y += bar.height() + 8
        self._place_more(y)
        toast = self._toast
        if toast is not None:
            staged = self._desk is not None and self._desk.staging_view() is not None
            toast.adjustSize()
            below = ABOVE_STAGING if staged else EDGE
            toast.move(max(EDGE, (room.width() - toast.width()) // 2), room.height() - toast.height() - below)
            if toast.isHidden():
                toast.raise_()
                toast.show()

    def _fitting(self, width: int, height: int) -> list[ProblemBar]:
        """The last bars that leave the bottom of the canvas free; the others wait behind a button that counts them."""
        for bar in self._bars:
            bar.fit(max(200, min(WIDEST, width - 2 * EDGE)))
        fitting = self._last(height)
        if len(fitting) < len(self._bars):
            fitting = self._last(height - self.more.height_hint - 8)
        for bar in self._bars:
            if bar not in fitting:
                bar.hide()
        return fitting

    def _last(self, height: int) -> list[ProblemBar]:
        fitting: list[ProblemBar] = []
        for bar in reversed(self._bars):
            height -= bar.height() + 8
            if fitting and (height < 12 or len(fitting) == MOST):
                break
            fitting.insert(0, bar)
        return fitting

    def _place_more(self, y: int) -> None:
        self.more.count(sum(bar.isHidden() for bar in self._bars))
        self.more.move((self._ground.width() - self.more.width()) // 2, y)

    def _turn(self) -> None:
        """Those in sight go behind those that wait."""
        shown = [bar for bar in self._bars if not bar.isHidden()]
        self._bars = shown + [bar for bar in self._bars if bar.isHidden()]
        self._place()


class More(Button):
    """Says how many problems have no room, and shows them in the place of those in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(look=Look.EDGED, parent=parent)
        self._plate = Plate(self._drawn)
        self.hide()

    def count(self, waiting: int) -> None:
        """So many wait; none, and it is gone."""
        self.setText(tr("and {count} more", count=waiting))
        self.name_it(tr("Show {count} more problems", count=waiting))
        self.resize(self.sizeHint())
        if waiting and self.isHidden():
            self.raise_()
        self.setVisible(waiting > 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._plate.paint(self, event.region(), self.text(), self.underMouse(), self.isDown(), self.hasFocus())

    def _drawn(self, size: QSize, ratio: float, tokens: Tokens) -> QPixmap:
        picture = clear(size, ratio)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        box(painter, self.rect(), 6, tokens.raised)
        self.draw(painter)
        painter.end()
        return picture


class Toast(QWidget):
    """Goes by itself after a while; the pointer on it makes it wait."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self._plate = Plate(raised)
        self._born, self._born_under = time.monotonic(), QCursor.pos()
        words = tr(notice.text, **notice.facts)
        self._text = QLabel(words)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_MS)
        self._timer.timeout.connect(self.leave)
        row = QHBoxLayout(lay(Ground("raised"), self))
        set_margins(row, 14 - INSIDE, 6 - INSIDE, 6 - INSIDE, 6 - INSIDE)
        row.setSpacing(8)
        row.addWidget(self._text)
        if notice.undo:
            self._add(row, tr("Undo"), "edit.undo")
        if notice.action:
            self._add(row, tr(notice.button), notice.action)
        close = icon_button("x", tr("Close"), size=24)
        close.clicked.connect(self.leave)
        row.addWidget(close)
        self.setAccessibleName(words)
        self._timer.start()

    def renew(self, notice: Notice) -> None:
        """The same once more: its time starts over, unless the pointer holds it."""
        self.notice = notice
        if self.is_going:
            self._timer.start()

    def leave(self) -> None:
        """Go."""
        self._timer.stop()
        self.left.emit()
        self.hide()
        self.deleteLater()

    @property
    def is_new(self) -> bool:
        """Whether it has a button and came up a moment ago."""
        return bool(self.notice.action) and time.monotonic() - self._born < UNREAD_S

    @property
    def is_going(self) -> bool:
        """Whether its time runs."""
        return self._timer.isActive()

    def enterEvent(self, event: QEnterEvent) -> None:
        # It often comes up right under the pointer that pressed a button; only one that moved onto it wants to read.
        if event.globalPosition().toPoint() != self._born_under:
            self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._plate.paint(self, event.region())

    def _add(self, row: QHBoxLayout, text: str, command: str) -> None:
        button = Button(text, look=Look.EDGED)
        button.height_hint = 26
        button.clicked.connect(lambda: self._ask(command))
        row.addWidget(button)

    def _ask(self, command: str) -> None:
        self.asked.emit(command)
        self.leave()
