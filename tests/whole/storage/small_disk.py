"""A small file system in memory that can be filled to the last byte."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Mounted there while the block runs; the test is skipped where that is not allowed."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root on Linux only")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "filler").open("wb", buffering=0) as file:
        while room(disk):
            with contextlib.suppress(OSError):
                file.write(bytes(4096))


def room(disk: Path) -> int:
    """Free blocks."""
    return os.statvfs(disk).f_bavail
