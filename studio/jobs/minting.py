"""New job ids: they grow with time, so that sorting by id is sorting by age."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from studio.domain.ids import JobId

if TYPE_CHECKING:
    from studio.jobs.ports import Clock

_RANDOM_BITS = 32


class Mint:
    """Mints job ids: milliseconds since 1970 and 32 random bits, in hexadecimal.

    Within one run each id is larger than the last, even where the clock is set back; the random bits keep two
    programs on one library apart.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def job(self) -> JobId:
        """An id that no other job has."""
        self._last = max(self._last + 1, int(self._clock.now() * 1000))
        return JobId(f"{self._last:011x}{secrets.randbits(_RANDOM_BITS):08x}")
