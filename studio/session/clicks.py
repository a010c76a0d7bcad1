"""One click is one order, however often the button bounces."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

APART = 0.4
"""Seconds between two presses that are meant as two."""


class Clicks:
    """Presses of the buttons that cost. `clock` is in seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[Hashable, float] = {}

    def counts(self, button: Hashable) -> bool:
        """Whether this press is one of its own: no press of the same button came within 400 ms before it. A key that is
        held down is one press."""
        now = self._clock()
        before = self._last.get(button)
        self._last = {each: at for each, at in self._last.items() if now - at < APART}
        self._last[button] = now
        return before is None or now - before >= APART
