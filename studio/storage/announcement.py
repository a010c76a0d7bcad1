"""Where the window of a data folder listens: a small file that its owner alone can read, as it holds a secret."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.storage.atomic import write_bytes
from studio.storage.records import UnreadableRecord, decode, encode

if TYPE_CHECKING:
    from pathlib import Path

NAME = "window.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """The process that listens, its socket's path or, where that is empty, its port on this machine, and the secret
    that both sides prove to know. After a crash it stays behind: only that of the lock's holder counts."""

    pid: int
    socket: str = ""
    port: int = 0
    secret: str


def announce(folder: Path, announcement: Announcement) -> None:
    """Say it. Raises StorageError."""
    write_bytes(folder / NAME, encode(announcement).encode(), private=True, sync=False)


def announced(folder: Path) -> Announcement | None:
    """What was said last, None where that is nothing or cannot be read."""
    with contextlib.suppress(OSError, *UnreadableRecord):
        return decode((folder / NAME).read_bytes(), Announcement)
    return None


def withdraw(folder: Path) -> None:
    """Say no more."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink()
