"""How often a provider is tried again, all of its jobs together: when it fails, it is not stormed.

A bucket of tokens, as AWS's clients have for their retries: each try after the first takes one, and they come back
with time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.providers.ports import Timer

SIZE = 10
EVERY_S = 6.0
"""Seconds in which one comes back."""


class Budget:
    """Full at first. Used on one loop."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._left = float(SIZE)
        self._counted = timer.now()

    def take(self) -> bool:
        """Take one; False where there is none."""
        self._count()
        if self._left < 1:
            return False
        self._left -= 1
        return True

    async def turn(self, until: float) -> bool:
        """Take one, waiting for it; False where there would be none before this time of the timer."""
        while not self.take():
            wait = (1 - self._left) * EVERY_S
            if self._timer.now() + wait >= until:
                return False
            await self._timer.pause(wait)
        return True

    def _count(self) -> None:
        now = self._timer.now()
        self._left = min(float(SIZE), self._left + (now - self._counted) / EVERY_S)
        self._counted = now
