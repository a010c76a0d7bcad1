"""The bar over the picture while a result waits: its variations, what changed, Discard and Apply."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.canvas.floating import REACH, Floating
from studio.ui.theme.palette import tokens_of
from studio.ui.translate import tr
from studio.ui.widgets.buttons import Button, icon_button
from studio.ui.widgets.buttons import Look as Loudness
from studio.ui.widgets.ground import INSIDE, Ground, lay
from studio.ui.widgets.labels import Elided
from studio.ui.widgets.mirrored import back_and_forth, set_margins
from studio.ui.widgets.paint import box, focus_ring
from studio.ui.widgets.press import Press
from studio.ui.widgets.thumbnails import pixmap_of, thumbnail
from studio.ui.words import lasted

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QPixmap

    from studio.session.face.views import JobCard, StagingView, VariationRow

THUMB = 48
RING = 3


class VariationButton(Press):
    """A candidate's picture; the chosen one is ringed."""

    def __init__(self, index: int, row: VariationRow) -> None:
        super().__init__()
        self.index = index
        self._thumbnail: QPixmap | None = None
        self._shown: object = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_row(row)

    def show_row(self, row: VariationRow) -> None:
        """Another picture or name."""
        if row.thumbnail is not self._shown:
            self._shown = row.thumbnail
            self._thumbnail = None if row.thumbnail is None else pixmap_of(row.thumbnail)
            self.update()
        name = row.label or tr("Variation {number}", number=self.index + 1)
        self.setAccessibleName(name)
        self.setToolTip(tr("{name} (a quick preview)", name=name) if row.preview else name)

    def sizeHint(self) -> QSize:
        return QSize(THUMB + 2 * RING, THUMB + 2 * RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        inner = self.rect().adjusted(RING, RING, -RING, -RING)
        thumbnail(painter, inner, self._thumbnail, 5, tokens.raised)
        if self.isChecked() or self.hasFocus():
            focus_ring(painter, self.rect(), 7, tokens.link)
        elif self.underMouse():
            box(painter, inner, 5, None, tokens.edge)


class StagingBar(Floating):
    """Shows a `StagingView`. It asks with `chosen` (index), `asked` (a command's id) and `cancelled`."""

    chosen = Signal(int)
    asked = Signal(str)
    cancelled = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Result"))
        self._started: float | None = None
        self._phase = ""
        self._buttons: list[VariationButton] = []
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._tell)
        back, forth = back_and_forth()
        self.previous = icon_button(back, tr("Previous variation"))
        self.next = icon_button(forth, tr("Next variation"))
        self.note = Elided()
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.note.setMinimumWidth(24)
        self.discard = Button(tr("Discard"), icon="x", look=Loudness.EDGED)
        self.apply = Button(tr("Apply"), icon="check", look=Loudness.ACCENT)
        self.cancel = Button(tr("Cancel"), icon="ban", look=Loudness.EDGED)
        self._thumbs = QHBoxLayout()
        self._arrange()
        self.hide()

    def show_state(self, view: StagingView, card: JobCard | None) -> None:
        """Draw this result; `card` is its job's, for the time it takes."""
        self._phase = self._sentence(view)
        self._started = card.started or card.created if card is not None and view.running else None
        self._show_variations(view)
        several = len(view.variations) > 1
        start = 6 if view.variations else 16
        set_margins(self._row, start - INSIDE, 6 - INSIDE, 8 - INSIDE, 6 - INSIDE)
        self.previous.setVisible(several)
        self.next.setVisible(several)
        self.discard.setVisible(not view.running or bool(view.variations))
        self.discard.setText(tr("Discard") if view.layer is None else tr("Close"))
        self.apply.setVisible(bool(view.variations))
        self.apply.setEnabled(view.can_apply)
        self.apply.setText(tr(view.verb))
        self.apply.setAccessibleName(tr(view.verb))
        self.cancel.setVisible(view.running)
        if self._started is not None:
            self._ticks.start()
        else:
            self._ticks.stop()
        self._tell()
        self.show()

    def _arrange(self) -> None:
        row = self._row = QHBoxLayout(lay(Ground("panel"), self, REACH))
        row.setSpacing(8)
        self._thumbs.setSpacing(6)
        for button in (self.discard, self.apply, self.cancel):
            button.height_hint = 32
            button.icon_size = 18
        row.addWidget(self.previous)
        row.addLayout(self._thumbs)
        row.addWidget(self.next)
        row.addWidget(self.note, 1)
        row.addSpacing(4)
        row.addWidget(self.cancel)
        row.addWidget(self.discard)
        row.addWidget(self.apply)
        self.previous.clicked.connect(lambda: self.asked.emit("staging.previous"))
        self.next.clicked.connect(lambda: self.asked.emit("staging.next"))
        self.discard.clicked.connect(lambda: self.asked.emit("staging.discard"))
        self.apply.clicked.connect(lambda: self.asked.emit("staging.apply"))
        self.cancel.clicked.connect(self.cancelled)

    def _sentence(self, view: StagingView) -> str:
        if view.running:
            return view.phase or tr("Working")
        count = len(view.variations)
        if count > 1:
            place = tr("{number} of {count}", number=view.index + 1, count=count)
            return f"{place} · {view.note}" if view.note else place
        return view.note[:1].upper() + view.note[1:]

    def _show_variations(self, view: StagingView) -> None:
        while len(self._buttons) > len(view.variations):
            gone = self._buttons.pop()
            self._thumbs.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for index, row in enumerate(view.variations):
            if index < len(self._buttons):
                self._buttons[index].show_row(row)
            else:
                button = VariationButton(index, row)
                button.clicked.connect(lambda _checked=False, at=index: self.chosen.emit(at))
                self._buttons.append(button)
                self._thumbs.addWidget(button)
                button.show()
            self._buttons[index].setChecked(index == view.index)

    def _tell(self) -> None:
        text = self._phase
        if self._started is not None:
            text = f"{text} · {lasted(time.time() - self._started)}"
        if text != self.note.text():
            self.note.setText(text)
            self.resized.emit()
