"""Where the Tab key goes: as the eye does. The toolkit goes by when each widget was made, and much is made late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PySide6.QtWidgets import QLayout


def step(window: QWidget, parts: Iterable[QWidget | None], *, forward: bool) -> bool:
    """Give the focus to the next stop in these parts of a window, or to the one before, in each part as it is laid out.
    False where there is none: then the toolkit may look. For `focusNextPrevChild`."""
    every = QGuiApplication.styleHints().tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls
    policy = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    here = [part for part in parts if part is not None and part.window() is window]
    stops = [each for part in here for each in _stops(part, policy)]
    at = window.focusWidget()
    while at is not None and at not in stops:
        at = at.parentWidget()
    stops = [each for each in stops if each is at or _takes(each, at)]
    if not stops or stops == [at]:
        return False
    place = stops.index(at) if at is not None else (-1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
    return True


def _takes(widget: QWidget, at: QWidget | None) -> bool:
    """Of buttons of which one is down Tab stops at that one; arrow keys go to the others."""
    if not widget.isVisible() or not widget.isEnabled():
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive():
        return True
    mine = [each for each in group.buttons() if each.isVisible() and each.isEnabled()]
    down = next((each for each in mine if each.isChecked()), mine[0])
    return widget is down and at not in mine


def _stops(part: QWidget, policy: Qt.FocusPolicy) -> Iterator[QWidget]:
    """Where Tab stops in it, seen or not."""
    if part.focusPolicy() & policy == policy and part.focusProxy() is None:
        yield part
    for each in _inside(part):
        if each is not None and not each.isWindow():
            yield from _stops(each, policy)


def _inside(part: QWidget) -> Sequence[QWidget | None]:
    layout = part.layout()
    if isinstance(part, QDockWidget):
        return part.titleBarWidget(), part.widget()
    if isinstance(part, QScrollArea):
        return (part.widget(),)
    if layout is not None:
        return list(_laid_out(layout))
    return [each for each in part.children() if isinstance(each, QWidget)]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (None, None) if item is None else (item.widget(), item.layout())
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
