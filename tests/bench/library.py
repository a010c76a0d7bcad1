"""What the second note of each output costs, beside the same without it, and what a start looks through.

Run: python -m tests.bench.library [FOLDER]

FOLDER is on the disk that is to be measured, else the system's for temporary files.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from studio.storage.library import open_library
from studio.storage.noting import Noting
from studio.storage.soundness import is_readable, is_sound
from tests.core.storage.shelf import Ticks, folders_in
from tests.whole.storage.shelves import stock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from studio.storage.folders import Folders
    from studio.storage.library import Library

JOBS = 100
ROUNDS = 4
MANY = 10_000
"""Jobs of a library of some years, two outputs each."""


def timed(work: Callable[[], object]) -> float:
    """In ms."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


@contextlib.contextmanager
def without_sidecars() -> Generator[None]:
    """None is written while the block runs."""
    note = Noting.note
    Noting.note = lambda self, job, event: None
    try:
        yield
    finally:
        Noting.note = note


def outputs(library: Library, folders: Folders) -> tuple[float, float]:
    """The best time an output takes in the library, with its sidecar and without, in ms."""
    noted: list[float] = []
    bare: list[float] = []
    for number in range(ROUNDS):
        first = 1 + 2 * number * JOBS
        noted.append(timed(lambda first=first: stock(library, folders, range(first, first + JOBS))))
        with without_sidecars():
            begin = first + JOBS
            bare.append(timed(lambda begin=begin: stock(library, folders, range(begin, begin + JOBS))))
    return min(noted) / JOBS / 2, min(bare) / JOBS / 2


def main(place: str | None) -> None:
    with tempfile.TemporaryDirectory(dir=place) as root:
        folders = folders_in(Path(root))
        library = open_library(folders, clock=Ticks()).library
        noted, bare = outputs(library, folders)
        library.close()
        print(f"an output: {noted:.2f} ms with its sidecar, {bare:.2f} ms without: {noted / bare:.2f}x")
        start(folders, "a small library")
    with tempfile.TemporaryDirectory(dir=place) as root:
        folders = folders_in(Path(root))
        library = open_library(folders, clock=Ticks()).library
        fsync, os.fsync = os.fsync, lambda _descriptor: None  # the filling is not what is measured
        library.gallery._database.connection.execute("PRAGMA synchronous = OFF")  # pyright: ignore[reportPrivateUsage]  # no way in for tests that only fill it
        stock(library, folders, range(1, MANY))
        library.close()
        os.fsync = fsync
        start(folders, "a large library")


def start(folders: Folders, name: str) -> None:
    """Opens it twice: the first may owe sidecars."""
    open_library(folders, clock=Ticks()).library.close()
    size = folders.library.stat().st_size / 1e6
    found = open_library(folders, clock=Ticks())
    connection = found.library.gallery._database.connection  # pyright: ignore[reportPrivateUsage]  # what a start does with it
    pages, texts = timed(lambda: is_sound(connection)), timed(lambda: is_readable(connection))
    both = timed(lambda: found.library.mend(killed=False))
    found.library.close()
    whole = timed(lambda: open_library(folders, clock=Ticks()).library.close())
    print(f"{name} of {size:.0f} MB: opened and closed in {whole:.0f} ms")
    print(f"  pages {pages:.0f} ms, texts {texts:.0f} ms, sidecars beside rows {both:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
