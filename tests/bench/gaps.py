"""What was seen of the window's thread in one stretch of time."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.bare import Bare

FRAME_MS = 16.0


def scheduled() -> tuple[float, float]:
    """Seconds that the main thread computed, and seconds that it was ready to and had no processor; 0 where the system
    does not tell."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/schedstat", encoding="ascii") as file:
            computed, waited, _ = (int(each) / 1e9 for each in file.read().split())
    except OSError:
        return 0.0, 0.0
    return computed, waited


@dataclass(slots=True)
class Phase:
    """`gaps` are when each ended and how many milliseconds it took."""

    name: str
    began: float = field(default_factory=time.perf_counter)
    gaps: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    calls: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])
    frames: int = 0
    ended: float = 0.0
    before: tuple[float, float] = field(default_factory=scheduled)
    after: tuple[float, float] = (0.0, 0.0)

    def end(self) -> None:
        """No more belongs to it."""
        self.ended = time.perf_counter()
        self.after = scheduled()

    def told(self, bare: Bare) -> dict[str, object]:
        """Milliseconds, and frames a second."""
        ordered = sorted(length for _, length in self.gaps)
        ours = sorted(bare.without(self.gaps))
        told: dict[str, object] = {
            "worst_gap_ms": round(ordered[-1], 1),
            "p99_gap_ms": round(ordered[int(len(ordered) * 0.99)], 1),
            "over_16_ms": sum(gap > FRAME_MS for gap in ordered),
            "bare_worst_gap_ms": round(bare.worst_ms(self.began, self.ended), 1),
            "bare_over_16_ms": bare.over(FRAME_MS, self.began, self.ended),
            "worst_without_bare_ms": round(ours[-1], 1),
            "over_16_without_bare": sum(gap > FRAME_MS for gap in ours),
            "seconds": round(self.ended - self.began, 2),
            "computed_s": round(self.after[0] - self.before[0], 2),
            "without_processor_s": round(self.after[1] - self.before[1], 2),
        }
        if self.frames:
            told["frames_per_s"] = round(self.frames / (self.ended - self.began), 1)
        return told | (self._calls() if self.calls else {})

    def _calls(self) -> dict[str, object]:
        longest = sorted(self.calls.items(), key=lambda item: -item[1][0])[:3]
        busiest = sorted(self.calls.items(), key=lambda item: -item[1][1])[:3]
        return {
            "longest_ms": {name: round(value[0], 1) for name, value in longest},
            "most_computed_ms": {name: round(value[1], 1) for name, value in busiest},
        }
