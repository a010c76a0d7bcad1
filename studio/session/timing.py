"""How long jobs take, from how long their like took: nothing is said before enough of them are known."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

from studio.domain.job import JobState

if TYPE_CHECKING:
    from collections.abc import Hashable

    from studio.domain.job import Job
    from studio.domain.request import EditRequest

FEWEST, LAST = 5, 20
"""Past runs that a range needs, and how many of the latest it is made of."""
STEPS = ((10.0, 1.0), (60.0, 5.0), (300.0, 15.0), (math.inf, 60.0))
"""Up to so many seconds a range is told in steps of so many."""


class Timing:
    """Runs of the same model with as many pictures of about the same size are of a kind."""

    def __init__(self) -> None:
        self._past: dict[Hashable, deque[float]] = {}

    def learn(self, job: Job, *, earlier: bool = False) -> None:
        """Take in a job that succeeded at the first try; of another the time says nothing about the next one.
        `earlier`: it ended before all of its kind that are known."""
        if job.state is JobState.SUCCEEDED and job.attempts == 1 and job.started is not None and job.ended is not None:
            past = self._past.setdefault(_kind(job.request), deque(maxlen=LAST))
            seconds = max(0.0, job.ended - job.started)
            if not earlier:
                past.append(seconds)
            elif len(past) < LAST:
                past.appendleft(seconds)

    def expected(self, request: EditRequest) -> tuple[float, float] | None:
        """Between how many seconds and how many eight of ten past runs of its kind took, rounded outwards; None where
        fewer than five are known."""
        past = sorted(self._past.get(_kind(request), ()))
        if len(past) < FEWEST:
            return None
        low, high = past[math.floor(0.1 * (len(past) - 1))], past[math.ceil(0.9 * (len(past) - 1))]
        low, high = low - low % _step(low), math.ceil(high / _step(high)) * _step(high)
        return low, high if high > low else low + _step(high)


def _step(seconds: float) -> float:
    return next(step for limit, step in STEPS if seconds < limit)


def _kind(request: EditRequest) -> Hashable:
    """Sizes are taken as one where their areas are within a factor of about 1.4 of each other."""
    size: Hashable = request.parameter("size")
    place = request.placement
    if place is not None and size in (None, "", "auto"):
        size = round(2 * math.log2(max(1, place.sent.area)))
    return request.provider, request.model, request.count, size
