"""Which blobs anybody names: looked for in the texts themselves, so that no kind of record can be forgotten."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from studio.domain.ids import BlobId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

_BLOB = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def named_in(text: str) -> set[BlobId]:
    """The blobs that a text names."""
    return {BlobId(found) for found in _BLOB.findall(text)}


def named_in_events(connection: sqlite3.Connection, after: int = 0) -> set[BlobId]:
    """The blobs that events with a greater number than this name. Raises sqlite3.Error."""
    found: set[BlobId] = set()
    rows = connection.execute("SELECT payload || ' ' || coalesce(entry, '') FROM events WHERE seq > ?", (after,))
    for (text,) in rows:
        found |= named_in(text)
    return found


def named_in_files(paths: Iterable[Path]) -> set[BlobId]:
    """The blobs that small text files name. One that is gone by now names none."""
    found: set[BlobId] = set()
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            found |= named_in(path.read_bytes().decode(errors="replace"))
    return found
