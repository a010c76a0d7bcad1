"""What the entry settles for every process of the program."""

from __future__ import annotations

import os
import subprocess
import sys

ASK = """
import os
from studio.app.run import run
run(["--help"])
import numpy
print(os.environ["OPENBLAS_NUM_THREADS"], len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1)
"""


def asked(**settings: str) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    ran = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, timeout=60, env=kept | settings
    )
    return ran.stdout.splitlines()[-1].split()


def test_no_threads_are_made_for_small_matrices() -> None:
    assert asked() == ["1", "1"]


def test_what_the_user_set_is_kept() -> None:
    assert asked(OPENBLAS_NUM_THREADS="2")[0] == "2"
