"""How far a request is, as it may be told: in whole percents, and never back within a phase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.domain.job import ProviderProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.job import ProviderEvent
    from studio.providers.calls import Phase


class Pace:
    """Matches `calls.Told`. A hundred pieces of news at most for each phase, however many bytes there are."""

    def __init__(self, tell: Callable[[ProviderEvent], None]) -> None:
        self._tell = tell
        self._last: tuple[Phase, int] | None = None

    def __call__(self, phase: Phase, done: int, total: int | None, /) -> None:
        """So many bytes of so many; `total` None where nobody knows."""
        percent = min(100, done * 100 // total) if total else -1
        if self._last is not None and self._last[0] is phase and percent <= self._last[1]:
            return
        self._last = (phase, percent)
        self._tell(ProviderProgress(phase=phase.value, fraction=percent / 100 if percent >= 0 else None))
