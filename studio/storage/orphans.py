"""Blobs that nobody names. A kill leaves them: between a picture's bytes and the line of the journal that names it.

They are looked for after an unclean end alone, once no job runs any more: what was received for a job and not written
down yet is put again by that job, and what was put since the start is never removed. Names are looked for in the
journal, in the copies of documents that were not saved, and in the settings. Where a damaged library is kept, which may
name what no other file does, nothing is removed.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from typing import TYPE_CHECKING

from studio.storage.database import connect_read_only
from studio.storage.naming import named_in_events, named_in_files

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.blobs import BlobStore
    from studio.storage.folders import Folders

log = logging.getLogger(__name__)


def note_unclean_end(library: Path) -> None:
    """Remember that orphans are to be looked for, be it at a later start."""
    with contextlib.suppress(OSError):
        _note(library).touch(mode=0o600)


def is_due(library: Path) -> bool:
    """Whether they are."""
    return _note(library).exists()


def remove_orphans(folders: Folders, blobs: BlobStore) -> int:
    """Remove what nobody names, where that is due and no job runs; how many blobs went. May be called in any thread
    while the data folder's lock is held. What stands in the way is logged, and tried again after the next start."""
    library = folders.library
    if not is_due(library) or any(folders.data.glob("library.damaged-*")):
        return 0
    try:
        there = set(blobs.all())
        with contextlib.closing(connect_read_only(library)) as connection:
            if connection.execute("SELECT 1 FROM jobs WHERE state = 'running' LIMIT 1").fetchone():
                return 0
            there -= named_in_events(connection)
        there -= named_in_files([folders.settings, *folders.recovery.glob("*/*.json")])
    except (OSError, sqlite3.Error) as error:
        log.warning("orphans were not looked for: %s", error)
        return 0
    gone = blobs.discard(there)
    if gone:
        log.info("%d blobs that nobody names were removed", gone)
    with contextlib.suppress(OSError):
        _note(library).unlink()
    return gone


def _note(library: Path) -> Path:
    return library.with_name(library.name + ".unclean")
