"""What window and terminal stand on: the data folder for oneself, and the files that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.domain.catalogue import trouble
from studio.storage.lock import acquire

if TYPE_CHECKING:
    from studio.storage.folders import Folders
    from studio.storage.lock import Lock


def locked(folders: Folders) -> Lock:
    """The data folder for us alone. Raises StorageError (data-in-use)."""
    folders.make()
    lock = acquire(folders.data)
    if lock is None:
        raise trouble("data-in-use", place=folders.data)
    return lock


def resources() -> Path:
    """`resources` of a checkout, `studio_resources` beside an installed package."""
    root = Path(__file__).resolve().parents[2]
    return root / "resources" if (root / "resources").is_dir() else root / "studio_resources"
