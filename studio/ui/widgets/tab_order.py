"""Where the Tab key goes: as the eye does. The toolkit goes by when each widget was made, and much is made late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


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
    widgets = [each for each in part.children() if isinstance(each, QWidget)]
    return widgets if layout is None else list(_laid_out(layout, widgets))


def _laid_out(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Those of the widgets that lie in the layout or in one within it, in its order. The layout is not asked for its
    items: what PySide makes of one stays when the item goes with its widget, and takes the program down when something
    else comes to lie where the item was."""
    inner = [each for each in layout.children() if isinstance(each, QLayout)]
    places = [(layout.indexOf(each), each) for each in (*widgets, *inner)]
    for _, each in sorted((place for place in places if place[0] >= 0), key=lambda place: place[0]):
        if isinstance(each, QWidget):
            yield each
        else:
            yield from _laid_out(each, widgets)
