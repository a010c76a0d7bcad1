"""How long jobs take, from how long their like took: nothing is said before enough of them are known."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.job import JobState

if TYPE_CHECKING:
    from collections.abc import Hashable

    from studio.domain.geometry import Size
    from studio.domain.ids import ModelId, ProviderId
    from studio.domain.job import Job
    from studio.domain.request import EditRequest

FEWEST, LAST = 5, 20
"""Past runs that a range needs, and how many of the latest it is made of."""
STEPS = ((10.0, 1.0), (60.0, 5.0), (300.0, 15.0), (math.inf, 60.0))
"""Up to so many seconds a range is told in steps of so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Runs of the same model with as many pictures of about the same size are of a kind. `size` is the provider's word,
    empty or auto where `sent` (the size of what goes out) decides it."""

    provider: ProviderId
    model: ModelId
    count: int = 1
    size: str = ""
    sent: Size | None = None

    @property
    def key(self) -> Hashable:
        """The same for all of the kind: areas are taken as one within a factor of about 1.4."""
        size = _word(self.size)
        area = None if size or self.sent is None else round(2 * math.log2(max(1, self.sent.area)))
        return self.provider, self.model, self.count, size, area


class Timing:
    """The latest runs of each kind."""

    def __init__(self) -> None:
        self._past: dict[Hashable, deque[float]] = {}

    def learn(self, job: Job, *, earlier: bool = False) -> None:
        """Take in a job that succeeded at the first try; of another the time says nothing about the next one.
        `earlier`: it ended before all of its kind that are known."""
        if job.state is JobState.SUCCEEDED and job.attempts == 1 and job.started is not None and job.ended is not None:
            past = self._past.setdefault(kind_of(job.request).key, deque(maxlen=LAST))
            seconds = max(0.0, job.ended - job.started)
            if not earlier:
                past.append(seconds)
            elif len(past) < LAST:
                past.appendleft(seconds)

    def expected(self, kind: Kind) -> tuple[float, float] | None:
        """Between how many seconds and how many eight of ten past runs of the kind took, rounded outwards; None where
        fewer than five are known."""
        past = sorted(self._past.get(kind.key, ()))
        if len(past) < FEWEST:
            return None
        low, high = past[math.floor(0.1 * (len(past) - 1))], past[math.ceil(0.9 * (len(past) - 1))]
        low, high = low - low % _step(low), math.ceil(high / _step(high)) * _step(high)
        return low, high if high > low else low + _step(high)


def _step(seconds: float) -> float:
    return next(step for limit, step in STEPS if seconds < limit)


def kind_of(request: EditRequest) -> Kind:
    """The kind of an order."""
    place = request.placement
    return Kind(
        provider=request.provider,
        model=request.model,
        count=request.count,
        size=_word(request.parameter("size")),
        sent=None if place is None else place.sent,
    )


def _word(size: object) -> str:
    return "" if size in (None, "auto") else str(size)
