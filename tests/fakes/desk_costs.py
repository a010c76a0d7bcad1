"""What was spent, as a test says."""

from __future__ import annotations

from studio.domain.signal import Signal
from studio.session.face.costs import CostsView


class FakeCosts:
    """Shows what it is told to; notes when it is asked to count anew."""

    def __init__(self, calls: list[tuple[object, ...]]) -> None:
        self._calls = calls
        self._view = CostsView()
        self.changed: Signal[CostsView] = Signal()

    def show(self, view: CostsView) -> None:
        self._view = view
        self.changed.emit(view)

    def view(self) -> CostsView:
        return self._view

    def look(self) -> None:
        self._calls.append(("look",))
