"""What may be sent again by itself, and when. Only a click may ever charge twice.

A paid order goes again where provably nothing of it left, and where the provider said that it takes no more right now
and when it will. Everything else is told: an answer of 5xx, a time-out or a broken connection may have been charged. A
503 is no exception: no provider of the documents promises that it is free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.providers.calls import Unsent
from studio.wire.refusals import BUSY

if TYPE_CHECKING:
    from studio.domain.problems import ProviderError

TRIES = 3
"""In all, for an order and for a download."""
FIRST_S = 0.5
LONGEST_S = 120.0
"""No provider is waited for any longer; the time is told instead."""
_FINAL = frozenset(("tls-refused",))
"""A certificate does not mend itself within seconds."""


def backoff(tries: int, chance: float) -> float:
    """Seconds until the next try after so many: doubled each time, up to a quarter more by `chance` (0 to 1), so that
    many who failed at once do not come back at once."""
    return FIRST_S * 2 ** (tries - 1) * (1 + chance / 4)


def resend_after(error: ProviderError, tries: int, chance: float) -> float | None:
    """Seconds until a paid order may be sent again after so many tries; None where it must not be."""
    if tries >= TRIES or error.problem.code in _FINAL:
        return None
    if isinstance(error, Unsent):
        return backoff(tries, chance)
    if error.problem.code != BUSY or error.retry_after is None or error.retry_after > LONGEST_S:
        return None
    return max(error.retry_after, backoff(tries, chance))
