"""How long a process that does nothing is kept waiting: what of a window's gaps is the machine's.

`python -m tests.bench.still` looks at the clock a thousand times a second until its input ends, then prints when it was
late, as a JSON list of pairs of `time.perf_counter` (the same clock in all processes on Linux and macOS).
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LATE_S = 0.004


@dataclass(slots=True)
class Still:
    """Filled when `watched` is left."""

    stalls: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])

    def worst_ms(self, began: float, ended: float) -> float:
        """The longest wait in a stretch of time; 0 where it was never late."""
        return max(((end - start) * 1000 for start, end in self.stalls if end > began and start < ended), default=0.0)

    def without(self, gaps: Sequence[tuple[float, float]]) -> list[float]:
        """The lengths of gaps (when each ended, and its milliseconds) less what this process waited meanwhile."""
        return [length - self._shared_ms(end - length / 1000, end) for end, length in gaps]

    def _shared_ms(self, start: float, end: float) -> float:
        return sum(max(0.0, min(end, to) - max(start, since)) * 1000 for since, to in self.stalls)


@contextmanager
def watched() -> Iterator[Still]:
    """A process that does nothing beside what is done within."""
    command = [sys.executable, "-m", "tests.bench.still"]
    still = Still()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield still
        still.stalls = [(start, end) for start, end in json.loads(process.communicate()[0])]


def main() -> None:
    """Until the input ends."""
    stalls: list[tuple[float, float]] = []
    last = time.perf_counter()
    while not select.select([sys.stdin], [], [], 0.001)[0]:
        now = time.perf_counter()
        if now - last > LATE_S:
            stalls.append((last, now))
        last = now
    print(json.dumps(stalls))


if __name__ == "__main__":
    main()
