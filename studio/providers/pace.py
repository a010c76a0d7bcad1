"""How far a request is, as it may be told: in whole percents, never back within a phase, ten times a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studio.domain.job import ProviderProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.domain.job import ProviderEvent
    from studio.providers.calls import Phase

EVERY_S = 0.1
"""Every piece of news is drawn in all places that show jobs: what comes faster than an eye sees holds up the window."""


class Pace:
    """Matches `calls.Told`. The first news of a phase and its end are always told."""

    def __init__(self, tell: Callable[[ProviderEvent], None], now: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._now = now
        self._last: tuple[Phase, int] | None = None
        self._told = 0.0

    def __call__(self, phase: Phase, done: int, total: int | None, /) -> None:
        """So many bytes of so many; `total` None where nobody knows."""
        percent = min(100, done * 100 // total) if total else -1
        now = self._now()
        same = self._last is not None and self._last[0] is phase
        if self._last is not None and same and percent <= self._last[1]:
            return
        if same and percent < 100 and now - self._told < EVERY_S:
            return
        self._last, self._told = (phase, percent), now
        self._tell(ProviderProgress(phase=phase.value, fraction=percent / 100 if percent >= 0 else None))
