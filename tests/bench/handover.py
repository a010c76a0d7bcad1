"""How long a second start of the program takes that hands its file to the window that is open.

Run `python -m tests.bench.handover [runs]` (offscreen). Each run is a process of its own, from its spawn to its end;
beside it, in turn, stands a bare `python -c pass`. One JSON line tells medians and worst, in seconds, and the ratio of
the medians.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from studio.app.ground import resources
from studio.storage.announcement import announced

RUNS = 15
PATIENCE_S = 20.0


def main() -> None:
    """One window, and `runs` further starts beside it."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    picture = str(resources() / "sample" / "friends.jpg")
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "studio", "--data-dir", folder, picture]
        window = subprocess.Popen(ours, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.DEVNULL)
        try:
            _wait_for(Path(folder), window)
            pairs = [(_timed(ours), _timed([sys.executable, "-c", "pass"])) for _ in range(runs)]
        finally:
            window.terminate()
            window.wait()
    handed, bare = (sorted(times) for times in zip(*pairs, strict=True))
    told = {
        "handed_s": round(statistics.median(handed), 3),
        "handed_worst_s": round(handed[-1], 3),
        "bare_python_s": round(statistics.median(bare), 3),
        "ratio": round(statistics.median(handed) / statistics.median(bare), 1),
    }
    print(json.dumps(told))


def _wait_for(folder: Path, window: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while announced(folder) is None and window.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)


def _timed(command: list[str]) -> float:
    start = time.monotonic()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, env=environment, check=True, timeout=PATIENCE_S)
    return time.monotonic() - start


if __name__ == "__main__":
    main()
