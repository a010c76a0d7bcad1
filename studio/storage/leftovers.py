"""What a killed process left half-written in our own folders: removed at the next start, before anything is written."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from studio.storage.atomic import sweep_parts
from studio.storage.blobs import BlobStore
from studio.storage.sidecars import Sidecars

if TYPE_CHECKING:
    from pathlib import Path

    from studio.storage.folders import Folders

GONE = ".gone"
"""How names of recovery copies end whose removal has begun."""


def sweep(folders: Folders) -> None:
    """Only while holding the lock of the data folder. Finished files are never touched."""
    for store in (folders.blobs, folders.masks):
        BlobStore(store).sweep()
    Sidecars(folders.sidecars).sweep()
    for folder in (folders.config, folders.data, folders.backups, *_inside(folders.thumbnails)):
        sweep_parts(folder)
    for folder in _inside(folders.recovery):
        sweep_parts(folder)
        if folder.name.endswith(GONE) or not any(folder.glob("*.json")):
            # Its removal was cut off, or its first copy: there is no manifest, so nothing of it can be opened.
            shutil.rmtree(folder, ignore_errors=True)


def _inside(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return [folder / entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    return []
