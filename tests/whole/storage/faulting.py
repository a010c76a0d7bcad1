"""The calls of this process that fail on demand, counted and numbered; see `faults.c`, which has to be loaded."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

ERRORS = ("ENOSPC", "EDQUOT", "EFBIG", "EIO")
STAYS = frozenset(("ENOSPC", "EDQUOT"))
"""Where one call meets these, all later ones do."""
_HOLD = -1


def built(folder: Path) -> Path | None:
    """The library to preload, None where there is no compiler for it."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        return None
    target = folder / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", target, source, "-ldl"], check=True)
    return target


class Faults:
    """Faults for files below one folder, in a process that has the library loaded."""

    def __init__(self) -> None:
        self._calls = ctypes.CDLL(None)
        self._calls.faults_arm.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int)
        self._calls.faults_disarm.restype = ctypes.c_long
        self._calls.faults_call.restype = ctypes.c_char_p

    def count(self, folder: Path) -> None:
        """Nothing fails, calls are counted."""
        self._calls.faults_arm(os.fsencode(folder), 0, 0, 0)

    def fail(self, folder: Path, number: int, error: str) -> None:
        """The call of this number, from 1, meets this error."""
        self._calls.faults_arm(os.fsencode(folder), number, getattr(errno, error), error in STAYS)

    def hold(self, folder: Path) -> None:
        """The process stops before each call, until it is told to go on."""
        self._calls.faults_arm(os.fsencode(folder), 0, _HOLD, 0)

    def end(self) -> int:
        """From now on nothing fails; how many calls there were."""
        return int(self._calls.faults_disarm())

    def met(self) -> str:
        """Which call it was."""
        return bytes(self._calls.faults_call()).decode()
